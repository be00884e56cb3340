/** What Windows' Western code page has beside Latin-1, which is all that a PDF's standard typefaces can draw. */
const BESIDE_LATIN = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ';
/** Line breaks, characters without a body, and those that turn the direction of what follows them. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/**
 * Text as it can be printed: what the typefaces lack is shown by its base letter (`ő` as `o`), else by a question mark. Model
 * text and file names may hold anything, and a character that cannot be drawn would come out as another one.
 */
export function printable(text: string): string {
  const seen = text.normalize('NFC').replaceAll(UNSEEN, ' ').trim();
  return Array.from(seen, (character) => (isPrintable(character) ? character : baseOf(character))).join('');
}

function baseOf(character: string): string {
  const base = character.normalize('NFKD').replaceAll(/\p{M}+/gu, '');
  return base !== '' && Array.from(base).every(isPrintable) ? base : '?';
}

function isPrintable(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return (code >= 0x20 && code <= 0x7e) || (code >= 0xa0 && code <= 0xff) || BESIDE_LATIN.includes(character);
}
