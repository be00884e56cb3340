const SHA256_HEX = /^[0-9a-f]{64}$/;
const MAX_NAME_CHARACTERS = 120;
const MAX_EXTENSION_CHARACTERS = 12;
const FALLBACK_NAME = 'image';

/**
 * The image's public id, derived from its content: the same bytes have the same id in every run.
 *
 * @param sha256Hex 64 lower-case hex digits
 */
export function imageIdFrom(sha256Hex: string): string {
  return `img_${requireSha256(sha256Hex).slice(0, 24)}`;
}

/** Refuses anything but a hash, so that what becomes part of a path never comes from elsewhere. */
export function requireSha256(sha256Hex: string): string {
  if (!SHA256_HEX.test(sha256Hex)) throw new TypeError('Not a SHA-256 in lower-case hex.');
  return sha256Hex;
}

/**
 * A file name as data for people: the base name only, without characters that could end a line, reorder the text around
 * it or break its encoding; at most 120 characters with the extension kept; never empty. Never use it as a path.
 */
export function cleanFileName(name: string): string {
  const base = name.split(/[/\\]/).findLast((part) => part.trim() !== '') ?? '';
  const printable = base
    .toWellFormed()
    .normalize('NFC')
    // Control characters, line and paragraph separators, bidirectional marks and overrides, byte order marks.
    .replace(/[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, '')
    .trim();
  if (printable === '' || /^\.+$/.test(printable)) return FALLBACK_NAME;
  return shorten(printable);
}

function shorten(name: string): string {
  const characters = Array.from(name);
  if (characters.length <= MAX_NAME_CHARACTERS) return name;
  const dot = characters.lastIndexOf('.');
  const extension = characters.slice(dot);
  if (dot <= 0 || extension.length > MAX_EXTENSION_CHARACTERS) return characters.slice(0, MAX_NAME_CHARACTERS).join('');
  return [...characters.slice(0, MAX_NAME_CHARACTERS - extension.length), ...extension].join('');
}
