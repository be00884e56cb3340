import { CodedError } from '../../contract/coded-error.ts';
import type { PageText, TextLine } from '../../contract/text-line.ts';
import type { RawImage, TextReader } from '../port.ts';
import type { DecodedLine } from './ctc-decoder.ts';
import { findLines } from './line-finder.ts';
import { LineRecogniser } from './line-recogniser.ts';
import { repairedText } from './line-repair.ts';
import { boxAround } from './rotated-rectangle.ts';
import type { RotatedRectangle } from './rotated-rectangle.ts';
import { TextDetector } from './text-detector.ts';

export interface LocalTextReaderOptions {
  /** The folder with the models, ending in a slash. */
  weights?: URL;
}

/** The same depth from `src/models/local` and from `dist/models/local`. */
const SHIPPED_WEIGHTS = new URL('../../../weights/', import.meta.url);

/** A line read with less confidence is read again from a tighter crop. */
const DOUBTFUL_CONFIDENCE = 0.9;
const TIGHTER_HEIGHT = 0.84;
/** What is read with less is a picture, not text. */
const MIN_CONFIDENCE = 0.5;

/**
 * Opens the reader of text that needs no key and no network: it finds lines, then reads one after another, all on the
 * calling thread. Belongs into a worker thread: each inference blocks the thread for 5 to 250 ms.
 *
 * The thread must not be ended while a read is under way (see {@link LocalTextReader}).
 *
 * @throws CodedError `model.notConfigured` where the models are missing
 */
export async function createLocalTextReader(options: LocalTextReaderOptions = {}): Promise<TextReader> {
  const weights = options.weights ?? SHIPPED_WEIGHTS;
  const detector = await TextDetector.open(new URL('text-detector.onnx', weights));
  const recogniser = await LineRecogniser.open(
    new URL('text-recogniser.onnx', weights),
    new URL('text-recogniser-classes.json', weights),
  );
  return new LocalTextReader(detector, recogniser);
}

/**
 * Ending a thread in the middle of an inference aborts the whole process: stop a read by its signal, wait until it
 * rejects, and only then end the thread.
 */
class LocalTextReader implements TextReader {
  readonly kind = 'text';
  readonly name = 'local';
  readonly #detector: TextDetector;
  readonly #recogniser: LineRecogniser;

  constructor(detector: TextDetector, recogniser: LineRecogniser) {
    this.#detector = detector;
    this.#recogniser = recogniser;
  }

  /**
   * @returns lines from top to bottom; none for an image without pixels
   * @throws CodedError `image.unreadable` where the pixels are fewer or more than width × height
   */
  async read(image: RawImage, signal: AbortSignal): Promise<PageText> {
    const { width, height, data } = image;
    if (data.length !== width * height * 3) {
      throw new CodedError('image.unreadable', 'The pixels of this image do not match its size.');
    }
    if (data.length === 0) return { width, height, lines: [] };
    const regions = await findLines(this.#detector, image, signal);
    const lines: TextLine[] = [];
    for (const region of regions) {
      const line = await this.#readLine(image, region, signal);
      const text = repairedText(line);
      if (text === '' || line.confidence < MIN_CONFIDENCE) continue;
      lines.push({ text, confidence: line.confidence, box: boxAround(region, width, height), angle: region.angle });
    }
    lines.sort((a, b) => a.box[1] - b.box[1] || a.box[0] - b.box[0]);
    return { width, height, lines };
  }

  async close(): Promise<void> {
    await this.#detector.close();
    await this.#recogniser.close();
  }

  async #readLine(image: RawImage, region: RotatedRectangle, signal: AbortSignal): Promise<DecodedLine> {
    signal.throwIfAborted();
    const line = await this.#recogniser.recognise(image, region);
    if (line.confidence >= DOUBTFUL_CONFIDENCE) return line;
    signal.throwIfAborted();
    const tighter = { ...region, height: region.height * TIGHTER_HEIGHT };
    const again = await this.#recogniser.recognise(image, tighter);
    // A crop that cuts letters off can be surer of fewer characters: those do not count as better.
    const isBetter = again.confidence > line.confidence && again.text.length >= line.text.length - 1;
    return isBetter ? again : line;
  }
}
