import { z } from 'zod';

/** How models say "nothing" in words. */
const NOTHING =
  /^(?:n\/?a|none|null|nil|unknown|undefined|not (?:available|specified|provided|listed|given|stated|printed|shown)|tbd|tba|-+|\?+|)$/i;

/** Text or null; "N/A" is null, a number is its digits, a list is joined: models vary, the record does not. */
export const printed = z.preprocess(toText, z.string().nullable());
/** A list of texts; one text is split at commas. */
export const printedList = z.preprocess(toTexts, z.array(z.string()));
/** `"yes"`, `1` and `true` are true; all else is false. */
export const flag = z.preprocess(toFlag, z.boolean());
/** 0..1, or null. */
export const share = z.preprocess(toShare, z.number().nullable());

/** What a model that gives no confidence is taken for. */
export const UNSTATED_CONFIDENCE = 0.7;

/** A word of a trade as records have it: lower case, one blank between its parts, of a length that fits a table. */
export function plainWord(text: string, longest = 80): string {
  return text.trim().replace(/\s+/g, ' ').toLowerCase().slice(0, longest);
}

/** {@link plainWord}s, each once. */
export function plainWords(texts: readonly string[], longest?: number): string[] {
  return [...new Set(texts.map((text) => plainWord(text, longest)).filter((text) => text !== ''))];
}

/**
 * For `z.preprocess` of an object: a field that a model leaves out says nothing: null, empty or false.
 *
 * @param names of all fields
 */
export function withAllFields(names: readonly string[]): (value: unknown) => unknown {
  const missing = Object.fromEntries(names.map((name) => [name, null]));
  return (value) =>
    typeof value !== 'object' || value === null || Array.isArray(value) ? value : { ...missing, ...value };
}

function toText(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (Array.isArray(value)) return toText(value.filter((item) => typeof item === 'string').join(', '));
  if (typeof value !== 'string') return value;
  const text = value.trim();
  return NOTHING.test(text) ? null : text;
}

function toTexts(value: unknown): unknown {
  const items: unknown[] = Array.isArray(value)
    ? value
    : typeof value === 'string'
      ? value.split(/\s*[,;/&]\s*/)
      : value === null || value === undefined
        ? []
        : [value];
  return items.map(toText).filter((item) => item !== null);
}

function toFlag(value: unknown): unknown {
  if (typeof value === 'string') return /^(?:true|yes|y|1|cancell?ed)$/i.test(value.trim());
  return value === 1 || value === true;
}

/** A share; `95`, `"95%"` and `"0.95"` are the same, words are null. */
function toShare(value: unknown): unknown {
  const words = typeof value === 'string' ? value.trim() : value;
  const number = typeof words === 'string' ? Number.parseFloat(words) : words;
  if (typeof number !== 'number' || !Number.isFinite(number)) return null;
  const share = number > 1 || (typeof words === 'string' && words.endsWith('%')) ? number / 100 : number;
  return Math.max(0, Math.min(1, share));
}
