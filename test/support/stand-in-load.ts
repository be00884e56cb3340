import { gaussian, seededRandom } from './seeded-random.ts';

/**
 * What calls meet, decided by the order in which they are let in and not by who sends them: the k-th admitted call has
 * the k-th latency, so that everybody who is measured meets the same conditions. Plain data, since it is sent to the
 * stand-in's own process.
 */
export interface StandInLoad {
  seed?: number;
  /** Lognormal or normal; none where it is not set. */
  latency?: { medianMs: number; sigma: number } | { meanMs: number; deviationMs: number };
  /** A share (0..1) of calls that take `addMs` longer. */
  stragglers?: { share: number; addMs: number };
  /** Share of calls that get a 503 after their latency. */
  unavailableShare?: number;
  /** Share of calls that are never answered. */
  hangShare?: number;
  /** Evenly spread over `mean` ± `spread` × `mean`; the stand-in's own `tokens` where it is not set. */
  inputTokens?: { mean: number; spread: number };
}

export interface Admitted {
  latencyMs: number;
  fault: 'unavailable' | 'hang' | null;
  /** Null where the load does not say. */
  inputTokens: number | null;
}

/** The conditions one after another. Each kind of chance has its own stream: more faults leave the latencies as they are. */
export function admissions(load: StandInLoad): () => Admitted {
  const { seed = 1, latency, stragglers, unavailableShare = 0, hangShare = 0, inputTokens } = load;
  const [latencyChance, stragglerChance, faultChance, tokenChance] = [0, 1, 2, 3].map((stream) =>
    seededRandom(seed * 4 + stream),
  ) as [() => number, () => number, () => number, () => number];

  function latencyMs(): number {
    if (latency === undefined) return 0;
    const deviation = gaussian(latencyChance);
    if ('medianMs' in latency) return latency.medianMs * Math.exp(latency.sigma * deviation);
    return Math.max(0, latency.meanMs + latency.deviationMs * deviation);
  }

  return () => {
    const isStraggler = stragglerChance() < (stragglers?.share ?? 0);
    const chance = faultChance();
    return {
      latencyMs: latencyMs() + (isStraggler ? (stragglers?.addMs ?? 0) : 0),
      fault: chance < hangShare ? 'hang' : chance < hangShare + unavailableShare ? 'unavailable' : null,
      inputTokens:
        inputTokens === undefined
          ? null
          : Math.round(inputTokens.mean * (1 + inputTokens.spread * (2 * tokenChance() - 1))),
    };
  };
}
