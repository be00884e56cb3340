import { sql, type Kysely } from 'kysely';
import type { ShowFacts } from '../contract/show.ts';
import type { Suggestion } from '../contract/suggestion.ts';
import type { CatalogueSchema } from './catalogue-schema.ts';
import { toNullableJson, toText } from './json.ts';

export async function suggestionsOf(db: Kysely<CatalogueSchema>, runId: string): Promise<Suggestion[]> {
  const rows = await db
    .selectFrom('suggestions')
    .selectAll()
    .where('runId', '=', toText(runId))
    .orderBy('recordId')
    .execute();
  return rows.map(({ recordId, facts, confirms, at }) => ({
    recordId,
    record: facts as ShowFacts | null,
    confirm: confirms,
    at: at.toISOString(),
  }));
}

/** @returns how often something was suggested of this record, with this time */
export async function suggest(
  db: Kysely<CatalogueSchema>,
  runId: string,
  { recordId, record, confirm, at }: Suggestion,
): Promise<number> {
  const said = { facts: toNullableJson(record), confirms: confirm, at };
  const { times } = await db
    .insertInto('suggestions')
    .values({ runId: toText(runId), recordId: toText(recordId), ...said, times: 1 })
    .onConflict((conflict) =>
      conflict.columns(['runId', 'recordId']).doUpdateSet({ ...said, times: sql<number>`suggestions.times + 1` }),
    )
    .returning('times')
    .executeTakeFirstOrThrow();
  return times;
}
