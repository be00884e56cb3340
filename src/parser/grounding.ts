import type { PageText } from '../contract/text-line.ts';
import type { EngineObserver } from '../engine/observer.ts';
import type { Unit } from '../engine/unit.ts';
import type { ImageToRead, RunnerRequest } from '../runs/analysis-runner.ts';
import type { AnswerCache } from './kept.ts';
import { keptText, textKey } from './kept-text.ts';
import type { ReadUnit } from './remote-reader.ts';
import type { TextReaders } from './text-readers.ts';

export interface GroundingParts {
  readers: TextReaders;
  request: RunnerRequest;
  answers: AnswerCache | null;
  observer: EngineObserver;
}

/** The text of an image, wanted or there. */
interface Text {
  page: Promise<PageText | null>;
  /** Nobody wants it any more. */
  drop: AbortController;
}

/**
 * Holds the answers of one run against what is printed in their images. The text of an image is read while the service
 * is asked about it; no call waits for that, and no answer is lost to it: what cannot be read costs the boxes.
 *
 * Crops are left as they are: their words stand in an image that is larger than what the model saw.
 */
export class Grounding {
  readonly #parts: GroundingParts;
  readonly #texts = new Map<string, Text>();
  readonly #over = new AbortController();
  #toRead = 0;

  constructor(parts: GroundingParts) {
    this.#parts = parts;
  }

  /** For the forecast: work on images that was begun and not done, with what one takes; null before that is known. */
  get standing(): { units: number; eachMs: number; places: number } | null {
    const { eachMs, places } = this.#parts.readers;
    return eachMs === null ? null : { units: this.#toRead, eachMs, places };
  }

  /** Begins to read the text of the unit's image, unless that was begun by an earlier call for it. */
  begin(unit: Unit<ImageToRead>): void {
    if (restsOnWords(unit)) this.#textOf(unit);
  }

  /** The answer with its evidence; as it was where that cannot be said, and at once where the signal is aborted. */
  async finish(unit: Unit<ImageToRead>, value: ReadUnit, signal: AbortSignal): Promise<ReadUnit> {
    if (!restsOnWords(unit)) return value;
    if (value.readings.length === 0) {
      this.#texts.get(unit.id)?.drop.abort();
      this.#texts.delete(unit.id);
      return value;
    }
    const text = this.#textOf(unit);
    const abort = Promise.withResolvers<null>();
    const give = (): void => abort.resolve(null);
    signal.addEventListener('abort', give, { once: true });
    if (signal.aborted) give();
    const readings = await Promise.race([this.#grounded(text, value.readings), abort.promise]);
    signal.removeEventListener('abort', give);
    if (readings === null) text.drop.abort();
    this.#texts.delete(unit.id);
    return readings === null ? value : { ...value, readings };
  }

  /** No text is wanted any more: those of units that failed. */
  close(): void {
    this.#over.abort();
  }

  async #grounded({ page: reading, drop }: Text, readings: readonly unknown[]): Promise<unknown[] | null> {
    const page = await reading;
    if (page === null || drop.signal.aborted) return null;
    const { analysis, context } = this.#parts.request;
    const startedAt = performance.now();
    const grounded = await this.#parts.readers.ground({ analysis, context, page, readings }, drop.signal);
    this.#parts.observer.stage('ground', performance.now() - startedAt);
    return grounded?.length === readings.length ? grounded : null;
  }

  #textOf(unit: Unit<ImageToRead>): Text {
    const known = this.#texts.get(unit.id);
    if (known) return known;
    const drop = new AbortController();
    const text = { page: this.#read(unit.payload, AbortSignal.any([drop.signal, this.#over.signal])), drop };
    this.#texts.set(unit.id, text);
    return text;
  }

  async #read({ imageId, name, path }: ImageToRead, signal: AbortSignal): Promise<PageText | null> {
    const { readers, answers, request } = this.#parts;
    const key = textKey(imageId);
    const kept = keptText(answers?.get(key, request.answersNotBefore));
    if (kept) return kept;
    this.#toRead += 1;
    const page = await readers.read({ imageId, name, path }, signal);
    this.#toRead -= 1;
    if (page) answers?.put(key, { json: page, tokens: { input: 0, output: 0 } });
    return page;
  }
}

/** Neither a part of an image, whose text is not read, nor the question where its objects are. */
function restsOnWords({ payload: { crop, asks } }: Unit<ImageToRead>): boolean {
  return crop === undefined && asks === undefined;
}
