import { createHash } from 'node:crypto';
import type { FailoverGate } from '../engine/failover-gate.ts';
import { callCostUsd, type TokenPrice } from '../engine/purse.ts';
import type { CallResult, CallTerms, Preparation, Tokens, Unit } from '../engine/unit.ts';
import type { ImageToRead } from '../runs/analysis-runner.ts';
import type { AnswerCache } from './kept.ts';
import type { ReadUnit, RemoteReader } from './remote-reader.ts';
import type { PreparedImage } from './worker-protocol.ts';

/** One of the two models, as a run asks it. */
export interface AskedModel {
  name: string;
  price: TokenPrice | null;
  reader: RemoteReader;
}

export interface FailoverReaderParts {
  first: AskedModel;
  second: AskedModel;
  gate: FailoverGate;
  answers: AnswerCache | null;
}

/**
 * Reads the units of one run with two models. Units are prepared for the first; those that are asked of the second are
 * prepared for it when their call begins, in its own threads.
 */
export class FailoverReader {
  readonly #parts: FailoverReaderParts;
  /** Units that the second has read, now or when the same was asked before. */
  readonly #readBySecond = new Set<string>();
  #why = '';

  constructor(parts: FailoverReaderParts) {
    this.#parts = parts;
  }

  /** For the result: who has read what, where it was not the first alone. */
  get notices(): string[] {
    const { first, second } = this.#parts;
    const count = this.#readBySecond.size;
    if (count === 0) return [];
    const images = count === 1 ? '1 image was' : `${count} images were`;
    const notices = [`${images} read by ${second.name}, since ${first.name} did not answer.${this.#why}`];
    if (first.price && !second.price) {
      notices.push(`The price of ${second.name} is not known: what it took is not in the cost of this run.`);
    }
    return notices;
  }

  async prepare(
    units: readonly Unit<ImageToRead>[],
    signal: AbortSignal,
  ): Promise<Preparation<PreparedImage, ReadUnit>[]> {
    const preparations = await this.#parts.first.reader.prepare(units, signal);
    return Promise.all(
      preparations.map(async (each, place) => {
        if (each.kind !== 'ready') return each;
        // A run that was killed after the second had answered must not pay the first for the same.
        const known = await this.#parts.first.reader.keptUnder(this.#keyOfSecond(each.prepared), each.prepared);
        if (!known) return each;
        this.#readBySecond.add(units[place]?.id ?? '');
        return { kind: 'known' as const, ms: each.ms, value: known };
      }),
    );
  }

  async call(
    unit: Unit<ImageToRead>,
    prepared: PreparedImage,
    terms: CallTerms,
    signal: AbortSignal,
  ): Promise<CallResult<ReadUnit>> {
    if (terms.side !== 'second') return this.#parts.first.reader.call(prepared, terms, signal);
    const { because } = this.#parts.gate;
    const result = await this.#callSecond(unit, prepared, terms, signal);
    if (result.ok) {
      this.#readBySecond.add(unit.id);
      if (because) this.#why = ` ${because.detail}`;
    }
    return { ...result, tokens: this.#priced(result.tokens) };
  }

  async #callSecond(
    unit: Unit<ImageToRead>,
    ofFirst: PreparedImage,
    terms: CallTerms,
    signal: AbortSignal,
  ): Promise<CallResult<ReadUnit>> {
    const { second, answers } = this.#parts;
    const nothing = { input: 0, output: 0 };
    const [preparation] = await second.reader.prepare([unit], signal);
    if (!preparation || preparation.kind === 'failed') {
      const { failure } = preparation ?? {};
      if (!failure) throw new Error('Preparing one unit gave nothing.');
      return { ok: false, failure, tokens: nothing };
    }
    if (preparation.kind === 'known') return { ok: true, value: preparation.value, tokens: nothing, wasKnown: true };
    const result = await second.reader.call(preparation.prepared, terms, signal);
    const kept = result.ok ? answers?.get(preparation.prepared.answerKey, 0) : null;
    if (kept) answers?.put(this.#keyOfSecond(ofFirst), kept);
    return result;
  }

  /** What the answer of the second is kept under beside its own key: found where the first would be asked. */
  #keyOfSecond({ answerKey }: PreparedImage): string {
    return createHash('sha256')
      .update(JSON.stringify(['instead', answerKey, this.#parts.second.name]))
      .digest('base64url');
  }

  /** The run reckons by the price of the first. */
  #priced(tokens: Tokens): Tokens {
    const { first, second } = this.#parts;
    if (!first.price) return tokens;
    const costUsd = second.price ? callCostUsd(second.price, tokens) : 0;
    return { ...tokens, extraUsd: costUsd - callCostUsd(first.price, tokens) };
  }
}
