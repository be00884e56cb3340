/** One call in the log. */
export interface LatencyMark {
  readonly startedAt: number;
  /** Null while it is under way. */
  ms: number | null;
  /** It was cut off after `ms`: it would have taken longer. */
  isCensored: boolean;
}

export interface LatencySummary {
  /** As far as it is known. */
  meanMs: number;
  /** What that share (0..1) of the calls takes at most; null where so many have not been seen to end. */
  quantileMs: (share: number) => number | null;
  /** Ascending: the share of calls that have ended within `ms`. */
  steps: readonly { ms: number; share: number }[];
}

/** Calls that are looked back at. */
const LOOK_BACK = 500;

/**
 * How long calls take. Those under way count as well, as calls that take at least as long as they have taken so far
 * (Kaplan and Meier's estimate): the first calls to come back are the fastest ones, and would make all others look slow.
 */
export class LatencyLog {
  #marks: LatencyMark[] = [];

  begin(now: number): LatencyMark {
    const mark = { startedAt: now, ms: null, isCensored: false };
    this.#marks.push(mark);
    if (this.#marks.length > LOOK_BACK * 2) this.#marks = this.#marks.slice(-LOOK_BACK);
    return mark;
  }

  end(mark: LatencyMark, now: number, isAnswer: boolean): void {
    mark.ms = now - mark.startedAt;
    mark.isCensored = !isAnswer;
  }

  /** Calls that were answered. */
  get answered(): number {
    return this.#marks.filter(({ ms, isCensored }) => ms !== null && !isCensored).length;
  }

  /** The calls that are looked back at: how long each took, or has taken so far. */
  ages(now: number): { ms: number; isAnswer: boolean }[] {
    return this.#marks.slice(-LOOK_BACK).map(({ ms, startedAt, isCensored }) => ({
      ms: ms ?? now - startedAt,
      isAnswer: ms !== null && !isCensored,
    }));
  }

  /** What calls take, ms: the mean as far as it is known, and a function for quantiles (0..1); null before any answer. */
  summary(now: number): LatencySummary | null {
    const steps = survival(this.ages(now));
    if (steps.length === 0) return null;
    let meanMs = 0;
    let reached = 0;
    for (const { ms, share } of steps) {
      meanMs += ms * (share - reached);
      reached = share;
    }
    // Of those that nobody has seen the end of, it is known that they take as long as the longest.
    meanMs += (steps.at(-1)?.ms ?? 0) * (1 - reached);
    return { meanMs, quantileMs: (wanted) => steps.find(({ share }) => share >= wanted - 1e-9)?.ms ?? null, steps };
  }
}

function survival(ages: { ms: number; isAnswer: boolean }[]): LatencySummary['steps'] {
  const ends = ages.sort((a, b) => a.ms - b.ms);
  const steps: { ms: number; share: number }[] = [];
  let surviving = 1;
  ends.forEach(({ ms, isAnswer }, index) => {
    if (!isAnswer) return;
    surviving *= 1 - 1 / (ends.length - index);
    steps.push({ ms, share: 1 - surviving });
  });
  return steps;
}
