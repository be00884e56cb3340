import { WEEKDAYS, type Weekday } from '../../../contract/show.ts';
import { wordAt, type Token } from './tokens.ts';

const NAMES: Record<Weekday, string> = {
  MO: 'mon monday mondays mon monda lunes lun',
  TU: 'tue tues tuesday tuesdays tuesady teusday martes',
  WE: 'wed weds wednesday wednesdays wedensday wednsday wensday miercoles mie mier',
  TH: 'thu thur thurs thursday thursdays thrusday jueves jue',
  FR: 'fri friday fridays viernes vie',
  SA: 'sat saturday saturdays saterday sabado sabados sab',
  SU: 'sun sunday sundays domingo domingos dom',
};

/** Letters that mean a day only beside another such letter: `M-F`, `Th-Sa`, `Tu/Th`. */
const LETTERS: Record<string, Weekday> = {
  m: 'MO',
  t: 'TU',
  tu: 'TU',
  w: 'WE',
  th: 'TH',
  mo: 'MO',
  we: 'WE',
  fr: 'FR',
  f: 'FR',
  s: 'SA',
  sa: 'SA',
  su: 'SU',
};

const DAY_OF_WORD = new Map<string, Weekday>(
  WEEKDAYS.flatMap((day) => NAMES[day].split(' ').map((name): [string, Weekday] => [name, day])),
);

/** Names of places that only look like a day: the word before, then the day. */
const NOT_A_DAY = new Set(['ruby tuesday', 'ruby tuesdays', 'tgi fridays', 'tgi friday', 'its friday', 'man friday']);

/** These short forms are also plain words; after an ordinary word they are part of a name (`Rising Sun`). */
const SHORT_AND_ORDINARY = new Set(['sun', 'sat', 'wed', 'mon', 'vie', 'mie', 'lun', 'jue', 'monda', 'sab', 'dom']);
const MAY_PRECEDE = new Set(
  'every each on this next and to thru through til or karaoke y e los las el cada first second third fourth last other nights night'.split(
    ' ',
  ),
);

/** The day that a token names; null where it names none. */
export function weekdayAt(tokens: readonly Token[], index: number): Weekday | null {
  const token = tokens[index];
  if (token?.kind !== 'word') return null;
  const day = DAY_OF_WORD.get(token.word);
  if (day === undefined) return null;
  const previous = tokens[index - 1];
  if (isPossessive(token, tokens[index + 1])) return null;
  if (previous?.kind !== 'word') return day;
  if (previous.word === 'the' && startsName(tokens[index + 1])) return null;
  if (['dj', 'kj', 'vdj', 'mc', 'vj'].includes(previous.word)) return null;
  if (NOT_A_DAY.has(`${previous.word} ${token.word}`)) return null;
  if (/'s$/.test(token.printed) && /^[A-Z]/.test(previous.printed) && !MAY_PRECEDE.has(previous.word)) return null;
  const ordinary =
    SHORT_AND_ORDINARY.has(token.word) && !MAY_PRECEDE.has(previous.word) && !standsBeforeHour(tokens, index);
  return ordinary && !DAY_OF_WORD.has(previous.word) ? null : day;
}

/** `sing with us Sun. 6 PM` */
function standsBeforeHour(tokens: readonly Token[], index: number): boolean {
  const next = tokens[index + 1];
  const hour = next?.kind === 'sign' && next.sign === '.' ? tokens[index + 2] : next;
  return hour?.kind === 'clock';
}

/** `Monday's Pub`, but `Monday's karaoke` and `Tuesday's at 9`. */
function isPossessive(token: Token, next: Token | undefined): boolean {
  return token.kind === 'word' && /day's$/i.test(token.printed) && startsName(next);
}

/** `The Sunday Social Club`: after "the", a day with a name behind it is a part of that name. */
function startsName(next: Token | undefined): boolean {
  if (next?.kind !== 'word' || !/^\p{Lu}/u.test(next.printed)) return false;
  return !/^(?:karaoke|nights?|nites?|at|from|with|party|show|and|special|specials|evening|events?)$/.test(next.word);
}

/** The day of a lone letter such as the `M` of `M-F`; capital letters only. */
export function letterDayAt(tokens: readonly Token[], index: number): Weekday | null {
  const token = tokens[index];
  if (token?.kind !== 'word' || !/^[A-Z]/.test(token.printed)) return null;
  return LETTERS[token.word] ?? null;
}

/** Days from `first` to `last`, over the end of the week where need be (`Sat–Mon`). */
export function dayRange(first: Weekday, last: Weekday): Weekday[] {
  const from = WEEKDAYS.indexOf(first);
  const count = ((WEEKDAYS.indexOf(last) - from + 7) % 7) + 1;
  return Array.from({ length: count }, (_, step) => WEEKDAYS[(from + step) % 7]).filter((day) => day !== undefined);
}

/** Each day once, in calendar order from Monday. */
export function inCalendarOrder(days: Iterable<Weekday>): Weekday[] {
  const wanted = new Set(days);
  return WEEKDAYS.filter((day) => wanted.has(day));
}

/** @returns the index behind `a week`, or the one given where that does not stand there */
export function aWeek(tokens: readonly Token[], index: number): number {
  return ['a', 'per', 'each'].includes(wordAt(tokens, index)) && wordAt(tokens, index + 1) === 'week'
    ? index + 2
    : index;
}
