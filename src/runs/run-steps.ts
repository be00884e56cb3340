import { STEPS, type RunStep } from '../contract/run.ts';

type Step = RunStep['step'];

/** When each step of a run was first and last at work. */
export class RunSteps {
  readonly #now: () => number;
  readonly #spans = new Map<Step, { startMs: number; endMs: number }>();
  /** Steps that are at work now, and since when. */
  readonly #open = new Map<Step, number>();

  /** @param now ms since the run's beginning, its upload included */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** ms since the run's beginning. */
  get nowMs(): number {
    return this.#now();
  }

  /** Something was done for this step, from then until then, or until now. */
  note(step: Step, startMs: number, endMs = this.#now()): void {
    const known = this.#spans.get(step);
    this.#spans.set(step, { startMs: Math.min(startMs, known?.startMs ?? startMs), endMs });
  }

  /** Something is being done for this step from then on. @returns ends it, and gives when, ms */
  begin(step: Step, startMs: number): () => number {
    this.#open.set(step, startMs);
    return () => {
      this.#open.delete(step);
      const endMs = this.#now();
      this.note(step, startMs, endMs);
      return endMs;
    };
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
    for (const [step, startMs] of this.#open) this.note(step, startMs);
    const wholeMs = Math.max(1, ...[...this.#spans.values()].map(({ endMs }) => endMs));
    return STEPS.flatMap((step): RunStep[] => {
      const span = this.#spans.get(step);
      if (!span) return [];
      const share = Math.round(((span.endMs - span.startMs) / wholeMs) * 1_000) / 1_000;
      return [{ step, startMs: Math.round(span.startMs), endMs: Math.round(span.endMs), share }];
    });
  }
}
