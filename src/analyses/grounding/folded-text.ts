import { DIRECTIONS, ORDINALS } from '../../merger/address-form.ts';

/** Letters and digits of a text, small and plain, each with the place it has in the text. */
export interface FoldedText {
  letters: string;
  /** Offset in the source of each letter, and where the letter ends. */
  starts: number[];
  ends: number[];
  /** Whether a word begins at this letter; `letters.length` counts as the beginning of one. */
  wordStarts: boolean[];
}

/** Both ways of writing become one, on the page and in what is looked for alike. */
const SHORT_FORMS: Readonly<Record<string, string>> = {
  street: 'st',
  avenue: 'ave',
  av: 'ave',
  boulevard: 'blvd',
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
  ...DIRECTIONS,
  suite: 'ste',
  apartment: 'apt',
  saint: 'st',
  ...ORDINALS,
};
/** Printed as `&`, or left out. */
const UNSAID = new Set(['and', 'the']);

const WORD = /[\p{L}\p{N}]+(?:['’`´][\p{L}]+)*/gu;

/** Takes a text apart for {@link FoldedText}. */
export function foldText(text: string): FoldedText {
  const folded: FoldedText = { letters: '', starts: [], ends: [], wordStarts: [] };
  const words = [...text.matchAll(WORD)].map(({ 0: word, index }) => ({ word, index, plain: plainLetters(word) }));
  const said = words.filter(({ plain }) => !UNSAID.has(plain));
  for (const { word, index, plain } of said.length > 0 ? said : words) {
    const letters = SHORT_FORMS[plain] ?? plain;
    for (let at = 0; at < letters.length; at += 1) {
      folded.starts.push(index + Math.floor((at * word.length) / letters.length));
      folded.ends.push(index + Math.ceil(((at + 1) * word.length) / letters.length));
      folded.wordStarts.push(at === 0);
    }
    folded.letters += letters;
  }
  return folded;
}

function plainLetters(word: string): string {
  return word
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** What recognition takes for each other, by one name. */
const LOOKS: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'l',
  i: 'l',
  j: 'l',
  '5': 's',
  '8': 'b',
  '2': 'z',
  '6': 'g',
  '9': 'g',
  q: 'g',
  u: 'v',
};

/** A letter by its shape: `0` and `o` are alike. */
export function looksOf(letter: string): string {
  return LOOKS[letter] ?? letter;
}

export function isDigit(letter: string | undefined): boolean {
  return letter !== undefined && letter >= '0' && letter <= '9';
}
