import { editsBetween, type Letters } from './likeness/measures.ts';

/** Words that say what kind of place it is, not which one. */
const KIND_WORDS = new Set(
  'bar bars grill grille pub tavern lounge restaurant saloon cafe club nightclub sports sport kitchen cantina brewery brewing taproom tap room bistro eatery venue cocktail cocktails billiards pizza pizzeria alehouse co company inc llc and of n'.split(
    ' ',
  ),
);
const ARTICLES = new Set(['the', 'tbe', 'thc', 'tlie', 'ihe']);
const SAME_WORD: Readonly<Record<string, string>> = {
  saint: 'st',
  street: 'st',
  mount: 'mt',
  fort: 'ft',
  heights: 'hts',
  grille: 'grill',
  sport: 'sports',
  bor: 'bar',
  barr: 'bar',
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
  return editsBetween(lettersOf(a, SCRATCH[0]), lettersOf(b, SCRATCH[1]), limit);
}

const SCRATCH = [new Uint16Array(256), new Uint16Array(256)] as const;

function lettersOf(text: string, codes: Uint16Array): Letters {
  const end = Math.min(text.length, codes.length);
  for (let place = 0; place < end; place++) codes[place] = text.charCodeAt(place);
  return { codes, start: 0, end };
}

/** A name taken apart for comparing. */
export interface NameForm {
  /** The words that name the place, look-alike letters unified. */
  core: readonly string[];
  /** The words that say its kind. */
  kinds: readonly string[];
  /** Numbers in the name: `Pub #2` is another place than `Pub #3`. */
  numbers: readonly string[];
  /** All words, look-alikes unified. */
  words: readonly string[];
  /** All words run together, in order. */
  whole: string;
  /** The words that name the place as they are spelled, run together: where `rn` is a slip of `nr`, it is no `m`. */
  spelled: string;
  /** The same, as readers of images garble it. */
  shape: string;
}

/** Names longer than this are a reader's mistake; comparing them in full would take quadratic time. */
const MAX_COMPARED_LENGTH = 120;

function wordsOf(text: string): string[] {
  return (
    foldText(text.slice(0, MAX_COMPARED_LENGTH))
      .replace(/\bale house\b/, 'alehouse')
      .split(' ')
      .map(withoutDigitSlips)
      .flatMap(withoutGluedKind)
      .map((word) => SAME_WORD[word] ?? GARBLED_KINDS.get(roughShape(word)) ?? kindSlippedFrom(word) ?? word)
      // `Mainstreet` is `Main Street`, whose last word is short for itself.
      .map((word) => word.replace(/(?<=^.{4,})street$/, 'st'))
      .filter((word) => word !== '')
  );
}

/** `8ar` is `bar`, `5ports` is `sports`; `5th` and `b5` stay. */
function withoutDigitSlips(word: string): string {
  if (!/^[a-z]*[58][a-z]*$/.test(word) || word.length < 3 || /^\d(?:st|nd|rd|th)$/.test(word)) return word;
  return word.replace('8', 'b').replace('5', 's');
}

const GLUED_KINDS = [...KIND_WORDS].filter((word) => word.length >= 5);

/** `backwoodssaloon`: a word of kind that is written together with the name. */
function withoutGluedKind(word: string): readonly string[] {
  const kind = GLUED_KINDS.find((own) => word.length >= own.length + 4 && word.endsWith(own));
  return kind === undefined ? [word] : [word.slice(0, -kind.length), kind];
}

const LONG_WORDS = [...[...KIND_WORDS].filter((word) => word.length >= 6), 'street'];

/** `nightcub`, `billiarsd`: a slip away from a word of kind that is too long to be another word. */
function kindSlippedFrom(word: string): string | undefined {
  if (word.length < 5 || KIND_WORDS.has(word)) return undefined;
  const meant = LONG_WORDS.find((kind) => editDistance(word, kind, 1) <= 1);
  return meant === undefined ? undefined : (SAME_WORD[meant] ?? meant);
}

/** Takes a venue's name apart. */
export function nameForm(name: string): NameForm {
  const words = wordsOf(name).filter((word) => !ARTICLES.has(word));
  const numbers = words.filter((word) => /^\d+$/.test(word));
  const naming = words.filter((word) => !KIND_WORDS.has(word));
  const core = (naming.length > 0 ? naming : words).map(unifyLookalikes);
  const kinds = naming.length > 0 ? words.filter((word) => KIND_WORDS.has(word) && word !== 'and' && word !== 'n') : [];
  const spelled = (naming.length > 0 ? naming : words).join('');
  return {
    core,
    kinds,
    numbers,
    words: words.map(unifyLookalikes),
    whole: unifyLookalikes(words.join('')),
    spelled,
    shape: roughShape(spelled),
  };
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

/** The words run together; look-alikes may meet where two words do (`copper nail`, `coppemail`). */
export function joinedCore(core: readonly string[]): string {
  return unifyLookalikes(core.join(''));
}

/** `Laughing Tiger`, `Laughing Badger`: a few letters apart as a whole, but each word is another one. */
function haveOtherWords(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length || a.length < 2) return false;
  return a.some((word, place) => {
    const other = b[place] ?? '';
    const slips = Math.max(1, Math.floor(Math.min(word.length, other.length) / 3));
    return editDistance(word, other, slips) > slips;
  });
}

/** `VFW Post 431` may be a slip of `VFW Post 4321`; `Tavern #2` is none of `Tavern #3`. */
function haveOtherNumbers(a: readonly string[], b: readonly string[]): boolean {
  if (a.length === 0 || b.length === 0 || a.join() === b.join()) return false;
  const [one, other] = [a.join(' '), b.join(' ')];
  return Math.max(one.length, other.length) < 3 || editDistance(one, other, 1) > 1;
}

/** `omalleysbrooklyn` in Brooklyn. */
function withoutGluedPlace(joined: string, place: ReadonlySet<string>): string {
  const glued = [...place].find(
    (word) => word.length >= 4 && joined.length >= word.length + 4 && joined.endsWith(word),
  );
  return glued === undefined ? joined : joined.slice(0, -glued.length);
}

/** Slips apart, by whichever way of reading them is nearer. */
function slipsBetween(a: NameForm, b: NameForm, joinedA: string, joinedB: string, limit: number): number {
  const slips = editDistance(joinedA, joinedB, limit);
  // Left-out words of the place are in what is spelled.
  return slips <= 1 || Math.abs(a.spelled.length - b.spelled.length) > 1
    ? slips
    : Math.min(slips, editDistance(a.spelled, b.spelled, limit));
}

/** Compares two names, leaving out the words of the cities concerned. */
export function compareNames(a: NameForm, b: NameForm, place: ReadonlySet<string>): NameRelation {
  if (a.whole === b.whole) return 'exact';
  if (haveOtherNumbers(a.numbers, b.numbers)) return 'different';
  const sameNumbers = a.numbers.join() === b.numbers.join();
  const coreA = withoutPlace(a.core, place);
  const coreB = withoutPlace(b.core, place);
  const joinedA = withoutGluedPlace(joinedCore(coreA), place);
  const joinedB = withoutGluedPlace(joinedCore(coreB), place);
  const kindsAgree = isSubset(a.kinds, b.kinds) || isSubset(b.kinds, a.kinds);
  const isArticleGlued = joinedA === `the${joinedB}` || joinedB === `the${joinedA}`;
  const isReordered = coreA.length === coreB.length && isSubset(coreA, coreB) && isSubset(coreB, coreA);
  if ((joinedA === joinedB || isReordered || isArticleGlued) && kindsAgree && sameNumbers) return 'exact';
  const wholeA = withoutGluedPlace(joinedCore(withoutPlace(a.words, place)), place);
  const wholeB = withoutGluedPlace(joinedCore(withoutPlace(b.words, place)), place);
  if (wholeA === wholeB && sameNumbers) return 'exact';
  if (joinedA === joinedB || isReordered || isArticleGlued) return 'related';
  const shorter = Math.min(joinedA.length, joinedB.length);
  // Two prints of one name may each have a slip.
  const relatedSlips = shorter < 5 ? 1 : Math.min(4, Math.max(2, Math.floor((shorter + 1) / 4)));
  const slips = slipsBetween(a, b, joinedA, joinedB, relatedSlips);
  const isSameShape = shorter >= 5 && a.shape === b.shape;
  const isClose = isSameShape || (shorter >= 5 && slips <= 1) || (shorter >= 10 && slips <= 2);
  if (isClose && kindsAgree && sameNumbers) return 'close';
  // A word of kind that is garbled, or written together with the name.
  const areOtherWords = !kindsAgree || coreA.length !== coreB.length;
  const wholeLength = Math.min(wholeA.length, wholeB.length);
  const wholeSlips = areOtherWords && wholeLength >= 8 ? editDistance(wholeA, wholeB, 3) : 4;
  if (wholeSlips <= (wholeLength >= 14 ? 2 : 1) && sameNumbers) return 'close';
  if (wholeSlips <= 3 && wholeLength >= 12) return 'related';
  // `Suffysbar`: the rest is glued to it.
  if (shorter >= 5 && (joinedA.startsWith(joinedB) || joinedB.startsWith(joinedA))) return 'related';
  if (slips <= relatedSlips && shorter >= 3 && !haveOtherWords(coreA, coreB)) return 'related';
  return isSubset(coreA, coreB) || isSubset(coreB, coreA) ? 'related' : 'different';
}
