import { z } from 'zod';
import { CodedError } from '../contract/coded-error.ts';
import type { Box } from '../contract/show.ts';
import { refusedImage } from './new-image.ts';
import type { StoredImage } from './run-store.ts';

/** More would be a mistake: it is a hundred times the largest project that was asked for. */
const MOST_DETECTIONS = 100_000;

const four = z.tuple([z.number(), z.number(), z.number(), z.number()]);

/** The part of COCO's format that says where objects are; there may be more in the file. */
const cocoSchema = z.object({
  images: z.array(
    z.object({
      id: z.union([z.number(), z.string()]),
      file_name: z.string(),
      width: z.number().positive().optional(),
      height: z.number().positive().optional(),
    }),
  ),
  annotations: z.array(
    z.object({
      id: z.union([z.number(), z.string()]).optional(),
      image_id: z.union([z.number(), z.string()]),
      /** x, y, width, height in pixels. */
      bbox: four,
    }),
  ),
});
const plainSchema = z.array(z.object({ image: z.string(), box: four }));

/** A box that was found in an image of this name. */
export interface Detection {
  image: string;
  box: Box;
  /** Pixels of the image, or shares of it. */
  unit: 'pixels' | 'shares';
  /** Of the image, as the file with the boxes has it; null where it does not say. */
  imageSize: { width: number; height: number } | null;
}

/**
 * Boxes in images, from COCO's JSON (`images`, `annotations` with `bbox` in pixels) or a list of `{ image, box }`, whose
 * boxes are `[x, y, width, height]`: shares of the image where no number is above 1, else pixels.
 *
 * @throws CodedError `request.invalid`, in words, where it is neither
 */
export function readDetections(json: unknown): Detection[] {
  const plain = plainSchema.safeParse(json);
  if (plain.success) {
    return bounded(
      plain.data.map(({ image, box }) => ({
        image,
        box,
        unit: box.every((number) => number <= 1) ? 'shares' : 'pixels',
        imageSize: null,
      })),
    );
  }
  const coco = cocoSchema.safeParse(json);
  if (!coco.success) {
    const [issue] = coco.error.issues;
    const where = issue?.path.join('.') ?? '';
    throw invalid(
      'The detections are neither COCO JSON (images, annotations with bbox) nor a list of { image, box }' +
        `${where === '' ? '' : `: look at ${where.slice(0, 80)}`}.`,
    );
  }
  const imageOf = new Map(coco.data.images.map((image) => [String(image.id), image]));
  return bounded(
    coco.data.annotations.map(({ image_id: imageId, bbox }) => {
      const image = imageOf.get(String(imageId));
      if (!image)
        throw invalid(`A detection is of image ${String(imageId).slice(0, 40)}, which the file does not list.`);
      const { file_name: name, width, height } = image;
      const imageSize = width !== undefined && height !== undefined ? { width, height } : null;
      return { image: name, box: bbox, unit: 'pixels', imageSize };
    }),
  );
}

/**
 * The units of a run: one for each detection, those of one image next to each other, in the order of the images. A
 * detection whose image was not sent fails alone; images without a detection have no unit.
 *
 * @param sizeOf pixels of an upright image; null where it cannot be opened, and then whoever reads it says why
 */
export async function unitsOf(
  images: readonly StoredImage[],
  detections: readonly Detection[],
  sizeOf: (image: StoredImage) => Promise<{ width: number; height: number } | null>,
): Promise<StoredImage[]> {
  const imageByName = new Map<string, StoredImage>();
  for (const image of images) if (!imageByName.has(baseName(image.name))) imageByName.set(baseName(image.name), image);
  const byImage = Map.groupBy(detections, ({ image }) => imageByName.get(baseName(image)) ?? null);
  const units: StoredImage[] = [];
  for (const image of images) {
    if (image.state !== 'pending') {
      units.push(image);
      continue;
    }
    const own = byImage.get(image) ?? [];
    const size = own.some((each) => each.unit === 'pixels' && each.imageSize === null) ? await sizeOf(image) : null;
    for (const [index, detection] of own.entries()) {
      units.push({ ...image, name: numberedName(image.name, index), crop: shareOf(detection, size) });
    }
  }
  for (const [index, { image }] of (byImage.get(null) ?? []).entries()) {
    units.push(refusedImage({ position: 0, name: numberedName(baseName(image), index), sizeBytes: 0 }, NOT_SENT));
  }
  return units.map((unit, position) => ({ ...unit, position }));
}

const NOT_SENT = {
  code: 'request.invalid',
  detail: 'The detections speak of this image, but it was not sent. Send it under the same name.',
} as const;

/** Shares of the image; a box in pixels of an image that nobody can open is left as it is, and fails with it. */
function shareOf({ box: [x, y, width, height], unit, imageSize }: Detection, size: Detection['imageSize']): Box {
  const of = unit === 'shares' ? { width: 1, height: 1 } : (imageSize ?? size ?? { width: 1, height: 1 });
  return [x / of.width, y / of.height, width / of.width, height / of.height];
}

/** `shelf.jpg #3`: people and pages can tell the parts of one image apart. */
export function numberedName(name: string, index: number): string {
  return `${name} #${index + 1}`;
}

/** Files of detections often name images with the folder they lay in. */
function baseName(name: string): string {
  return (name.split(/[/\\]/).at(-1) ?? name).slice(0, 255);
}

function bounded(detections: Detection[]): Detection[] {
  if (detections.length === 0) throw invalid('There is no detection in what was sent.');
  if (detections.length <= MOST_DETECTIONS) return detections;
  throw invalid(`One run takes at most ${MOST_DETECTIONS} detections. Send the rest in another run.`);
}

function invalid(detail: string): CodedError {
  return new CodedError('request.invalid', detail);
}
