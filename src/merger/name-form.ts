/** Words that say what kind of place it is, not which one. */
const KIND_WORDS = new Set(
  'bar bars grill grille pub tavern lounge restaurant saloon cafe club nightclub sports sport kitchen cantina brewery brewing taproom tap room bistro eatery venue cocktail cocktails co company inc llc and of n'.split(
    ' ',
  ),
);
const ARTICLES = new Set(['the']);
const SAME_WORD: Readonly<Record<string, string>> = {
  saint: 'st',
  street: 'st',
  mount: 'mt',
  fort: 'ft',
  grille: 'grill',
  sport: 'sports',
  number: '',
  no: '',
};

/** `tawern`, `lounqe`, `griu`: a kind word as readers of images garble it. */
const GARBLED_KINDS = new Map(
  [...KIND_WORDS].filter((word) => word.length >= 5 || word.includes('ll')).map((word) => [roughShape(word), word]),
);

function roughShape(word: string): string {
  return word
    .replaceAll('ll', 'u')
    .replaceAll('vv', 'v')
    .replace(/[wy]/g, 'v')
    .replace(/[i1|]/g, 'l')
    .replace(/[q9c]/g, 'g')
    .replaceAll('0', 'o')
    .replaceAll('rn', 'm');
}

/** Lower case without accents, apostrophes and punctuation; `&` is `and`. */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[&+]/g, ' and ')
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\d]+/gu, ' ')
    .trim();
}

/** Letters that readers of images mistake for each other become one: `l`, `I`, `1`; `0`, `o`; `rn`, `m`; `vv`, `w`. */
export function unifyLookalikes(text: string): string {
  return text.replace(/[i1|]/g, 'l').replaceAll('0', 'o').replaceAll('rn', 'm').replaceAll('vv', 'w');
}

/** One bit for each letter or digit that occurs. */
function letterBits(text: string): number {
  let bits = 0;
  for (let place = 0; place < text.length; place++) bits |= 1 << (text.charCodeAt(place) & 31);
  return bits;
}

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** Edits (insert, delete, replace, swap of neighbours) between two short strings, or `limit + 1` where it is more. */
export function editDistance(a: string, b: string, limit: number): number {
  if (a === b) return 0;
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  // An edit changes at most two letters' presence: most pairs are told apart here, without the table.
  if (countBits(letterBits(a) ^ letterBits(b)) > 2 * limit) return limit + 1;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    let best = row;
    for (let column = 1; column <= b.length; column++) {
      const isSame = a.charCodeAt(row - 1) === b.charCodeAt(column - 1);
      let cost = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (isSame ? 0 : 1),
      );
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (isSwap) cost = Math.min(cost, (beforePrevious[column - 2] ?? 0) + 1);
      current.push(cost);
      best = Math.min(best, cost);
    }
    if (best > limit) return limit + 1;
    beforePrevious = previous;
    previous = current;
  }
  return Math.min(previous[b.length] ?? limit + 1, limit + 1);
}

/** A name taken apart for comparing. */
export interface NameForm {
  /** The words that name the place, look-alike letters unified. */
  core: readonly string[];
  /** The words that say its kind. */
  kinds: readonly string[];
  /** Numbers in the name: `Pub #2` is another place than `Pub #3`. */
  numbers: readonly string[];
  /** All words run together, in order. */
  whole: string;
}

/** Names longer than this are a reader's mistake; comparing them in full would take quadratic time. */
const MAX_COMPARED_LENGTH = 120;

function wordsOf(text: string): string[] {
  return foldText(text.slice(0, MAX_COMPARED_LENGTH))
    .split(' ')
    .map((word) => SAME_WORD[word] ?? GARBLED_KINDS.get(roughShape(word)) ?? word)
    .filter((word) => word !== '');
}

/** Takes a venue's name apart. */
export function nameForm(name: string): NameForm {
  const words = wordsOf(name).filter((word) => !ARTICLES.has(word));
  const numbers = words.filter((word) => /^\d+$/.test(word));
  const naming = words.filter((word) => !KIND_WORDS.has(word));
  const core = (naming.length > 0 ? naming : words).map(unifyLookalikes);
  const kinds = naming.length > 0 ? words.filter((word) => KIND_WORDS.has(word) && word !== 'and' && word !== 'n') : [];
  return { core, kinds, numbers, whole: unifyLookalikes([...words].join('')) };
}

/** The words of a place name, to be left out of venue names (`Meridian Buda` in Buda). */
export function placeWords(city: string | null): string[] {
  return city === null ? [] : wordsOf(city).map(unifyLookalikes);
}

/**
 * `exact`: forms of one name. `close`: a slip of the eye apart. `related`: one could be short for the other, so other
 * evidence must decide. `different`: two names.
 */
export type NameRelation = 'exact' | 'close' | 'related' | 'different';

function withoutPlace(core: readonly string[], place: ReadonlySet<string>): readonly string[] {
  const rest = core.filter((word) => !place.has(word));
  return rest.length > 0 ? rest : core;
}

function isSubset(small: readonly string[], large: readonly string[]): boolean {
  return small.every((word) => large.includes(word));
}

/** Compares two names, leaving out the words of the cities concerned. */
export function compareNames(a: NameForm, b: NameForm, place: ReadonlySet<string>): NameRelation {
  if (a.whole === b.whole) return 'exact';
  const numbersDiffer = a.numbers.length > 0 && b.numbers.length > 0 && a.numbers.join() !== b.numbers.join();
  if (numbersDiffer) return 'different';
  const coreA = withoutPlace(a.core, place);
  const coreB = withoutPlace(b.core, place);
  const joinedA = coreA.join('');
  const joinedB = coreB.join('');
  const kindsAgree = isSubset(a.kinds, b.kinds) || isSubset(b.kinds, a.kinds);
  const isReordered = coreA.length === coreB.length && isSubset(coreA, coreB) && isSubset(coreB, coreA);
  if (joinedA === joinedB || isReordered) return kindsAgree ? 'exact' : 'related';
  const shorter = Math.min(joinedA.length, joinedB.length);
  const relatedSlips = Math.min(3, Math.max(1, Math.floor(shorter / 4)));
  const slips = editDistance(joinedA, joinedB, relatedSlips);
  const isClose = (shorter >= 5 && slips <= 1) || (shorter >= 10 && slips <= 2);
  if (isClose && kindsAgree && a.numbers.join() === b.numbers.join()) return 'close';
  if (slips <= relatedSlips && shorter >= 3) return 'related';
  return isSubset(coreA, coreB) || isSubset(coreB, coreA) ? 'related' : 'different';
}
