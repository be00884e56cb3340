import type { Span } from './address.ts';

export interface ContactFound extends Span {
  kind: 'phone' | 'website' | 'email' | 'handle';
}

const PHONE = /(?<![\d$-])(?:\+?1[-. ]?)?(?:\(\d{3}\)\s?|\d{3}[-. ])\d{3}[-. ]\d{4}(?!\d)/g;
const EMAIL = /[\w.+-]+@[\w-]+\.[a-z]{2,}/gi;
const WEBSITE =
  /(?:https?:\/\/)?(?:www\.)?[a-z0-9][a-z0-9-]{1,60}\.(?:com|net|org|bar|pub|club|us|biz|info|co|beer|live|io|me|tv|ca|mx|co\.uk)(?:\/[^\s,;]*)?(?![a-z@])/gi;
const HANDLE = /(?<![\w.])[@#][A-Za-z_][\w.]{2,}/g;

/** Phones, sites, addresses of mail, handles and hashtags; none of them is a name, a time or a house number. */
export function findContacts(text: string): ContactFound[] {
  const found: ContactFound[] = [];
  const add = (kind: ContactFound['kind'], pattern: RegExp): void => {
    for (const { index, 0: words } of text.matchAll(pattern)) {
      const span = { start: index, end: index + words.length };
      if (!found.some((other) => other.start < span.end && span.start < other.end)) found.push({ kind, ...span });
    }
  };
  add('email', EMAIL);
  add('website', WEBSITE);
  add('phone', PHONE);
  add('handle', HANDLE);
  return found.filter(({ kind, start, end }) => kind !== 'handle' || !/^@[A-Z][a-z]/.test(text.slice(start, end)));
}
