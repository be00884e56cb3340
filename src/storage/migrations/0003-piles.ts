import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Piles of images before a run, and what a look at each content gave.
 *
 * A source's place and index are unique: a file that is taken in once more, after the process was killed in the middle of
 * it, gives no image twice. A removed image keeps its row, so that its position is never given to another.
 */
export const pilesMigration: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      create table piles (
        id text primary key,
        audience text not null,
        token_hash text not null,
        created_at timestamptz not null,
        expires_at timestamptz not null
      )`.execute(db);
    await sql`create index piles_by_expiry on piles (expires_at)`.execute(db);
    await sql`
      create table pile_sources (
        pile_id text not null references piles (id) on delete cascade,
        id text not null,
        ordinal bigint generated always as identity,
        kind text not null,
        name text not null,
        size_bytes double precision not null,
        state text not null,
        primary key (pile_id, id)
      )`.execute(db);
    await sql`
      create table pile_images (
        pile_id text not null references piles (id) on delete cascade,
        position integer not null,
        source_id text not null,
        source_index integer not null,
        image_id text not null,
        sha256 text not null,
        name text not null,
        size_bytes double precision not null,
        origin json not null,
        removed boolean not null,
        primary key (pile_id, position),
        unique (pile_id, source_id, source_index)
      )`.execute(db);
    await sql`create index pile_images_by_content on pile_images (sha256)`.execute(db);
    await sql`
      create table pile_problems (
        pile_id text not null references piles (id) on delete cascade,
        source_id text not null,
        source_index integer not null,
        ordinal bigint generated always as identity,
        file text not null,
        code text not null,
        detail text not null,
        primary key (pile_id, source_id, source_index)
      )`.execute(db);
    await sql`
      create table image_looks (
        sha256 text primary key,
        width integer,
        height integer,
        fingerprint text
      )`.execute(db);
  },
};
