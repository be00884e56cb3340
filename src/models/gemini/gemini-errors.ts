import { GoogleGenerativeAIError, GoogleGenerativeAIFetchError } from '@google/generative-ai';
import { CodedError } from '../../contract/coded-error.ts';
import { redactedCause } from '../call-failure.ts';
import { nextDailyReset, readQuota } from './gemini-quota.ts';
import type { Quota } from './gemini-quota.ts';

/** Another call may get through: the service, not the request, was the trouble. */
const LOAD_STATUSES: ReadonlySet<number> = new Set([408, 500, 502, 503, 504]);

interface HttpFailure {
  status: number;
  message: string;
  /** `{ error: { message, details } }`, as far as the SDK keeps it. */
  body: unknown;
  cause: Error;
}

/**
 * Translates whatever the SDK threw into a CodedError. Decides once whether the same call may succeed later; nothing of
 * the body and no key gets into the detail, and the `cause` is a copy without the key.
 */
export function toGeminiFailure(thrown: unknown, apiKey: string, model: string): CodedError {
  if (thrown instanceof CodedError) return thrown;
  const cause = redactedCause(thrown, [apiKey]);
  if (thrown instanceof GoogleGenerativeAIFetchError) {
    const { status, message, errorDetails } = thrown;
    const body = { error: { message, details: errorDetails } };
    return fromHttp({ status: status ?? 0, message, body, cause }, model);
  }
  // The SDK wraps what fetch threw (refused, reset, DNS, TLS) in its base class and drops the cause.
  if (thrown instanceof GoogleGenerativeAIError || isBrokenBody(cause)) return unreachable(cause);
  if (cause.name === 'SyntaxError' || cause.name === 'TypeError') return notJson(cause);
  return new CodedError('internal', 'Asking Gemini failed in a way this program does not know.', { cause });
}

/** The connection broke while the body was read. By name: errors of fetch come from another realm than ours in tests. */
function isBrokenBody(cause: Error): boolean {
  return cause.name === 'TypeError' && (cause.message === 'terminated' || cause.cause !== undefined);
}

function unreachable(cause: Error): CodedError {
  return new CodedError(
    'model.unreachable',
    'Gemini could not be reached: the connection failed or broke off. Check the internet connection (and GEMINI_BASE_URL, ' +
      'if you set it); it is tried again by itself.',
    { retryable: true, cause },
  );
}

function notJson(cause: Error): CodedError {
  return new CodedError(
    'model.replyInvalid',
    'The answer from Gemini was damaged on the way and could not be read. Trying again often helps.',
    { retryable: true, cause },
  );
}

function fromHttp(failure: HttpFailure, model: string): CodedError {
  const { status, cause } = failure;
  if (status === 400) return fromBadRequest(failure);
  if (status === 401 || status === 403) return keyRefused(cause);
  if (status === 402) return accountEmpty(cause);
  if (status === 404) {
    const detail = `Gemini has no model named "${model}" for your key. Set GEMINI_MODEL to one it has, such as gemini-2.5-flash.`;
    return new CodedError('model.notFound', detail, { stopsRun: true, cause });
  }
  if (status === 429) return fromQuota(failure);
  if (LOAD_STATUSES.has(status) || status > 504) return unavailable(cause);
  return requestRefused(cause, `Gemini refused this request (HTTP ${status}).`);
}

function fromBadRequest({ message, cause }: HttpFailure): CodedError {
  if (/API_KEY_INVALID|API key (?:not valid|expired|not found)/i.test(message)) return keyRefused(cause);
  if (/Unable to process input image|image is not valid/i.test(message)) {
    const detail = 'Gemini could not open this image. Save it again as a JPEG or PNG and add it once more.';
    return new CodedError('image.unreadable', detail, { cause });
  }
  if (/location is not supported/i.test(message)) {
    const detail = 'Gemini does not serve the place this computer is in, so no image can be read with it.';
    return new CodedError('model.requestRefused', detail, { stopsRun: true, cause });
  }
  if (/enable billing/i.test(message)) {
    const detail =
      'Gemini wants billing to be enabled for your key before it answers here. Enable it in Google AI Studio.';
    return new CodedError('model.requestRefused', detail, { stopsRun: true, cause });
  }
  return requestRefused(cause, 'Gemini refused this request: it does not accept the way the question was put.');
}

function requestRefused(cause: Error, whatHappened: string): CodedError {
  const detail = `${whatHappened} Trying again does not help; another model (GEMINI_MODEL) may.`;
  return new CodedError('model.requestRefused', detail, { cause });
}

function keyRefused(cause: Error): CodedError {
  return new CodedError('model.keyRefused', KEY_REFUSED_DETAIL, { stopsRun: true, cause });
}

export const KEY_REFUSED_DETAIL =
  'Gemini did not accept your API key. Check GEMINI_API_KEY: it may be mistyped, expired or not allowed for Gemini. ' +
  'A new one can be made in Google AI Studio.';

function accountEmpty(cause: Error): CodedError {
  const detail = 'Your Gemini account has no credit left. Add credit in Google AI Studio, then resume the run.';
  return new CodedError('model.accountEmpty', detail, { pausesRun: { until: null }, cause });
}

function unavailable(cause: Error): CodedError {
  const detail = 'Gemini is overloaded or has a fault at the moment. It is tried again by itself.';
  return new CodedError('model.unavailable', detail, { retryable: true, signal: 'load', cause });
}

function fromQuota(failure: HttpFailure): CodedError {
  return codedQuota(failure, readQuota(failure.body));
}

function codedQuota({ message, cause }: HttpFailure, { violations, retryAfterMs }: Quota): CodedError {
  const quota = violations.map(({ unit, period, quotaValue }) => ({ quantity: unit, period, limit: quotaValue }));
  if (violations.some((violation) => violation.quotaValue === 0)) {
    const detail =
      'The plan of your key allows no requests to this model. Choose another with GEMINI_MODEL, or change the plan.';
    return new CodedError('model.accountEmpty', detail, { stopsRun: true, cause });
  }
  // A daily quota carries a short retryDelay too: obeying it would knock on a closed door until midnight.
  if (violations.some((violation) => violation.period === 'day')) {
    const until = nextDailyReset(Date.now());
    const detail =
      `What your key may do in a day is used up; it is renewed at midnight in California, ${until.slice(0, 16)} UTC. ` +
      'Resume the run then, or raise the quota of the key.';
    return new CodedError('model.quotaPerDay', detail, { signal: 'quota', quota, pausesRun: { until }, cause });
  }
  if (violations.length === 0 && /prepay|credits? (?:balance|are|is)|spend(?:ing)? cap/i.test(message))
    return accountEmpty(cause);
  const detail = 'Your key has made as many requests as it may in a minute. It goes on by itself after a short wait.';
  return new CodedError('model.quotaPerMinute', detail, {
    retryable: true,
    retryAfterMs,
    signal: 'quota',
    quota,
    cause,
  });
}
