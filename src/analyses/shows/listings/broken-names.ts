import { findHosts, isCompany } from '../hosts/host-phrases.ts';
import { findAddress } from '../places/address.ts';
import { hasPlaceWord, venueScore } from '../places/venue-score.ts';
import { findPhrases } from '../schedule/phrases.ts';
import { isFull, ratio, widest, type Beginning, type WrapContext } from './line-measures.ts';
import type { PageLine } from './page-lines.ts';

/** A cell under `Venue` or `Host` holds one name, over however many lines. */
export function isOneCell(line: PageLine, { flow }: WrapContext): boolean {
  if (flow.role !== 'venue' && flow.role !== 'host') return false;
  return findAddress(line.text)?.street == null && findPhrases(line.text)[0]?.start !== 0;
}

/** `Karaoke Friday at The Smoky` + `Stallion Brewing Co.`, where the page prints the whole name once more. */
export function isPrintedElsewhere(last: PageLine, line: PageLine, { flow }: WrapContext): boolean {
  const words = last.text.split(/\s+/);
  const tail = foldedName(line.text);
  if (tail === '' || words.length < 2) return false;
  const names = flow.lines.filter((other) => other !== last && other !== line).map(({ text }) => foldedName(text));
  return words.some((_, at) => {
    const head = foldedName(words.slice(at).join(' '));
    return head.length >= 3 && names.some((name) => name === `${head}${tail}` || name === `the${head}${tail}`);
  });
}

function foldedName(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\d]/gu, '');
}

/** `Sign-up` + `starts 8:30`, `Kitchen` + `open til 10`. */
export function opensNotice(text: string, next: string): boolean {
  return (
    (/\b(?:sign[\s-]?ups?|doors|kitchen|happy hour|list)\s*$/i.test(text) &&
      /^(?:starts?|opens?|begins?|closes?|is|at|til|until|from)\b/.test(next)) ||
    (/\b(?:football|brunch|trivia|bingo)\s*$/i.test(text) && /^\d/.test(next)) ||
    (/\blive\s*$/i.test(text) && /^(?:bands?|music)\b/i.test(next)) ||
    (/\bhappy\s*$/i.test(text) && /^hours?\b/i.test(next))
  );
}

/** `Hosted by Randy` + `Pruitt`, `With Sing-A-Long` + `Sam (Buckeye Song Machine)`: the line was full, the name was not. */
export function breaksHost({ last, text }: Beginning, line: PageLine, context: WrapContext): boolean {
  const host = findHosts(text).at(-1);
  if (host === undefined || host.end < text.trimEnd().length - 1 || !/[\p{L}\d]$/u.test(text.trimEnd())) return false;
  if (Math.abs(last.left - line.left) > 0.6 * line.height || ratio(last, line) > 1.3) return false;
  const own = text.slice((host.name ?? host.company ?? host).start, host.end).replace(/^(?:v?dj|kj|vj|mc)\.?\s+/i, '');
  const rest = /^(\p{Lu}[\p{L}'’.-]*)(?:$|[.,!]|\s*\(|\s+of\s)/u.exec(line.text);
  const ofCompany = /(?:[/(]|\bof)\s*\S*\s?\S*$/i.test(own) && isCompany(line.text.replace(/\).*$/, ''));
  // `Melody Monroe` is whole; `Randy`, `The Karaoke` and `Jay / High Note` are not.
  const short = /^(?:the\s+)?\S+(?:\s+karaoke)?$/i.test(own) || /[/(]|\bof\b/i.test(own);
  const near = line.top - last.bottom <= 1.3 * context.gap + 0.12 * line.height;
  if (
    !ofCompany &&
    (rest === null ||
      !short ||
      !near ||
      venueScore(rest[1] ?? '') < 0 ||
      hasPlaceWord(line.text) ||
      beginsSomethingNew(line.text))
  )
    return false;
  return isFull(last, line, context, Math.max(widest(context.flow, last), context.flow.rightLimit ?? 0));
}

/** `Try The Fox Den in Broken` + `Arrow! Karaoke …` */
export function breaksTown({ last, text }: Beginning, line: PageLine, context: WrapContext): boolean {
  const open = /(?:\bin|,)\s+\p{Lu}\p{L}+$/u.test(text) && /^\p{Lu}\p{L}+[!.,]/u.test(line.text);
  if (!open || beginsSomethingNew(line.text)) return false;
  return ratio(last, line) < 1.4 && isFull(last, line, context, widest(context.flow, last));
}

/** `Karaoke Saturday 9 to 1 at Broken` + `Trout Ale House, 14326 Cannery Row` */
export function breaksPlace({ last, text }: Beginning, line: PageLine, context: WrapContext): boolean {
  const name = line.text.split(/[,.!(]\s?/)[0] ?? '';
  const open = saysAtName(text) && /^\p{Lu}/u.test(name) && hasPlaceWord(name) && !hasPlaceWord(text);
  return open && ratio(last, line) < 1.4 && isFull(last, line, context, widest(context.flow, last));
}

/** `… at The Fox` */
export function saysAtName(text: string): boolean {
  return /(?:@|\bat)\s+(?:the\s+)?(?:\p{Lu}\S*\s*){1,3}$/u.test(text) && !saysWhenAtEnd(text);
}

export function beginsSomethingNew(text: string): boolean {
  if (/^(?:hosts?|hosted|kj|dj|vdj|with|w\/|and\s|&|starts?\b|starting\b|begins\b|from\s+\d)/i.test(text)) return true;
  const street = findAddress(text)?.street ?? null;
  if (street !== null && street.start <= 1) return true;
  const first = findPhrases(text)[0];
  return first !== undefined && first.start <= 1;
}

export function saysWhenAtEnd(text: string): boolean {
  const last = findPhrases(text).at(-1);
  return last !== undefined && last.end >= text.trimEnd().length - 1;
}

/** Whether the text ends with the name of its host. */
export function endsWithHost(text: string): boolean {
  const host = findHosts(text).at(-1);
  return host !== undefined && host.end >= text.trimEnd().length - 1;
}
