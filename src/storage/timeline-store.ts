import type { Kysely } from 'kysely';
import type { TimelinePart, TimelineStore } from '../runs/timeline-store.ts';
import { toJson, toText } from './json.ts';
import type { Schema } from './schema.ts';

/** Parts of a run that does not exist are refused by the database. */
export function createTimelineStore(db: Kysely<Schema>): TimelineStore {
  return {
    async add(runId, part) {
      await db
        .insertInto('run_timeline_parts')
        .values({ run_id: toText(runId), content: toJson(part) })
        .execute();
    },

    async read(runId) {
      const id = toText(runId);
      const rows = await db
        .selectFrom('run_timeline_parts')
        .select('content')
        .where('run_id', '=', id)
        .orderBy('seq')
        .execute();
      const images = await db.selectFrom('run_images').select(['position', 'name']).where('run_id', '=', id).execute();
      return {
        parts: rows.map(({ content }) => content as TimelinePart),
        names: new Map(images.map(({ position, name }) => [position, name])),
      };
    },
  };
}
