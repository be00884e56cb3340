import { CodedError } from '../contract/coded-error.ts';

/** What one video may be at most. */
export interface VideoLimits {
  maxBytes: number;
  maxDurationMs: number;
  /** Of one picture, as the file claims it: a decoder holds several at once. */
  maxPixels: number;
}

const MEGABYTE = 2 ** 20;
const HOUR_MS = 3_600_000;

export const DEFAULT_VIDEO_LIMITS: Readonly<VideoLimits> = {
  maxBytes: 500 * MEGABYTE,
  maxDurationMs: 2 * HOUR_MS,
  /** 8K, in either direction. */
  maxPixels: 7_680 * 4_320,
};

/** @throws CodedError `video.tooLarge` */
export function checkVideoBytes(sizeBytes: number, { maxBytes }: VideoLimits): void {
  if (sizeBytes <= maxBytes) return;
  const most = Math.floor(maxBytes / MEGABYTE);
  throw new CodedError('video.tooLarge', `The video is larger than ${most} MB. Send it shorter or in a lower quality.`);
}

/** @throws CodedError `video.tooLarge` or, where there is no size, `video.unreadable` */
export function checkVideoPixels(width: number, height: number, { maxPixels }: VideoLimits): void {
  if (!(width >= 1 && height >= 1)) throw damaged();
  if (width * height <= maxPixels) return;
  throw new CodedError(
    'video.tooLarge',
    `The pictures of the video have ${width} × ${height} pixels, more than can be read. Send it in a lower resolution.`,
  );
}

/** @throws CodedError `video.tooLong` */
export function checkVideoDuration(durationMs: number, { maxDurationMs }: VideoLimits): void {
  if (durationMs > maxDurationMs) throw tooLong(durationMs, maxDurationMs);
}

function tooLong(durationMs: number, maxDurationMs: number): CodedError {
  return new CodedError(
    'video.tooLong',
    `The video is ${inWords(durationMs)} long; at most ${inWords(maxDurationMs)} can be read. Cut it, or send it in parts.`,
  );
}

function inWords(durationMs: number): string {
  const minutes = Math.ceil(durationMs / 60_000);
  const hours = Math.floor(minutes / 60);
  const parts = [
    hours > 0 ? `${hours} ${hours === 1 ? 'hour' : 'hours'}` : '',
    minutes % 60 > 0 ? `${minutes % 60} ${minutes % 60 === 1 ? 'minute' : 'minutes'}` : '',
  ];
  return parts.filter((part) => part !== '').join(' ');
}

export function notVideo(): CodedError {
  return new CodedError('video.unreadable', 'The file is no video of a kind that can be read: MP4, MOV or WebM.');
}

export function damaged(cause?: unknown): CodedError {
  return new CodedError('video.unreadable', 'The video is damaged or cut off. Send it again.', { cause });
}

/** @param atMs how far it could be read */
export function damagedAt(atMs: number, cause?: unknown): CodedError {
  const seconds = Math.floor(atMs / 1_000);
  return new CodedError(
    'video.unreadable',
    `The video is damaged or cut off after ${seconds} s; what comes before was read. Send it again for the rest.`,
    { cause },
  );
}

export function unknownCodec(name: string): CodedError {
  return new CodedError(
    'video.unreadable',
    `The pictures of the video are encoded in a way that cannot be read here (${name}). Save it as H.264, H.265, VP9 or AV1.`,
  );
}

export function noPicture(): CodedError {
  return new CodedError('video.noPicture', 'The file has no pictures, only sound or text. Send the video itself.');
}

export function tooSlow(): CodedError {
  return new CodedError('video.unreadable', 'Decoding the video takes too long. Save it anew and send that.');
}

export function threadDied(cause?: unknown): CodedError {
  return new CodedError('video.unreadable', 'The video could not be decoded: the decoder gave up on it.', { cause });
}
