import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai';
import { CodedError, type QuotaLimit } from '../../contract/coded-error.ts';
import { redactedCause } from '../call-failure.ts';

const LOAD_STATUSES: ReadonlySet<number> = new Set([408, 500, 502, 503, 504]);

/** Who was asked, for the words of a failure. */
export interface OpenAiTarget {
  apiKey: string | null;
  /** Host and port of the base URL, the only part of it that is shown. */
  host: string;
  model: string;
}

interface HttpFailure {
  status: number;
  /** The server's own words, code and type, to be matched, never shown. */
  said: string;
  headers: Headers | undefined;
  cause: Error;
}

/** Translates whatever the library threw; see the Gemini adapter's for the rules it follows. */
export function toOpenAiFailure(thrown: unknown, target: OpenAiTarget): CodedError {
  if (thrown instanceof CodedError) return thrown;
  const cause = redactedCause(thrown, [target.apiKey]);
  if (thrown instanceof APIConnectionTimeoutError) return tooSlow(cause, target);
  if (thrown instanceof APIConnectionError) return unreachable(cause, target);
  if (thrown instanceof APIError && thrown.status !== undefined) {
    return fromHttp({ status: thrown.status, said: saidBy(thrown), headers: thrown.headers, cause }, target);
  }
  if (isBrokenBody(cause)) return unreachable(cause, target);
  if (cause.name === 'SyntaxError' || cause.name === 'TypeError') return notJson(cause, target);
  return new CodedError('internal', 'Asking the model failed in a way this program does not know.', { cause });
}

/** Some routers answer HTTP 200 with `{ error: { code, message } }` inside. */
export function failureInBody(error: unknown, target: OpenAiTarget): CodedError {
  const code = typeof error === 'object' && error !== null ? Number(Reflect.get(error, 'code')) : Number.NaN;
  const cause = redactedCause(new Error(JSON.stringify(error) ?? 'error'), [target.apiKey]);
  const status = code >= 400 && code < 600 ? code : 500;
  return fromHttp({ status, said: cause.message, headers: undefined, cause }, target);
}

/**
 * Why a line of a batch was not answered.
 *
 * @param status of its response; null where it never came to one: the batch expired or was cancelled before its turn
 */
export function failureInBatch(status: number | null, said: unknown, target: OpenAiTarget): CodedError {
  const cause = redactedCause(new Error(JSON.stringify(said) ?? 'error'), [target.apiKey]);
  if (status !== null) return fromHttp({ status, said: cause.message, headers: undefined, cause }, target);
  const detail = `The batch at ${target.host} ended before it came to this image. Try the image again: it then goes into another batch.`;
  return new CodedError('model.unavailable', detail, { retryable: true, cause });
}

/** Whether a 400 or 422 is about this part of the request; the next request then does without it. */
export function refuses(thrown: unknown, part: 'response_format' | 'temperature'): boolean {
  if (!(thrown instanceof APIError) || (thrown.status !== 400 && thrown.status !== 422)) return false;
  const said = saidBy(thrown);
  return part === 'temperature' ? /temperature/i.test(said) : /response_format|json_schema|response format/i.test(said);
}

function saidBy(error: APIError): string {
  const body = error.error === undefined ? '' : JSON.stringify(error.error);
  return [error.message, error.code, error.type, error.param, body]
    .filter((part) => part !== null && part !== undefined)
    .join(' ');
}

function isBrokenBody(cause: Error): boolean {
  return cause.name === 'TypeError' && (cause.message === 'terminated' || cause.cause !== undefined);
}

function unreachable(cause: Error, { host }: OpenAiTarget): CodedError {
  const detail = `The model server at ${host} could not be reached, or the connection broke off: is the server at ${host} running? Check OPENAI_BASE_URL.`;
  return new CodedError('model.unreachable', detail, { retryable: true, cause });
}

/** Node's fetch gives up on a server that is silent for 300 s, whatever timeout was asked for. */
function tooSlow(cause: Error, { host }: OpenAiTarget): CodedError {
  const detail = `The model server at ${host} took too long to answer. A smaller model, or fewer images at once, may help.`;
  return new CodedError('model.timeout', detail, { retryable: true, signal: 'load', cause });
}

function notJson(cause: Error, { host }: OpenAiTarget): CodedError {
  const detail = `What ${host} answered could not be read. If it happens every time, OPENAI_BASE_URL may not be the address of a model server (it usually ends in /v1).`;
  return new CodedError('model.replyInvalid', detail, { retryable: true, cause });
}

function fromHttp(failure: HttpFailure, target: OpenAiTarget): CodedError {
  const { status, said, cause } = failure;
  if (
    /insufficient_quota|billing_hard_limit|billing_not_active|insufficient[ _](?:balance|credits)/i.test(said) ||
    status === 402
  ) {
    const detail = `Your account at ${target.host} has no credit left. Add credit there, then resume the run.`;
    return new CodedError('model.accountEmpty', detail, { pausesRun: { until: null }, cause });
  }
  if (status === 401 || status === 403) {
    const detail = `${target.host} did not accept the API key. Check OPENAI_API_KEY: it may be missing, mistyped or expired.`;
    return new CodedError('model.keyRefused', detail, { stopsRun: true, cause });
  }
  if (status === 404) return notFound(cause, target);
  if (status === 429) return fromQuota(failure, target);
  if (isBlind(said)) return blind(cause, target);
  if (LOAD_STATUSES.has(status) || status > 504) {
    const detail = `The model server at ${target.host} is overloaded, still loading the model or has a fault. It is tried again by itself.`;
    return new CodedError('model.unavailable', detail, { retryable: true, signal: 'load', cause });
  }
  return fromBadRequest(failure, target);
}

function notFound(cause: Error, { host, model }: OpenAiTarget): CodedError {
  const detail = `The server at ${host} has no model named "${model}". Check OPENAI_MODEL (with Ollama, pull the model first) and that OPENAI_BASE_URL is complete (it usually ends in /v1).`;
  return new CodedError('model.notFound', detail, { stopsRun: true, cause });
}

/** A text-only model: no image can ever be read with it. Some servers say so with a 500. */
function isBlind(said: string): boolean {
  return /image input is not supported|does not support (?:image|vision)|not a multimodal model|required for image input|mmproj|image_url is only supported/i.test(
    said,
  );
}

function blind(cause: Error, { model }: OpenAiTarget): CodedError {
  const detail = `The model "${model}" cannot look at images. Set OPENAI_MODEL to a model with vision.`;
  return new CodedError('model.requestRefused', detail, { stopsRun: true, cause });
}

function fromBadRequest({ said, status, cause }: HttpFailure, { host }: OpenAiTarget): CodedError {
  if (
    /invalid_image|image_parse_error|unsupported image|(?:decode|load|process|parse) (?:the )?image|invalid image/i.test(
      said,
    )
  ) {
    const detail = `The model server at ${host} could not open this image. Save it again as a JPEG or PNG and add it once more.`;
    return new CodedError('image.unreadable', detail, { cause });
  }
  const detail = /context_length|context (?:length|window|size)|too many tokens/i.test(said)
    ? 'The image and the question are longer than the model can take in. Give the server a larger context, or choose another model (OPENAI_MODEL).'
    : `The model server at ${host} refused this request (HTTP ${status}). Trying again does not help; another model (OPENAI_MODEL) may.`;
  return new CodedError('model.requestRefused', detail, { cause });
}

function fromQuota({ said, headers, cause }: HttpFailure, { host }: OpenAiTarget): CodedError {
  if (/per day|\bRPD\b|\bTPD\b|per-day/i.test(said)) {
    const waitMs = headers === undefined ? null : readRetryAfter(headers);
    const until = waitMs === null ? null : new Date(Date.now() + waitMs).toISOString();
    const when = until === null ? 'tomorrow' : `from ${until.slice(0, 16)} UTC on`;
    const detail = `The requests that your key may make at ${host} in a day are used up. Resume the run ${when}, or raise the limit of the key.`;
    const quota = [{ quantity: 'requests' as const, period: 'day' as const, limit: null }];
    return new CodedError('model.quotaPerDay', detail, { signal: 'quota', quota, pausesRun: { until }, cause });
  }
  const detail = `${host} takes only so many requests in a minute. It goes on by itself after a short wait.`;
  const retryAfterMs = headers === undefined ? null : readRetryAfter(headers);
  const quota = [quotaOf(said, headers)];
  return new CodedError('model.quotaPerMinute', detail, {
    retryable: true,
    retryAfterMs,
    signal: 'quota',
    quota,
    cause,
  });
}

/** "Rate limit reached … on tokens per min (TPM): Limit 30000, Used 29000, Requested 1500", or the headers beside it. */
function quotaOf(said: string, headers: Headers | undefined): QuotaLimit {
  const isOfTokens = /tokens per min|\bTPM\b/i.test(said);
  const quantity = isOfTokens ? 'inputTokens' : /requests per min|\bRPM\b/i.test(said) ? 'requests' : 'unknown';
  const header = headers?.get(isOfTokens ? 'x-ratelimit-limit-tokens' : 'x-ratelimit-limit-requests');
  const limit = Number(/\bLimit:? (\d+)/i.exec(said)?.[1] ?? header ?? Number.NaN);
  return { quantity, period: 'minute', limit: Number.isFinite(limit) && limit > 0 ? limit : null };
}

/** ms from `retry-after-ms` or `retry-after` (seconds or an HTTP date); null where neither says. */
export function readRetryAfter(headers: Headers, nowMs: number = Date.now()): number | null {
  const exact = Number(headers.get('retry-after-ms') ?? Number.NaN);
  if (Number.isFinite(exact) && exact >= 0) return Math.ceil(exact);
  const header = headers.get('retry-after');
  if (header === null) return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, Math.ceil(seconds * 1000));
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}
