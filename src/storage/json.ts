/**
 * What PostgreSQL refuses to hold in a string: NUL, and halves of surrogate pairs. Both come in text read off an image
 * and in file names, and must not fail a checkpoint; each becomes U+FFFD, so that it leaves a trace.
 */
const REPLACEMENT = '\uFFFD';

/** Any escape of a JSON text, so that the escaped backslash of `\\u0000` is never taken for the start of one. */
const ESCAPE = /\\(?:u[0-9a-f]{4}|.)/gu;
/** `JSON.stringify` writes pairs as they are: a surrogate that it escaped has no partner. */
const REFUSED = /^\\u(?:0000|d[89a-f][0-9a-f]{2})$/u;

/** The value as JSON text that PostgreSQL takes whatever its strings hold; `null` for what JSON cannot say. */
export function toJson(value: unknown): string {
  const text = JSON.stringify(value) ?? 'null';
  if (!text.includes('\\u0000') && !text.includes('\\ud')) return text;
  return text.replace(ESCAPE, (escape) => (REFUSED.test(escape) ? REPLACEMENT : escape));
}

/** As {@link toJson}, but a missing value is SQL's null instead of JSON's. */
export function toNullableJson(value: unknown): string | null {
  return value === null || value === undefined ? null : toJson(value);
}

/** The string as a `text` column takes it. */
export function toText(value: string): string {
  return value.toWellFormed().replaceAll('\0', REPLACEMENT);
}
