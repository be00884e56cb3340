import type { Column, Records } from './records.ts';

/**
 * What a field holds, found out from its values:
 * - `word`: names of one word or two, where a slip of the pen is what differs (a surname, a suburb)
 * - `text`: several words (a venue's name, an address, a title, a list of authors)
 * - `code`: one word with digits (a postcode, an identifier, a house number)
 * - `number`: an amount (a price); `year`, `date`, `phone`
 */
export type FieldKind = 'word' | 'text' | 'code' | 'number' | 'year' | 'date' | 'phone';

/** What is known of a field from a look at some of its values. */
export interface FieldProfile {
  kind: FieldKind;
  /** Words in a value, on average. */
  meanWords: number;
  /** Share of values that have a single letter for a word, as initials are. */
  initialsShare: number;
  /** Share of values with model numbers: words of both letters and digits, at least four long. */
  modelShare: number;
  /** Share of values with words that are numbers. */
  numberShare: number;
}

const SAMPLE = 4_000;
const AMOUNT_NAME =
  /price|cost|amount|msrp|salary|weight|height|width|length|area|rating|^(?:lat|lon|lng|latitude|longitude)$/i;
const DATE_NAME = /date|dob|birth|born|\bday\b/i;
const AMOUNT = /^(?:usd |eur |gbp |cad |aud )?\d+(?:\.\d+)?(?: usd| eur| gbp| cad| aud| dollars?)?$/;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Looks at values spread evenly over all records. */
export function profileOf(column: Column, count: number): FieldProfile {
  const seen = Array.from({ length: 11 }, () => 0);
  let looked = 0;
  let words = 0;
  const step = Math.max(1, Math.floor(count / SAMPLE));
  const lengths = new Map<number, number>();
  for (let record = 0; record < count; record += step) {
    const value = column.values[record]!;
    if (value < 0) continue;
    looked++;
    const text = column.texts.textOf(value);
    const parts = text.split(' ');
    words += parts.length;
    lengths.set(text.length, (lengths.get(text.length) ?? 0) + 1);
    const digits = text.replace(/\D/g, '').length;
    const letters = text.replace(/[\d. ]/g, '').length;
    const marks = [
      /^(?:1[5-9]|20)\d\d$/.test(text),
      dateParts(text) !== null,
      letters <= 3 &&
        (parts.length > 1 || text.includes('.') ? digits >= 7 && digits <= 15 : digits === 10 || digits === 11),
      AMOUNT.test(text),
      /\d\.\d/.test(text),
      digits > 0 && parts.length <= 2,
      parts.some((part) => /^[a-z]$/.test(part)),
      parts.some(isModelNumber),
      parts.some(isNumber),
      /^\d+$/.test(text),
      parts.length > 1,
    ];
    for (const [place, mark] of marks.entries()) if (mark) seen[place]! += 1;
  }
  const share = (place: number): number => (looked === 0 ? 0 : seen[place]! / looked);
  const meanWords = looked === 0 ? 0 : words / looked;
  const sameLength = looked === 0 ? 0 : Math.max(...lengths.values()) / looked;
  const isAmount =
    share(4) > 0.05 || column.moneyCells > 0 || AMOUNT_NAME.test(column.name) || (share(9) < 0.9 && share(3) > 0.95);
  const kind = (): FieldKind => {
    if (share(0) > 0.9) return 'year';
    if (share(1) > 0.8 || (DATE_NAME.test(column.name) && share(1) > 0.5)) return 'date';
    if (share(2) > 0.75) return 'phone';
    if (share(3) > 0.85 && isAmount && sameLength < 0.98) return 'number';
    if (share(5) > 0.6 && meanWords < 1.5) return 'code';
    return meanWords < 1.7 && share(10) < 0.6 && looked > 0 ? 'word' : 'text';
  };
  return { kind: kind(), meanWords, initialsShare: share(6), modelShare: share(7), numberShare: share(8) };
}

/** Profiles of all fields, by column. */
export function profilesOf(records: Records): FieldProfile[] {
  return records.columns.map((column) => profileOf(column, records.count));
}

/** `40v3000`, `dscw120`: letters and digits, long enough that two things hardly share it by chance. */
export function isModelNumber(word: string): boolean {
  return (
    word.length >= 4 &&
    /\d/.test(word) &&
    /[a-z]/.test(word) &&
    !/^\d+(?:st|nd|rd|th|inch|in|cm|mm|ft|mb|gb|tb|hz|mhz|ghz|mp|x|w|watt|volt|pack|pk|s)$/.test(word)
  );
}

export function isNumber(word: string): boolean {
  return /^\d+(?:\.\d+)?$/.test(word);
}

/**
 * The parts of a date in any of the usual orders, `1985 03 12`, `19850312`, `12 03 1985`, `march 12 1985`. Which of two
 * small numbers is the month is not known: the rows of one list agree on it.
 *
 * @returns year (two digits as they are), then the two others in their order; null where it is no date
 */
export function dateParts(folded: string): [year: number, first: number, second: number] | null {
  if (/^(?:1[5-9]|20)\d{6}$/.test(folded)) {
    return checked(Number(folded.slice(0, 4)), Number(folded.slice(4, 6)), Number(folded.slice(6)));
  }
  const words = folded.split(' ');
  if (words.length < 3) return null;
  const numbers: number[] = [];
  let month = -1;
  for (const word of words.slice(0, 3)) {
    const named = MONTHS.indexOf(word.slice(0, 3));
    if (/^\d{1,4}(?:st|nd|rd|th)?$/.test(word)) numbers.push(Number.parseInt(word, 10));
    else if (named >= 0 && /^[a-z]+$/.test(word)) month = named + 1;
    else return null;
  }
  if (month >= 0 && numbers.length === 2) {
    const [a, b] = numbers as [number, number];
    return a > 31 ? checked(a, month, b) : checked(b, month, a);
  }
  if (numbers.length !== 3) return null;
  const [a, b, c] = numbers as [number, number, number];
  return a > 31 ? checked(a, b, c) : checked(c, a, b);
}

/** One digit of a date may be wrong (a 43rd of March): still a date with a slip, hence the wide bounds. */
function checked(year: number, first: number, second: number): [number, number, number] | null {
  return first <= 99 && second <= 99 && (first <= 31 || second <= 31) ? [year, first, second] : null;
}
