const ACRONYMS = new Set(
  'dj kj vj mc vdj kjs djs vfw bbq tv usa us nyc atx dfw la ihop tgi ymca amvets iii ii iv vi vii viii xl dba llc bpoe foe loom pub21'.split(
    ' ',
  ),
);
const SMALL_WORDS = new Set('a an and at by de del for from in n of on or the to und with y'.split(' '));
/** Vowelless words that are not initials. */
const VOWELLESS_WORDS = new Set(
  'mr mrs ms dr st mt ft jr sr rd ln ct blvd pkwy hwy sq hwys pl nth th nd shh hmm pvt psst brr by my'.split(' '),
);
const STREET_CAPITALS = new Set('n s e w ne nw se sw fm rr cr us sh ih po'.split(' '));

function capitalise(word: string): string {
  const first = word.search(/\p{L}/u);
  return first < 0 ? word : word.slice(0, first) + word.charAt(first).toUpperCase() + word.slice(first + 1);
}

/** `O'malley's` → `O'Malley's`, `mcduff's` → `McDuff's`; the `s` of a possessive stays small. */
function innerCapitals(word: string): string {
  return word
    .replace(/^(\P{L}*)(o|d|l)'(\p{L})(?=\p{L}{2})/iu, (_, lead: string, particle: string, letter: string) => {
      return `${lead}${particle.toUpperCase()}'${letter.toUpperCase()}`;
    })
    .replace(/^(\P{L}*)mc(\p{L})(?=\p{L})/iu, (_, lead: string, letter: string) => `${lead}Mc${letter.toUpperCase()}`);
}

function isInitials(letters: string): boolean {
  if (ACRONYMS.has(letters)) return true;
  return letters.length >= 2 && letters.length <= 4 && !/[aeiouyà-ÿ]/.test(letters) && !VOWELLESS_WORDS.has(letters);
}

function caseWord(word: string, position: number, shouted: boolean): string {
  const lower = word.toLowerCase();
  const stem = lower.replace(/^\P{L}+/u, '').replace(/('s|\P{L}+)*$/u, '');
  if (/^\d+(st|nd|rd|th)\P{L}*$/u.test(lower)) return lower;
  const knownInitials = ACRONYMS.has(stem) && stem !== 'us' && stem !== 'la';
  if (knownInitials || (shouted && isInitials(stem) && stem !== 'us' && stem !== 'la')) {
    if (stem === 'kjs' || stem === 'djs') return lower.replace(stem, `${stem.slice(0, 2).toUpperCase()}s`);
    return lower.replace(stem, stem.toUpperCase());
  }
  if (position > 0 && SMALL_WORDS.has(stem)) return lower;
  const parts = lower.split(/(?<=[-/.(&])(?=\p{L})/u);
  return parts.map((part) => innerCapitals(capitalise(part))).join('');
}

function letterCase(text: string): 'shouted' | 'lower' | 'mixed' {
  const letters = text.replace(/\P{L}/gu, '');
  // One short word in capitals is more likely initials (`CJ`, `ATX`) than shouting.
  if (letters.length < 4) return letters.length > 0 && letters === letters.toLowerCase() ? 'lower' : 'mixed';
  if (letters === letters.toUpperCase() && letters !== letters.toLowerCase()) return 'shouted';
  return letters === letters.toLowerCase() && letters !== letters.toUpperCase() ? 'lower' : 'mixed';
}

/** Gives SHOUTED and all-lower-case names the case a person would print; leaves mixed case as its owner wrote it. */
export function caseName(text: string): string {
  const casing = letterCase(text);
  if (casing === 'mixed') return text === text.toUpperCase() ? text.replace(/(?<=\p{L})'S\b/gu, "'s") : text;
  return text
    .split(' ')
    .map((word, position) => caseWord(word, position, casing === 'shouted'))
    .join(' ');
}

/** As {@link caseName}, for a street line: compass points and road numbers (`FM 685`, `US-79`) keep their capitals. */
export function caseAddress(text: string): string {
  if (letterCase(text) === 'mixed') return text;
  return text
    .split(' ')
    .map((word, position) => {
      const letters = word.toLowerCase().replace(/[^a-z]/g, '');
      const isNumbered = /^(?:us|tx|sh|ih|fm|rr|cr|i)-\d/i.test(word);
      if (isNumbered || (STREET_CAPITALS.has(letters) && word.length <= 4)) return word.toUpperCase();
      return caseWord(word, position, false);
    })
    .join(' ');
}
