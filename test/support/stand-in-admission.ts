import { admissions } from './stand-in-load.ts';
import type { Admitted } from './stand-in-load.ts';
import { quotaMeter } from './stand-in-quota.ts';
import type { QuotaMeter } from './stand-in-quota.ts';
import type { StandInCounters, StandInFault, StandInOptions } from './stand-in-types.ts';

export type Refusal = Extract<StandInFault, { kind: 'quotaPerMinute' }>;

interface Limit {
  unit: 'requests' | 'inputTokens';
  limit: number;
  meter: QuotaMeter;
}

/** Lets calls in by the account's limits, and says what each admitted call meets. A refused call consumes nothing. */
export class Admission {
  readonly #limits: readonly Limit[];
  readonly #refusals: StandInOptions['refusals'];
  readonly #nextAdmitted: () => Admitted;
  /** What the next admitted call will meet; a refused one leaves it to the call after it. */
  #next: Admitted;

  constructor({ quota, tokenQuota, refusals, load }: StandInOptions) {
    const limits: Limit[] = [];
    if (quota) {
      const meter = quotaMeter({ ...quota, amount: quota.requests });
      limits.push({ unit: 'requests', limit: quota.requests, meter });
    }
    if (tokenQuota) {
      const meter = quotaMeter({ ...tokenQuota, amount: tokenQuota.inputTokens });
      limits.push({ unit: 'inputTokens', limit: tokenQuota.inputTokens, meter });
    }
    this.#limits = limits;
    this.#refusals = refusals;
    this.#nextAdmitted = admissions(load ?? {});
    this.#next = this.#nextAdmitted();
  }

  /** @param inputTokens what the call costs where the load does not say */
  admit(nowMs: number, inputTokens: number): Admitted | Refusal {
    const costs = { requests: 1, inputTokens: this.#next.inputTokens ?? inputTokens };
    let longest: { limit: Limit; waitMs: number } | null = null;
    for (const limit of this.#limits) {
      const waitMs = limit.meter.waitMs(nowMs, costs[limit.unit]);
      if (waitMs > 0 && waitMs > (longest?.waitMs ?? 0)) longest = { limit, waitMs };
    }
    if (longest) return this.#refusal(longest.limit, longest.waitMs);
    for (const { unit, meter } of this.#limits) meter.take(nowMs, costs[unit]);
    const admitted = this.#next;
    this.#next = this.#nextAdmitted();
    return admitted;
  }

  #refusal({ unit, limit }: Limit, waitMs: number): Refusal {
    const { quotaValue = true, retryInfo = true } = this.#refusals ?? {};
    return {
      kind: 'quotaPerMinute',
      unit,
      limit: quotaValue ? limit : null,
      // A call that can never be let in is told some wait, as services do.
      retryDelayMs: retryInfo ? Math.min(waitMs, 3_600_000) : null,
    };
  }
}

export function noCounts(): StandInCounters {
  return {
    arrived: 0,
    admitted: 0,
    refused: { requests: 0, inputTokens: 0 },
    completed: 0,
    unavailable: 0,
    hung: 0,
    aborted: 0,
    maxInFlight: 0,
    finishedMs: [],
  };
}
