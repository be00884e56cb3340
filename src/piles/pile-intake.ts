import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { CodedError, toFailureData } from '../contract/coded-error.ts';
import type { PileImageOrigin } from '../contract/pile.ts';
import type { LookBook } from '../gallery/look-book.ts';
import { cleanFileName } from '../images/content-id.ts';
import { fileTooLarge } from '../images/image-limits.ts';
import { receiveImage } from '../images/stream-intake.ts';
import type { ImageShelf } from '../runs/image-shelf.ts';
import { kindOfFile } from './file-kind.ts';
import { pagesOf, type PdfPage } from './pdf-pages.ts';
import type { PileLimits } from './pile-limits.ts';
import type { PileSource, PileStore, StoredPile } from './pile-store.ts';
import { Turns } from '../runs/turns.ts';
import { entriesOf } from './unpack-archive.ts';

export interface PileIntakeParts {
  store: PileStore;
  shelf: ImageShelf;
  looks: LookBook;
  limitsOf: (audience: StoredPile['audience']) => PileLimits;
}

/** One image of a source: where its bytes come from, and how it is to be shown. */
interface Candidate {
  /** Place in the source. */
  index: number;
  name: string;
  from: PileImageOrigin;
  open: () => Promise<Readable>;
}

/**
 * Makes images of a pile from a whole file: an image, the images of an archive, the pages of a document. Each is stored under
 * its content's hash and looked at in a thread; what gives no image becomes a problem in plain words, and the rest goes on.
 */
export class PileIntake {
  readonly #parts: PileIntakeParts;
  /** Of adding an image to each pile: two at once would both take the last place. */
  readonly #turns = new Turns();

  constructor(parts: PileIntakeParts) {
    this.#parts = parts;
  }

  /**
   * Takes in a file that is there as a whole. It stays where it is. A file that was taken in before, in part or as a whole,
   * adds nothing twice.
   *
   * @param signal ends the work between two images
   * @throws what is the server's own fault; what is the file's is a problem of the pile
   */
  async take(pile: StoredPile, source: PileSource, path: string, signal: AbortSignal): Promise<void> {
    try {
      for await (const candidate of this.#candidatesOf(pile, source, path)) {
        signal.throwIfAborted();
        if (!(await this.#takeImage(pile, source, candidate))) return;
      }
    } catch (error) {
      signal.throwIfAborted();
      await this.refuse(pile.id, source, error);
    }
  }

  /** Notes that a source as a whole gave nothing, or nothing more. */
  async refuse(pileId: string, source: PileSource, error: unknown): Promise<void> {
    // Behind all entries and pages that it may have given.
    await this.#note(pileId, source, { index: WHOLE_SOURCE, name: source.name }, error);
  }

  async *#candidatesOf(pile: StoredPile, source: PileSource, path: string): AsyncGenerator<Candidate> {
    const { maxBytesPerFile } = this.#parts.limitsOf(pile.audience);
    const file = source.name;
    switch (await kindOfFile(path)) {
      case 'image': {
        const from: PileImageOrigin = source.kind === 'url' ? { kind: 'url', url: file } : { kind: 'file' };
        yield { index: 0, name: shownName(source), from, open: async () => createReadStream(path) };
        return;
      }
      case 'archive':
        for await (const { index, name, sizeBytes, open } of entriesOf(path)) {
          const candidate = { index, name, from: { kind: 'archive' as const, file: shownName(source) }, open };
          // Told by its header: not one byte of it is unpacked.
          if (sizeBytes <= maxBytesPerFile) yield candidate;
          else await this.#note(pile.id, source, candidate, fileTooLarge(maxBytesPerFile));
        }
        return;
      case 'document':
        for await (const page of pagesOf(path)) {
          const name = `${shownName(source)}, page ${page.number}`;
          const from = { kind: 'pdf' as const, file: shownName(source), page: page.number };
          const candidate = { index: page.number - 1, name, from, open: async () => bytesOf(page) };
          if ('bytes' in page) yield candidate;
          else await this.#note(pile.id, source, candidate, pageFailed());
        }
    }
  }

  /** @returns false where the pile is full: what follows need not be tried */
  async #takeImage(pile: StoredPile, source: PileSource, candidate: Candidate): Promise<boolean> {
    const { shelf, looks, limitsOf } = this.#parts;
    const { maxBytesPerFile } = limitsOf(pile.audience);
    let held: string | null = null;
    try {
      const stream = await candidate.open();
      const received = await receiveImage(stream, { directory: shelf.directory, maxBytes: maxBytesPerFile });
      if (!received.ok) throw new CodedError(received.failure.code, received.failure.detail);
      const { sha256, imageId, sizeBytes } = received;
      shelf.hold(sha256);
      held = sha256;
      await looks.look(sha256);
      const { index: sourceIndex, name, from } = candidate;
      const image = { sourceId: source.id, sourceIndex, imageId, sha256, name, sizeBytes, from };
      await this.#turns.take(pile.id, async () => {
        const { maxImages } = limitsOf(pile.audience);
        if ((await this.#parts.store.countImages(pile.id)) >= maxImages) throw full(maxImages);
        await this.#parts.store.addImage(pile.id, image);
      });
      return true;
    } catch (error) {
      await this.#note(pile.id, source, candidate, error);
      return !(error instanceof CodedError && error.code === 'upload.tooMany');
    } finally {
      if (held !== null) await shelf.release([held]);
    }
  }

  async #note(
    pileId: string,
    source: PileSource,
    { index, name }: Pick<Candidate, 'index' | 'name'>,
    error: unknown,
  ): Promise<void> {
    const { code, detail } = toFailureData(translated(error));
    await this.#parts.store.addProblem(pileId, { sourceId: source.id, sourceIndex: index, file: name, code, detail });
  }
}

/** The place of what is said of a source as a whole; no archive has so many entries. */
const WHOLE_SOURCE = 1_000_000;

/** Of a URL, the last part of its path. */
function shownName({ kind, name }: PileSource): string {
  if (kind === 'file' || !URL.canParse(name)) return name;
  const { pathname, hostname } = new URL(name);
  const last = pathname.split('/').findLast((part) => part !== '') ?? hostname;
  return cleanFileName(decoded(last));
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function bytesOf(page: PdfPage): Readable {
  return Readable.from('bytes' in page ? [Buffer.from(page.bytes)] : []);
}

/** An entry whose bytes end too early or are damaged comes to light while it is read. */
function translated(error: unknown): unknown {
  if (!(error instanceof CodedError) || error.code !== 'upload.invalid') return error;
  return new CodedError(
    'archive.unreadable',
    'Its bytes in the archive are damaged. Pack it again, or send it by itself.',
  );
}

function full(maxImages: number): CodedError {
  return new CodedError(
    'upload.tooMany',
    `The pile is full: it takes at most ${maxImages} images. The rest was left out.`,
  );
}

function pageFailed(): CodedError {
  return new CodedError('document.unreadable', 'This page could not be drawn. Send a picture of it instead.');
}
