import type { RunImage } from '../../../../src/contract/run-images.ts';
import { imageKey } from '../../stores/ParserStore.ts';
import type { FrameData } from '../sheet/frame-data.ts';

/** The images of a run, in the order in which they were given. */
export function runFrames(images: readonly RunImage[]): FrameData[] {
  return images.map((image) => ({
    key: `image-${image.position}`,
    number: image.position + 1,
    name: image.name,
    state: image.state,
    thumbnailUrl: image.thumbnailUrl,
    previewUrl: null,
    duplicateOf: image.duplicateOf === null ? null : image.duplicateOf + 1,
    looksLike: image.looksLike.map(({ position }) => position + 1),
    origin: null,
    ms: image.ms,
    detail: image.detail,
    // A duplicate ends with the one it is a copy of, which no event of its own need tell.
    liveKey: image.state === 'duplicate' ? null : imageKey({ imageId: image.imageId, image: image.name }),
  }));
}
