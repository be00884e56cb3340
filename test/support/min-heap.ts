/** A binary heap: the least by `compare` comes first; adding and taking cost the logarithm of its size. */
export class MinHeap<T> {
  readonly #items: T[] = [];
  readonly #compare: (a: T, b: T) => number;

  constructor(compare: (a: T, b: T) => number) {
    this.#compare = compare;
  }

  get size(): number {
    return this.#items.length;
  }

  peek(): T | undefined {
    return this.#items[0];
  }

  push(item: T): void {
    const items = this.#items;
    let place = items.length;
    items.push(item);
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = items[parent] as T;
      if (this.#compare(above, item) <= 0) break;
      items[place] = above;
      place = parent;
    }
    items[place] = item;
  }

  pop(): T | undefined {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (items.length > 0) this.#sink(last as T);
    return first;
  }

  /** Puts an item in the place of the first one, and down from there. */
  #sink(item: T): void {
    const items = this.#items;
    let place = 0;
    for (;;) {
      const child = this.#lesserChild(place);
      if (child === null || this.#compare(item, items[child] as T) <= 0) break;
      items[place] = items[child] as T;
      place = child;
    }
    items[place] = item;
  }

  #lesserChild(place: number): number | null {
    const left = 2 * place + 1;
    const right = left + 1;
    if (left >= this.#items.length) return null;
    if (right >= this.#items.length) return left;
    return this.#compare(this.#items[left] as T, this.#items[right] as T) <= 0 ? left : right;
  }
}
