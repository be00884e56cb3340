import type { EngineState } from '../engine/observer.ts';
import { CallLog } from './call-log.ts';
import type { StoredRun } from './run-store.ts';
import type { TimelineStore } from './timeline-store.ts';

/** What a killed process loses of the picture of its run. */
const KEEP_EVERY_MS = 5_000;

/** Keeps the calls of one life of a run, while it goes on and at its end. */
export class TimelineKeeper {
  /** To be told of each call of the run. */
  readonly log: CallLog;
  readonly #runId: string;
  readonly #store: TimelineStore | undefined;
  readonly #activeMs: () => number;
  #state: (() => EngineState) | null = null;
  #keptAt = performance.now();

  /**
   * @param run as this life found it
   * @param store missing where nobody will look
   * @param activeMs ms that the run has been running over all its lives, pauses left out
   */
  constructor(run: StoredRun, store: TimelineStore | undefined, activeMs: () => number) {
    this.#runId = run.id;
    this.#store = store;
    this.#activeMs = () => activeMs() - run.activeMs;
    this.log = new CallLog(run.mode === 'sequential');
  }

  /** The run is under way. @param state how the engine stands at the moment it is asked */
  begin(state: () => EngineState): void {
    this.#state = state;
    this.log.begin(state());
  }

  async keepIfDue(): Promise<void> {
    if (this.log.hasNews && performance.now() - this.#keptAt >= KEEP_EVERY_MS) await this.keep();
  }

  /** @param endedBy code of what stopped the run */
  async keep(endedBy: string | null = null): Promise<void> {
    if (!this.#store || !this.#state) return;
    this.#keptAt = performance.now();
    const part = this.log.take(this.#state(), this.#activeMs(), endedBy === 'budget.exceeded');
    // A picture that cannot be kept costs the run nothing; a database that fails is found out by its checkpoints.
    await this.#store.add(this.#runId, part).catch(() => undefined);
  }
}
