/** Pairs of texts that are kept on this machine, the latest few. Without storage nothing is kept, and nothing fails. */
export class KeptPairs {
  readonly #key: string;
  readonly #most: number;

  /** @param key in the browser's storage */
  constructor(key: string, most: number) {
    this.#key = key;
    this.#most = most;
  }

  get(name: string): string | null {
    return this.#all().find(([other]) => other === name)?.[1] ?? null;
  }

  put(name: string, value: string): void {
    const pairs: [string, string][] = [...this.#all().filter(([other]) => other !== name), [name, value]];
    try {
      localStorage.setItem(this.#key, JSON.stringify(pairs.slice(-this.#most)));
    } catch {
      // Not kept: known until the page is left, where its caller knows it.
    }
  }

  #all(): [string, string][] {
    try {
      const pairs: unknown = JSON.parse(localStorage.getItem(this.#key) ?? '[]');
      return Array.isArray(pairs) ? (pairs as [string, string][]) : [];
    } catch {
      return [];
    }
  }
}
