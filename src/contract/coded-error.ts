/**
 * Every failure a person or a program can meet, by its stable name. Adapters translate once, at the edge, into a
 * {@link CodedError}; nothing downstream parses messages.
 */
export const ERROR_CODES = [
  'image.unreadable',
  'image.tooLarge',
  'image.timeout',
  'upload.tooMany',
  'upload.empty',
  'upload.invalid',
  'upload.tooLarge',
  'upload.tooOften',
  'upload.brokenOff',
  'archive.unreadable',
  'archive.tooLarge',
  'document.unreadable',
  'document.tooLarge',
  'video.unreadable',
  'video.noPicture',
  'video.tooLong',
  'video.tooLarge',
  'url.refused',
  'url.unreachable',
  'pile.notFound',
  'settings.invalid',
  'request.invalid',
  'auth.required',
  'run.notFound',
  'run.wrongState',
  'server.stopping',
  'image.notFound',
  'show.notFound',
  'changeset.notFound',
  'changeset.wrongState',
  'changeset.stale',
  'changeset.undecided',
  'changeset.conflict',
  'changeset.builtUpon',
  'model.notConfigured',
  'model.keyRefused',
  'model.notFound',
  'model.requestRefused',
  'model.accountEmpty',
  'model.quotaPerMinute',
  'model.quotaPerDay',
  'model.unavailable',
  'model.unreachable',
  'model.timeout',
  'model.blocked',
  'model.truncated',
  'model.emptyReply',
  'model.replyInvalid',
  'worker.crashed',
  'run.cancelled',
  'budget.exceeded',
  'dataDir.inUse',
  'config.invalid',
  'notFound',
  'internal',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/**
 * What a failed call says about the service, for the engine: `quota` feeds the budget and never the slots, `load`
 * shrinks the slots and never the budget.
 */
export type ServiceSignal = 'quota' | 'load' | null;

/** One limit of the account that a refusal says was reached; what the service did not say is null or `unknown`. */
export interface QuotaLimit {
  quantity: 'requests' | 'inputTokens' | 'unknown';
  period: 'minute' | 'day' | 'unknown';
  /** Requests or tokens in the period. */
  limit: number | null;
}

export interface CodedErrorOptions {
  /** Whether the same call may succeed later in this run. Decided once, by the adapter. */
  retryable?: boolean;
  /** How long the service asked to wait, ms. */
  retryAfterMs?: number | null;
  /** No other unit of the run can succeed either (a refused key). */
  stopsRun?: boolean;
  signal?: ServiceSignal;
  /** With the signal `quota`: the limits that were reached, as far as the service names them. */
  quota?: QuotaLimit[];
  /**
   * The run cannot go on now but can later, with nothing lost (a daily quota, an empty account): it pauses. RFC 3339 where
   * it is known when, else null.
   */
  pausesRun?: { until: string | null } | null;
  /** What the call cost although it failed: an answer that was cut off is paid for. */
  tokens?: { input: number; output: number } | null;
  cause?: unknown;
}

/** A failure as plain data: what crosses a thread, since a thrown error loses its class and code on the way. */
export interface FailureData {
  code: ErrorCode;
  detail: string;
  retryable: boolean;
  retryAfterMs: number | null;
  stopsRun: boolean;
  signal: ServiceSignal;
  quota: QuotaLimit[];
  pausesRun: { until: string | null } | null;
}

/** An error with a stable code and a detail written for people: what happened and what to do, never a path or a key. */
export class CodedError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly retryAfterMs: number | null;
  readonly stopsRun: boolean;
  readonly signal: ServiceSignal;
  readonly quota: QuotaLimit[];
  readonly pausesRun: { until: string | null } | null;
  readonly tokens: { input: number; output: number } | null;

  constructor(code: ErrorCode, detail: string, options: CodedErrorOptions = {}) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'CodedError';
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.retryAfterMs = options.retryAfterMs ?? null;
    this.stopsRun = options.stopsRun ?? false;
    this.signal = options.signal ?? null;
    this.quota = options.quota ?? [];
    this.pausesRun = options.pausesRun ?? null;
    this.tokens = options.tokens ?? null;
  }

  /** The same error, with what the call has cost. */
  withTokens(tokens: { input: number; output: number }): CodedError {
    return new CodedError(this.code, this.message, { ...this, cause: this.cause, tokens });
  }

  toData(): FailureData {
    const { code, message, retryable, retryAfterMs, stopsRun, signal, quota, pausesRun } = this;
    return { code, detail: message, retryable, retryAfterMs, stopsRun, signal, quota, pausesRun };
  }
}

/** Turns anything thrown into failure data; what is not a {@link CodedError} is `internal`, without its message. */
export function toFailureData(thrown: unknown): FailureData {
  if (thrown instanceof CodedError) return thrown.toData();
  return new CodedError('internal', 'Something went wrong on our side while reading this image.', {
    retryable: true,
    cause: thrown,
  }).toData();
}
