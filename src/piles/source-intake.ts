import { rm, stat } from 'node:fs/promises';
import { CodedError } from '../contract/coded-error.ts';
import { CONNECTIONS_IN_ALL } from '../images/fetch-image.ts';
import type { OpenFetcher } from '../open-fetcher.ts';
import { BackgroundQueue } from './background-queue.ts';
import { kindOfBytes, kindOfFile } from './file-kind.ts';
import { PileIntake, type PileIntakeParts } from './pile-intake.ts';
import type { PileSource, StoredPile } from './pile-store.ts';

export interface SourceIntakeParts extends PileIntakeParts {
  fetching: OpenFetcher;
  /** Told of work in the background that failed by our own fault, for the log. */
  onFault: (pileId: string, error: unknown) => void;
}

/** Archives and documents taken in at once: each keeps a core busy. */
const BUNDLES_AT_ONCE = 2;
/** URLs fetched at once: as many as there may be connections, so that one slow host does not keep the others waiting. */
const FETCHES_AT_ONCE = CONNECTIONS_IN_ALL;

/**
 * Takes in sources of piles, those that take long in the background: what is being sent or fetched becomes images and
 * problems, and the source is done. One that was not done when the process ended is begun again; nothing comes twice of it.
 */
export class SourceIntake {
  readonly #parts: SourceIntakeParts;
  readonly #intake: PileIntake;
  readonly #bundles = new BackgroundQueue(BUNDLES_AT_ONCE);
  readonly #fetches = new BackgroundQueue(FETCHES_AT_ONCE);
  readonly #closing = new AbortController();

  constructor(parts: SourceIntakeParts) {
    this.#parts = parts;
    this.#intake = new PileIntake(parts);
  }

  /**
   * A file that is here as a whole. An image is taken in at once, an archive or a document in the background.
   *
   * @param clear removes the file
   */
  async take(pile: StoredPile, source: PileSource, path: string, clear: () => Promise<void>): Promise<void> {
    const kind = await kindOfFile(path).catch(() => 'image' as const);
    if (kind === 'image') await this.#takeIn(pile, source, path, clear);
    else this.takeLater(pile, source, path, clear);
  }

  /** The same, whatever it is, in the background. */
  takeLater(pile: StoredPile, source: PileSource, path: string, clear: () => Promise<void>): void {
    this.#inBackground(pile.id, this.#bundles, () => this.#takeIn(pile, source, path, clear));
  }

  /** Why a URL will never be fetched; null where it may be tried. */
  refusalOf(url: string): unknown {
    try {
      this.#parts.fetching.fetcher.check(url);
      return null;
    } catch (refusal) {
      return refusal;
    }
  }

  /** Notes that a source gives nothing. */
  refuse(pile: StoredPile, source: PileSource, refusal: unknown): Promise<void> {
    return this.#intake.refuse(pile.id, source, refusal);
  }

  /** Fetches a URL in the background, to `path`, and takes in what came. What is here from before is not fetched again. */
  fetch(pile: StoredPile, source: PileSource, path: string): void {
    const { fetcher } = this.#parts.fetching;
    this.#inBackground(pile.id, this.#fetches, async () => {
      const { maxBundleBytes, maxBytesPerFile } = this.#parts.limitsOf(pile.audience);
      try {
        await fetcher.fetchTo(source.name, path, {
          maxBytes: maxBundleBytes,
          maxBytesOf: (head) => (kindOfBytes(head) === 'image' ? maxBytesPerFile : maxBundleBytes),
          signal: this.#closing.signal,
        });
      } catch (error) {
        this.#closing.signal.throwIfAborted();
        await this.#intake.refuse(pile.id, source, error);
      }
      // An archive or a document goes on in the other queue: 50 of them at once would take all memory.
      if ((await sizeOf(path)) !== null) await this.take(pile, source, path, () => rm(path, { force: true }));
      else await this.#parts.store.updateSource(pile.id, source.id, { state: 'done' });
    });
  }

  /** Lets the images under way end; what is left of archives, documents and URLs goes on at the next start. */
  async close(): Promise<void> {
    this.#closing.abort(new CodedError('server.stopping', 'The server is stopping.'));
    await Promise.all([this.#bundles.close(), this.#fetches.close()]);
    await this.#parts.fetching.close();
  }

  async #takeIn(pile: StoredPile, source: PileSource, path: string, clear: () => Promise<void>): Promise<void> {
    try {
      await this.#intake.take(pile, source, path, this.#closing.signal);
    } catch (error) {
      this.#closing.signal.throwIfAborted();
      // Our own fault, which must not leave the pile waiting for ever.
      this.#parts.onFault(pile.id, error);
      await this.#intake.refuse(pile.id, source, error);
    }
    // Killed in between: a file that is gone could not be taken in once more, a URL can be asked again, and what it gave
    // before must not lie there for as long as the pile.
    if (source.kind === 'url') await clear();
    await this.#parts.store.updateSource(pile.id, source.id, { state: 'done' });
    if (source.kind === 'file') await clear();
  }

  #inBackground(pileId: string, queue: BackgroundQueue, work: () => Promise<void>): void {
    queue.add(work).catch((error: unknown) => {
      if (!this.#closing.signal.aborted) this.#parts.onFault(pileId, error);
    });
  }
}

/** Bytes; null where there is no such file. */
export async function sizeOf(path: string): Promise<number | null> {
  const found = await stat(path).catch(() => null);
  return found?.size ?? null;
}
