import type { Picture } from '../contract/analysis.ts';
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

/** Makes a picture of an image for a file that is made of a result: JPEG, upright, none of its metadata. */
export interface PictureTask {
  kind: 'picture';
  path: string;
  /** Pixels; an image that has fewer is not enlarged. */
  maxSide: number;
}

export type ImageTask = LookTask | ThumbnailTask | PictureTask;

export interface Look {
  look: ImageLook;
}
export interface Thumbnail {
  bytes: Uint8Array;
}
export interface PictureMade {
  picture: Picture;
}

/** Plain data: what a thread throws would lose its class and code on the way. */
export type ImageReply<Content> = ({ ok: true } & Content) | { ok: false; failure: FailureData };
