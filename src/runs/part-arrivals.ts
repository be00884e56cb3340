import type { Box } from '../contract/show.ts';
import type { ArrivingImages, ImageToRead } from './analysis-runner.ts';
import { numberedName } from './detections.ts';
import { unreadImage } from './new-image.ts';
import type { RunLedger } from './run-ledger.ts';
import type { Checkpoint, StoredImage } from './run-store.ts';

/**
 * The objects found in the images of a run, as parts of these images that join the run while it goes on. Ends when the last
 * image has been asked, and when the signal is aborted.
 */
export class PartArrivals implements ArrivingImages {
  readonly #toAsk: Set<number>;
  readonly #boxes = new Map<number, readonly Box[]>();
  #come: ImageToRead[] = [];
  #wake: (() => void) | null = null;
  #isOver: boolean;

  /** @param toAsk the positions of the images that are to be asked where their objects are */
  constructor(toAsk: readonly number[], signal: AbortSignal) {
    this.#toAsk = new Set(toAsk);
    this.#isOver = this.#toAsk.size === 0 || signal.aborted;
    signal.addEventListener('abort', () => this.end(), { once: true });
  }

  /** An image has said where its objects are. */
  found(position: number, boxes: readonly Box[]): void {
    this.#boxes.set(position, boxes);
  }

  /** The parts of images that have ended, which become images of the run with this. */
  partsOf(ended: readonly Pick<Checkpoint, 'position'>[], ledger: RunLedger): StoredImage[] {
    const parts: StoredImage[] = [];
    for (const { position } of ended) {
      const image = ledger.image(position);
      for (const [index, crop] of (this.#boxes.get(position) ?? []).entries()) {
        if (!image) continue;
        const { imageId, sha256, sizeBytes } = image;
        const own = { position: ledger.count, name: numberedName(image.name, index) };
        const part = { ...unreadImage({ imageId, sha256, sizeBytes, ...own }), crop };
        ledger.add(part);
        parts.push(part);
      }
      this.#boxes.delete(position);
    }
    return parts;
  }

  /** These parts are stored, with the images that had them, and can be read. */
  join(ended: readonly Pick<Checkpoint, 'position'>[], parts: readonly ImageToRead[]): void {
    this.#come.push(...parts);
    for (const { position } of ended) this.#toAsk.delete(position);
    if (this.#toAsk.size === 0) this.#isOver = true;
    this.#wake?.();
  }

  /** Nothing more is asked. */
  end(): void {
    this.#isOver = true;
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<readonly ImageToRead[]> {
    for (;;) {
      const come = this.#come;
      this.#come = [];
      if (come.length > 0) yield come;
      else if (this.#isOver) return;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}
