import { sql, type Kysely } from 'kysely';
import type { FoundText, TextVectorStore } from '../runs/text-vectors.ts';
import { toJson, toText } from './json.ts';
import type { Schema } from './schema.ts';

interface FoundRow {
  run_id: string;
  position: number;
  content: string;
  image_id: string | null;
  name: string;
  time_ms: number | null;
  likeness: number;
}

/** Vectors compared by pgvector where the database has it; else by plain SQL, which is slower and says the same. */
export function createTextVectorStore(db: Kysely<Schema>): TextVectorStore {
  let hasVectors: Promise<boolean> | null = null;
  const pgvector = (): Promise<boolean> => (hasVectors ??= enablePgvector(db));
  return {
    async known(model, textHashes) {
      if (textHashes.length === 0) return new Set();
      const rows = await db
        .selectFrom('text_vectors')
        .select('text_hash')
        .where('model', '=', toText(model))
        .where(sql<boolean>`text_hash = any(${textHashes.map(toText)}::text[])`)
        .execute();
      return new Set(rows.map(({ text_hash }) => text_hash));
    },

    async put(model, vectors) {
      if (vectors.length === 0) return;
      await sql`
        insert into text_vectors (model, text_hash, vector)
        select ${toText(model)}, text_hash, array(select json_array_elements_text(vector)::real)
        from json_to_recordset(${toJson(vectors.map(({ textHash, vector }) => ({ text_hash: textHash, vector })))}::json)
          as given (text_hash text, vector json)
        on conflict do nothing`.execute(db);
    },

    async addTexts(runId, model, texts) {
      if (texts.length === 0) return;
      const rows = texts.map(({ position, item, textHash, content }) => ({
        position,
        item,
        text_hash: textHash,
        content,
      }));
      await sql`
        insert into run_texts (run_id, position, item, model, text_hash, content)
        select ${toText(runId)}, position, item, ${toText(model)}, text_hash, content
        from json_to_recordset(${toJson(rows)}::json) as given (position integer, item integer, text_hash text, content text)
        on conflict do nothing`.execute(db);
    },

    async nearest(model, vector, limit, runId) {
      const question = JSON.stringify(vector);
      const likeness = (await pgvector())
        ? sql<number>`1 - (v.vector::vector <=> ${question}::vector)`
        : sql<number>`(
            select sum(a * b) / nullif(sqrt(sum(a * a)) * sqrt(sum(b * b)), 0)
            from unnest(v.vector, array(select json_array_elements_text(${question}::json)::real)) as pair (a, b)
          )`;
      const { rows } = await sql<FoundRow>`
        select t.run_id, t.position, t.content, i.image_id, i.name, i.time_ms, ${likeness} as likeness
        from run_texts t
        join text_vectors v on v.model = t.model and v.text_hash = t.text_hash
        join run_images i on i.run_id = t.run_id and i.position = t.position
        where t.model = ${toText(model)} and (${runId === null} or t.run_id = ${toText(runId ?? '')})
        order by likeness desc nulls last, t.run_id, t.position, t.item
        limit ${limit}`.execute(db);
      return rows.map(toFound);
    },
  };
}

function toFound(row: FoundRow): FoundText {
  const { run_id: runId, position, content, image_id: imageId, name: image, time_ms: timeMs } = row;
  return { runId, position, content, imageId, image, timeMs, likeness: row.likeness };
}

/** It comes with the embedded database; a server may not have it, or may not let this user make it. */
async function enablePgvector(db: Kysely<Schema>): Promise<boolean> {
  try {
    await sql`create extension if not exists vector`.execute(db);
    return true;
  } catch {
    return false;
  }
}
