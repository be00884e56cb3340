import type { FailureData } from '../contract/coded-error.ts';
import type { ImageLook } from './image-looks.ts';

/** Opens an image, and says how large it is and what it looks like. */
export interface LookTask {
  kind: 'look';
  path: string;
}

/** Makes a small picture of an image: WebP, upright, none of its metadata. */
export interface ThumbnailTask {
  kind: 'thumbnail';
  path: string;
  /** Pixels; an image that has fewer is not enlarged. */
  width: number;
}

export type ImageTask = LookTask | ThumbnailTask;

export interface Look {
  look: ImageLook;
}
export interface Thumbnail {
  bytes: Uint8Array;
}

/** Plain data: what a thread throws would lose its class and code on the way. */
export type ImageReply<Content> = ({ ok: true } & Content) | { ok: false; failure: FailureData };
