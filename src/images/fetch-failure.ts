import { CodedError } from '../contract/coded-error.ts';
import { ADDRESS_REFUSED } from './guarded-lookup.ts';

/** Answers after which the same request may succeed soon. */
const PASSING: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);
/** What a connection breaks with, where the other side was there a moment ago. */
const BROKEN: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'EPIPE',
  'EAI_AGAIN',
  'UND_ERR_SOCKET',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
]);
/** An expired certificate, one of nobody known, one of another name. */
const OF_TLS = /CERT|ERR_TLS|^ERR_SSL|UNABLE_TO_VERIFY/;
/** What only a file that is being written fails with. */
const OF_THE_DISK: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EIO', 'EMFILE', 'ENOENT']);

/** What an answer that gives no file means, in words; `retryable` where it may be another one soon. */
export function failureOfStatus(status: number, retryAfterMs: number | null): CodedError {
  return unreachable(wordsFor(status), { retryable: PASSING.has(status), retryAfterMs });
}

function wordsFor(status: number): string {
  const answer = `(the answer from there is ${status})`;
  switch (status) {
    case 401:
    case 403:
    case 407:
      return `It is not for everybody: a sign-in is asked for, or this program is not let in ${answer}.`;
    case 404:
    case 410:
      return `There is no file at this address ${answer}. Is it written right?`;
    case 429:
      return `Too much is asked of that server at the moment ${answer}. Try again later.`;
    default:
      return status >= 500
        ? `That server has a fault of its own ${answer}. Try again later.`
        : `The answer from there is ${status}.`;
  }
}

/** That host wants to be left alone for longer than anybody waits. */
export function resting(restMs: number): CodedError {
  const minutes = Math.ceil(restMs / 60_000);
  const retryAfterMs = Math.round(restMs);
  return unreachable(`That server asks to be left alone for ${minutes} more min. Try again then.`, { retryAfterMs });
}

/** What was thrown while something was fetched, as an error with a code; never with an address or a path. */
export function failureOf(thrown: unknown): CodedError {
  if (thrown instanceof CodedError) return thrown;
  const code = codeOf(thrown);
  if (code === ADDRESS_REFUSED) return privateAddress();
  if (OF_THE_DISK.has(code)) {
    return new CodedError('internal', 'The image could not be stored: the disk may be full or read-only.', {
      cause: thrown,
    });
  }
  if (BROKEN.has(code)) return unreachable('The connection broke off.', { retryable: true, cause: thrown });
  if (code === 'ENOTFOUND') return unreachable('There is no server of this name.', { cause: thrown });
  if (OF_TLS.test(code)) return unreachable('Its certificate is not one to be trusted.', { cause: thrown });
  return unreachable('There is no answer from there.', { cause: thrown });
}

export function refused(why: string): CodedError {
  return new CodedError('url.refused', why);
}

export function privateAddress(): CodedError {
  return refused('This address is not on the public internet, so nothing is fetched from it.');
}

export function unreachable(
  why: string,
  options: { retryable?: boolean; retryAfterMs?: number | null; cause?: unknown } = {},
): CodedError {
  return new CodedError('url.unreachable', `The file could not be fetched. ${why}`, options);
}

export function webPage(): CodedError {
  return new CodedError(
    'image.unreadable',
    'The address leads to a web page, not to an image. Give the address of the picture itself.',
  );
}

/**
 * How long an answer asks to wait, ms; null where it says nothing that can be understood.
 *
 * @param value of the header `Retry-After`: seconds, or a date
 * @param nowMs epoch ms
 */
export function retryAfterMsOf(value: string | string[] | undefined, nowMs: number): number | null {
  const text = (Array.isArray(value) ? value[0] : value)?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  // A bare number with a sign or a point would be read as a year.
  const at = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
