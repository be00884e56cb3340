import { CodedError } from '../../contract/coded-error.ts';
import type { PageText } from '../../contract/text-line.ts';
import type { RawImage, TextReader } from '../port.ts';
import type { DecodedLine } from './ctc-decoder.ts';
import { findLines } from './line-finder.ts';
import { LineRecogniser } from './line-recogniser.ts';
import { repairedText } from './line-repair.ts';
import { inUprightPage, runningOn } from './page-direction.ts';
import type { QuarterTurns } from './page-direction.ts';
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
/** So many of the longest lines tell whether a page is upside down. */
const PROBES = 3;
/** Upright lines read with 0.94 and more, lines upside down with 0.76 at most (on pages turned for the purpose). */
const UPRIGHT_CONFIDENCE = 0.85;
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
   * @returns lines from top to bottom; none for an image without pixels. Where the text lies on its side or upside down
   *   (a photo without EXIF), the page is told as turned upright: its width, height and boxes are those of the image
   *   turned by quarters until the text runs level.
   * @throws CodedError `image.unreadable` where the pixels are fewer or more than width × height
   */
  async read(image: RawImage, signal: AbortSignal): Promise<PageText> {
    const { width, height, data } = image;
    if (data.length !== width * height * 3) {
      throw new CodedError('image.unreadable', 'The pixels of this image do not match its size.');
    }
    if (data.length === 0) return { width, height, lines: [] };
    const found = await findLines(this.#detector, image, signal);
    const readings = new Map<RotatedRectangle, DecodedLine>();
    const upsideDown = await this.#isUpsideDown(image, found.lines, readings, signal);
    const turns = (found.turns + (upsideDown ? 2 : 0)) as QuarterTurns;
    const size = turns % 2 === 0 ? { width, height } : { width: height, height: width };
    const page: PageText = { ...size, ...(turns === 0 ? {} : { turns }), lines: [] };
    for (const place of upsideDown ? found.lines.map((line) => runningOn(line, 2)) : found.lines) {
      const line = await this.#readLine(image, place, readings.get(place), signal);
      const text = repairedText(line);
      if (text === '' || line.confidence < MIN_CONFIDENCE) continue;
      const upright = inUprightPage(place, image, turns);
      const box = boxAround(upright, page.width, page.height);
      page.lines.push({ text, confidence: line.confidence, box, angle: upright.angle });
    }
    page.lines.sort((a, b) => a.box[1] - b.box[1] || a.box[0] - b.box[0]);
    return page;
  }

  async close(): Promise<void> {
    await this.#detector.close();
    await this.#recogniser.close();
  }

  /**
   * Whether the longest lines read badly as they were found, and well upside down.
   *
   * @param readings gets the readings of these lines as they were found, so that they are not made twice
   */
  async #isUpsideDown(
    image: RawImage,
    lines: readonly RotatedRectangle[],
    readings: Map<RotatedRectangle, DecodedLine>,
    signal: AbortSignal,
  ): Promise<boolean> {
    const longest = lines.toSorted((a, b) => b.width - a.width).slice(0, PROBES);
    const asFound: DecodedLine[] = [];
    for (const line of longest) {
      signal.throwIfAborted();
      const reading = await this.#recogniser.recognise(image, line);
      readings.set(line, reading);
      asFound.push(reading);
    }
    if (readsWell(asFound)) return false;
    const turned: DecodedLine[] = [];
    for (const line of longest) {
      signal.throwIfAborted();
      turned.push(await this.#recogniser.recognise(image, runningOn(line, 2)));
    }
    return readsWell(turned);
  }

  async #readLine(
    image: RawImage,
    place: RotatedRectangle,
    known: DecodedLine | undefined,
    signal: AbortSignal,
  ): Promise<DecodedLine> {
    signal.throwIfAborted();
    const line = known ?? (await this.#recogniser.recognise(image, place));
    if (line.confidence >= DOUBTFUL_CONFIDENCE) return line;
    signal.throwIfAborted();
    const tighter = { ...place, height: place.height * TIGHTER_HEIGHT };
    const again = await this.#recogniser.recognise(image, tighter);
    // A crop that cuts letters off can be surer of fewer characters: those do not count as better.
    const isBetter = again.confidence > line.confidence && again.text.length >= line.text.length - 1;
    return isBetter ? again : line;
  }
}

function readsWell(lines: readonly DecodedLine[]): boolean {
  const sum = lines.reduce((total, line) => total + line.confidence, 0);
  return sum >= UPRIGHT_CONFIDENCE * lines.length;
}
