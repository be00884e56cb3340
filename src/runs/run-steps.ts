import { STEPS, type RunStep } from '../contract/run.ts';

type Step = RunStep['step'];

/** When each step of a run was first and last at work. */
export class RunSteps {
  readonly #now: () => number;
  readonly #spans = new Map<Step, { startMs: number; endMs: number }>();

  /** @param now ms since the run's beginning, its upload included */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** ms since the run's beginning. */
  get nowMs(): number {
    return this.#now();
  }

  /** Something was done for this step, from then until now. */
  note(step: Step, startMs: number): void {
    const known = this.#spans.get(step);
    const endMs = this.#now();
    this.#spans.set(step, { startMs: Math.min(startMs, known?.startMs ?? startMs), endMs });
  }

  /** Notes how long this takes, whether it succeeds or not. */
  async during<T>(step: Step, work: () => Promise<T>): Promise<T> {
    const startMs = this.#now();
    try {
      return await work();
    } finally {
      this.note(step, startMs);
    }
  }

  /** In the order of {@link STEPS}; those that were not are missing. */
  table(): RunStep[] {
    const wholeMs = Math.max(1, ...[...this.#spans.values()].map(({ endMs }) => endMs));
    return STEPS.flatMap((step): RunStep[] => {
      const span = this.#spans.get(step);
      if (!span) return [];
      const share = Math.round(((span.endMs - span.startMs) / wholeMs) * 1_000) / 1_000;
      return [{ step, startMs: Math.round(span.startMs), endMs: Math.round(span.endMs), share }];
    });
  }
}
