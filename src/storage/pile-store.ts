import { sql, type Kysely, type Selectable } from 'kysely';
import type { PileImageOrigin } from '../contract/pile.ts';
import type { PileSource, PileStore, StoredPile, StoredPileImage } from '../piles/pile-store.ts';
import { toJson, toText } from './json.ts';
import type { Schema } from './schema.ts';

/** Instants come back as UTC with milliseconds. NUL and lone surrogates in strings come back as U+FFFD. */
export function createPileStore(db: Kysely<Schema>): PileStore {
  return {
    async create(pile) {
      await db
        .insertInto('piles')
        .values({
          id: toText(pile.id),
          audience: pile.audience,
          token_hash: toText(pile.tokenHash),
          created_at: pile.createdAt,
          expires_at: pile.expiresAt,
        })
        .execute();
    },

    async get(pileId) {
      const row = await db.selectFrom('piles').selectAll().where('id', '=', toText(pileId)).executeTakeFirst();
      return row === undefined ? null : toPile(row);
    },

    async images(pileId) {
      const rows = await db
        .selectFrom('pile_images')
        .leftJoin('image_looks', 'image_looks.sha256', 'pile_images.sha256')
        .selectAll('pile_images')
        .select(['image_looks.sha256 as looked_at', 'width', 'height', 'fingerprint'])
        .where('pile_id', '=', toText(pileId))
        .where('removed', '=', false)
        .orderBy('position')
        .execute();
      return rows.map(toImage);
    },

    async countImages(pileId) {
      const row = await db
        .selectFrom('pile_images')
        .select(({ fn }) => fn.countAll<string>().as('count'))
        .where('pile_id', '=', toText(pileId))
        .where('removed', '=', false)
        .executeTakeFirst();
      return Number(row?.count ?? 0);
    },

    problems: (pileId) =>
      db
        .selectFrom('pile_problems')
        .select(['file', 'code', 'detail'])
        .where('pile_id', '=', toText(pileId))
        .orderBy('ordinal')
        .execute(),

    async sources(pileId) {
      const rows = await db
        .selectFrom('pile_sources')
        .selectAll()
        .where('pile_id', '=', toText(pileId))
        .orderBy('ordinal')
        .execute();
      return rows.map(toSource);
    },

    async addSource(pileId, { id, kind, name, sizeBytes, state }) {
      await db
        .insertInto('pile_sources')
        .values({ pile_id: toText(pileId), id: toText(id), kind, name: toText(name), size_bytes: sizeBytes, state })
        .execute();
    },

    async updateSource(pileId, sourceId, { state, sizeBytes }) {
      const [result] = await db
        .updateTable('pile_sources')
        .set({ ...(state !== undefined && { state }), ...(sizeBytes !== undefined && { size_bytes: sizeBytes }) })
        .where('pile_id', '=', toText(pileId))
        .where('id', '=', toText(sourceId))
        .execute();
      return result?.numUpdatedRows === 1n;
    },

    async removeSource(pileId, sourceId) {
      await db
        .deleteFrom('pile_sources')
        .where('pile_id', '=', toText(pileId))
        .where('id', '=', toText(sourceId))
        .execute();
    },

    async addImage(pileId, image) {
      const { rows } = await sql<{ position: number }>`
        insert into pile_images
        select ${toText(pileId)}, coalesce(max(position) + 1, 0), ${toText(image.sourceId)}, ${image.sourceIndex}::integer,
          ${toText(image.imageId)}, ${toText(image.sha256)}, ${toText(image.name)}, ${image.sizeBytes}::double precision,
          ${toJson(image.from)}::json, false
        from pile_images where pile_id = ${toText(pileId)}
        on conflict (pile_id, source_id, source_index) do nothing
        returning position`.execute(db);
      return rows[0]?.position ?? null;
    },

    async addProblem(pileId, { sourceId, sourceIndex, file, code, detail }) {
      await db
        .insertInto('pile_problems')
        .values({
          pile_id: toText(pileId),
          source_id: toText(sourceId),
          source_index: sourceIndex,
          file: toText(file),
          code: toText(code),
          detail: toText(detail),
        })
        .onConflict((conflict) => conflict.columns(['pile_id', 'source_id', 'source_index']).doNothing())
        .execute();
    },

    async removeImage(pileId, position) {
      const row = await db
        .updateTable('pile_images')
        .set({ removed: true })
        .where('pile_id', '=', toText(pileId))
        .where('position', '=', position)
        .where('removed', '=', false)
        .returning('sha256')
        .executeTakeFirst();
      return row?.sha256 ?? null;
    },

    async unfinished() {
      const rows = await db
        .selectFrom('pile_sources')
        .selectAll()
        .where('state', 'in', ['receiving', 'underWay'])
        .orderBy('ordinal')
        .execute();
      return rows.map((row) => ({ pileId: row.pile_id, source: toSource(row) }));
    },

    async liveIds() {
      const rows = await db.selectFrom('piles').select('id').execute();
      return new Set(rows.map(({ id }) => id));
    },

    removeExpired: (now) =>
      db.transaction().execute(async (trx) => {
        const expired = trx
          .selectFrom('piles')
          .select('id')
          .where(sql<boolean>`expires_at < ${now}::timestamptz`);
        const rows = await trx
          .selectFrom('pile_images')
          .select('sha256')
          .distinct()
          .where('removed', '=', false)
          .where('pile_id', 'in', expired)
          .execute();
        await trx
          .deleteFrom('piles')
          .where(sql<boolean>`expires_at < ${now}::timestamptz`)
          .execute();
        return rows.map(({ sha256 }) => sha256);
      }),

    async referenced(sha256s) {
      if (sha256s.length === 0) return new Set();
      const rows = await db
        .selectFrom('pile_images')
        .select('sha256')
        .distinct()
        .where('removed', '=', false)
        .where(sql<boolean>`sha256 = any(${sha256s.map(toText)}::text[])`)
        .execute();
      return new Set(rows.map(({ sha256 }) => sha256));
    },
  };
}

function toPile(row: {
  id: string;
  audience: StoredPile['audience'];
  token_hash: string;
  created_at: Date;
  expires_at: Date;
}): StoredPile {
  const { id, audience } = row;
  return {
    id,
    audience,
    tokenHash: row.token_hash,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  };
}

function toSource(row: Pick<PileSource, 'id' | 'kind' | 'name' | 'state'> & { size_bytes: number }): PileSource {
  const { id, kind, name, state } = row;
  return { id, kind, name, state, sizeBytes: row.size_bytes };
}

function toImage(
  row: Selectable<Schema['pile_images']> &
    Pick<Schema['image_looks'], 'width' | 'height' | 'fingerprint'> & { looked_at: string | null },
): StoredPileImage {
  const { position, sha256, name, width, height, fingerprint } = row;
  return {
    position,
    sourceId: row.source_id,
    sourceIndex: row.source_index,
    imageId: row.image_id,
    sha256,
    name,
    sizeBytes: row.size_bytes,
    from: row.origin as PileImageOrigin,
    look: row.looked_at === null ? null : { width, height, fingerprint },
  };
}
