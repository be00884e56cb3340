import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError } from '../contract/coded-error.ts';
import type { Pile, PileStarted } from '../contract/pile.ts';
import type { ImageLinks } from '../gallery/image-links.ts';
import { lookMarks } from '../gallery/look-marks.ts';
import type { ImageFetcher } from '../images/fetch-image.ts';
import { isTokenOf, newAccessToken } from '../runs/access-token.ts';
import type { Audience } from '../runs/run-store.ts';
import { BackgroundQueue } from './background-queue.ts';
import { kindOfFile } from './file-kind.ts';
import { PileIntake, type PileIntakeParts } from './pile-intake.ts';
import { PILE_LIFETIME_MS, type PileLimits } from './pile-limits.ts';
import type { LeftOver, PileSource, StoredPile, StoredPileImage } from './pile-store.ts';

export interface PilesServiceParts extends PileIntakeParts {
  links: ImageLinks;
  fetcher: ImageFetcher;
  /** Where files are while they are sent and taken in; one file system with nothing else in it. */
  uploadDirectory: string;
  /** Told of work in the background that failed by our own fault, for the log. */
  onFault: (pileId: string, error: unknown) => void;
}

/** Archives and documents taken in at once: each keeps a core busy. */
const BUNDLES_AT_ONCE = 2;
/** URLs fetched at once. */
const FETCHES_AT_ONCE = 4;

/** A pile's life: files and URLs come in, become images or problems, and expire after a day. */
export class PilesService {
  readonly #parts: PilesServiceParts;
  readonly #intake: PileIntake;
  readonly #bundles = new BackgroundQueue(BUNDLES_AT_ONCE);
  readonly #fetches = new BackgroundQueue(FETCHES_AT_ONCE);
  readonly #closing = new AbortController();

  constructor(parts: PilesServiceParts) {
    this.#parts = parts;
    this.#intake = new PileIntake(parts);
  }

  get uploadDirectory(): string {
    return this.#parts.uploadDirectory;
  }

  async start(audience: Audience): Promise<PileStarted> {
    const { token, tokenHash } = newAccessToken();
    const id = `pile_${randomBytes(9).toString('hex')}`;
    const now = Date.now();
    const expiresAt = new Date(now + PILE_LIFETIME_MS).toISOString();
    await this.#parts.store.create({ id, audience, tokenHash, createdAt: new Date(now).toISOString(), expiresAt });
    const { maxImages, maxBytesPerFile } = this.limitsOf({ audience });
    return { pileId: id, pileToken: token, limits: { maxImages, maxBytesPerFile } };
  }

  limitsOf({ audience }: { audience: Audience }): PileLimits {
    return this.#parts.limitsOf(audience);
  }

  /** @throws CodedError `pile.notFound`, also where it has expired */
  async pile(pileId: string): Promise<StoredPile> {
    const pile = await this.#parts.store.get(pileId);
    if (pile && Date.parse(pile.expiresAt) > Date.now()) return pile;
    throw new CodedError('pile.notFound', 'There is no such pile. Piles are kept for a day.');
  }

  /** Whether this token was given to who began this pile. */
  async isToken(pileId: string, token: string): Promise<boolean> {
    const pile = await this.#parts.store.get(pileId);
    return pile !== null && Date.parse(pile.expiresAt) > Date.now() && isTokenOf(pile, token);
  }

  /** @throws CodedError `pile.notFound` */
  async view(pileId: string): Promise<Pile> {
    const { store, links } = this.#parts;
    const { audience, expiresAt } = await this.pile(pileId);
    const sources = await store.sources(pileId);
    const images = await store.images(pileId);
    const marks = lookMarks(images.map((image) => ({ ...image, fingerprint: image.look?.fingerprint ?? null })));
    return {
      pileId,
      audience,
      images: images.map(({ position, imageId, name, sizeBytes, look, from }) => ({
        position,
        imageId,
        name,
        sizeBytes,
        width: look?.width ?? null,
        height: look?.height ?? null,
        from,
        duplicateOf: marks.get(position)?.duplicateOf ?? null,
        looksLike: marks.get(position)?.looksLike ?? [],
        thumbnailUrl: links.thumbnail(imageId),
        imageUrl: links.original(imageId),
      })),
      problems: await store.problems(pileId),
      underWay: sources.filter(({ state }) => state === 'underWay').length,
      expiresAt,
    };
  }

  /**
   * The images of these positions, or all, in order of position.
   *
   * @throws CodedError `pile.notFound`; `request.invalid` where a position has no image; `upload.empty`
   */
  async chosen(pileId: string, only?: readonly number[]): Promise<StoredPileImage[]> {
    await this.pile(pileId);
    const images = await this.#parts.store.images(pileId);
    const wanted = only && new Set(only);
    const unknown = wanted && [...wanted].find((each) => !images.some(({ position }) => position === each));
    if (unknown !== undefined) throw new CodedError('request.invalid', `The pile has no image at position ${unknown}.`);
    const chosen = wanted ? images.filter(({ position }) => wanted.has(position)) : images;
    if (chosen.length === 0)
      throw new CodedError('upload.empty', 'There is no image in this pile, or none was chosen.');
    return chosen;
  }

  /** @throws CodedError `pile.notFound`, `image.notFound` */
  async removeImage(pileId: string, position: number): Promise<void> {
    await this.pile(pileId);
    const sha256 = await this.#parts.store.removeImage(pileId, position);
    if (sha256 === null) throw new CodedError('image.notFound', 'The pile has no image at this position.');
    await this.#parts.shelf.letGo([sha256]);
  }

  /**
   * A file is about to be sent.
   *
   * @throws CodedError `pile.notFound`, `upload.tooLarge`, `upload.tooMany`
   */
  async announce(pileId: string, source: Pick<PileSource, 'id' | 'name' | 'sizeBytes'>): Promise<void> {
    const pile = await this.pile(pileId);
    const { maxBundleBytes, maxPileBytes } = this.limitsOf(pile);
    if (source.sizeBytes > maxBundleBytes) throw tooLarge('A file', maxBundleBytes);
    const sources = await this.#roomFor(pile, 1);
    const sentBytes = sources.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    if (sentBytes + source.sizeBytes > maxPileBytes) throw tooLarge('All files of a pile', maxPileBytes);
    await this.#parts.store.addSource(pileId, { ...source, kind: 'file', state: 'receiving' });
  }

  /** Whether a file is here as a whole, taken in or not, and how large it is; null where the pile has no such file. */
  async sent(pileId: string, sourceId: string): Promise<{ isWhole: boolean; sizeBytes: number } | null> {
    const sources = await this.#parts.store.sources(pileId);
    const source = sources.find(({ id, kind }) => id === sourceId && kind === 'file');
    return source ? { isWhole: source.state !== 'receiving', sizeBytes: source.sizeBytes } : null;
  }

  async forget(pileId: string, sourceId: string): Promise<void> {
    await this.#parts.store.removeSource(pileId, sourceId);
  }

  /**
   * A file is here as a whole. An image is taken in at once, so that who asks next sees it; an archive or a document in the
   * background.
   *
   * @param clear removes the file
   */
  async takeFile(pileId: string, sourceId: string, clear: () => Promise<void>): Promise<void> {
    const pile = await this.pile(pileId);
    const source = (await this.#parts.store.sources(pileId)).find(({ id }) => id === sourceId);
    if (source?.state !== 'receiving') return;
    await this.#parts.store.updateSource(pileId, sourceId, { state: 'underWay' });
    const path = this.pathOf(pileId, sourceId);
    const kind = await kindOfFile(path).catch(() => 'image' as const);
    const work = () => this.#takeIn(pile, source, path, clear);
    if (kind === 'image') await work();
    else this.#inBackground(pileId, this.#bundles, work);
  }

  /**
   * Fetches these URLs in the background. Those that cannot be fetched become problems.
   *
   * @throws CodedError `pile.notFound`, `upload.tooMany`
   */
  async addUrls(pileId: string, urls: readonly string[]): Promise<void> {
    const pile = await this.pile(pileId);
    await this.#roomFor(pile, urls.length);
    for (const url of urls) {
      const id = `url_${randomBytes(9).toString('hex')}`;
      const source: PileSource = { id, kind: 'url', name: url, sizeBytes: 0, state: 'underWay' };
      await this.#parts.store.addSource(pileId, source);
      this.#fetch(pile, source);
    }
  }

  /** Where a file of a pile is while it is sent and taken in. */
  pathOf(pileId: string, sourceId: string): string {
    return join(this.uploadDirectory, `${pileId}.${sourceId}`);
  }

  /** What was being taken in when the process ended: to be asked before anybody can send more. */
  async unfinished(): Promise<LeftOver[]> {
    await mkdir(this.uploadDirectory, { recursive: true });
    return this.#parts.store.unfinished();
  }

  /** Goes on with that. @returns how many files and URLs */
  async carryOn(leftOver: readonly LeftOver[]): Promise<number> {
    let count = 0;
    for (const { pileId, source } of leftOver) {
      const pile = await this.pile(pileId).catch(() => null);
      const path = this.pathOf(pileId, source.id);
      // One that was sent to its end, but the process ended before it knew: its sender will not send anything more.
      const isSent = source.state === 'underWay' || (await sizeOf(path)) === source.sizeBytes;
      if (!pile || !isSent) continue;
      count += 1;
      await this.#parts.store.updateSource(pileId, source.id, { state: 'underWay' });
      if (source.kind === 'url') this.#fetch(pile, source);
      else this.#inBackground(pileId, this.#bundles, () => this.#takeIn(pile, source, path, () => removeUpload(path)));
    }
    return count;
  }

  /** Removes piles that have expired, with their images where nobody else has them, and what uploads left behind. */
  async sweep(): Promise<void> {
    const { store, shelf } = this.#parts;
    await shelf.letGo(await store.removeExpired(new Date().toISOString()));
    // The files first: one of a pile that begins between the two must not look like one without a pile.
    const names = await readdir(this.uploadDirectory).catch(() => []);
    const live = await store.liveIds();
    for (const name of names) {
      const [pileId] = name.split('.');
      if (pileId && !live.has(pileId)) await rm(join(this.uploadDirectory, name), { force: true });
    }
  }

  /** Lets the images under way end; what is left of archives, documents and URLs goes on at the next start. */
  async close(): Promise<void> {
    this.#closing.abort(new CodedError('server.stopping', 'The server is stopping.'));
    await Promise.all([this.#bundles.close(), this.#fetches.close()]);
    await this.#parts.fetcher.close();
  }

  async #roomFor(pile: StoredPile, more: number): Promise<PileSource[]> {
    const { maxSources } = this.limitsOf(pile);
    const sources = await this.#parts.store.sources(pile.id);
    if (sources.length + more <= maxSources) return sources;
    throw new CodedError(
      'upload.tooMany',
      `A pile takes at most ${maxSources} files and addresses. Begin another one.`,
    );
  }

  #fetch(pile: StoredPile, source: PileSource): void {
    const { fetcher } = this.#parts;
    const path = this.pathOf(pile.id, source.id);
    this.#inBackground(pile.id, this.#fetches, async () => {
      const { maxBundleBytes } = this.limitsOf(pile);
      await rm(path, { force: true });
      try {
        await fetcher.fetchTo(source.name, path, maxBundleBytes, this.#closing.signal);
      } catch (error) {
        this.#closing.signal.throwIfAborted();
        await this.#intake.refuse(pile.id, source, error);
      }
      if ((await sizeOf(path)) !== null) await this.#takeIn(pile, source, path, () => rm(path, { force: true }));
      else await this.#parts.store.updateSource(pile.id, source.id, { state: 'done' });
    });
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
    await this.#parts.store.updateSource(pile.id, source.id, { state: 'done' });
    await clear();
  }

  #inBackground(pileId: string, queue: BackgroundQueue, work: () => Promise<void>): void {
    queue.add(work).catch((error: unknown) => {
      if (!this.#closing.signal.aborted) this.#parts.onFault(pileId, error);
    });
  }
}

/** Bytes; null where there is no such file. */
async function sizeOf(path: string): Promise<number | null> {
  const found = await stat(path).catch(() => null);
  return found?.size ?? null;
}

/** A file that was sent, and what the upload noted of it. */
async function removeUpload(path: string): Promise<void> {
  await rm(path, { force: true });
  await rm(`${path}.json`, { force: true });
}

function tooLarge(what: string, mostBytes: number): CodedError {
  return new CodedError('upload.tooLarge', `${what} may have at most ${Math.floor(mostBytes / 2 ** 20)} MB.`);
}
