import type { Observation } from '../contract/analysis.ts';
import type { BatchProgress, Failure, ImageEvent } from '../contract/run.ts';
import { noCounts, type DispatchCounts } from '../engine/dispatch-options.ts';
import { addTokens } from '../engine/unit.ts';
import type { TimeLeft } from '../engine/forecast.ts';
import { ProgressCounter } from '../engine/progress.ts';
import type { Checkpoint, StoredImage } from './run-store.ts';

/** The images of one run in memory: which ended how, what they said, and how far the run is. */
export class RunLedger {
  readonly #images: StoredImage[];
  /** Positions of images with the same bytes as an earlier one, by the position of that earlier one. */
  readonly #twins = new Map<number, number[]>();
  readonly #progress: ProgressCounter;
  /** What was spent on images in earlier lives of the process, or before failed ones were tried again. */
  readonly #countsBefore: DispatchCounts;

  constructor(images: readonly StoredImage[], batchSize: number) {
    this.#images = [...images];
    this.#progress = new ProgressCounter(images.length, batchSize);
    this.#findTwins();
    this.#countsBefore = countsOf(images);
    for (const image of images) {
      if (image.state === 'done' || image.state === 'failed') this.#count(image, false);
    }
  }

  /** How many there are so far. */
  get count(): number {
    return this.#images.length;
  }

  image(position: number): StoredImage | undefined {
    return this.#images[position];
  }

  /** One that came while the run goes on. @returns an event where it has failed already */
  add(image: StoredImage): ImageEvent[] {
    this.#images.push(image);
    this.#progress.added();
    if (image.state !== 'failed') return [];
    this.#count(image, true);
    return [{ image: image.name, imageId: image.imageId, ok: false, ms: 0, code: image.failure?.code ?? 'internal' }];
  }

  /** Images still to be read, each bytes once. */
  pending(): StoredImage[] {
    return this.#images.filter((image) => image.state === 'pending');
  }

  /** Positions of those that are to be read whole. */
  pendingWhole(): number[] {
    return this.pending().flatMap(({ position, crop }) => (crop ? [] : [position]));
  }

  /** Notes how an image ended. @returns an event for it, and for each image with the same bytes */
  end(checkpoint: Checkpoint): ImageEvent[] {
    const before = this.#images[checkpoint.position];
    if (!before) return [];
    const image: StoredImage = { ...before, ...checkpoint };
    this.#images[checkpoint.position] = image;
    this.#count(image, true);
    return [image, ...this.#twinsOf(image)].map((each) => ({
      image: each.name,
      imageId: each.imageId,
      ok: image.state === 'done',
      ms: each === image ? Math.round(image.ms) : 0,
      ...(image.failure ? { code: image.failure.code } : {}),
    }));
  }

  /** As they are at this moment. */
  all(): readonly StoredImage[] {
    return this.#images;
  }

  observations(): Observation<unknown>[] {
    return this.#images.flatMap((image) => image.observations ?? []);
  }

  /** In the order of the upload; an image with the same bytes as a failed one failed as well. */
  failures(): Failure[] {
    return this.#images.flatMap((image) => {
      if (!image.failure) return [];
      const { failure } = image;
      return [failure, ...this.#twinsOf(image).map((twin) => ({ ...failure, image: twin.name }))];
    });
  }

  /** @param left as the engine reckons; null where it does not */
  progress(elapsedMs: number, left: TimeLeft | null = null): BatchProgress {
    return this.#progress.snapshot(elapsedMs, left);
  }

  /** What each image that was read took, ms. */
  imageMs(): number[] {
    return this.#images.filter(({ attempts, state }) => attempts > 0 && state !== 'pending').map(({ ms }) => ms);
  }

  /** Images that have ended, how many of them well, and how many of those have the same bytes as another. */
  tally(): { ended: number; succeeded: number; duplicates: number } {
    let [ended, succeeded, duplicates] = [0, 0, 0];
    for (const image of this.#images) {
      if (image.state !== 'done' && image.state !== 'failed') continue;
      const twins = this.#twinsOf(image).length;
      ended += 1 + twins;
      if (image.state !== 'done') continue;
      succeeded += 1 + twins;
      duplicates += twins;
    }
    return { ended, succeeded, duplicates };
  }

  /** The calls made for the images that have ended. */
  countsSoFar(): DispatchCounts {
    return countsOf(this.#images);
  }

  /** The calls of all lives of the process, given those of this one (also for images that have not ended). */
  countsWith(now: DispatchCounts): DispatchCounts {
    const before = this.#countsBefore;
    const tokens = { ...before.tokens };
    addTokens(tokens, now.tokens);
    return {
      made: before.made + now.made,
      succeeded: before.succeeded + now.succeeded,
      retried: before.retried + now.retried,
      hedged: before.hedged + now.hedged,
      refused: before.refused + now.refused,
      cached: before.cached + now.cached,
      tokens,
    };
  }

  #findTwins(): void {
    const firstByContent = new Map<string, number>();
    for (const { position, sha256, state, crop } of this.#images) {
      // Several parts of one image are no copies of each other.
      if (sha256 === null || crop) continue;
      const first = firstByContent.get(sha256);
      if (first === undefined) firstByContent.set(sha256, position);
      else if (state === 'duplicate') this.#twins.set(first, [...(this.#twins.get(first) ?? []), position]);
    }
  }

  #twinsOf(image: StoredImage): StoredImage[] {
    const positions = this.#twins.get(image.position) ?? [];
    return positions.flatMap((position) => this.#images[position] ?? []);
  }

  #count(image: StoredImage, here: boolean): void {
    const ok = image.state === 'done';
    this.#progress.ended(ok, image.attempts > 0 ? image.ms : null, here);
    for (const _twin of this.#twinsOf(image)) this.#progress.ended(ok, null, here);
  }
}

/** Marks images with the same bytes as an earlier one: they are shown, never read. */
export function markDuplicates(images: readonly StoredImage[]): StoredImage[] {
  const seen = new Set<string>();
  return images.map((image) => {
    if (image.sha256 === null || image.crop || image.state !== 'pending') return image;
    if (seen.has(image.sha256)) return { ...image, state: 'duplicate' };
    seen.add(image.sha256);
    return image;
  });
}

function countsOf(images: readonly StoredImage[]): DispatchCounts {
  const counts = noCounts();
  for (const { state, attempts, tokens } of images) {
    if (attempts === 0) {
      // Read without a call: its answer was at hand.
      if (state === 'done') counts.cached += 1;
      continue;
    }
    counts.made += attempts;
    counts.retried += attempts - 1;
    if (state === 'done') counts.succeeded += 1;
    addTokens(counts.tokens, tokens);
  }
  return counts;
}
