/** Latencies are counted in steps of 4 of 100: a minute of any number of calls then takes the same memory. */
const GROWTH = Math.log(1.04);
const STEPS = 340;
const SECONDS = 60;

interface Second {
  second: number;
  ended: number;
  latencies: Uint32Array;
  hasLatency: boolean;
}

/** What happened in the last minute, by the second. */
export class MinuteLog {
  readonly #seconds: Second[] = Array.from({ length: SECONDS }, () => ({
    second: -1,
    ended: 0,
    latencies: new Uint32Array(STEPS),
    hasLatency: false,
  }));

  /** An image has ended. @param now ms of one clock, here and below */
  imageEnded(now: number): void {
    this.#at(now).ended += 1;
  }

  /** The model has answered a call. */
  answered(now: number, tookMs: number): void {
    const second = this.#at(now);
    const step = Math.min(STEPS - 1, Math.max(0, Math.round(Math.log(Math.max(1, tookMs)) / GROWTH)));
    second.latencies[step] = (second.latencies[step] ?? 0) + 1;
    second.hasLatency = true;
  }

  /** Of the last minute; null where nothing was answered. */
  summary(now: number): { imagesEnded: number; p50: number | null; p95: number | null } {
    const counts = new Uint32Array(STEPS);
    let imagesEnded = 0;
    let answers = 0;
    for (const { second, ended, latencies, hasLatency } of this.#seconds) {
      if (second <= Math.floor(now / 1_000) - SECONDS) continue;
      imagesEnded += ended;
      if (!hasLatency) continue;
      latencies.forEach((count, step) => {
        counts[step] = (counts[step] ?? 0) + count;
        answers += count;
      });
    }
    return { imagesEnded, p50: quantile(counts, answers, 0.5), p95: quantile(counts, answers, 0.95) };
  }

  #at(now: number): Second {
    const second = Math.floor(now / 1_000);
    const place = this.#seconds[second % SECONDS];
    if (!place) throw new RangeError('A second has no place in its minute.');
    if (place.second !== second) {
      place.second = second;
      place.ended = 0;
      if (place.hasLatency) place.latencies.fill(0);
      place.hasLatency = false;
    }
    return place;
  }
}

function quantile(counts: Uint32Array, total: number, share: number): number | null {
  if (total === 0) return null;
  let left = Math.ceil(total * share);
  for (const [step, count] of counts.entries()) {
    left -= count;
    if (left <= 0) return Math.round(Math.exp(step * GROWTH));
  }
  return null;
}
