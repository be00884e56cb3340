import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ValueStore } from '../runs/run-store.ts';

const STORED_SECRET = 'gallery.linkSecret';
const DEFAULT_WIDTH = 320;

/** Widths that thumbnails are made in, px: few, so that each is made once for all who look. */
export const THUMBNAIL_WIDTHS = [160, 320, 640, 1280] as const;
export type ThumbnailWidth = (typeof THUMBNAIL_WIDTHS)[number];

/**
 * Addresses of images that open without a token, so that a plain `<img src>` works: who knows one was given it with a pile
 * or a run. An image id alone opens nothing. The secret outlives the process, and so do the addresses.
 */
export class ImageLinks {
  readonly #secret: Buffer;

  private constructor(secret: Buffer) {
    this.#secret = secret;
  }

  static async open(values: ValueStore): Promise<ImageLinks> {
    const stored = await values.get(STORED_SECRET);
    if (typeof stored === 'string') return new ImageLinks(Buffer.from(stored, 'base64url'));
    const secret = randomBytes(32);
    await values.put(STORED_SECRET, secret.toString('base64url'));
    return new ImageLinks(secret);
  }

  thumbnail(imageId: string): string {
    return `/api/images/${imageId}/${DEFAULT_WIDTH}.webp?sig=${this.#signatureOf(imageId)}`;
  }

  original(imageId: string): string {
    return `/api/images/${imageId}/original?sig=${this.#signatureOf(imageId)}`;
  }

  /** In the same time whatever the signature is. */
  isSigned(imageId: string, signature: string): boolean {
    const [given, right] = [Buffer.from(signature), Buffer.from(this.#signatureOf(imageId))];
    return given.length === right.length && timingSafeEqual(given, right);
  }

  #signatureOf(imageId: string): string {
    return createHmac('sha256', this.#secret).update(imageId).digest('base64url').slice(0, 32);
  }
}
