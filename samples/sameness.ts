/** When two printed values mean the same. Everything here takes null for "not said". */

const SHORT_FORMS: Record<string, string> = {
  avenue: 'ave',
  boulevard: 'blvd',
  street: 'st',
  road: 'rd',
  drive: 'dr',
  lane: 'ln',
  court: 'ct',
  place: 'pl',
  parkway: 'pkwy',
  highway: 'hwy',
  square: 'sq',
  terrace: 'ter',
  circle: 'cir',
  trail: 'trl',
  north: 'n',
  south: 's',
  east: 'e',
  west: 'w',
  northeast: 'ne',
  northwest: 'nw',
  southeast: 'se',
  southwest: 'sw',
  suite: 'ste',
  unit: 'ste',
  apartment: 'ste',
  apt: 'ste',
  first: '1st',
  second: '2nd',
  third: '3rd',
  fourth: '4th',
  fifth: '5th',
  sixth: '6th',
  seventh: '7th',
};
const EMPTY_IN_NAMES = new Set(['the', 'dj', 'kj', 'vdj', 'mc', 'and', 'n']);

/** Lower-case words without accents, apostrophes and signs. */
export function words(text: string): string[] {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f'’‘`´.]/g, '')
    .split(/[^a-z0-9#]+/)
    .filter(Boolean);
}

/** A name without its articles, titles and "and": what two spellings of it share. */
function nameKey(name: string): string {
  const all = words(name.replaceAll('#', ' '));
  const kept = all.filter((word) => !EMPTY_IN_NAMES.has(word));
  return (kept.length > 0 ? kept : all).join(' ');
}

/** 0 (nothing in common) to 1 (the same), by the edits between the two names without their small words. */
export function similarity(one: string | null, other: string | null): number {
  if (one === null || other === null) return 0;
  const a = nameKey(one);
  const b = nameKey(other);
  const longest = Math.max(a.length, b.length);
  return longest === 0 ? 0 : 1 - editDistance(a, b) / longest;
}

/** Same name of a venue or host: equal, or alike to 0.9, without regard to case, articles and titles. */
export function sameName(one: string | null, other: string | null): boolean {
  if (one === null || other === null) return one === other;
  return similarity(one, other) >= 0.9 || nameKey(one).replaceAll(' ', '') === nameKey(other).replaceAll(' ', '');
}

/** Same words, without regard to case and signs. */
export function sameText(one: string | null, other: string | null): boolean {
  if (one === null || other === null) return one === other;
  return words(one).join(' ') === words(other).join(' ');
}

/** Same number and street in long or short words; a unit that only one of them names does not part them. */
export function sameAddress(one: string | null, other: string | null): boolean {
  if (one === null || other === null) return one === other;
  const a = streetKey(one);
  const b = streetKey(other);
  return a.street === b.street && (a.unit === null || b.unit === null || a.unit === b.unit);
}

function streetKey(address: string): { street: string; unit: string | null } {
  const all = words(address.replaceAll('#', ' # ')).map((word) => SHORT_FORMS[word] ?? word);
  const at = all.findIndex((word, index) => index > 0 && (word === 'ste' || word === '#'));
  const street = at < 0 ? all : all.slice(0, at);
  return { street: street.join(' '), unit: at < 0 ? null : all.slice(at + 1).join('') };
}

/** Levenshtein distance. */
export function editDistance(one: string, other: string): number {
  let previous = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const change = (previous[column - 1] ?? 0) + (one[row - 1] === other[column - 1] ? 0 : 1);
      current.push(Math.min(change, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[other.length] ?? 0;
}
