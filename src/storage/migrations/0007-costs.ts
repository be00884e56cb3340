import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What an image cost beyond the price of the run's own model: another model answered, or a batch at half the price. */
export const costsMigration: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`alter table run_images add column extra_usd double precision`.execute(db);
  },
};
