/** Answers looked back at, and how many of them must speak of load for the service to be left alone. */
const LOOK_BACK = 20;
const LEAST_ANSWERS = 10;
const OPEN_SHARE = 0.6;
/** ms of the first rest; doubles each time that a trial call fails. */
const FIRST_REST_MS = 1_000;
const LONGEST_REST_MS = 30_000;
/** Trial calls that must succeed before everything goes on. */
const TRIALS_TO_CLOSE = 2;

/**
 * One for all runs: when most calls come back with "overloaded", nobody calls for a while, then one call at a time tries
 * whether it is over. Without it, every unit would spend its retries on a service that is down.
 */
export class Breaker {
  #recent: boolean[] = [];
  #openUntil: number | null = null;
  #rests = 0;
  #trialUnderWay = false;
  #trialsDone = 0;

  /** No call may begin before this moment; -Infinity where nothing is wrong. */
  closedUntil(now: number): number {
    if (this.#openUntil === null) return -Infinity;
    if (now < this.#openUntil) return this.#openUntil;
    return this.#trialUnderWay ? Infinity : -Infinity;
  }

  /** Whether a call that begins now is a trial: it should be one that has not failed before. */
  get isTrying(): boolean {
    return this.#openUntil !== null;
  }

  begun(): void {
    if (this.#openUntil !== null) this.#trialUnderWay = true;
  }

  /** A call ended. @param isLoad null where it says nothing of the service: cancelled, or refused for a quota */
  ended(isLoad: boolean | null, startedAt: number, now: number): void {
    if (this.#openUntil !== null) {
      // Calls from before the rest say nothing of what came after it.
      if (startedAt < this.#openUntil) return;
      this.#trialUnderWay = false;
      if (isLoad === true) this.#rest(now);
      else if (isLoad === false && ++this.#trialsDone >= TRIALS_TO_CLOSE) this.#close();
      return;
    }
    if (isLoad === null) return;
    this.#recent.push(isLoad);
    if (this.#recent.length > LOOK_BACK) this.#recent.shift();
    const loads = this.#recent.filter(Boolean).length;
    if (this.#recent.length >= LEAST_ANSWERS && loads / this.#recent.length >= OPEN_SHARE) this.#rest(now);
  }

  #rest(now: number): void {
    this.#openUntil = now + Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** this.#rests);
    this.#rests += 1;
    this.#trialsDone = 0;
    this.#trialUnderWay = false;
  }

  #close(): void {
    this.#openUntil = null;
    this.#recent = [];
    this.#rests = 0;
  }
}
