const MOST_CHARACTERS = 2_000;
/** Names of parameters whose values open doors: tokens, signatures, keys. */
const SECRET = /key|token|sig|secret|passw|pwd|auth|credential|session|jwt|hmac|policy/i;

/**
 * A URL as it may be shown, logged and kept in results: without user name and password, and without the values of
 * parameters that look like credentials. One line of at most 2,000 characters; also for a text that is no URL at all.
 */
export function shownUrl(url: string): string {
  if (!URL.canParse(url)) return plain(url);
  const parsed = new URL(url);
  parsed.username = '';
  parsed.password = '';
  for (const name of new Set(parsed.searchParams.keys())) {
    if (SECRET.test(name)) parsed.searchParams.set(name, '…');
  }
  // What stands behind the hash is never sent; it may hold a token too.
  if (SECRET.test(parsed.hash)) parsed.hash = '';
  return plain(parsed.href.replaceAll('%E2%80%A6', '…'));
}

function plain(text: string): string {
  const printable = text
    .toWellFormed()
    // Of a text that is no URL, what may be a password still goes.
    .replace(/\/\/[^/\s]*@/g, '//')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, '')
    .trim();
  return Array.from(printable).slice(0, MOST_CHARACTERS).join('') || 'address';
}
