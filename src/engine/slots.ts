export interface SlotsOptions {
  /** The most there may ever be, at least 1. */
  max: number;
  /** How many to begin with, at most `max`. */
  start: number;
  /** Fixed ones neither grow nor shrink by themselves: what limits a reader on this machine is its threads. */
  isAdaptive: boolean;
}

/** Calls of a group at least. */
const LEAST_ANSWERS = 20;
/** The median latency may grow to this multiple of the best one seen before the slots stop growing with it. */
const LATENCY_TOLERANCE = 1.5;
/** How fast the best latency is forgotten, so that a model that has become slower for good is not taken for overloaded. */
const BASELINE_FORGETTING = 0.05;
/**
 * The same while more calls are under way than when it was seen: that they are slower is then more likely of our own doing,
 * and forgetting as fast as that would let the slots creep up on a service that queues what it cannot work on.
 */
const BASELINE_FORGETTING_ABOVE = 0.005;
/** From this share of answers that speak of load on, there are too many calls under way; below, it is chance. */
const LOAD_SHARE_SOME = 0.04;
const LOAD_SHARE_MANY = 0.1;
/** Used to this share, more slots would have been used as well. */
const IN_USE_SHARE = 0.85;

/** Of a group of calls, the share that must have ended for it to be looked at: stragglers are not waited for. */
const ENDED_SHARE = 0.8;

/**
 * Calls that began one after another. Looked at as a group: the first answers to come back are those of the fastest calls,
 * and would make all others look slow.
 */
interface Cohort {
  begun: number;
  latenciesMs: number[];
  loads: number;
  /** Others that ended without telling anything. */
  silent: number;
  mostTaken: number;
}

/** A place that was taken, to be given back. */
export interface Slot {
  readonly cohort: object;
}

/**
 * How many calls may be under way at once, over all runs and threads. Doubles from one group of calls to the next while
 * nothing speaks against it, then grows by its square root; shrinks where answers get slower with more calls under way
 * (a gradient, after Netflix' concurrency-limits) and where the service says it is overloaded. A refusal for a quota never
 * touches it.
 */
export class Slots {
  #max: number;
  readonly #isAdaptive: boolean;
  #limit: number;
  #taken = 0;
  #isDoubling = true;
  #baselineMs: number | null = null;
  /** Calls under way when it was seen. */
  #baselineTaken = 0;
  #open: Cohort = newCohort();
  readonly #closed = new Set<Cohort>();

  constructor({ max, start, isAdaptive }: SlotsOptions) {
    this.#max = Math.max(1, Math.floor(max));
    this.#isAdaptive = isAdaptive;
    this.#limit = Math.min(this.#max, Math.max(1, Math.floor(start)));
  }

  get limit(): number {
    return Math.max(1, Math.floor(this.#limit));
  }

  /** As far as they may grow. */
  get max(): number {
    return this.#max;
  }

  get taken(): number {
    return this.#taken;
  }

  get hasFree(): boolean {
    return this.#taken < this.limit;
  }

  /** Takes effect on the next ones that are taken; those already taken are left alone. */
  resize(max: number, start: number): void {
    const isNew = Math.max(1, Math.floor(max)) !== this.#max;
    this.#max = Math.max(1, Math.floor(max));
    if (isNew || !this.#isAdaptive) this.#limit = start;
    this.#limit = Math.min(this.#max, Math.max(1, this.#limit));
  }

  take(): Slot {
    this.#taken += 1;
    const cohort = this.#open;
    cohort.begun += 1;
    cohort.mostTaken = Math.max(cohort.mostTaken, this.#taken);
    if (cohort.begun >= Math.max(LEAST_ANSWERS, this.limit)) {
      this.#closed.add(cohort);
      this.#open = newCohort();
    }
    return { cohort };
  }

  /**
   * @param answer what the call tells of the service: the time it took, or that it is overloaded (or did not answer in
   * time); null where it tells nothing
   */
  give(slot: Slot, answer: { ms: number; isLoad: boolean } | null): void {
    this.#taken -= 1;
    const cohort = slot.cohort as Cohort;
    if (answer === null) cohort.silent += 1;
    else if (answer.isLoad) cohort.loads += 1;
    else cohort.latenciesMs.push(answer.ms);
    if (!this.#closed.has(cohort)) return;
    if (cohort.latenciesMs.length + cohort.loads + cohort.silent < cohort.begun * ENDED_SHARE) return;
    this.#closed.delete(cohort);
    if (this.#isAdaptive) this.#adapt(cohort);
  }

  #adapt({ latenciesMs, loads, silent, begun, mostTaken }: Cohort): void {
    const answers = latenciesMs.length + loads;
    if (answers < LEAST_ANSWERS * ENDED_SHARE) return;
    const baselineMs = this.#baselineMs;
    // Those still under way are slower than all that have ended.
    const medianMs = latenciesMs.toSorted((a, b) => a - b)[Math.floor((begun - silent - loads) / 2)];
    if (medianMs !== undefined) {
      const isBetter = baselineMs === null || medianMs < baselineMs;
      const forgetting = mostTaken > this.#baselineTaken * 1.1 ? BASELINE_FORGETTING_ABOVE : BASELINE_FORGETTING;
      this.#baselineMs = isBetter ? medianMs : baselineMs + (medianMs - baselineMs) * forgetting;
      if (isBetter) this.#baselineTaken = mostTaken;
    }
    const loadShare = loads / answers;
    if (loadShare >= LOAD_SHARE_SOME) {
      this.#isDoubling = false;
      this.#limit *= loadShare >= LOAD_SHARE_MANY ? 0.7 : 0.9;
    } else if (medianMs !== undefined) {
      const gradient = Math.min(1, (LATENCY_TOLERANCE * (baselineMs ?? medianMs)) / Math.max(medianMs, 0.001));
      if (gradient < 1) {
        this.#isDoubling = false;
        this.#limit = this.#limit * Math.max(0.5, gradient) + Math.sqrt(this.#limit) / 2;
      } else if (mostTaken >= this.#limit * IN_USE_SHARE) {
        this.#limit = this.#isDoubling ? this.#limit * 2 : this.#limit + Math.max(1, Math.sqrt(this.#limit));
      }
    }
    this.#limit = Math.min(this.#max, Math.max(1, this.#limit));
  }
}

function newCohort(): Cohort {
  return { begun: 0, latenciesMs: [], loads: 0, silent: 0, mostTaken: 0 };
}
