import { datePhraseAt, moreDaysAt, type DatePhrase } from './date-phrases.ts';
import { dayPhraseAt, type DayPhrase } from './day-phrases.ts';
import { isDecoyTime } from './decoys.ts';
import { doubtsIn, type DoubtPhrase } from './doubts.ts';
import { weeksApartAt, type WeeksApartPhrase } from './fortnight.ts';
import { timePhraseAt, type TimePhrase } from './time-phrases.ts';
import { tokenize, wordAt, type Token } from './tokens.ts';

/** Words that call a night off: `CANCELLED`, `no karaoke this week`. */
export interface CancelPhrase {
  kind: 'cancelled';
  start: number;
  end: number;
  /** Which night alone is called off: that of a date beside the words, or of this week; null where they say none. */
  only: 'date' | 'week' | null;
  /** `no karaoke`, which takes one night from a show that goes on, where `CANCELLED` calls the show itself off. */
  soft: boolean;
}

type ReadPhrase = DayPhrase | DatePhrase | WeeksApartPhrase | (TimePhrase & { decoy: boolean });
export type SchedulePhrase = ReadPhrase | CancelPhrase | DoubtPhrase;

const CANCELLED =
  /\bcancell?ed\b|\bcancelado\b|\bpostponed\b|\bno karaoke\b(?!\s+(?:experience|talent|skill))|\bno (?:shows?|singing)\b(?=[\s,!:-]*(?:for\s+)?(?:this\s+week|esta\s+semana)\b)|\bcalled off\b|\bwill not be (?:having|doing|hosting)\b[^.]{0,20}karaoke|\b(?:not|won't be|wont be) (?:having|doing) karaoke|\bno (?:hay|habra|habrá) karaoke\b|\bkaraoke is off\b|\bon hiatus\b/gi;
const THIS_WEEK_BEHIND = /^[\s,!:-]*(?:for\s+)?(?:this\s+week|esta\s+semana)\b/i;
const THIS_WEEK_BEFORE = /(?:this\s+week|esta\s+semana)[\s,!:-]*$/i;
const TO_A_LAST_DATE = /^\s*(?:[-–—]|to|thru|through|until|till?|al?|hasta)\s*(?:the\s+|el\s+)?$/i;
const TO_ONE_MORE_DATE = /^\s*(?:,|&|\+|and|y|,\s*(?:and|&))\s*$/i;

/**
 * What a text says of when, in the order of the text and without overlaps. Offsets are into `text`.
 *
 * A time that is for something else (doors, happy hour, specials) has `decoy` set; a time of two bare numbers has `bare`.
 * What is said to hold no more (`was 9-1`, `no longer Tuesdays`) is left out.
 */
export function findPhrases(text: string): SchedulePhrase[] {
  const tokens = tokenize(text);
  const phrases: SchedulePhrase[] = [];
  for (let index = 0; index < tokens.length;) {
    const found = phraseAt(tokens, index, text);
    if (found === null) index += 1;
    else if (isOver(tokens, index))
      index = isMovedFrom(tokens, index) && found.phrase.kind === 'days' ? index + 1 : found.next;
    else {
      const { phrase, next } = found;
      const more = phrase.kind === 'date' ? moreDaysAt(tokens, { phrase, next }) : [];
      phrases.push(phrase, ...more.map((each) => each.phrase));
      index = more.at(-1)?.next ?? next;
    }
  }
  relateDates(phrases, text);
  setApartOtherDays(phrases, text);
  const doubts = doubtsIn(text);
  const cancels = cancelsIn(text, phrases).filter((cancel) => !doubts.some((doubt) => overlap(cancel, doubt)));
  return [...phrases, ...doubts, ...cancels].sort((left, right) => left.start - right.start);
}

type Found = { phrase: ReadPhrase; next: number };

function phraseAt(tokens: readonly Token[], index: number, text: string): Found | null {
  const days = dayPhraseAt(tokens, index);
  if (days !== null) return days;
  const date = datePhraseAt(tokens, index);
  if (date !== null) return date;
  const apart = weeksApartAt(tokens, index);
  if (apart !== null) return apart;
  const time = timePhraseAt(tokens, index);
  if (time === null) return null;
  const { start, end } = time.phrase;
  return {
    phrase: { ...time.phrase, decoy: isDecoyTime(text, start, end, time.phrase.startTime === null) },
    next: time.next,
  };
}

/** `(was 9-1)`, `no longer Tuesdays`, `moved from Tuesdays to Thursdays`: the words right before say that it is over. */
function isOver(tokens: readonly Token[], index: number): boolean {
  const [third = '', second = '', first = ''] = [3, 2, 1].map((back) => wordAt(tokens, index - back));
  if (['was', 'were', 'formerly', 'previously', 'antes'].includes(first)) return true;
  if (['no longer', 'instead of', 'ya no'].includes(`${second} ${first}`)) return true;
  if (`${third} ${second} ${first}` === 'used to be') return true;
  return isMovedFrom(tokens, index);
}

/** Then what looks like a range of days (`Tuesdays to Thursdays`) is the old night and the new one. */
function isMovedFrom(tokens: readonly Token[], index: number): boolean {
  const isMove = /^(?:moved|moving|changed|changing|switched|switching)$/.test(wordAt(tokens, index - 2));
  return isMove && wordAt(tokens, index - 1) === 'from';
}

/**
 * Days of something else beside the show's own are no nights of it: `Open daily 11-2, karaoke Fri 9-1`, `Happy hour 3-7
 * Mon-Fri`. Days that are said to be closed are taken out.
 */
function setApartOtherDays(phrases: SchedulePhrase[], text: string): void {
  const days = phrases.filter((phrase) => phrase.kind === 'days');
  for (const phrase of days) if (/^\s*:?\s*closed\b/i.test(text.slice(phrase.end))) phrase.excluded = true;
  const others = days.filter((phrase) => !phrase.excluded && isOfOtherThing(phrase, phrases, text));
  const own = days.filter((phrase) => !phrase.excluded && !others.includes(phrase));
  if (own.length === 0) return;
  for (const phrase of others) phrases.splice(phrases.indexOf(phrase), 1);
}

function isOfOtherThing(days: DayPhrase, phrases: readonly SchedulePhrase[], text: string): boolean {
  if (/\bopen\s+$/i.test(text.slice(0, days.start))) return true;
  const beside = phrases.filter(
    (phrase) =>
      phrase.kind === 'time' &&
      /^\s*(?:from\s+|de\s+)?$/i.test(text.slice(Math.min(days.end, phrase.end), Math.max(days.start, phrase.start))),
  );
  return beside.length > 0 && beside.every((phrase) => phrase.kind === 'time' && phrase.decoy);
}

const BEFORE_A_DATE = new RegExp(
  String.raw`(?:(?:\b(?:start(?:s|ing)?|begin(?:s|ning)?|from|since|effective|desde|a\s+partir|thru|through|until|till?|end(?:s|ing)|hasta|except|excluding|closed|excepto|salvo|menos|no\s+karaoke)|[-–—])\s*(?:\b(?:on|in|for|the|de|del|el)\s+)*)$`,
  'i',
);
const BEHIND_A_DATE = /^\s*(?:no karaoke|closed|cerrado)\b/i;

/** Where a phrase stands in its text with the words that say what a date means: `thru Labor Day`, `no karaoke 12/25`. */
export function wordsOfPhrase(text: string, phrase: SchedulePhrase): { start: number; end: number } {
  const { start, end } = phrase;
  if (phrase.kind !== 'date' || phrase.relation === 'on') return { start, end };
  const before = BEFORE_A_DATE.exec(text.slice(0, start));
  const behind = before === null && phrase.relation === 'except' ? BEHIND_A_DATE.exec(text.slice(end)) : null;
  return { start: before?.index ?? start, end: end + (behind?.[0].length ?? 0) };
}

/** Two dates joined by `thru` are the ends of a range; one joined by `&` to an exception is an exception too. */
function relateDates(phrases: readonly SchedulePhrase[], text: string): void {
  const dates = phrases.filter((phrase) => phrase.kind === 'date');
  dates.forEach((date, place) => {
    const before = dates[place - 1];
    if (before === undefined) return;
    const between = text.slice(before.end, date.start);
    const isRange = TO_A_LAST_DATE.test(between) && ['on', 'from'].includes(before.relation);
    if (isRange) {
      before.relation = 'from';
      date.relation = 'until';
    } else if (before.relation === 'except' && TO_ONE_MORE_DATE.test(between)) date.relation = 'except';
  });
}

function cancelsIn(text: string, phrases: readonly SchedulePhrase[]): CancelPhrase[] {
  return [...text.matchAll(CANCELLED)].map(({ index: start, 0: words }) => {
    const end = start + words.length;
    const byDate = phrases.some(
      (phrase) =>
        phrase.kind === 'date' &&
        phrase.relation === 'except' &&
        (phrase.start >= end ? phrase.start - end <= 12 : start - phrase.end <= 4),
    );
    const byWeek = THIS_WEEK_BEHIND.test(text.slice(end)) || THIS_WEEK_BEFORE.test(text.slice(0, start));
    return {
      kind: 'cancelled',
      start,
      end,
      only: byDate ? 'date' : byWeek ? 'week' : null,
      soft: /^no\b/i.test(words),
    };
  });
}

function overlap(left: { start: number; end: number }, right: { start: number; end: number }): boolean {
  return left.start < right.end && right.start < left.end;
}
