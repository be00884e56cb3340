import type { Account } from '../engine/account.ts';
import type { EngineObserver } from '../engine/observer.ts';
import type { CallResult, CallTerms, Preparation, Unit } from '../engine/unit.ts';
import type { ImageToRead, RunnerRequest } from '../runs/analysis-runner.ts';
import type { AnswerCache, KeptAnswer } from './kept.ts';
import { whichQuestion } from './questions.ts';
import type { ThreadActivity } from './thread-activity.ts';
import type { WorkerPool } from './worker-pool.ts';
import type { PreparedImage, StageTimes } from './worker-protocol.ts';

/** What reading one unit gave. */
export interface ReadUnit {
  readings: unknown[];
  fingerprint: string | null;
}

export interface RemoteReaderParts {
  pool: WorkerPool;
  request: RunnerRequest;
  account: Account;
  answers: AnswerCache | null;
  /** Calls under way in this process, by the key of their answer: the same question is not asked twice at once. */
  asking: Map<string, Promise<unknown>>;
  activity: ThreadActivity;
  observer: EngineObserver;
}

/** Reads the units of one run by asking a service, through the pool's threads. */
export class RemoteReader {
  readonly #parts: RemoteReaderParts;

  constructor(parts: RemoteReaderParts) {
    this.#parts = parts;
  }

  async prepare(
    units: readonly Unit<ImageToRead>[],
    signal: AbortSignal,
  ): Promise<Preparation<PreparedImage, ReadUnit>[]> {
    const { pool, request, activity } = this.#parts;
    const crops = units.flatMap(({ payload }) => (payload.crop ? [payload.crop] : []));
    // Crops are of one image, which is opened once for all of them.
    const images = (crops.length > 0 ? units.slice(0, 1) : units).map(({ payload: { imageId, name, path } }) => ({
      imageId,
      name,
      path,
    }));
    const startedAt = performance.now();
    const reply = await pool.prepare(
      {
        images,
        crops: crops.length > 0 ? crops : null,
        wantsFingerprint: request.wantsFingerprints,
        ...whichQuestion(request, { asks: units[0]?.payload.asks }),
        timeoutMs: request.settings.timeoutPerImage,
      },
      signal,
    );
    activity.add(reply.threadId, startedAt, performance.now());
    const ms = (performance.now() - startedAt) / units.length;
    if (!reply.ok) return units.map(() => ({ kind: 'failed', ms, failure: reply.failure }));
    for (const stageMs of reply.stageMs) this.#tellStages(stageMs);
    return Promise.all(
      reply.prepared.map(async (each) => {
        if (!each.ok) return { kind: 'failed' as const, ms, failure: each.failure };
        const prepared = each.value;
        const known = await this.#known(prepared);
        if (known) return { kind: 'known' as const, ms, value: known };
        const { image, inputTokens } = prepared;
        return { kind: 'ready' as const, ms, prepared, sizeBytes: image.bytes.byteLength, inputTokens };
      }),
    );
  }

  async call(prepared: PreparedImage, terms: CallTerms, signal: AbortSignal): Promise<CallResult<ReadUnit>> {
    const { asking, request, answers } = this.#parts;
    const { answerKey } = prepared;
    // Not where everything is to be asked anew, and not for the second call of a unit that is slow.
    if (answers && !terms.isHedge && request.answersNotBefore === 0) {
      // Another run may have asked the very same since this unit was prepared, or may be asking now.
      await asking.get(answerKey);
      const known = await this.#known(prepared, true);
      if (known) return { ok: true, value: known, tokens: { input: 0, output: 0 }, wasKnown: true };
    }
    const answer = this.#ask(prepared, terms, signal);
    asking.set(answerKey, answer);
    try {
      return await answer;
    } finally {
      if (asking.get(answerKey) === answer) asking.delete(answerKey);
    }
  }

  async #ask(prepared: PreparedImage, terms: CallTerms, signal: AbortSignal): Promise<CallResult<ReadUnit>> {
    const { pool, request, activity, answers, account } = this.#parts;
    const startedAt = performance.now();
    const reply = await pool.ask(
      {
        image: prepared.image,
        measured: prepared.measured,
        maxOutputTokens: terms.maxOutputTokens,
        ...whichQuestion(request, prepared),
        timeoutMs: request.settings.timeoutPerImage,
      },
      signal,
    );
    activity.add(reply.threadId, startedAt, performance.now());
    const { tokens, threadId: thread } = reply;
    if (!reply.ok) {
      if (reply.failure.signal === 'quota') account.noteRefusal();
      return { ok: false, failure: reply.failure, tokens, thread };
    }
    this.#tellStages(reply.stageMs);
    account.noteAnswer(tokens.output);
    // Before anything else: a process that is killed now must not pay for it again.
    answers?.put(prepared.answerKey, { json: reply.json, tokens });
    return { ok: true, value: { readings: reply.readings, fingerprint: prepared.fingerprint }, tokens, thread };
  }

  /** What was kept under another key for the very question that was prepared; null for nothing. */
  keptUnder(key: string, prepared: PreparedImage): Promise<ReadUnit | null> {
    return this.#known({ ...prepared, answerKey: key }, true);
  }

  /** @param isAgain it was looked for before, and not found: not to be counted twice */
  async #known(prepared: PreparedImage, isAgain = false): Promise<ReadUnit | null> {
    const { answerKey, fingerprint, measured } = prepared;
    const { answers, pool, request, observer } = this.#parts;
    if (!answers) return null;
    const kept: KeptAnswer | null = answers.get(answerKey, request.answersNotBefore);
    if (kept || !isAgain) observer.cacheLookup(kept !== null);
    if (!kept) return null;
    const which = whichQuestion(request, prepared);
    const reply = await pool.quick({ kind: 'interpret', ...which, json: kept.json, measured });
    // What an earlier version of the analysis took for a proper answer is asked again.
    return reply.ok ? { readings: reply.readings, fingerprint } : null;
  }

  #tellStages(stageMs: StageTimes): void {
    const { observer } = this.#parts;
    const { open, scale, encode, call, check } = stageMs;
    if (open !== undefined) observer.stage('open', open);
    if (scale !== undefined) observer.stage('scale', scale);
    if (encode !== undefined) observer.stage('encode', encode);
    if (call !== undefined) observer.stage('call', call);
    if (check !== undefined) observer.stage('check', check);
  }
}
