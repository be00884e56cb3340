import type { DecodedLine } from './ctc-decoder.ts';

/** A letter on its own at the start of a line, read with less: the picture (often an emoji) that the line starts with. */
const STRAY_AT_START = 0.8;
/** A small letter on its own elsewhere, read with less. Capitals stay: `2301 E 7th Ave`. */
const STRAY_WITHIN = 0.6;

/**
 * The text of a line, with what the recogniser is known to get wrong put right: emojis read as letters, and the
 * lookalikes `0` and `o`, `l`, `I` and `1`. Only where the characters around leave no doubt; what is ambiguous stays as
 * read.
 */
export function repairedText(line: DecodedLine): string {
  return withRightSpaces(withLettersInWords(withDigitsInNumbers(withoutStrayLetters(line)))).trim();
}

function withoutStrayLetters({ text, probabilities }: DecodedLine): string {
  return text
    .replace(/(?<!\S)\p{L}(?:\s|$)/gu, (match: string, offset: number) => {
      const probability = probabilities[offset] ?? 1;
      const isStart = offset === 0 && match.length < text.length;
      const isSmall = /^[b-z]/.test(match);
      const isStray = (isStart && probability < STRAY_AT_START) || (isSmall && probability < STRAY_WITHIN);
      return isStray ? '' : match;
    })
    .trimEnd();
}

/** `1lam` is `11am`, `l0:3O` is `10:30`, `$S10` is `$10`. */
function withDigitsInNumbers(text: string): string {
  return text
    .replace(/(?<=\d)[lI](?=\d|:\d|\s?[AaPp][Mm]?\b)/g, '1')
    .replace(/(?<![\p{L}\d])(?:l(?=\d)|I(?=\d(?::\d|\s?[AaPp][Mm]\b)))/gu, '1')
    .replace(/(?<=\d)[Oo](?=\d|:\d|\s?[AaPp][Mm]\b|(?![\p{L}'’]))/gu, '0')
    .replace(/\$S(?=\d)/g, '$');
}

/** No space before a comma; one on each side of the dot that separates (`32 comments · 17 shares`). */
function withRightSpaces(text: string): string {
  return text.replace(/ +,/g, ',').replace(/ *[·•] */g, (dot) => ` ${dot.trim()} `);
}

function withLettersInWords(text: string): string {
  return text.replace(/[A-Za-z0]{2,}/g, (word: string, offset: number) => {
    // Part of a code or a number (`B05`, `10am`): nothing is certain there.
    if (/[0-9]/.test(text[offset - 1] ?? '') || /[0-9]/.test(text[offset + word.length] ?? '')) return word;
    return withRightI(withCapitals(withLetterO(word)));
  });
}

/** `Larg0` is `Largo`, `0pen` is `Open`, `M0N` is `MON`; but `B0` and `X0Y2` may be what they seem. */
function withLetterO(word: string): string {
  if (word.replaceAll('0', '').length < 3 && !/^[A-Za-z]0[A-Za-z]$/.test(word)) return word;
  const letter = /[a-z]/.test(word) ? 'o' : 'O';
  return word.replace(/^0/, 'O').replaceAll('0', letter);
}

/** `MoNDAY` is `MONDAY`, `FRlDAY` is `FRIDAY`; but not `SoHo`: at least three capitals and no other small letter. */
function withCapitals(word: string): string {
  if (/^[A-Z]{2}l$/.test(word)) return word.replace('l', 'I');
  if (!/^[A-Zlo]+$/.test(word) || word.replace(/[lo]/g, '').length < 3) return word;
  return word.replaceAll('o', 'O').replaceAll('l', 'I');
}

/** `lrish` is `Irish`, since no word starts with `l` and a consonant; `GrilI` is `Grill`; `SignIn` and `LouisII` stay. */
function withRightI(word: string): string {
  const started = /^(?:l[b-df-hjkmnp-tv-z]\w{2,}|ls|lt|lf|lnn)$/.test(word) ? `I${word.slice(1)}` : word;
  return started.replace(/(?<=[a-z])I(?=l|$)/g, 'l');
}
