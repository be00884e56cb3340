import { findHosts, type HostFound } from '../hosts/host-phrases.ts';
import { findAddress, type AddressFound, type Span } from '../places/address.ts';
import { findContacts } from '../places/contacts.ts';
import { venueScore } from '../places/venue-score.ts';
import { isDecoyHeading } from '../schedule/decoys.ts';
import { findPhrases, type SchedulePhrase } from '../schedule/phrases.ts';
import type { LogicalLine } from './logical-lines.ts';

/** A piece of a line that may be a venue's name. */
export interface NamePiece extends Span {
  text: string;
  /** From the words alone; see `venueScore`. */
  score: number;
  /** Said to be a place: `@ The Fox Den`, `at the Fox Den`. */
  introduced: boolean;
}

/** A logical line with everything it says. */
export interface Entry {
  line: LogicalLine;
  phrases: SchedulePhrase[];
  address: AddressFound | null;
  phone: Span | null;
  website: Span | null;
  hosts: HostFound[];
  names: NamePiece[];
  /** A city that stands alone, without street or state. */
  city: Span | null;
  /** Speaks of karaoke. */
  karaoke: boolean;
  /** Speaks of another kind of evening: trivia, bingo, live music. */
  otherEvent: boolean;
}

export const KARAOKE =
  /k\s?[a4]\s?r\s?[a4]\s?[o0]\s?k|kareok|karioke|karoake|karoke|\bkj\b|\bsing[\s-]?a?[\s-]?long|\bsing your heart|\ba\s?r\s?a\s?o\s?k\s?e\b|\bk-?oke\b|oke\s?night/i;
const OTHER_EVENT =
  /\b(?:trivia|quiz|bingo|live (?:music|bands?|entertainment)|sunday ticket|open mic|poker|comedy|stand-?up|pool (?:league|tournament|night)|billiards league|darts?|cornhole|line danc\w+|bike night|paint(?:ing)?|yoga|game night|taco tuesday|industry night|ladies'? night|happy hour|brunch|ufc|football|nfl|wine (?:night|wednesday|tasting)|dance party|salsa|bachata|acoustic|jam night|blues jam|closed|drag (?:show|brunch|bingo)|movie night|steak night|prime rib|fish fry|crab legs|wing night)\b/i;
const SEPARATORS =
  /\s*[·•|;]\s*|\s+-+\s+|\s*-{2,}\s*|\.{3,}|…|\s*!+\s*|\s{3,}|\s*:\s+|\s*[@]\s*|,\s+(?!the\b|the$|inc)|\s+\/\s+|[()]|(?<!(?:^|[\s(|])(?:st|dr|mr|mrs|ms|ft|mt|jr|sr|co|[a-z]))\.\s+/gi;
const MASK = '|';

/** Reads one logical line. A line that only announces another thing (`HAPPY HOUR`) makes the times right below decoys. */
export function readEntry(line: LogicalLine, previous: Entry | null): Entry {
  const { text } = line;
  const contacts = findContacts(text);
  const address = line.role === 'host' ? null : findAddress(blank(text, contacts, ' '));
  const clear = blank(text, [...contacts, ...(address === null ? [] : [address])], MASK);
  const printed = usable(findPhrases(clear), line, previous);
  const phrases = withoutOffers(printed, text);
  const timed = blank(clear, phrases, MASK);
  // The host of a night of something else is nobody's here.
  const elsewhere = OTHER_EVENT.test(text) && !KARAOKE.test(text) && printed.length > phrases.length;
  const hosts = elsewhere ? [] : hostsOf(timed, line);
  const names = namesOf(blank(timed, hosts, MASK), text);
  return {
    line,
    phrases,
    address,
    phone: contacts.find((contact) => contact.kind === 'phone') ?? null,
    website:
      contacts.find((contact) => contact.kind === 'website' && !isSocial(text.slice(contact.start, contact.end))) ??
      null,
    hosts,
    names,
    city: null,
    karaoke: KARAOKE.test(text),
    otherEvent: OTHER_EVENT.test(text),
  };
}

function blank(text: string, spans: readonly Span[], filler: string): string {
  let result = text;
  for (const { start, end } of spans) result = result.slice(0, start) + filler.repeat(end - start) + result.slice(end);
  return result;
}

/** Without bare number pairs that nothing supports, and with the times under a decoy heading marked. */
function usable(phrases: SchedulePhrase[], line: LogicalLine, previous: Entry | null): SchedulePhrase[] {
  const supported =
    line.role === 'time' ||
    /\b(?:dj|kj|vdj|hosted|w\/|tonight)\b/i.test(line.text) ||
    KARAOKE.test(line.text) ||
    phrases.some((phrase) => phrase.kind !== 'time');
  const underDecoy =
    previous !== null &&
    isDecoyHeading(previous.line.text) &&
    !previous.phrases.some(isTime) &&
    !KARAOKE.test(line.text);
  return phrases
    .filter(
      (phrase) =>
        phrase.kind !== 'time' ||
        !phrase.bare ||
        supported ||
        line.text.replace(/[\s.,;•|]/g, '').length <= phrase.end - phrase.start,
    )
    .map((phrase) => (phrase.kind === 'time' && underDecoy ? { ...phrase, decoy: true } : phrase));
}

/**
 * `$5 burgers Tues til 8` and `Trivia Mondays` offer something else on that day, and talk ("I get off at 6") says nothing
 * of a show: days in such sentences are no nights of singing.
 */
function withoutOffers(phrases: SchedulePhrase[], text: string): SchedulePhrase[] {
  if (
    /\b(?:I|I'm|I'll|my|wish|wondering)\b/.test(text) &&
    !KARAOKE.test(text) &&
    !/hosted|\bhosting\b|join/i.test(text)
  )
    return phrases.filter((phrase) => phrase.kind === 'cancelled');
  const elsewhere = phrases.filter((phrase) => phrase.kind === 'days' && isElsewhere(phrase, phrases, text));
  return phrases
    .filter((phrase) => !elsewhere.includes(phrase))
    .map((phrase) =>
      phrase.kind === 'time' && elsewhere.some((day) => sentenceEnd(text, day) >= phrase.end && day.end <= phrase.start)
        ? { ...phrase, decoy: true }
        : phrase,
    );
}

function sentenceEnd(text: string, span: Span): number {
  const after = text.slice(span.end).search(SENTENCE_END);
  return after < 0 ? text.length : span.end + after;
}

const OFFER =
  /[$¢%]\s?\d|\d\s?[¢%]|half\s?(?:price|off)|\b2[\s-]?(?:4|for)[\s-]?1\b|\bdeal\b|\bspecials?\b|\bburgers?\b|\btacos?\b|\bwings\b|\bshots?\b|\bdrafts?\b/i;

/** Whether the sentence a day stands in speaks of something else than karaoke. */
function isElsewhere(day: Span, phrases: readonly SchedulePhrase[], text: string): boolean {
  const before = Math.max(...[...text.slice(0, day.start).matchAll(SENTENCE_END)].map(({ index }) => index + 1), 0);
  const end = sentenceEnd(text, day);
  const sentence = text.slice(before, end);
  if (KARAOKE.test(sentence)) return false;
  const inside = phrases.filter((phrase) => phrase.kind === 'time' && phrase.start >= before && phrase.end <= end);
  const shown = inside.some((phrase) => phrase.kind === 'time' && !phrase.decoy && phrase.startTime !== null);
  if (OTHER_EVENT.test(sentence)) return true;
  return !shown && (OFFER.test(sentence) || inside.length > 0);
}

const SENTENCE_END = /[!•·|;?]|\.(?=\s+\p{Lu}|\s*$)(?<!\b(?:Mon|Tues?|Weds?|Thurs?|Thu|Fri|Sat|Sun)\.)/gu;

function isTime(phrase: SchedulePhrase): boolean {
  return phrase.kind === 'time';
}

function hostsOf(timed: string, line: LogicalLine): HostFound[] {
  const hosts = findHosts(timed);
  if (line.role !== 'host' || hosts.length > 0) return hosts;
  const printed = /[^|\s-][^|]*[^|\s-]/.exec(timed);
  if (printed === null || /^(?:tba|tbd|n\/?a|none|various|open|-+)$/i.test(printed[0].trim())) return [];
  // The heading of the column is the "hosted by" that the cell leaves out.
  const lead = 'hosted by ';
  const found = findHosts(lead + printed[0])[0];
  const shift = (span: Span | null): Span | null =>
    span === null
      ? null
      : { start: span.start - lead.length + printed.index, end: span.end - lead.length + printed.index };
  const whole = { start: printed.index, end: printed.index + printed[0].trimEnd().length };
  return [
    {
      ...whole,
      name: found === undefined ? whole : shift(found.name),
      company: shift(found?.company ?? null),
      sure: true,
    },
  ];
}

function namesOf(rest: string, text: string): NamePiece[] {
  const names: NamePiece[] = [];
  let from = 0;
  for (const separator of [...rest.matchAll(SEPARATORS), null]) {
    const to = separator?.index ?? rest.length;
    const before = rest.slice(0, from).trimEnd();
    const introduced = /@$/.test(before) || /(?:^|\s)(?:at|location|where|venue|en|place)\s*:?$/i.test(before);
    names.push(...piecesOf(rest, text, from, to, introduced));
    from = separator === null ? to : separator.index + separator[0].length;
  }
  return names;
}

/** `Karaoke night at The Fox Den`: the name is what follows the "at", where what precedes is no name itself. */
function piecesOf(rest: string, text: string, from: number, to: number, introduced: boolean): NamePiece[] {
  const part = rest.slice(from, to);
  const at =
    /(?:^|\s)(?:at|in|en|@|(?:out|over|down|back|come|go|head|moved|moving)\s+to)\s+(?=(?:the\s+|la\s+|el\s+)?[\p{Lu}\d])/u.exec(
      part,
    ) ?? /(?:^|\s)at\s+(?=the\s)/i.exec(part);
  if (at !== null && !/\bin\s/i.test(at[0]) && venueScore(part.slice(0, at.index) || 'x') < 1.5)
    return onePiece(text, from + at.index + at[0].length, endOfName(text, from + at.index + at[0].length, to), true);
  return onePiece(text, from, to, introduced);
}

/** In prose a name ends where small words begin: `Dooley's Pub tonight for karaoke`. */
function endOfName(text: string, from: number, to: number): number {
  const part = text.slice(from, to);
  const run =
    /^\s*(?:the\s+)?(?:[\p{Lu}\d&][^\s]*|of|on|the|and|n|'n'|de|la|el|del)(?:\s+(?:[\p{Lu}\d&#][^\s]*|of|on|in|the|and|n|'n'|de|la|el|del)(?![^\s]))*/u.exec(
      part,
    );
  const rest = run === null ? '' : part.slice(run[0].length);
  return run !== null && /\p{Lu}/u.test(run[0]) && /^\s+\p{Ll}{2}/u.test(rest) ? from + run[0].length : to;
}

function onePiece(text: string, from: number, to: number, introduced: boolean): NamePiece[] {
  const raw = text.slice(from, to);
  const lead =
    /^(?:[B-HK-Z]\s+(?=\p{Lu}[\p{L}']+\s+\p{Lu}))?(?:[\s"'*.,:•|#&+-]|(?:and|every|each|this|from|try|visit|check\s+out|come\s+(?:to|see\s+us\s+at)|(?:over|down|out)\s+(?:at|to)|the\s+(?=karaoke)|karaoke\s+(?:night\s+)?(?=at\b)|(?:at|location|where|venue|en)\b\s*:?)\s)*/iu.exec(
      raw,
    )?.[0] ?? '';
  const name = raw
    .slice(lead.length)
    .replace(/(?:[\s"*.,:•|&+-]|\s(?:from|at|on|every|with|in|and|is|has|presents?|starting|starts))+$/i, '');
  if (!/\p{L}{2}/u.test(name)) return [];
  if (/^the \p{Lu}/u.test(name)) return onePiece(text, to - (raw.length - lead.length) + 4, to, introduced);
  const verb =
    /\s+(?:(?:does|has|hosts|presents|offers|is\s+(?:having|doing|hosting)|brings\s+you)\s*(?:karaoke|live|its|our|$)|karaoke\s*$(?<=\w's\s+karaoke))/i.exec(
      name,
    );
  const state =
    /\s+(?:(?:is|are|will\s+be|has\s+been|was)\s+(?:now|closed|back|open|hosting|having|the\s+place)|welcomes|invites|presents)\b/i.exec(
      name,
    );
  const start = from + lead.length;
  if (state !== null && state.index > 2) return withCity(start, name.slice(0, state.index), introduced);
  if (verb !== null && verb.index > 2) return withCity(start, name.slice(0, verb.index), true);
  const place = introduced || /(?:\bat|location|where|venue|\ben|\btry|\bvisit|check\s+out)\b\s*:?\s*$/i.test(lead);
  return withCity(start, name, place);
}

/** `Big Ed's in Summerville`: name and city. */
function withCity(start: number, name: string, introduced: boolean): NamePiece[] {
  const found = /^(.{4,}?)\s+in\s+(\p{Lu}[\p{L}. ]{2,22})$/u.exec(name);
  const [, place = '', city = ''] = found ?? [];
  if (place === '' || venueScore(place) < (introduced ? 0.5 : 2)) return [piece(start, name, introduced)];
  return [piece(start, place, introduced), piece(start + name.length - city.length, city, false)];
}

function piece(start: number, text: string, introduced: boolean): NamePiece {
  return { start, end: start + text.length, text, score: venueScore(text), introduced };
}

function isSocial(site: string): boolean {
  return /facebook|instagram|tiktok|twitter|youtube|fb\.|linktr/i.test(site);
}
