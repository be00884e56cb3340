import { z } from 'zod';
import { ERROR_CODES, type ErrorCode } from './coded-error.ts';
import type { Same } from './schemas.ts';

/** Which model would answer. Says whether there is a key, never which. */
export interface ModelInfo {
  /** Null where none is set up; `problem` then says what is missing. */
  kind: 'gemini' | 'openai' | 'local' | null;
  name: string | null;
  problem: string | null;
  keySet: boolean;
}

/** What one real call came to. */
export interface ModelTest {
  ok: boolean;
  model: string | null;
  ms: number;
  /** Null where it went well. */
  code: ErrorCode | null;
  /** In words, for the person who set the key. */
  detail: string;
}

export const modelInfoSchema = z.object({
  kind: z.enum(['gemini', 'openai', 'local']).nullable(),
  name: z.string().nullable(),
  problem: z.string().nullable(),
  keySet: z.boolean(),
});

export const modelTestSchema = z.object({
  ok: z.boolean(),
  model: z.string().nullable(),
  ms: z.number().min(0),
  code: z.enum(ERROR_CODES).nullable(),
  detail: z.string(),
});

const schemasMatch: [
  Same<z.infer<typeof modelInfoSchema>, ModelInfo>,
  Same<z.infer<typeof modelTestSchema>, ModelTest>,
] = [true, true];
void schemasMatch;
