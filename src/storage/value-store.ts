import type { Kysely } from 'kysely';
import type { ValueStore } from '../runs/run-store.ts';
import { toJson, toText } from './json.ts';
import type { Schema } from './schema.ts';

/** `get` resolves with null where nothing was put. */
export function createValueStore(db: Kysely<Schema>): ValueStore {
  return {
    async get(name) {
      const row = await db
        .selectFrom('named_values')
        .select('value')
        .where('name', '=', toText(name))
        .executeTakeFirst();
      return row?.value ?? null;
    },
    async put(name, value) {
      const json = toJson(value);
      await db
        .insertInto('named_values')
        .values({ name: toText(name), value: json })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: json }))
        .execute();
    },
  };
}
