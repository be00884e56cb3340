import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** The open database, whichever backend it is. */
export interface Database {
  kysely: Kysely<Schema>;
  kind: 'embedded' | 'server';
  /**
   * Waits for what is under way. Call it before the program ends: an embedded database that is left open was seen to
   * keep the process alive for ten seconds and more.
   */
  close(): Promise<void>;
}
