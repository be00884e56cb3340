import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Runs of a video: the video, the time of each frame, and what frames are about as vectors, to be searched by meaning. Vectors
 * are plain arrays: a server without pgvector can hold them, and one with it casts them.
 */
export const videosMigration: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`alter table runs add column video json`.execute(db);
    await sql`alter table run_images add column time_ms double precision`.execute(db);
    await sql`
      create table text_vectors (
        model text not null,
        text_hash text not null,
        vector real[] not null,
        primary key (model, text_hash)
      )`.execute(db);
    await sql`
      create table run_texts (
        run_id text not null references runs (id) on delete cascade,
        position integer not null,
        item integer not null,
        model text not null,
        text_hash text not null,
        content text not null,
        primary key (run_id, position, item)
      )`.execute(db);
  },
};
