import { z } from 'zod';
import { decisionActionSchema, factsSchema } from './catalogue-schemas.ts';
import type { DecisionAction } from './catalogue.ts';
import type { Same } from './schemas.ts';
import type { ShowFacts } from './show.ts';

/** What the sender of a run says of one of its records: never a decision by itself. */
export interface Suggestion {
  recordId: string;
  /** The record as it should be; null where nothing is to be another. */
  record: ShowFacts | null;
  /** It is right, or listed already and still so. */
  confirm: boolean;
  /** RFC 3339 */
  at: string;
}

/**
 * What becomes of a sent run: `reading` until its images are read, then `pending` until a reviewer has published it, or
 * has `declined` all of it. `failed` where the run did not end well.
 */
export const SUBMISSION_STATES = ['reading', 'pending', 'published', 'declined', 'undone', 'failed'] as const;

export interface Submission {
  state: (typeof SUBMISSION_STATES)[number];
  shows: {
    recordId: string;
    /** Of the listed show it is about; null where there is none yet. */
    showId: string | null;
    decision: DecisionAction | null;
  }[];
}

export const suggestionSchema = z.object({
  recordId: z.string(),
  record: factsSchema.nullable(),
  confirm: z.boolean(),
  at: z.iso.datetime(),
});
export const suggestionsSchema = z.array(suggestionSchema);

export const submissionSchema = z.object({
  state: z.enum(SUBMISSION_STATES),
  shows: z.array(
    z.object({ recordId: z.string(), showId: z.string().nullable(), decision: decisionActionSchema.nullable() }),
  ),
});

const schemasMatch: [
  Same<z.infer<typeof suggestionSchema>, Suggestion>,
  Same<z.infer<typeof submissionSchema>, Submission>,
] = [true, true];
void schemasMatch;
