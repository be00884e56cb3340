import { createHash } from 'node:crypto';
import { findAnalysis } from '../analyses/registry.ts';
import { toFailureData } from '../contract/coded-error.ts';
import type { AnalysisName } from '../contract/run.ts';
import type { AnalysisRunner } from './analysis-runner.ts';
import type { Checkpoint } from './run-store.ts';
import type { RunText, TextVectorStore } from './text-vectors.ts';

export interface RunMeaningParts {
  runId: string;
  analysis: AnalysisName;
  runner: Pick<AnalysisRunner, 'embed'>;
  vectors: TextVectorStore;
  signal: AbortSignal;
  /** Told from when to now something was done. */
  during: <T>(work: () => Promise<T>) => Promise<T>;
}

/** Texts that are sent together, and how long the first of them waits for the others. */
const TOGETHER = 100;
const GATHER_MS = 250;

/**
 * Makes what the images of a run are about findable by its meaning, beside the reading: no call waits for it, and what goes
 * wrong costs the search, never the run.
 */
export class RunMeaning {
  readonly #parts: RunMeaningParts;
  readonly #textOf: ((reading: unknown) => string | null) | null;
  #gathered: RunText[] = [];
  #timer: NodeJS.Timeout | null = null;
  #underWay: Promise<void> = Promise.resolve();
  #problem: string | null = null;
  /** Null until the threads were asked which it is. */
  #model: string | null = null;

  constructor(parts: RunMeaningParts) {
    this.#parts = parts;
    const analysis = findAnalysis(parts.analysis);
    this.#textOf = analysis.textOf ? (reading) => analysis.textOf?.(reading) ?? null : null;
  }

  add(images: readonly Pick<Checkpoint, 'position' | 'observations'>[]): void {
    if (!this.#textOf) return;
    for (const { position, observations } of images) {
      for (const { index, reading } of observations ?? []) {
        const content = this.#textOf(reading);
        if (content === null) continue;
        const textHash = createHash('sha256').update(content).digest('base64url');
        this.#gathered.push({ position, item: index, textHash, content });
      }
    }
    if (this.#gathered.length >= TOGETHER) this.#send();
    else if (this.#gathered.length > 0) this.#timer ??= setTimeout(() => this.#send(), GATHER_MS);
  }

  /** Waits for all that was added. @returns why it cannot be searched, in words; null where it can */
  async end(): Promise<string | null> {
    this.#send();
    await this.#underWay;
    return this.#problem;
  }

  #send(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const texts = this.#gathered;
    this.#gathered = [];
    if (texts.length === 0 || this.#problem !== null || this.#parts.signal.aborted) return;
    const sent = this.#parts
      .during(() => this.#embed(texts))
      .catch((error: unknown) => {
        if (this.#parts.signal.aborted) return;
        this.#problem ??= `It cannot be searched by meaning: ${toFailureData(error).detail}`;
      });
    this.#underWay = Promise.all([this.#underWay, sent]).then(() => undefined);
  }

  async #embed(texts: readonly RunText[]): Promise<void> {
    const { runId, runner, vectors, signal } = this.#parts;
    const contentOf = new Map(texts.map(({ textHash, content }) => [textHash, content]));
    // Which model there is, only its threads know; the vectors of texts that are there already are not asked for again.
    this.#model ??= (await runner.embed([], 'document', signal)).model;
    const model = this.#model;
    if (model === null) return void (this.#problem ??= NOT_SET_UP);
    const known = await vectors.known(model, [...contentOf.keys()]);
    const unknown = [...contentOf].filter(([textHash]) => !known.has(textHash));
    if (unknown.length > 0) {
      const contents = unknown.map(([, content]) => content);
      const made = await runner.embed(contents, 'document', signal);
      const rows = unknown.map(([textHash], place) => ({ textHash, vector: made.vectors[place] ?? [] }));
      await vectors.put(model, rows);
    }
    await vectors.addTexts(runId, model, texts);
  }
}

const NOT_SET_UP =
  'It cannot be searched by meaning: no model for that is set up (GEMINI_EMBEDDING_MODEL, OPENAI_EMBEDDING_MODEL).';
