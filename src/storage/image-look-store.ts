import { sql, type Kysely } from 'kysely';
import type { ImageLook, ImageLookStore } from '../gallery/image-looks.ts';
import { toText } from './json.ts';
import type { Schema } from './schema.ts';

export function createImageLookStore(db: Kysely<Schema>): ImageLookStore {
  return {
    async get(sha256s) {
      if (sha256s.length === 0) return new Map<string, ImageLook>();
      const rows = await db
        .selectFrom('image_looks')
        .selectAll()
        .where(sql<boolean>`sha256 = any(${sha256s.map(toText)}::text[])`)
        .execute();
      return new Map(rows.map(({ sha256, ...look }) => [sha256, look]));
    },

    async put(sha256, look) {
      const { width, height, fingerprint } = look;
      await db
        .insertInto('image_looks')
        .values({ sha256: toText(sha256), width, height, fingerprint })
        .onConflict((conflict) => conflict.column('sha256').doUpdateSet({ width, height, fingerprint }))
        .execute();
    },
  };
}
