import type { FailureData } from '../../contract/coded-error.ts';
import { noCounts } from '../../engine/dispatch-options.ts';
import type { EngineObserver } from '../../engine/observer.ts';
import { callCostUsd, type TokenPrice } from '../../engine/purse.ts';
import { addTokens, type Tokens, type Unit } from '../../engine/unit.ts';
import { BATCH_PRICE_SHARE } from '../../models/batch-port.ts';
import type { ImageToRead, RunnerRequest } from '../../runs/analysis-runner.ts';
import type { Grounding } from '../grounding.ts';
import { imageOutcome } from '../outcomes.ts';
import { whichQuestion } from '../questions.ts';
import type { ReadUnit } from '../remote-reader.ts';
import type { WorkerPool } from '../worker-pool.ts';
import type { PreparedImage } from '../worker-protocol.ts';

export interface BatchEndingsParts {
  request: RunnerRequest;
  pool: WorkerPool;
  grounding: Grounding | null;
  observer: EngineObserver;
  /** Of a call by itself; null where it is not known. */
  price: TokenPrice | null;
}

/** A unit whose question lies in a batch. An image that waits for a day must not wait in memory. */
export interface AskedUnit {
  unit: Unit<ImageToRead>;
  measured: PreparedImage['measured'];
  fingerprint: PreparedImage['fingerprint'];
  ms: number;
}

interface Took {
  ms: number;
  attempts: number;
  tokens: Tokens;
}

const NOTHING = { input: 0, output: 0 };
/** A thread may die of something else than this line. */
const MOST_TRIES = 3;

/** How the units of a run in batches end, and what is counted of them. */
export class BatchEndings {
  readonly counts = noCounts();
  /** Units that are still to end. */
  left = 0;
  /** Units that were read in a batch. */
  read = 0;
  readonly #parts: BatchEndingsParts;

  constructor(parts: BatchEndingsParts) {
    this.#parts = parts;
  }

  /**
   * Reads a line of a batch that is about these units.
   *
   * @param onAnswer told at once what it said: the reply, or null for a line that failed; not where no thread could read it
   */
  async line(
    line: string,
    units: readonly AskedUnit[],
    onAnswer: (json: unknown, tokens: Tokens) => Promise<void>,
  ): Promise<void> {
    const { pool, request } = this.#parts;
    let tokens = NOTHING;
    for (const [place, { unit, measured, fingerprint, ms }] of units.entries()) {
      const startedAt = performance.now();
      const which = whichQuestion(request, unit.payload);
      const read = () => pool.quick({ kind: 'batchAnswer', ...which, line, measured });
      let reply = await read();
      for (let tries = 1; isCrash(reply) && tries < MOST_TRIES; tries++) reply = await read();
      if (place === 0 && !isCrash(reply)) {
        await onAnswer(reply.ok ? reply.json : null, reply.tokens);
        tokens = this.#priced(reply.tokens);
        this.counts.made += 1;
        if (reply.ok) this.counts.succeeded += 1;
        addTokens(this.counts.tokens, tokens);
      }
      const took = { ms: ms + performance.now() - startedAt, attempts: 1, tokens: place === 0 ? tokens : NOTHING };
      if (!reply.ok) this.failed(unit, reply.failure, took);
      else {
        this.read += 1;
        await this.#answered(unit, { readings: reply.readings, fingerprint }, took);
      }
    }
  }

  /** Its answer was at hand. */
  async known(unit: Unit<ImageToRead>, value: ReadUnit, ms: number): Promise<void> {
    this.counts.cached += 1;
    await this.#answered(unit, value, { ms, attempts: 0, tokens: NOTHING });
  }

  failed(
    unit: Unit<ImageToRead>,
    failure: FailureData,
    { ms = 0, attempts = 1, tokens = NOTHING }: Partial<Took>,
  ): void {
    const { request, observer } = this.#parts;
    // A cancelled run ends none that was not answered.
    if (request.signal.aborted) return;
    this.left -= 1;
    observer.unitEnded(unit.id, false, false);
    request.onOutcome(imageOutcome({ unit, ms, attempts, tokens, ok: false, failure }));
  }

  async #answered(unit: Unit<ImageToRead>, value: ReadUnit, took: Took): Promise<void> {
    const { grounding, observer, request } = this.#parts;
    grounding?.begin(unit);
    const finished = grounding ? await grounding.finish(unit, value, request.signal) : value;
    this.left -= 1;
    observer.unitEnded(unit.id, true, took.attempts === 0);
    request.onOutcome(imageOutcome({ unit, ...took, ok: true, value: finished }));
  }

  /** The run reckons by the price of single calls. */
  #priced(tokens: Tokens): Tokens {
    const { price } = this.#parts;
    return price ? { ...tokens, extraUsd: (BATCH_PRICE_SHARE - 1) * callCostUsd(price, tokens) } : tokens;
  }
}

function isCrash(reply: { ok: true } | { ok: false; failure: FailureData }): boolean {
  return !reply.ok && reply.failure.code === 'worker.crashed';
}
