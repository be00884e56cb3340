import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Runs, their images, their events, and the small named values.
 *
 * Documents are `json`, not `jsonb`: they are only ever read whole, and `json` gives the keys back in the order they were
 * written, so that an answer reads the same before and after a restart. Counts that a foreign server reports (tokens)
 * and milliseconds are `double precision`, which no value can overflow.
 */
export const runsMigration: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      create table runs (
        id text primary key,
        ordinal bigint generated always as identity,
        analysis text not null,
        mode text not null,
        model text not null,
        state text not null,
        audience text not null,
        context json not null,
        settings json not null,
        token_hash text not null,
        created_at timestamptz not null,
        ended_at timestamptz,
        active_ms double precision not null,
        notices json not null,
        metrics json,
        records json
      )`.execute(db);
    await sql`create index runs_by_age on runs (created_at, ordinal)`.execute(db);
    await sql`create index runs_unfinished on runs (created_at, ordinal) where state in ('queued', 'running')`.execute(
      db,
    );
    await sql`
      create table run_images (
        run_id text not null references runs (id) on delete cascade,
        position integer not null,
        image_id text,
        sha256 text,
        name text not null,
        size_bytes double precision not null,
        state text not null,
        observations json,
        failure json,
        ms double precision not null,
        attempts integer not null,
        tokens_input double precision not null,
        tokens_output double precision not null,
        primary key (run_id, position)
      )`.execute(db);
    await sql`create index run_images_by_content on run_images (sha256)`.execute(db);
    await sql`
      create table run_events (
        run_id text not null references runs (id) on delete cascade,
        seq integer not null,
        type text not null,
        data json not null,
        primary key (run_id, seq)
      )`.execute(db);
    await sql`create table named_values (name text primary key, value json not null)`.execute(db);
  },
};
