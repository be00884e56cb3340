import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The calls of runs, in parts as they were made; what visitors say of the records of their runs. */
export const timelinesMigration: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      create table run_timeline_parts (
        run_id text not null references runs (id) on delete cascade,
        seq bigint generated always as identity,
        content json not null,
        primary key (run_id, seq)
      )`.execute(db);
    await sql`
      create table suggestions (
        run_id text not null,
        record_id text not null,
        confirms boolean not null,
        facts json,
        at timestamptz not null,
        times integer not null,
        primary key (run_id, record_id)
      )`.execute(db);
    await sql`alter table changesets add column reshaping json`.execute(db);
  },
};
