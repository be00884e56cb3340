import { CodedError } from '../contract/coded-error.ts';
import type { RunImage, RunImages } from '../contract/run-images.ts';
import type { RunStore, StoredImage } from '../runs/run-store.ts';
import type { ImageLinks } from './image-links.ts';
import type { ImageLook } from './image-looks.ts';
import type { LookBook } from './look-book.ts';
import { lookMarks, type LookMarks } from './look-marks.ts';

/** Images that were sent with a request were not looked at yet: what is not there by then comes with the next asking. */
const WAIT_FOR_LOOKS_MS = 2_000;

export interface RunGalleryParts {
  runs: Pick<RunStore, 'get' | 'images'>;
  looks: LookBook;
  links: ImageLinks;
}

/** What a page shows of the images of a run. */
export class RunGallery {
  readonly #parts: RunGalleryParts;

  constructor(parts: RunGalleryParts) {
    this.#parts = parts;
  }

  /** @throws CodedError `run.notFound` */
  async imagesOf(runId: string): Promise<RunImages> {
    const { runs, looks } = this.#parts;
    if (!(await runs.get(runId))) throw new CodedError('run.notFound', 'There is no such run.');
    const images = await runs.images(runId);
    const known = await looks.known(
      images.flatMap(({ sha256 }) => sha256 ?? []),
      WAIT_FOR_LOOKS_MS,
    );
    const lookOf = ({ sha256 }: StoredImage) => (sha256 === null ? undefined : known.get(sha256));
    const marks = lookMarks(
      images.map((image) => ({
        position: image.position,
        sha256: contentOf(image),
        // Parts of one picture would all look like each other.
        fingerprint: image.crop ? null : (lookOf(image)?.fingerprint ?? null),
      })),
    );
    return { images: images.map((image) => this.#shown(image, lookOf(image), marks.get(image.position))) };
  }

  #shown(image: StoredImage, look: ImageLook | undefined, marks: LookMarks | undefined): RunImage {
    const { imageId, failure } = image;
    const { links } = this.#parts;
    // A file that nobody could open has no picture; one that a model refused has.
    const hasPicture = imageId !== null && (look === undefined || look.width !== null);
    return {
      position: image.position,
      imageId,
      name: image.name,
      sizeBytes: image.sizeBytes,
      width: look?.width ?? null,
      height: look?.height ?? null,
      crop: image.crop ?? null,
      state: image.state,
      duplicateOf: marks?.duplicateOf ?? null,
      looksLike: marks?.looksLike ?? [],
      ms: Math.round(image.ms),
      attempts: image.attempts,
      code: failure?.code ?? null,
      detail: failure?.detail ?? null,
      retryable: failure?.retryable ?? false,
      thumbnailUrl: hasPicture ? links.thumbnail(imageId) : null,
      imageUrl: imageId === null ? null : links.original(imageId),
    };
  }
}

/** What two units must share to be the same: the bytes, and the part of them. */
function contentOf({ sha256, crop }: StoredImage): string | null {
  return sha256 === null || crop === undefined ? sha256 : `${sha256} ${crop.join(' ')}`;
}
