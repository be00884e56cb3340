import { setTimeout as sleep } from 'node:timers/promises';
import { timeFactor } from '../job.ts';
import type { Job, Report } from '../job.ts';

/** How one call ended, as far as a peer cares. */
export type CallEnd =
  | { kind: 'ok' }
  /** 429. `retryAfterMs` is null where the service does not say. */
  | { kind: 'refused'; retryAfterMs: number | null }
  /** 5xx, timeout, connection. */
  | { kind: 'failed' };

export type Call = () => Promise<CallEnd>;

/** ms to wait after the n-th refusal of a unit (from 1); null gives it up. */
export type RefusalRule = (refusals: number, retryAfterMs: number | null) => number | null;

const ONE_PIXEL = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
const BODY = geminiBody(ONE_PIXEL, 'image/gif');

/** The request for one image; base64 as it is, since it needs no escaping. */
export function geminiBody(base64: string, mimeType: string): string {
  const rest = `"generationConfig":{"temperature":0,"responseMimeType":"application/json"}`;
  return `{"contents":[{"role":"user","parts":[{"inlineData":{"mimeType":"${mimeType}","data":"${base64}"}},{"text":"Which shows are in this image?"}]}],${rest}}`;
}

/**
 * The one way in which all peers call the service: Node's `fetch` (undici) with its pool of kept-alive connections, and the
 * job's timeout. Peers send one and the same pixel and so are spared all image work.
 */
export function callOnce(job: Job, body = BODY): Promise<CallEnd> {
  return ask(job, body).catch((): CallEnd => ({ kind: 'failed' }));
}

async function ask(job: Job, body: string): Promise<CallEnd> {
  const response = await fetch(`${job.baseUrl}/v1beta/models/gemini-2.5-flash:generateContent`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-goog-api-key': 'bench' },
    body,
    signal: AbortSignal.timeout(job.timeoutMs),
  });
  const reply = await response.text();
  if (response.ok) {
    JSON.parse(reply);
    return { kind: 'ok' };
  }
  return response.status === 429 ? { kind: 'refused', retryAfterMs: retryAfterMs(reply) } : { kind: 'failed' };
}

/**
 * Opens as many connections as there will be calls under way, so that no peer's first burst waits for them: with a cold
 * pool it reaches the service late, and the burst a minute after it is then refused. Not counted as calls.
 */
export async function openConnections(job: Job): Promise<void> {
  for (let round = 0; round < 3; round++) {
    await Promise.all(
      Array.from({ length: job.inFlight }, async () => {
        const response = await fetch(job.baseUrl, { method: 'POST', body: BODY });
        await response.text();
      }),
    );
  }
}

/** From the message, which is finer than `RetryInfo`: who rounds the wait down comes back too early. */
function retryAfterMs(reply: string): number | null {
  const said = /Please retry in ([\d.]+)(ms|s)/.exec(reply);
  return said === null ? null : Math.ceil(Number(said[1]) * (said[2] === 's' ? 1_000 : 1));
}

/**
 * Calls until a unit is done or given up. The same rule for all: what is not a refusal is tried again `maxRetries` times
 * after a jittered, doubling wait. @returns whether it was done
 */
export async function untilDone(job: Job, call: Call, afterRefusal: RefusalRule): Promise<boolean> {
  let [failures, refusals] = [0, 0];
  for (;;) {
    const end = await call();
    if (end.kind === 'ok') return true;
    const waitMs =
      end.kind === 'refused'
        ? afterRefusal(++refusals, end.retryAfterMs)
        : ++failures > job.maxRetries
          ? null
          : Math.random() * 500 * 2 ** (failures - 1) * timeFactor(job);
    if (waitMs === null) return false;
    await sleep(waitMs);
  }
}

/** As Google's own SDK does it: five tries, about 1, 2, 4 and 8 s between them, whatever the refusal says. */
export function sdkBackoff(job: Job): RefusalRule {
  return (refusals) => (refusals >= 5 ? null : (2 ** (refusals - 1) + Math.random()) * 1_000 * timeFactor(job));
}

/**
 * Waits as long as the refusal says, and a jittered, doubling time on top of it: without that all come back at the same
 * moment, for a token bucket a thousand times a second. A hundred tries: with twenty some units were lost to a token bucket,
 * and no peer shall lose by that.
 */
export function obeyingRetryInfo(job: Job): RefusalRule {
  return (refusals, retryAfterMs) => {
    if (refusals >= 100) return null;
    const backoffMs = Math.random() * Math.min(8_000, 250 * 2 ** (refusals - 1)) * timeFactor(job);
    return (retryAfterMs ?? 1_000 * timeFactor(job)) + backoffMs;
  };
}

export async function reportOf(units: readonly Promise<boolean>[]): Promise<Report> {
  const done = await Promise.all(units);
  const succeeded = done.filter(Boolean).length;
  return { succeeded, lost: done.length - succeeded, progress: [] };
}
