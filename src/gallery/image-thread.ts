/**
 * The script of the threads that look at images and make thumbnails. Free of the framework and of decorators, so that Node
 * runs this source file as it is.
 */
import { toFailureData } from '../contract/coded-error.ts';
import { fingerprintOf } from '../images/fingerprint.ts';
import { openImage, toEncoded, toRaw, toThumbnail, type OpenedImage } from '../images/open-image.ts';
import type { ImageReply, ImageTask, Look, PictureMade, Thumbnail } from './image-tasks.ts';

/** Small enough that a JPEG is unpacked at a fraction of its size, large enough for a fingerprint. */
const LOOK_MAX_SIDE = 512;
/** A thumbnail is at most so many times as high as wide: a page of 1 × 30 shapes would be megabytes. */
const TALLEST = 4;
/** For paper: better than on a page, since it is not looked at in passing. */
const PICTURE_QUALITY = 85;

export default async function work(task: ImageTask): Promise<unknown> {
  try {
    const opened = await openImage(task.path);
    if (task.kind === 'look') return { ok: true, ...(await look(opened)) } satisfies ImageReply<Look>;
    if (task.kind === 'picture')
      return { ok: true, ...(await picture(opened, task.maxSide)) } satisfies ImageReply<PictureMade>;
    const { bytes } = await toThumbnail(opened, { maxSide: longerSide(opened, task.width) });
    return { ok: true, bytes } satisfies ImageReply<Thumbnail>;
  } catch (error) {
    return { ok: false, failure: toFailureData(error) } satisfies ImageReply<Look>;
  }
}

/** Decodes the whole image, so that one that is cut off is found out here and not in a run. */
async function look(opened: OpenedImage): Promise<Look> {
  const fingerprint = await fingerprintOf(await toRaw(opened, { maxSide: LOOK_MAX_SIDE }));
  return { look: { width: opened.width, height: opened.height, fingerprint } };
}

async function picture(opened: OpenedImage, maxSide: number): Promise<PictureMade> {
  const { bytes, width, height } = await toEncoded(opened, {
    mimeType: 'image/jpeg',
    maxSide,
    quality: PICTURE_QUALITY,
  });
  return { picture: { jpeg: bytes, width, height } };
}

/** Of the thumbnail, px. */
function longerSide({ width, height }: OpenedImage, wanted: number): number {
  const isWide = width >= height;
  return isWide ? wanted : Math.min(Math.round((wanted * height) / width), wanted * TALLEST);
}
