import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError } from '../contract/coded-error.ts';
import type { Pile, PileStarted } from '../contract/pile.ts';
import type { ImageLinks } from '../gallery/image-links.ts';
import { lookMarks } from '../gallery/look-marks.ts';
import { shownUrl } from '../images/shown-url.ts';
import { isTokenOf, newAccessToken } from '../runs/access-token.ts';
import type { Audience } from '../runs/run-store.ts';
import { PILE_LIFETIME_MS, type PileLimits } from './pile-limits.ts';
import type { LeftOver, PileSource, StoredPile, StoredPileImage } from './pile-store.ts';
import { PileVideos, removeUpload, type PileVideosParts } from './pile-videos.ts';
import { sizeOf, SourceIntake, type SourceIntakeParts } from './source-intake.ts';

export interface PilesServiceParts extends SourceIntakeParts, Omit<PileVideosParts, 'store' | 'pathOf'> {
  links: ImageLinks;
  /** Where files are while they are sent and taken in; one file system with nothing else in it. */
  uploadDirectory: string;
}

/** A pile's life: files and URLs come in, become images or problems, and expire after a day. */
export class PilesService {
  readonly #parts: PilesServiceParts;
  readonly #intake: SourceIntake;
  readonly videos: PileVideos;

  constructor(parts: PilesServiceParts) {
    this.#parts = parts;
    this.#intake = new SourceIntake(parts);
    this.videos = new PileVideos({ ...parts, pathOf: (pileId, sourceId) => this.pathOf(pileId, sourceId) });
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
      videos: sources.flatMap(({ id, name, sizeBytes, state }) =>
        state === 'kept' ? [{ fileId: id, name, sizeBytes }] : [],
      ),
      problems: await store.problems(pileId),
      underWay: sources.filter(({ state }) => state === 'underWay').length,
      expiresAt,
    };
  }

  /**
   * The images of these positions, or all, in order of position.
   *
   * @param options `mayBeNone`: there is something else to be read
   * @throws CodedError `pile.notFound`; `request.invalid` where a position has no image; `upload.empty`
   */
  async chosen(pileId: string, only?: readonly number[], { mayBeNone = false } = {}): Promise<StoredPileImage[]> {
    await this.pile(pileId);
    const images = await this.#parts.store.images(pileId);
    const wanted = only && new Set(only);
    const unknown = wanted && [...wanted].find((each) => !images.some(({ position }) => position === each));
    if (unknown !== undefined) throw new CodedError('request.invalid', `The pile has no image at position ${unknown}.`);
    const chosen = wanted ? images.filter(({ position }) => wanted.has(position)) : images;
    if (chosen.length === 0 && !mayBeNone)
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
   * background. A video is left where it is, for a run.
   *
   * @param clear removes the file
   */
  async takeFile(pileId: string, sourceId: string, clear: () => Promise<void>): Promise<void> {
    const pile = await this.pile(pileId);
    const source = (await this.#parts.store.sources(pileId)).find(({ id }) => id === sourceId);
    if (source?.state !== 'receiving' || (await this.videos.keep(pile, sourceId))) return;
    await this.#parts.store.updateSource(pileId, sourceId, { state: 'underWay' });
    await this.#intake.take(pile, source, this.pathOf(pileId, sourceId), clear);
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
      const refusal = this.#intake.refusalOf(url);
      // What is never fetched is only shown: a password in it is not kept.
      const stored: PileSource = refusal ? { ...source, name: shownUrl(url), state: 'done' } : source;
      await this.#parts.store.addSource(pileId, stored);
      if (refusal) await this.#intake.refuse(pile, stored, refusal);
      else this.#intake.fetch(pile, source, this.pathOf(pileId, id));
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
      if (!pile || !isSent || (source.kind === 'file' && (await this.videos.keep(pile, source.id)))) continue;
      count += 1;
      await this.#parts.store.updateSource(pileId, source.id, { state: 'underWay' });
      if (source.kind === 'url') this.#intake.fetch(pile, source, path);
      else this.#intake.takeLater(pile, source, path, () => removeUpload(path));
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
    const needed = await this.#parts.uploadsNeeded();
    for (const name of names) {
      const [pileId, sourceId] = name.split('.');
      if (pileId && !live.has(pileId) && !needed.has(`${pileId}.${sourceId}`))
        await rm(join(this.uploadDirectory, name), { force: true });
    }
  }

  /** Lets the images under way end; what is left of archives, documents and URLs goes on at the next start. */
  close(): Promise<void> {
    return this.#intake.close();
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
}

function tooLarge(what: string, mostBytes: number): CodedError {
  return new CodedError('upload.tooLarge', `${what} may have at most ${Math.floor(mostBytes / 2 ** 20)} MB.`);
}
