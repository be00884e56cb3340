/** A refused call, as a meter looks at it. */
export interface RefusedCall {
  /** When it began, and when its refusal was heard. */
  at: number;
  now: number;
  cost: number;
  /** ms from `at` on until it would be let in; null where the service does not say. */
  waitMs: number | null;
  /** It began when all refusals before it had been heard. */
  isNew: boolean;
  /** It began after the last time that refusals made calls slow down. */
  isIncident: boolean;
}

/** Until when nothing may be spent since something was refused. */
export class Hold {
  readonly #windowMs: number;
  #until = -Infinity;
  #lastSeenAt = -Infinity;
  #lastIncidentAt = -Infinity;
  /** Incidents one after another, with no call let in between. */
  #incidents = 0;
  /** Refusals of the same moment belong together. */
  #lastRefusedAt = -Infinity;

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  get until(): number {
    return this.#until;
  }

  get isRepeated(): boolean {
    return this.#incidents > 1;
  }

  /** A call of `at` was refused. */
  refused(at: number, now: number): { isNew: boolean; isIncident: boolean } {
    const isNew = at > this.#lastSeenAt;
    // Not each one that is new: while refusals keep coming none ever is, and nothing would slow down.
    const isIncident = at > this.#lastIncidentAt;
    if (isIncident) {
      this.#incidents += 1;
      this.#lastIncidentAt = now;
    }
    this.#lastSeenAt = now;
    this.#lastRefusedAt = Math.max(this.#lastRefusedAt, at);
    return { isNew, isIncident };
  }

  /** A call of `at` was let in. */
  admitted(at: number): void {
    if (at > this.#lastRefusedAt) this.#incidents = 0;
  }

  /** Holds as long as the service asked; where it did not say, longer with every incident in a row. */
  after({ at, waitMs, now }: RefusedCall, marginMs: number): void {
    const backoffMs = Math.min(this.#windowMs / 4, (this.#windowMs / 1_200) * 2 ** Math.min(this.#incidents, 12));
    this.atLeastUntil(waitMs === null ? now + backoffMs : at + waitMs + marginMs / 4);
  }

  atLeastUntil(until: number): void {
    this.#until = Math.max(this.#until, until);
  }
}
