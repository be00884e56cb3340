import { sql, type Kysely, type Selectable } from 'kysely';
import type { Decision } from '../contract/catalogue.ts';
import type { StoredChangeset, StoredItem } from '../catalogue/catalogue-store.ts';
import { toChangeset, type CatalogueSchema } from './catalogue-schema.ts';
import { toJson, toNullableJson, toText } from './json.ts';

/** Rows written with one statement: seven parameters each, of 65,535 that PostgreSQL takes. */
const ROWS_PER_INSERT = 500;

export function chunksOf<T>(rows: readonly T[], size: number = ROWS_PER_INSERT): T[][] {
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, at) => rows.slice(at * size, (at + 1) * size));
}

/** How often the catalogue was published to or undone. */
export async function versionOf(db: Kysely<CatalogueSchema>): Promise<number> {
  const row = await db
    .selectFrom('changesets')
    .select(({ fn }) => fn.max('appliedVersion').as('version'))
    .executeTakeFirst();
  return row?.version ?? 0;
}

export async function changesetById(db: Kysely<CatalogueSchema>, id: string): Promise<StoredChangeset | null> {
  const row = await db.selectFrom('changesets').selectAll().where('id', '=', toText(id)).executeTakeFirst();
  return row ? toChangeset(row) : null;
}

export async function newestOfRun(
  db: Kysely<CatalogueSchema>,
  runId: string,
): Promise<Selectable<CatalogueSchema['changesets']> | undefined> {
  return db
    .selectFrom('changesets')
    .selectAll()
    .where('runId', '=', toText(runId))
    .orderBy('ordinal', 'desc')
    .limit(1)
    .executeTakeFirst();
}

type ItemContent = Omit<StoredItem, 'id' | 'kind' | 'showId' | 'decision'>;

export async function itemsOf(db: Kysely<CatalogueSchema>, changesetId: string): Promise<StoredItem[]> {
  const rows = await db
    .selectFrom('changesetItems')
    .selectAll()
    .where('changesetId', '=', toText(changesetId))
    .orderBy('position')
    .execute();
  return rows.map(({ id, kind, showId, content, decision }) => ({
    id,
    kind,
    showId,
    ...(content as ItemContent),
    decision: decision as Decision | null,
  }));
}

export async function insertItems(
  db: Kysely<CatalogueSchema>,
  changesetId: string,
  items: readonly StoredItem[],
): Promise<void> {
  const rows = items.map(({ id, kind, showId, decision, ...content }, position) => ({
    changesetId,
    position,
    id: toText(id),
    kind,
    showId,
    content: toJson(content),
    decision: toNullableJson(decision),
  }));
  for (const chunk of chunksOf(rows)) await db.insertInto('changesetItems').values(chunk).execute();
}

/** All in one statement: a reviewer decides on hundreds of items at once. */
export async function decide(
  db: Kysely<CatalogueSchema>,
  changesetId: string,
  decisions: readonly { itemId: string; decision: Decision | null }[],
): Promise<void> {
  const rows = toJson(decisions.map(({ itemId, decision }) => ({ id: itemId, decision })));
  await sql`
    update changeset_items set decision = decided.decision
    from json_to_recordset(${rows}::json) as decided (id text, decision json)
    where changeset_items.changeset_id = ${changesetId} and changeset_items.id = decided.id`.execute(db);
}
