import { z } from 'zod';
import { adviceSchema, type Advice } from './performance.ts';
import type { Same } from './schemas.ts';

export const CALL_KINDS = ['call', 'retry', 'hedge', 'cached'] as const;
export const CALL_ENDS = ['succeeded', 'refused', 'failed', 'aborted'] as const;

/** One call of a run as a bar; `cached` is an answer that was at hand, a bar without length. */
export interface TimelineCall {
  /** Of the image in the run. */
  position: number;
  image: string;
  /** From 0. Bars of one lane never overlap; the lanes of one thread stand together. */
  lane: number;
  /** From 1; null where no thread made it. */
  thread: number | null;
  /** ms from the run's start. */
  startMs: number;
  endMs: number;
  kind: (typeof CALL_KINDS)[number];
  outcome: (typeof CALL_ENDS)[number];
  /** Of a failure. */
  code: string | null;
}

export interface RunTimeline {
  runId: string;
  /** ms from the run's start to its end, or to now. Times in which no process worked on it are left out. */
  wallMs: number;
  calls: TimelineCall[];
  /** Calls beyond the most that are kept of a run. */
  dropped: number;
  /** What the calls took, one after another: all but second calls for slow ones. */
  sequentialMs: number;
  /** What they took as they were made: `wallMs`. */
  parallelMs: number;
  advice: Advice[];
}

const count = z.int().min(0);
const ms = z.number().min(0);

export const runTimelineSchema = z.object({
  runId: z.string(),
  wallMs: ms,
  calls: z.array(
    z.object({
      position: count,
      image: z.string(),
      lane: count.describe('bars of one lane never overlap'),
      thread: count.nullable(),
      startMs: ms.describe("from the run's start"),
      endMs: ms,
      kind: z.enum(CALL_KINDS),
      outcome: z.enum(CALL_ENDS),
      code: z.string().nullable(),
    }),
  ),
  dropped: count,
  sequentialMs: ms,
  parallelMs: ms,
  advice: z.array(adviceSchema),
});

const schemaMatches: Same<z.infer<typeof runTimelineSchema>, RunTimeline> = true;
void schemaMatches;
