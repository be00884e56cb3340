import type { Unit } from './unit.ts';

/** With so many units in preparation (crops of a few images) the threads have enough to do: more would only come later. */
export const MOST_PREPARING = 64;

/** Crops of one image that are prepared, and held in memory, together. */
const LARGEST_GROUP = 256;
/** The first of a run: calls begin as soon as a few crops are there, at the price of opening one image twice. */
const FIRST_GROUP = 24;

/** Hands out the units of a run in order, those of one group together; of a run that is still being gathered, as they come. */
export class UnitSource<Payload> {
  readonly #units: Unit<Payload>[];
  readonly #arriving: AsyncIterable<readonly Unit<Payload>[]> | null;
  #isOpen: boolean;
  #next = 0;

  constructor(units: readonly Unit<Payload>[], arriving: AsyncIterable<readonly Unit<Payload>[]> | null = null) {
    this.#units = [...units];
    this.#arriving = arriving;
    this.#isOpen = arriving !== null;
  }

  get hasMore(): boolean {
    return this.#next < this.#units.length;
  }

  /** Whether more may still come. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Units that have come so far. */
  get count(): number {
    return this.#units.length;
  }

  /**
   * Takes in what arrives, until nothing more comes or nobody wants it.
   *
   * @param onChange called when units came, and when it is over
   */
  async follow(onChange: (came: number) => void, over: AbortSignal): Promise<void> {
    if (!this.#arriving) return;
    for await (const units of this.#arriving) {
      if (over.aborted) break;
      this.#units.push(...units);
      onChange(units.length);
    }
    this.#isOpen = false;
    onChange(0);
  }

  nextGroup(): Unit<Payload>[] {
    const first = this.#units[this.#next];
    if (!first) return [];
    let end = this.#next + 1;
    if (first.group !== undefined) {
      const largest = this.#next === 0 ? FIRST_GROUP : LARGEST_GROUP;
      while (end - this.#next < largest && this.#units[end]?.group === first.group) end += 1;
    }
    const group = this.#units.slice(this.#next, end);
    this.#next = end;
    return group;
  }
}
