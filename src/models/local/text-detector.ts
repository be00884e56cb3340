import sharp from 'sharp';
import type { RawImage } from '../port.ts';
import { Inference } from './inference.ts';
import type { RotatedRectangle } from './rotated-rectangle.ts';
import { textRegions } from './text-regions.ts';

/** The detector halves its input five times. */
const SIDE_STEP = 32;
/** Of ImageNet, in the order red, green, blue: what the detector was trained with. */
const MEANS = [0.485, 0.456, 0.406];
const DEVIATIONS = [0.229, 0.224, 0.225];

export interface Detection {
  /** In pixels of the image that was given. */
  regions: RotatedRectangle[];
  /** The longer side the detector saw the image at, pixels. */
  sidePx: number;
  /** Pixels the detector saw for one pixel of the image. */
  scale: number;
}

/** Finds the lines of text in an image (PP-OCRv4 mobile detection). */
export class TextDetector {
  readonly #inference: Inference;

  private constructor(inference: Inference) {
    this.#inference = inference;
  }

  static async open(model: URL): Promise<TextDetector> {
    return new TextDetector(await Inference.open(model));
  }

  /** One inference, on the image scaled down to a longer side of about `maxSidePx`; never scaled up. */
  async detect(image: RawImage, maxSidePx: number): Promise<Detection> {
    const sidePx = Math.min(maxSidePx, Math.max(image.width, image.height));
    const scale = sidePx / Math.max(image.width, image.height);
    const width = toStep(image.width * scale);
    const height = toStep(image.height * scale);
    const input = normalised(await resized(image, width, height), width * height);
    const output = await this.#inference.run(input, [1, 3, height, width]);
    const regions = textRegions({ values: output.values, width, height });
    return {
      regions: regions.map((region) => stretched(region, image.width / width, image.height / height)),
      sidePx,
      scale,
    };
  }

  async close(): Promise<void> {
    await this.#inference.close();
  }
}

function toStep(pixels: number): number {
  return Math.max(SIDE_STEP, Math.round(pixels / SIDE_STEP) * SIDE_STEP);
}

async function resized(image: RawImage, width: number, height: number): Promise<Uint8Array> {
  if (image.width === width && image.height === height) return image.data;
  return await sharp(image.data, { raw: { width: image.width, height: image.height, channels: 3 } })
    .resize(width, height, { fit: 'fill', kernel: 'linear' })
    .raw()
    .toBuffer();
}

/** Three planes in the order blue, green, red, as the detector was trained. */
function normalised(rgb: Uint8Array, pixelCount: number): Float32Array {
  const planes = new Float32Array(3 * pixelCount);
  for (let channel = 0; channel < 3; channel++) {
    const mean = MEANS[channel] ?? 0;
    const deviation = DEVIATIONS[channel] ?? 1;
    const table = Float32Array.from({ length: 256 }, (_, value) => (value / 255 - mean) / deviation);
    let from = 2 - channel;
    const end = (channel + 1) * pixelCount;
    for (let to = channel * pixelCount; to < end; to++) {
      planes[to] = table[rgb[from] ?? 0] ?? 0;
      from += 3;
    }
  }
  return planes;
}

/** Back to the image's own pixels. The two factors differ by rounding only, so the angle stays. */
function stretched(region: RotatedRectangle, factorX: number, factorY: number): RotatedRectangle {
  return {
    centerX: region.centerX * factorX,
    centerY: region.centerY * factorY,
    width: region.width * factorX,
    height: region.height * factorY,
    angle: region.angle,
  };
}
