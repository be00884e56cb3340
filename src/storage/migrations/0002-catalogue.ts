import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Published venues, hosts and shows; what runs say against them; who did what.
 *
 * References are checked at the end of a transaction, since publishing and undoing put whole rows in the place of others.
 * Keys that lists are ordered by have the collation "C": a cursor must mean the same on every server. A changeset's
 * writes are kept as documents, from which an undoing puts back every row as it was.
 */
export const catalogueMigration: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      create table venues (
        id text primary key,
        name text,
        address text,
        city text,
        state text,
        postcode text,
        country text,
        city_key text collate "C" not null,
        name_key text collate "C" not null,
        search_text text not null
      )`.execute(db);
    await sql`create index venues_in_order on venues (city_key, name_key, id)`.execute(db);
    await sql`
      create table hosts (id text primary key, name text, company text, key text not null, search_text text not null)
    `.execute(db);
    await sql`
      create table shows (
        id text primary key,
        venue_id text not null references venues (id) deferrable initially deferred,
        host_id text references hosts (id) deferrable initially deferred,
        name text,
        status text not null,
        phone text,
        website text,
        schedule json not null,
        notes text,
        confidence double precision not null,
        day_bits integer not null,
        first_day integer not null,
        start_minutes integer not null,
        end_minutes integer,
        search_text text not null,
        first_listed_at timestamptz not null,
        last_confirmed_at timestamptz not null,
        changed_at timestamptz not null
      )`.execute(db);
    await sql`create index shows_by_venue on shows (venue_id)`.execute(db);
    await sql`create index shows_by_host on shows (host_id)`.execute(db);
    await sql`
      create table show_evidence (
        id text primary key,
        show_id text not null references shows (id) deferrable initially deferred,
        changeset_id text not null,
        run_id text not null,
        kind text not null,
        seen_at timestamptz not null,
        image_ids json not null
      )`.execute(db);
    await sql`create index show_evidence_by_show on show_evidence (show_id, seen_at)`.execute(db);
    await sql`
      create table aliases (
        id text primary key,
        kind text not null,
        printed text not null,
        key text not null,
        target_id text not null,
        venue json,
        changeset_id text not null
      )`.execute(db);
    await changesetTables(db);
  },
};

async function changesetTables(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table changesets (
      id text primary key,
      ordinal bigint generated always as identity,
      run_id text not null,
      audience text not null,
      state text not null,
      version integer not null,
      records_digest text not null,
      seen_at timestamptz not null,
      catalogue_version integer not null,
      applied_version integer,
      created_at timestamptz not null,
      published_at timestamptz,
      undone_at timestamptz
    )`.execute(db);
  await sql`create index changesets_by_age on changesets (ordinal)`.execute(db);
  await sql`create index changesets_by_run on changesets (run_id, ordinal)`.execute(db);
  await sql`
    create table changeset_items (
      changeset_id text not null references changesets (id) on delete cascade,
      position integer not null,
      id text not null,
      kind text not null,
      show_id text,
      content json not null,
      decision json,
      primary key (changeset_id, id)
    )`.execute(db);
  await sql`
    create table changeset_writes (
      changeset_id text not null references changesets (id) on delete cascade,
      seq bigint generated always as identity,
      table_name text not null,
      row_id text not null,
      before json,
      after json,
      is_revision boolean not null,
      refers_to text[] not null,
      applied_at timestamptz not null,
      undone_at timestamptz,
      primary key (changeset_id, seq)
    )`.execute(db);
  await sql`create index changeset_writes_by_row on changeset_writes (row_id)`.execute(db);
  await sql`create index changeset_writes_by_reference on changeset_writes using gin (refers_to)`.execute(db);
  await sql`
    create table audit_log (
      id bigint generated always as identity primary key,
      at timestamptz not null,
      actor text not null,
      action text not null,
      changeset_id text not null,
      run_id text not null,
      detail json not null
    )`.execute(db);
}
