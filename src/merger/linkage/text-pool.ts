/** FNV-1a over UTF-16 codes, to be carried on with {@link hashOn}: the hash of `ab` is that of `a` carried on over `b`. */
export const HASH_START = 0x811c9dc5 | 0;

/** Carries a hash on over the codes from `start` to `end`. */
export function hashOn(hash: number, codes: Uint16Array, start: number, end: number): number {
  let result = hash;
  for (let at = start; at < end; at++) result = Math.imul(result ^ codes[at]!, 0x01000193);
  return result;
}

/** Spreads a hash over all of its 32 bits, so that its low bits alone can choose a bucket. @returns unsigned */
export function spread(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/**
 * Texts by number, each kept once, in typed arrays: a million strings in a Map take several hundred megabytes of the
 * heap, whose limit depends on the machine; here they take their letters and twelve bytes.
 */
export class TextPool {
  #codes = new Uint16Array(1 << 12);
  #starts = new Int32Array(1 << 9);
  #hashes = new Int32Array(1 << 9);
  #table = new Int32Array(1 << 10).fill(-1);
  #size = 0;

  /** How many texts there are; their numbers are 0 to size - 1. */
  get size(): number {
    return this.#size;
  }

  /** UTF-16 codes of all texts, one after another. Another array after each {@link intern}. */
  get codes(): Uint16Array {
    return this.#codes;
  }

  startOf(id: number): number {
    return this.#starts[id]!;
  }

  endOf(id: number): number {
    return this.#starts[id + 1]!;
  }

  lengthOf(id: number): number {
    return this.#starts[id + 1]! - this.#starts[id]!;
  }

  /** Depends on the text alone, never on what else is in the pool. Signed, 32 bits. */
  hashOf(id: number): number {
    return this.#hashes[id]!;
  }

  textOf(id: number): string {
    let text = '';
    for (let at = this.startOf(id); at < this.endOf(id); at++) text += String.fromCharCode(this.#codes[at]!);
    return text;
  }

  /** @returns the text's number: its old one, or the next where it is new */
  intern(text: string): number {
    let start = this.#starts[this.#size]!;
    if (start + text.length > this.#codes.length) this.#growCodes(start + text.length);
    const codes = this.#codes;
    for (let at = 0; at < text.length; at++) codes[start + at] = text.charCodeAt(at);
    const end = start + text.length;
    const hash = hashOn(HASH_START, codes, start, end);
    const mask = this.#table.length - 1;
    let slot = spread(hash) & mask;
    for (;;) {
      const id = this.#table[slot]!;
      if (id < 0) break;
      if (this.#hashes[id] === hash && this.#isSame(id, start, end)) return id;
      slot = (slot + 1) & mask;
    }
    const id = this.#size++;
    this.#table[slot] = id;
    if (id + 2 > this.#starts.length) this.#growIds();
    start = end;
    this.#starts[id + 1] = start;
    this.#hashes[id] = hash;
    if (this.#size * 2 > this.#table.length) this.#growTable();
    return id;
  }

  /** @returns the number of the text that two of these make together, -1 where it is none of these */
  joined(first: number, second: number): number {
    const hash = hashOn(this.hashOf(first), this.#codes, this.startOf(second), this.endOf(second));
    const mask = this.#table.length - 1;
    for (let slot = spread(hash) & mask; this.#table[slot]! >= 0; slot = (slot + 1) & mask) {
      const id = this.#table[slot]!;
      if (this.#hashes[id] === hash && this.lengthOf(id) === this.lengthOf(first) + this.lengthOf(second)) return id;
    }
    return -1;
  }

  #isSame(id: number, start: number, end: number): boolean {
    const from = this.#starts[id]!;
    if (this.#starts[id + 1]! - from !== end - start) return false;
    for (let at = start; at < end; at++) if (this.#codes[at] !== this.#codes[from + at - start]) return false;
    return true;
  }

  #growCodes(needed: number): void {
    const grown = new Uint16Array(Math.max(needed, Math.ceil(this.#codes.length * 1.6)));
    grown.set(this.#codes);
    this.#codes = grown;
  }

  #growIds(): void {
    this.#starts = grownInts(this.#starts, this.#starts.length + 1);
    this.#hashes = grownInts(this.#hashes, this.#starts.length);
  }

  #growTable(): void {
    const table = new Int32Array(this.#table.length * 2).fill(-1);
    const mask = table.length - 1;
    for (let id = 0; id < this.#size; id++) {
      let slot = spread(this.#hashes[id]!) & mask;
      while (table[slot]! >= 0) slot = (slot + 1) & mask;
      table[slot] = id;
    }
    this.#table = table;
  }
}

/** The same numbers in an array with room for at least `needed` of them. */
export function grownInts(array: Int32Array, needed: number): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(Math.max(needed, Math.ceil(array.length * 1.6)));
  grown.set(array);
  return grown;
}
