import { resolveRange, resolveSingle, type PrintedClock } from './clock.ts';
import { pastSequence, skipWords } from './connectors.ts';
import { signAt, wordAt, type Token } from './tokens.ts';

/** Words that say from when to when: `9p-1a`, `8 to 12`, `9PM TIL CLOSE`, `until 9`. */
export interface TimePhrase {
  kind: 'time';
  start: number;
  end: number;
  /** `HH:MM`; null where only an end is printed (`until 9 PM`). */
  startTime: string | null;
  endTime: string | null;
  /** Where the start alone stands in the text. */
  startSpan: [number, number] | null;
  endSpan: [number, number] | null;
  /** The end is printed in words that are no time: `close`, `late`, `?`. */
  openEnd: boolean;
  /** Two bare numbers (`8-12`): a time only beside other words of a schedule. */
  bare: boolean;
}

interface Found {
  phrase: TimePhrase;
  next: number;
}

interface Clock {
  clock: PrintedClock;
  /** Clear by itself: has a colon, am/pm, or is a word. */
  clear: boolean;
  next: number;
}

const RANGE_WORDS = new Set(['to', 'til', 'till', 'until', 'thru', 'through', 'a', 'hasta', 'tll', 'untill', 'tii']);
const UNTIL_WORDS = new Set(['til', 'till', 'until', 'hasta', 'untill', 'thru']);
const FROM_WORDS = new Set([
  'from',
  'de',
  'at',
  'las',
  'around',
  'starts',
  'starting',
  'begins',
  'beginning',
  'desde',
  'approx',
  'show',
  'karaoke',
  'music',
]);
const OPEN_WORDS = new Set([
  'close',
  'closing',
  'cl',
  'late',
  'whenever',
  'cierre',
  'clos',
  'closed',
  'done',
  'question',
  'tarde',
  'finish',
  'dawn',
  'none',
  'end',
]);

/** The time phrase that begins at a token. */
export function timePhraseAt(tokens: readonly Token[], index: number): Found | null {
  return untilOnlyAt(tokens, index) ?? rangeOrSingleAt(tokens, index);
}

function untilOnlyAt(tokens: readonly Token[], index: number): Found | null {
  if (!UNTIL_WORDS.has(wordAt(tokens, index))) return null;
  const at = skipWords(tokens, index + 1, ['las', 'la']);
  const end = clockAt(tokens, at);
  if (end === null || (!end.clear && !isPlainHour(tokens, at))) return null;
  const phrase = make(tokens, index, end.next, { endTime: resolveSingle(midnightIfTwelve(end.clock)) });
  phrase.endSpan = [tokens[at]?.start ?? phrase.start, phrase.end];
  return { phrase, next: end.next };
}

function rangeOrSingleAt(tokens: readonly Token[], index: number): Found | null {
  const introduced = isIntroduced(tokens, index);
  const start = clockAt(tokens, index);
  if (start === null) return null;
  const first: [number, number] = [tokens[index]?.start ?? 0, tokens[start.next - 1]?.end ?? 0];
  const range = rangeFrom(tokens, index, start, introduced);
  if (range !== null) return withSpan(range, first);
  const atSign = signAt(tokens, index - 1) === '@' && tokens[start.next]?.kind !== 'number';
  if (!start.clear && !(introduced && (atSign || mayBeHour(tokens, index, start.next)))) return null;
  const next = skipIsh(tokens, start.next);
  return withSpan({ phrase: make(tokens, index, next, { startTime: resolveSingle(start.clock) }), next }, first);
}

function withSpan(found: Found, startSpan: [number, number]): Found {
  found.phrase.startSpan = startSpan;
  return found;
}

function rangeFrom(tokens: readonly Token[], index: number, start: Clock, introduced: boolean): Found | null {
  const afterStart = skipIsh(tokens, start.next);
  const sign = rangeSignAt(tokens, afterStart);
  const end = clockAt(tokens, sign ?? afterStart);
  if (sign === null) return end === null ? null : rangeWithoutSign(tokens, index, start, end, afterStart);
  if (end !== null && !isStreetLike(tokens, sign)) {
    const named = wordAt(tokens, sign) !== '' || wordAt(tokens, index) !== '';
    const bare = !start.clear && !end.clear && !named;
    const resolved = (!bare || mayBeRange(tokens, index, end.next)) && resolveRange(start.clock, end.clock);
    if (resolved === false || resolved === null) return null;
    const next = skipIsh(tokens, end.next);
    const facts = { startTime: resolved.start, endTime: resolved.end, bare: bare && !introduced };
    const phrase = make(tokens, index, next, facts);
    phrase.endSpan = [tokens[sign]?.start ?? phrase.start, phrase.end];
    return { phrase, next };
  }
  return openEndFrom(tokens, index, start, sign);
}

/** Recognition drops thin dashes: `9 PM 1 AM` is a range where both say their half and the second comes later. */
function rangeWithoutSign(tokens: readonly Token[], index: number, start: Clock, end: Clock, at: number): Found | null {
  if (start.clock.half !== 'pm' || end.clock.half === null || !(at in tokens)) return null;
  const resolved = resolveRange(start.clock, end.clock);
  if (resolved === null || (end.clock.half === 'pm' && end.clock.hour % 12 <= start.clock.hour % 12)) return null;
  const phrase = make(tokens, index, end.next, { startTime: resolved.start, endTime: resolved.end });
  phrase.endSpan = [tokens[at]?.start ?? phrase.start, phrase.end];
  return { phrase, next: end.next };
}

function openEndFrom(tokens: readonly Token[], index: number, start: Clock, sign: number): Found | null {
  const token = tokens[sign];
  const word = wordAt(tokens, sign);
  const isOpen = OPEN_WORDS.has(word) || (word === 'last' && wordAt(tokens, sign + 1) === 'call');
  const mark = token?.kind === 'sign' && token.sign === '?';
  if (endsOnUntil(tokens, sign)) {
    const phrase = make(tokens, index, sign, { startTime: resolveSingle(start.clock), openEnd: true });
    return { phrase, next: sign };
  }
  if (!isOpen && !mark) return null;
  let next = sign + (word === 'last' ? 2 : 1);
  while (mark && signAt(tokens, next) === '?') next += 1;
  const phrase = make(tokens, index, next, { startTime: resolveSingle(start.clock), openEnd: true });
  phrase.endSpan = [token?.start ?? phrase.start, phrase.end];
  return { phrase, next };
}

/** `9-til`, `8pm until`: nothing comes behind. */
function endsOnUntil(tokens: readonly Token[], sign: number): boolean {
  return UNTIL_WORDS.has(wordAt(tokens, sign - 1)) && (!(sign in tokens) || /^[.,!)]$/.test(signAt(tokens, sign)));
}

/** Past `-`, `to`, `til`, `- til`: null where no such word stands here. */
function rangeSignAt(tokens: readonly Token[], index: number): number | null {
  let at = index;
  while (signAt(tokens, at) === '-' || signAt(tokens, at) === "'" || RANGE_WORDS.has(wordAt(tokens, at))) at += 1;
  while (at > index && ['the', 'around', 'about', 'las', 'la', 'el', 'we'].includes(wordAt(tokens, at))) at += 1;
  return at === index ? null : at;
}

function clockAt(tokens: readonly Token[], index: number): Clock | null {
  const found = clockWordsAt(tokens, index);
  return found === null ? null : withSpokenHalf(tokens, found);
}

/** `8 de la noche`, `1 de la mañana`, `9 in the evening`, `10 at night` */
function withSpokenHalf(tokens: readonly Token[], { clock, clear, next }: Clock): Clock {
  if (clock.half !== null || clock.is24h) return { clock, clear, next };
  const noon = pastSequence(tokens, next, ['de la tarde', 'in the afternoon']);
  const night = pastSequence(tokens, next, ['de la noche', 'at night', 'in the evening']);
  const morning = pastSequence(tokens, next, ['de la manana', 'de la madrugada', 'in the morning']);
  const behind = noon ?? night ?? morning;
  if (behind === null) return { clock, clear, next };
  // `12 de la noche` is midnight, and no morning begins with noon.
  const half = morning !== null || (night !== null && clock.hour === 12) ? 'am' : 'pm';
  return { clock: { ...clock, half }, clear: true, next: behind };
}

function clockWordsAt(tokens: readonly Token[], index: number): Clock | null {
  const token = tokens[index];
  if (token === undefined) return null;
  if (token.kind === 'clock') {
    const said = wordAt(tokens, index + 1);
    const next = said === 'midnight' || said === 'noon' || said === 'hrs' ? index + 2 : index + 1;
    return { clock: token, clear: true, next };
  }
  if (token.kind === 'word') return namedClock(token, token.word, index);
  if (token.kind !== 'number' || token.value < 1 || token.value > 12 || token.digits.length > 2) return null;
  const word = wordAt(tokens, index + 1);
  const base = { hour: token.value, minute: 0, is24h: false, start: token.start, end: token.end };
  if (token.value === 12 && (word === 'midnight' || word === 'noon'))
    return { clock: { ...base, half: word === 'noon' ? 'pm' : 'am' }, clear: true, next: index + 2 };
  if (word === 'oclock' || word === 'ish') return { clock: { ...base, half: null }, clear: true, next: index + 2 };
  return { clock: { ...base, half: null }, clear: false, next: index + 1 };
}

function namedClock(token: Token, word: string, index: number): Clock | null {
  const base = { hour: 12, minute: 0, is24h: false, start: token.start, end: token.end };
  if (['midnight', 'midnite', 'medianoche', 'mid'].includes(word))
    return { clock: { ...base, half: 'am' }, clear: false, next: index + 1 };
  if (['noon', 'mediodia'].includes(word)) return { clock: { ...base, half: 'pm' }, clear: false, next: index + 1 };
  return null;
}

function midnightIfTwelve(clock: PrintedClock): PrintedClock {
  return clock.hour === 12 && clock.half === null ? { ...clock, half: 'am' } : clock;
}

/** `@ 9`, `at 9`, `from 9`: what makes a bare hour a time. */
function isIntroduced(tokens: readonly Token[], index: number): boolean {
  return signAt(tokens, index - 1) === '@' || FROM_WORDS.has(wordAt(tokens, index - 1));
}

/** A lone hour must not be the number of a house or of things: `at 9 Main St`, `2 drinks`. */
function mayBeHour(tokens: readonly Token[], index: number, next: number): boolean {
  const after = tokens[next];
  if (tokens[index]?.kind !== 'number') return false;
  if (after === undefined || after.kind === 'sign' || after.kind === 'decoy') return true;
  if (after.kind !== 'word') return false;
  return /^(ish|oclock|with|w|at|every|hosted|til|till|until|sharp|in|on|and|karaoke|pm)$/.test(after.word);
}

function isPlainHour(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index];
  return token?.kind === 'number' && mayBeHour(tokens, index, index + 1);
}

/** `8-12` is a time, `3-4 inches`, `1-2-3` and `555-12` are not. */
function mayBeRange(tokens: readonly Token[], index: number, next: number): boolean {
  const before = tokens[index - 1];
  const after = tokens[next];
  if (before?.kind === 'number' || before?.kind === 'decoy') return false;
  // `8/16-9/1` is no time, `8/16 9-1` is.
  if (before?.kind === 'date' && before.end === tokens[index]?.start) return false;
  const joinedBefore = before?.kind === 'sign' && before.sign === '-' && before.end === tokens[index]?.start;
  if (joinedBefore && tokens[index - 2]?.kind === 'number') return false;
  if (after === undefined || after.kind === 'decoy') return true;
  const last = tokens[next - 1];
  if (after.kind === 'sign')
    return !(['-', '/', '.'].includes(after.sign) && after.start === last?.end && tokens[next + 1]?.kind === 'number');
  if (after.kind !== 'word') return false;
  return !/^(inch|inches|ft|feet|st|ave|road|rd|tall|each|off|shots?|drinks?|singers?|songs?|team|teams|rounds?|stars?|lanes?|hours?)$/.test(
    after.word,
  );
}

function isStreetLike(tokens: readonly Token[], index: number): boolean {
  const after = tokens[index + 1];
  return tokens[index]?.kind === 'number' && after?.kind === 'word' && /^(st|ave|main|rd|blvd)$/.test(after.word);
}

function skipIsh(tokens: readonly Token[], index: number): number {
  if (['ish', 'hrs', 'sharp', 'nightly'].includes(wordAt(tokens, index)) && wordAt(tokens, index) !== 'nightly')
    return index + 1;
  if (signAt(tokens, index) === '(' && wordAt(tokens, index + 1) === 'ish' && signAt(tokens, index + 2) === ')')
    return index + 3;
  if (signAt(tokens, index) === '-' && wordAt(tokens, index + 1) === 'ish') return index + 2;
  return index;
}

function make(tokens: readonly Token[], first: number, next: number, facts: Partial<TimePhrase>): TimePhrase {
  const start = tokens[first]?.start ?? 0;
  const end = tokens[next - 1]?.end ?? start;
  return {
    kind: 'time',
    start,
    end,
    startTime: facts.startTime ?? null,
    endTime: facts.endTime ?? null,
    startSpan: null,
    endSpan: null,
    openEnd: facts.openEnd ?? false,
    bare: facts.bare ?? false,
  };
}
