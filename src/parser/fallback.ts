import type { Settings } from '../contract/settings.ts';
import { Account } from '../engine/account.ts';
import type { CallGate } from '../engine/call-gate.ts';
import { systemClock } from '../engine/clock.ts';
import { FailoverGate } from '../engine/failover-gate.ts';
import type { TokenPrice } from '../engine/purse.ts';
import { modelName } from '../models/open-model.ts';
import type { ModelConfig } from '../models/port.ts';
import { accountName } from './account-name.ts';
import { AUTO_MOST_CALLS, callsAtOnce, MAX_CALLS_PER_THREAD } from './calls-at-once.ts';
import { FailoverReader, type AskedModel } from './failover-reader.ts';
import type { LearntStore } from './kept.ts';
import { RemoteReader, type RemoteReaderParts } from './remote-reader.ts';
import { WorkerPool } from './worker-pool.ts';

/** A second model, asked while the first is down. */
export interface FallbackModel {
  model: ModelConfig;
  /** Null where it is not known. */
  price: TokenPrice | null;
}

export interface FallbackParts extends FallbackModel {
  /** Overrides `settings.maxInFlight`. */
  maxInFlight: number | null;
  learnt: LearntStore | null;
  minuteMs?: number;
  workerFile?: URL;
  heapLimitMb?: number;
  onRestart: () => void;
}

/** The second model with what is its own: account, limits, price, threads. The threads start when it is first asked. */
export class Fallback {
  readonly name: string;
  readonly price: TokenPrice | null;
  readonly account: Account;
  readonly #parts: FallbackParts;
  #pool: WorkerPool | null = null;
  #threads = 1;
  #gate: FailoverGate | null = null;

  constructor(parts: FallbackParts) {
    this.#parts = parts;
    const { model, price, learnt, minuteMs } = parts;
    this.name = modelName(model);
    this.price = price;
    this.account = new Account({
      told: { requests: null, inputTokens: null },
      learnt: learnt?.get(accountName(model)),
      clock: systemClock,
      epochMs: Date.now,
      windowMs: minuteMs,
    });
  }

  /** Whether calls go to this model at the moment. */
  get isAsked(): boolean {
    return this.#gate?.side === 'second';
  }

  /** The one gate before both accounts, as wide as these settings allow. A person has asked: its account is tried again. */
  gateBehind(first: CallGate, settings: Settings): FailoverGate {
    this.account.budget.tryAgain();
    const second = this.#gateFor(settings);
    this.#gate ??= new FailoverGate({ first, second, clock: systemClock });
    return this.#gate;
  }

  /** Reads the units of a run, with the first model or with this one; once {@link gateBehind} was asked for. */
  readerBehind(first: AskedModel, common: Omit<RemoteReaderParts, 'pool' | 'account'>): FailoverReader | null {
    const { account, name, price } = this;
    if (!this.#gate) return null;
    const reader = new RemoteReader({ ...common, account, pool: this.#openPool() });
    return new FailoverReader({ first, second: { name, price, reader }, gate: this.#gate, answers: common.answers });
  }

  #openPool(): WorkerPool {
    const { model, workerFile, heapLimitMb, onRestart } = this.#parts;
    this.#pool ??= new WorkerPool({
      model,
      workerFile,
      heapLimitMb,
      onRestart,
      threads: this.#threads,
      callsPerThread: MAX_CALLS_PER_THREAD,
    });
    return this.#pool;
  }

  #gateFor(settings: Settings): CallGate {
    this.#threads = settings.maxConcurrentWorkers;
    const wanted = this.#parts.maxInFlight ?? settings.maxInFlight;
    const { start, max } = callsAtOnce(wanted, this.#threads, this.account.before?.slots ?? null);
    this.account.gate.slots.resize(max, start);
    return this.account.gate;
  }

  keepLearnt(): void {
    if (!this.#pool) return;
    const learnt = this.account.learnt(this.account.gate.slots.max >= AUTO_MOST_CALLS);
    this.#parts.learnt?.put(accountName(this.#parts.model), learnt);
  }

  async close(): Promise<void> {
    await this.#pool?.close();
  }
}

/** The second model of these options; null where there is none. */
export function openFallback(
  options: Partial<Omit<FallbackParts, keyof FallbackModel>> & { fallback?: FallbackModel | null },
  onRestart: () => void,
): Fallback | null {
  const { fallback, maxInFlight = null, learnt = null, minuteMs, workerFile, heapLimitMb } = options;
  if (!fallback) return null;
  return new Fallback({ ...fallback, maxInFlight, learnt, minuteMs, workerFile, heapLimitMb, onRestart });
}
