import { CodedError } from '../contract/coded-error.ts';
import { repairJson } from './json-repair.ts';

/** Prose may hold stray brackets before the JSON ("[1 of 2] …"); more attempts than this would not be a reply. */
const MAX_STARTS_TRIED = 8;

/**
 * The JSON in a model's reply. Models fence it in Markdown, add a sentence around it, think aloud first, or damage it a
 * little (see {@link repairJson}). Linear in the length of the text: a digit repeated to the token limit costs nothing.
 *
 * @throws CodedError `model.truncated` where the JSON never closes: half a list must not pass for the whole;
 * `model.replyInvalid` where there is no JSON or it is beyond repair. Both can be retried.
 */
export function parseReplyJson(text: string): unknown {
  const trimmed = withoutThinking(text).trim();
  const whole = tryParse(trimmed);
  if (whole.ok) return unwrapped(whole.value);

  let from = 0;
  for (let tried = 0; tried < MAX_STARTS_TRIED; tried++) {
    const start = nextOpening(trimmed, from);
    if (start === -1) break;
    const end = closingOf(trimmed, start);
    if (end === -1) throw replyTruncated();
    const slice = trimmed.slice(start, end + 1);
    const parsed = tryParse(slice);
    if (parsed.ok) return parsed.value;
    const repaired = tryParse(repairJson(slice));
    if (repaired.ok) return repaired.value;
    from = end + 1;
  }
  throw new CodedError('model.replyInvalid', noJsonDetail(trimmed), { retryable: true });
}

/** The model ran out of its output tokens, or the reply ends in the middle of its JSON. */
export function replyTruncated(): CodedError {
  return new CodedError(
    'model.truncated',
    "The model's answer was cut off before its end, so it was not used. Trying again often helps; an image with very many " +
      'listings may have to be split.',
    { retryable: true },
  );
}

function noJsonDetail(text: string): string {
  return text === ''
    ? 'The model answered with nothing that could be read. Trying again often helps.'
    : 'The model answered in a form that could not be read (not the JSON it was asked for). Trying again often helps.';
}

type Parsed = { ok: true; value: unknown } | { ok: false };

function tryParse(text: string): Parsed {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}

/** Some models answer with JSON inside a JSON string. */
function unwrapped(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const inner = tryParse(value);
  return inner.ok && typeof inner.value === 'object' ? inner.value : value;
}

/** Local models with a reasoning mode put their thoughts, brackets and all, before the answer. */
function withoutThinking(text: string): string {
  const start = text.trimStart();
  if (!start.startsWith('<think>')) return text;
  const end = start.indexOf('</think>');
  return end === -1 ? '' : start.slice(end + '</think>'.length);
}

function nextOpening(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (char === '{' || char === '[') return at;
  }
  return -1;
}

/** Index of the bracket that closes the one at `start`, or -1 where the text ends before it. */
function closingOf(text: string, start: number): number {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (inString) {
      if (char === '\\') at++;
      else if (char === '"') inString = false;
      continue;
    }
    if (char === '"') inString = true;
    else if (char === '{' || char === '[') depth++;
    else if ((char === '}' || char === ']') && --depth === 0) return at;
  }
  return -1;
}
