/** One limit of the account that a 429 says was reached. */
export interface QuotaViolation {
  /** For example `GenerateRequestsPerMinutePerProjectPerModel-FreeTier`; null where the service does not name it. */
  quotaId: string | null;
  /** For example `generativelanguage.googleapis.com/generate_content_free_tier_requests`. */
  quotaMetric: string | null;
  /** Requests or tokens in the period; null where the service does not say. */
  quotaValue: number | null;
  period: 'minute' | 'day' | 'unknown';
  unit: 'requests' | 'inputTokens' | 'unknown';
  model: string | null;
}

/** What a 429's body says. */
export interface Quota {
  violations: QuotaViolation[];
  /** ms the service asks to wait, from its `RetryInfo` and its message, whichever is longer; null where neither says. */
  retryAfterMs: number | null;
}

/** Reads the limits out of the body of a 429 (`{ error: { message, details } }`). Never throws: a bare body gives none. */
export function readQuota(body: unknown): Quota {
  const error = field(body, 'error');
  const message = text(field(error, 'message')) ?? '';
  const details = list(field(error, 'details'));
  const violations = details
    .filter((detail) => kindOf(detail) === 'QuotaFailure')
    .flatMap((detail) => list(field(detail, 'violations')).map((violation) => readViolation(violation, message)));
  const waits = details
    .filter((detail) => kindOf(detail) === 'RetryInfo')
    .map((detail) => durationMs(text(field(detail, 'retryDelay')) ?? ''));
  // The message is finer than RetryInfo ("17.401298s" against "17s"): obeying only the latter comes back too early.
  const inMessage = /Please retry in ([\dhms.]+?)\.?(?:\s|$)/.exec(message)?.[1];
  if (inMessage !== undefined) waits.push(durationMs(inMessage));
  const known = waits.filter((wait) => wait !== null);
  return { violations, retryAfterMs: known.length > 0 ? Math.max(...known) : null };
}

function readViolation(violation: unknown, message: string): QuotaViolation {
  const quotaId = text(field(violation, 'quotaId'));
  const quotaMetric = text(field(violation, 'quotaMetric'));
  const named = `${quotaId ?? ''} ${quotaMetric ?? ''}`;
  const value = Number(field(violation, 'quotaValue') ?? Number.NaN);
  return {
    quotaId,
    quotaMetric,
    quotaValue: Number.isFinite(value) ? value : limitInMessage(message, quotaMetric),
    period: periodOf(named),
    unit: unitOf(named),
    model: text(field(field(violation, 'quotaDimensions'), 'model')),
  };
}

/** Where a limit is 0 (the plan does not include the model) the violation leaves the value out; the message has it. */
function limitInMessage(message: string, metric: string | null): number | null {
  if (metric === null) return null;
  const line = message.split('\n').find((candidate) => candidate.includes(`metric: ${metric},`));
  const limit = /limit: (\d+)/.exec(line ?? '')?.[1];
  return limit === undefined ? null : Number(limit);
}

function periodOf(named: string): QuotaViolation['period'] {
  if (/PerDay|per_day/.test(named)) return 'day';
  return /PerMinute|per_minute/.test(named) ? 'minute' : 'unknown';
}

function unitOf(named: string): QuotaViolation['unit'] {
  if (/token/i.test(named)) return 'inputTokens';
  return /request/i.test(named) ? 'requests' : 'unknown';
}

/** `17s`, `17.401298s`, `1m2.5s`, `513.4ms` → ms, rounded up; null for anything else. */
export function durationMs(duration: string): number | null {
  const parts = /^(?:([\d.]+)h)?(?:([\d.]+)m(?!s))?(?:([\d.]+)s)?(?:([\d.]+)ms)?$/.exec(duration);
  if (parts === null || duration === '') return null;
  const [hours, minutes, seconds, milliseconds] = parts.slice(1).map((part) => Number(part ?? 0));
  const total = (hours ?? 0) * 3_600_000 + (minutes ?? 0) * 60_000 + (seconds ?? 0) * 1000 + (milliseconds ?? 0);
  return Number.isFinite(total) ? Math.ceil(total) : null;
}

/** `RetryInfo` of `{ '@type': 'type.googleapis.com/google.rpc.RetryInfo' }`. */
function kindOf(detail: unknown): string | null {
  return text(field(detail, '@type'))?.split('.').at(-1) ?? null;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/**
 * When the daily quotas are renewed: at midnight Pacific time (ai.google.dev, "Rate limits").
 *
 * @param nowMs epoch ms
 * @returns RFC 3339, in UTC
 */
export function nextDailyReset(nowMs: number): string {
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone: 'America/Los_Angeles',
    hour: '2-digit',
    hourCycle: 'h23',
  });
  const hourMs = 3_600_000;
  // Hour by hour, since the day on which the clocks change has 23 or 25 of them.
  let at = Math.ceil((nowMs + 1) / hourMs) * hourMs;
  while (Number(clock.format(at)) !== 0) at += hourMs;
  return new Date(at).toISOString();
}
