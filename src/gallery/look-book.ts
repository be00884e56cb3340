import { CodedError } from '../contract/coded-error.ts';
import { storedImagePath } from '../images/stream-intake.ts';
import type { ImageLook, ImageLookStore } from './image-looks.ts';
import type { ImageThreads } from './image-threads.ts';

const UNREADABLE: ImageLook = { width: null, height: null, fingerprint: null };

/** Looks at each content once, in a thread, and keeps what it saw. */
export class LookBook {
  readonly #store: ImageLookStore;
  readonly #threads: ImageThreads;
  readonly #directory: string;
  readonly #underWay = new Map<string, Promise<ImageLook>>();

  /** @param directory where images are stored */
  constructor(store: ImageLookStore, threads: ImageThreads, directory: string) {
    this.#store = store;
    this.#threads = threads;
    this.#directory = directory;
  }

  /** @throws CodedError `image.unreadable`, `image.tooLarge`, `image.timeout` and what else a thread meets */
  async look(sha256: string): Promise<ImageLook> {
    const known = (await this.#store.get([sha256])).get(sha256);
    if (known && known.width !== null) return known;
    return this.#lookNow(sha256);
  }

  /**
   * What is known of these contents. Those nobody has looked at are looked at now, for `waitMs` at most: the rest is there
   * when it is asked for the next time.
   */
  async known(sha256s: readonly string[], waitMs: number): Promise<Map<string, ImageLook>> {
    const looks = await this.#store.get(sha256s);
    const missing = [...new Set(sha256s)].filter((sha256) => !looks.has(sha256));
    if (missing.length === 0) return looks;
    const timer = Promise.withResolvers<void>();
    const timeout = setTimeout(timer.resolve, waitMs);
    const all = missing.map(async (sha256) => {
      const look = await this.#lookNow(sha256).catch((error: unknown) => (isOfTheImage(error) ? UNREADABLE : null));
      if (look) looks.set(sha256, look);
    });
    await Promise.race([Promise.all(all), timer.promise]);
    clearTimeout(timeout);
    return looks;
  }

  #lookNow(sha256: string): Promise<ImageLook> {
    const underWay = this.#underWay.get(sha256);
    if (underWay) return underWay;
    const looking = this.#lookAndKeep(sha256).finally(() => this.#underWay.delete(sha256));
    this.#underWay.set(sha256, looking);
    return looking;
  }

  async #lookAndKeep(sha256: string): Promise<ImageLook> {
    try {
      const look = await this.#threads.look(storedImagePath(this.#directory, sha256));
      await this.#store.put(sha256, look);
      return look;
    } catch (error) {
      // Kept as well: a page that is opened again must not have a damaged file decoded again.
      if (isOfTheImage(error)) await this.#store.put(sha256, UNREADABLE);
      throw error;
    }
  }
}

/** Whether another try would fail as well. */
function isOfTheImage(error: unknown): boolean {
  return error instanceof CodedError && !error.retryable && error.code.startsWith('image.');
}
