import { readFile } from 'node:fs/promises';
import { CodedError } from '../../contract/coded-error.ts';
import type { RawImage } from '../port.ts';
import { decodeCtc } from './ctc-decoder.ts';
import type { DecodedLine } from './ctc-decoder.ts';
import { Inference } from './inference.ts';
import { cropLine } from './line-crop.ts';
import type { RotatedRectangle } from './rotated-rectangle.ts';

/** Reads one line of text (PP-OCRv4 mobile recognition, Latin characters). */
export class LineRecogniser {
  readonly #inference: Inference;
  readonly #classes: readonly string[];

  private constructor(inference: Inference, classes: readonly string[]) {
    this.#inference = inference;
    this.#classes = classes;
  }

  /** @param classes a JSON file: the list of characters, blank first, space last */
  static async open(model: URL, classes: URL): Promise<LineRecogniser> {
    return new LineRecogniser(await Inference.open(model), await readClasses(classes));
  }

  /** One inference. Lines go one by one: in a batch all are padded to the longest, which costs more than it saves. */
  async recognise(image: RawImage, line: RotatedRectangle): Promise<DecodedLine> {
    const { planes, width, height } = cropLine(image, line);
    const { values } = await this.#inference.run(planes, [1, 3, height, width]);
    return decodeCtc(values, this.#classes);
  }

  async close(): Promise<void> {
    await this.#inference.close();
  }
}

async function readClasses(file: URL): Promise<string[]> {
  const classes: unknown = JSON.parse(await readFile(file, 'utf8'));
  if (Array.isArray(classes) && classes.every((character) => typeof character === 'string')) return classes;
  throw new CodedError('model.notConfigured', 'The list of characters of the local text reader is damaged.');
}
