import { rm } from 'node:fs/promises';
import { storedImagePath } from '../images/stream-intake.ts';

export interface ImageShelfParts {
  directory: string;
  /** Which of these contents belong to some run. */
  referenced: (sha256s: readonly string[]) => Promise<Set<string>>;
}

/**
 * Files that came with a request and may come to nothing: a refused request must not fill the disk. Contents can come
 * with several requests at once, and can belong to earlier runs; only what nobody holds and no run has is removed.
 */
export class ImageShelf {
  readonly #parts: ImageShelfParts;
  readonly #holders = new Map<string, number>();

  constructor(parts: ImageShelfParts) {
    this.#parts = parts;
  }

  get directory(): string {
    return this.#parts.directory;
  }

  /** A request has brought this content. */
  hold(sha256: string): void {
    this.#holders.set(sha256, (this.#holders.get(sha256) ?? 0) + 1);
  }

  /** Who had these contents (an image of a pile, say) has them no more: those that nobody else has are removed. */
  async letGo(sha256s: readonly string[]): Promise<void> {
    // Held first: releasing what one does not hold would take away the hold of another.
    for (const sha256 of sha256s) this.hold(sha256);
    await this.release(sha256s);
  }

  /** The request is over: its contents belong to a run by now, or to none. */
  async release(sha256s: readonly string[]): Promise<void> {
    for (const sha256 of sha256s) {
      const holders = (this.#holders.get(sha256) ?? 1) - 1;
      if (holders > 0) this.#holders.set(sha256, holders);
      else this.#holders.delete(sha256);
    }
    const unheld = [...new Set(sha256s)].filter((sha256) => !this.#holders.has(sha256));
    if (unheld.length === 0) return;
    const kept = await this.#parts.referenced(unheld);
    for (const sha256 of unheld) {
      // Looked at again: while the database was asked, another request may have brought the same bytes.
      if (kept.has(sha256) || this.#holders.has(sha256)) continue;
      await rm(storedImagePath(this.#parts.directory, sha256), { force: true });
    }
  }
}
