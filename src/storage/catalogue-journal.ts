import { sql, type Kysely } from 'kysely';
import type { CatalogueRow, CatalogueTable, RowWrite } from '../catalogue/catalogue-store.ts';
import type { CatalogueSchema } from './catalogue-schema.ts';
import { chunksOf } from './changeset-rows.ts';
import { toJson, toNullableJson } from './json.ts';

const TABLES: Readonly<Record<CatalogueTable, string>> = {
  venues: 'venues',
  hosts: 'hosts',
  shows: 'shows',
  evidence: 'show_evidence',
  aliases: 'aliases',
};

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function columnsOf(row: CatalogueRow): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [snakeCase(name), value]));
}

/**
 * Puts rows in the place of those with their ids: two statements a table, however many rows. References are checked at
 * the end of the transaction.
 */
export async function putRows(trx: Kysely<CatalogueSchema>, writes: readonly RowWrite[]): Promise<void> {
  for (const [name, table] of Object.entries(TABLES)) {
    const own = writes.filter((write) => write.table === name);
    const ids = own.filter(({ before }) => before !== null).map(({ id }) => id);
    const rows = own.flatMap(({ after }) => (after === null ? [] : [columnsOf(after)]));
    const target = sql.table(table);
    if (ids.length > 0) await sql`delete from ${target} where id = any(${ids}::text[])`.execute(trx);
    if (rows.length === 0) continue;
    await sql`
      insert into ${target} select * from json_populate_recordset(null::${target}, ${toJson(rows)}::json)`.execute(trx);
  }
}

/** The ids of rows that a row refers to. */
function referencesOf({ table, after }: RowWrite): string[] {
  if (after === null) return [];
  if (table === 'shows') return [after.venueId, ...(after.hostId === null ? [] : [after.hostId])];
  if (table === 'evidence') return [after.showId];
  return table === 'aliases' ? [after.targetId] : [];
}

export async function keepJournal(
  trx: Kysely<CatalogueSchema>,
  changesetId: string,
  writes: readonly RowWrite[],
  at: string,
): Promise<void> {
  const rows = writes.map((write) => ({
    changesetId,
    tableName: write.table,
    rowId: write.id,
    isRevision: write.isRevision,
    appliedAt: at,
    before: toNullableJson(write.before),
    after: toNullableJson(write.after),
    refersTo: referencesOf(write),
  }));
  for (const chunk of chunksOf(rows)) await trx.insertInto('changesetWrites').values(chunk).execute();
}

/** The writes of a changeset that are not undone, the last one first. */
export async function openJournal(trx: Kysely<CatalogueSchema>, changesetId: string): Promise<RowWrite[]> {
  const rows = await trx
    .selectFrom('changesetWrites')
    .select(['tableName', 'rowId', 'before', 'after', 'isRevision'])
    .where('changesetId', '=', changesetId)
    .where('undoneAt', 'is', null)
    .orderBy('seq', 'desc')
    .execute();
  return rows.map(({ tableName, rowId, ...rest }) => ({ table: tableName, id: rowId, ...rest }) as RowWrite);
}

/**
 * Published changesets that came later and wrote the same rows, or refer to rows that this one made: without them, what
 * this one wrote cannot be put back.
 */
export async function builtUpon(trx: Kysely<CatalogueSchema>, changesetId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with own as (
      select row_id, before is null as is_made from changeset_writes
      where changeset_id = ${changesetId} and undone_at is null
    ), made as (select coalesce(array_agg(row_id), '{}') as ids from own where is_made)
    select later.id from changesets as later, changesets as this
    where this.id = ${changesetId} and later.state = 'published' and later.applied_version > this.applied_version
      and exists (
        select 1 from changeset_writes as theirs
        where theirs.changeset_id = later.id and theirs.undone_at is null
          and (theirs.row_id in (select row_id from own) or theirs.refers_to && (select ids from made))
      )
    order by later.applied_version`.execute(trx);
  return rows.map(({ id }) => id);
}
