import type { Audience } from '../runs/run-store.ts';

/** What one pile is bounded by. */
export interface PileLimits {
  maxImages: number;
  /** One image at most. */
  maxBytesPerFile: number;
  /** An archive or a document at most: it holds many images. */
  maxBundleBytes: number;
  /** All files that were sent to a pile. */
  maxPileBytes: number;
  /** Files and URLs of one pile, those that gave nothing too. */
  maxSources: number;
}

const MB = 2 ** 20;

/** Of an archive: more names than that are no pile of flyers. */
export const MAX_ARCHIVE_ENTRIES = 2_000;
/** What all entries of an archive may have unpacked: against those that are made to burst. */
export const MAX_UNPACKED_BYTES = 2_000 * MB;
export const MAX_DOCUMENT_PAGES = 200;
/** A document lies in memory as a whole, twice, while it is drawn. */
export const MAX_DOCUMENT_BYTES = 100 * MB;
export const MAX_URLS_AT_ONCE = 500;
export const PILE_LIFETIME_MS = 24 * 3_600_000;

/** @param config the bounds of a run, which hold for a pile as well */
export function pileLimits(
  config: { maxUploadBytes: number; maxImagesPerRun: Record<Audience, number> },
  audience: Audience,
): PileLimits {
  const maxImages = config.maxImagesPerRun[audience];
  const maxBytesPerFile = config.maxUploadBytes;
  const maxBundleBytes = Math.max(maxBytesPerFile, audience === 'admin' ? 500 * MB : 100 * MB);
  return {
    maxImages,
    maxBytesPerFile,
    maxBundleBytes,
    maxPileBytes: Math.max(maxImages * maxBytesPerFile, maxBundleBytes),
    maxSources: 3 * maxImages + 20,
  };
}
