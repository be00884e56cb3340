import type { Pile, PileImage } from '../../../../src/contract/pile.ts';
import { fileKey, type PileUpload } from '../../stores/UploadStore.ts';
import type { FrameData } from '../sheet/frame-data.ts';

const NOTHING_KNOWN = { duplicateOf: null, looksLike: [], origin: null, ms: 0, detail: null, liveKey: null } as const;

/** The pictures of a pile, and behind them the files that are on their way to it. */
export function pileFrames(
  pile: Pile | undefined,
  uploads: readonly PileUpload[],
  previews: ReadonlyMap<string, string>,
): FrameData[] {
  return [
    ...(pile?.images ?? []).map((image) =>
      frameOfImage(image, previews.get(fileKey({ name: image.name, size: image.sizeBytes })) ?? null),
    ),
    ...uploads.map(frameOfUpload),
  ];
}

function frameOfImage(image: PileImage, previewUrl: string | null): FrameData {
  const { position, name, thumbnailUrl, duplicateOf, looksLike } = image;
  return {
    ...NOTHING_KNOWN,
    key: `image-${position}`,
    number: position + 1,
    name,
    state: duplicateOf === null ? 'ready' : 'duplicate',
    thumbnailUrl,
    previewUrl,
    duplicateOf: duplicateOf === null ? null : duplicateOf + 1,
    looksLike: looksLike.map((like) => like.position + 1),
    origin: originOf(image),
  };
}

function originOf({ from }: PileImage): string | null {
  switch (from.kind) {
    case 'file':
      return null;
    case 'archive':
      return from.file;
    case 'pdf':
      return `${from.file}, ${from.page}`;
    case 'url':
      return URL.canParse(from.url) ? new URL(from.url).hostname : from.url;
  }
}

function frameOfUpload({ key, file, state, sentBytes, previewUrl, error }: PileUpload): FrameData {
  return {
    ...NOTHING_KNOWN,
    key,
    number: null,
    name: file.name,
    state,
    thumbnailUrl: null,
    previewUrl,
    sentShare: file.size === 0 ? 1 : sentBytes / file.size,
    detail: error instanceof Error ? error.message : null,
  };
}

/** A pile that was asked for before a file had been sent whole does not know of it yet. */
const SETTLED_MS = 1_500;

/**
 * Files that need not be shown as on their way any more: their pictures are in the pile, the pile says why not, or nothing
 * is being taken in any more.
 *
 * @param seenAtMs when the pile was told of
 */
export function takenIn(pile: Pile, uploads: readonly PileUpload[], seenAtMs: number): PileUpload[] {
  const known = new Set(pile.images.map(({ name, sizeBytes }) => fileKey({ name, size: sizeBytes })));
  const refused = new Set(pile.problems.map(({ file }) => file));
  return uploads.filter(({ state, file, sentAtMs }) => {
    if (state !== 'sent') return false;
    const isSettled = pile.underWay === 0 && sentAtMs + SETTLED_MS < seenAtMs;
    return isSettled || known.has(fileKey(file)) || refused.has(file.name);
  });
}
