import type { ReadyUnit } from './race.ts';

/**
 * Units that wait for their call. Those that were tried before go first, so that an old unit is not the last one; while a
 * service recovers those go first that have not failed before, so that none uses up its tries on it.
 */
export class ReadyQueue<Payload, Prepared> {
  #fresh: (ReadyUnit<Payload, Prepared> | undefined)[] = [];
  #first = 0;
  readonly #again: ReadyUnit<Payload, Prepared>[] = [];
  #bytes = 0;
  #chosen: 'fresh' | 'again' = 'fresh';
  #inputTokens = 0;
  #count = 0;

  /** Units that wait for their first call. */
  get fresh(): number {
    return this.#fresh.length - this.#first;
  }

  /** What all that wait hold in memory. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Of all units that have come through so far; 0 before the first. */
  get meanInputTokens(): number {
    return this.#count > 0 ? this.#inputTokens / this.#count : 0;
  }

  add(ready: ReadyUnit<Payload, Prepared>): void {
    this.#fresh.push(ready);
    this.#bytes += ready.sizeBytes;
    this.#inputTokens += ready.inputTokens;
    this.#count += 1;
  }

  addAgain(ready: ReadyUnit<Payload, Prepared>): void {
    this.#again.push(ready);
    this.#bytes += ready.sizeBytes;
  }

  /** The unit that {@link take} would give. @param isTrial whether one that has not failed before is wanted */
  peek(isTrial: boolean): ReadyUnit<Payload, Prepared> | null {
    const fresh = this.#fresh[this.#first];
    const again = this.#again[0];
    this.#chosen = again && !(isTrial && fresh) ? 'again' : 'fresh';
    return (this.#chosen === 'again' ? again : fresh) ?? null;
  }

  /** Takes the unit that was looked at last. */
  take(): ReadyUnit<Payload, Prepared> | null {
    const ready = this.#chosen === 'again' ? this.#again.shift() : this.#takeFresh();
    if (ready) this.#bytes -= ready.sizeBytes;
    return ready ?? null;
  }

  #takeFresh(): ReadyUnit<Payload, Prepared> | undefined {
    const ready = this.#fresh[this.#first];
    if (!ready) return undefined;
    // Let go of at once: what was prepared may be large.
    this.#fresh[this.#first] = undefined;
    this.#first += 1;
    if (this.#first > 256 && this.#first * 2 > this.#fresh.length) {
      this.#fresh = this.#fresh.slice(this.#first);
      this.#first = 0;
    }
    return ready;
  }
}
