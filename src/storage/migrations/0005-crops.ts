import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Units of a run that are a part of an image: detections. */
export const cropsMigration: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`alter table run_images add column crop json`.execute(db);
  },
};
