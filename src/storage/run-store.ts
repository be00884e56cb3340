import { sql, type Kysely, type Transaction } from 'kysely';
import { CodedError } from '../contract/coded-error.ts';
import type { Checkpoint, RunStore, StoredEvent, StoredImage } from '../runs/run-store.ts';
import { toJson, toText } from './json.ts';
import { fromImage, fromOutcome, fromPatch, fromRun, toImage, toRun } from './run-rows.ts';
import type { Schema } from './schema.ts';

/** Images written with one statement: one parameter each time, whose text stays within a few hundred kilobytes. */
const IMAGES_PER_INSERT = 1_000;

/** Everything of a run but its records, which may be thousands. */
const WITHOUT_RECORDS = [
  'id',
  'analysis',
  'mode',
  'model',
  'state',
  'audience',
  'context',
  'settings',
  'token_hash',
  'created_at',
  'ended_at',
  'active_ms',
  'notices',
  'metrics',
  'video',
] as const;

/**
 * Instants come back as UTC with milliseconds, whatever their offset was. NUL and lone surrogates in strings come back
 * as U+FFFD. `update` and `checkpoint` of a run that does not exist fail with CodedError `run.notFound`.
 */
export function createRunStore(db: Kysely<Schema>): RunStore {
  return {
    create: (run, images) =>
      db.transaction().execute(async (trx) => {
        await trx.insertInto('runs').values(fromRun(run)).execute();
        for (let from = 0; from < images.length; from += IMAGES_PER_INSERT) {
          await insertImages(trx, toText(run.id), images.slice(from, from + IMAGES_PER_INSERT));
        }
      }),

    addImages: (runId, images) =>
      db.transaction().execute(async (trx) => {
        await insertImages(trx, toText(runId), images);
      }),

    async get(runId) {
      const row = await db.selectFrom('runs').selectAll().where('id', '=', toText(runId)).executeTakeFirst();
      return row === undefined ? null : toRun(row);
    },

    async list({ limit, before }) {
      let query = db.selectFrom('runs').select(WITHOUT_RECORDS);
      if (before !== undefined) {
        query = query.where((where) =>
          where(
            where.refTuple('created_at', 'ordinal'),
            '<',
            where
              .selectFrom('runs as last')
              .select(['last.created_at', 'last.ordinal'])
              .where('last.id', '=', toText(before))
              .$asTuple('created_at', 'ordinal'),
          ),
        );
      }
      const rows = await query.orderBy('created_at', 'desc').orderBy('ordinal', 'desc').limit(limit).execute();
      return rows.map(toRun);
    },

    async imageCounts(runIds) {
      if (runIds.length === 0) return new Map();
      const rows = await db
        .selectFrom('run_images')
        .select(({ fn }) => [
          'run_id',
          fn.countAll().as('images'),
          fn.countAll().filterWhere('state', '=', 'done').as('done'),
          fn.countAll().filterWhere('state', '=', 'failed').as('failed'),
        ])
        .where('run_id', 'in', runIds.map(toText))
        .where('state', '!=', 'duplicate')
        .groupBy('run_id')
        .execute();
      return new Map(
        rows.map(({ run_id, images, done, failed }) => [
          run_id,
          { images: Number(images), done: Number(done), failed: Number(failed) },
        ]),
      );
    },

    async images(runId) {
      const rows = await db
        .selectFrom('run_images')
        .selectAll()
        .where('run_id', '=', toText(runId))
        .orderBy('position')
        .execute();
      return rows.map(toImage);
    },

    async update(runId, patch) {
      const columns = fromPatch(patch);
      if (Object.keys(columns).length === 0) return;
      const [result] = await db.updateTable('runs').set(columns).where('id', '=', toText(runId)).execute();
      if (result?.numUpdatedRows !== 1n) throw runNotFound();
    },

    checkpoint: (runId, units, events, activeMs, patch = {}, added = []) =>
      db.transaction().execute(async (trx) => {
        const id = toText(runId);
        const [run] = await trx
          .updateTable('runs')
          .set({ ...fromPatch(patch), active_ms: activeMs })
          .where('id', '=', id)
          .execute();
        if (run?.numUpdatedRows !== 1n) throw runNotFound();
        await storeOutcomes(trx, id, units);
        if (added.length > 0) await insertImages(trx, id, added);
        await appendEvents(trx, id, events);
      }),

    async resetFailed(runId) {
      const [result] = await db
        .updateTable('run_images')
        .set({ state: 'pending', failure: null, observations: null })
        .where('run_id', '=', toText(runId))
        .where('state', '=', 'failed')
        .where(sql<string>`failure ->> 'retryable'`, '=', 'true')
        .execute();
      return Number(result?.numUpdatedRows ?? 0n);
    },

    async referenced(sha256s) {
      if (sha256s.length === 0) return new Set();
      const rows = await db
        .selectFrom('run_images')
        .select('sha256')
        .distinct()
        .where(sql<boolean>`sha256 = any(${sha256s.map(toText)}::text[])`)
        .execute();
      const videos = await db
        .selectFrom('runs')
        .select(sql<string>`video ->> 'sha256'`.as('sha256'))
        .where(sql<boolean>`video ->> 'taken' = 'false' and video ->> 'sha256' = any(${sha256s.map(toText)}::text[])`)
        .execute();
      return new Set([...rows, ...videos].flatMap(({ sha256 }) => sha256 ?? []));
    },

    async uploadsNeeded() {
      const rows = await db
        .selectFrom('runs')
        .select(sql<string | null>`video ->> 'upload'`.as('upload'))
        .where('ended_at', 'is', null)
        .where(sql<boolean>`video ->> 'taken' = 'false'`)
        .execute();
      return new Set(rows.flatMap(({ upload }) => upload ?? []));
    },

    async events(runId, after) {
      const rows = await db
        .selectFrom('run_events')
        .select(['seq', 'type', 'data'])
        .where('run_id', '=', toText(runId))
        .where('seq', '>', after)
        .orderBy('seq')
        .execute();
      return rows;
    },

    async lastEventSeq(runId) {
      const row = await db
        .selectFrom('run_events')
        .select(({ fn }) => fn.max('seq').as('seq'))
        .where('run_id', '=', toText(runId))
        .executeTakeFirst();
      return row?.seq ?? 0;
    },

    async unfinished() {
      const rows = await db
        .selectFrom('runs')
        .selectAll()
        .where(sql<boolean>`state in ('queued', 'running')`)
        .orderBy('created_at')
        .orderBy('ordinal')
        .execute();
      return rows.map(toRun);
    },
  };
}

function runNotFound(): CodedError {
  return new CodedError('run.notFound', 'There is no such run.');
}

/** Rows travel as one JSON parameter: thousands of rows stay one short statement on both backends. */
async function insertImages(trx: Transaction<Schema>, runId: string, images: readonly StoredImage[]): Promise<void> {
  const rows = toJson(images.map((image) => fromImage(runId, image)));
  await sql`
    insert into run_images
    select * from json_to_recordset(${rows}::json) as image (
      run_id text, position integer, image_id text, sha256 text, name text, size_bytes double precision, state text,
      observations json, failure json, ms double precision, attempts integer,
      tokens_input double precision, tokens_output double precision, crop json, time_ms double precision,
      extra_usd double precision
    )`.execute(trx);
}

async function storeOutcomes(trx: Transaction<Schema>, runId: string, units: readonly Checkpoint[]): Promise<void> {
  if (units.length === 0) return;
  // The positions stand beside the join for the planner: it cannot see how few the JSON holds, and would read every
  // image of the run at each checkpoint.
  const positions = units.map(({ position }) => position);
  const stored = await sql`
    update run_images set
      state = unit.state, observations = unit.observations, failure = unit.failure, ms = unit.ms,
      attempts = unit.attempts, tokens_input = unit.tokens_input, tokens_output = unit.tokens_output,
      extra_usd = unit.extra_usd
    from json_to_recordset(${toJson(units.map(fromOutcome))}::json) as unit (
      position integer, state text, observations json, failure json, ms double precision, attempts integer,
      tokens_input double precision, tokens_output double precision, extra_usd double precision
    )
    where run_images.run_id = ${runId} and run_images.position = any(${positions}::integer[])
      and run_images.position = unit.position`.execute(trx);
  // An outcome without its image must not vanish: the run would read the image again and never say why.
  if (stored.numAffectedRows !== BigInt(units.length)) {
    throw new Error(`Checkpoint of ${units.length} units met ${stored.numAffectedRows} images of the run.`);
  }
}

async function appendEvents(trx: Transaction<Schema>, runId: string, events: readonly StoredEvent[]): Promise<void> {
  if (events.length === 0) return;
  await sql`
    insert into run_events (run_id, seq, type, data)
    select ${runId}, seq, type, coalesce(data, 'null'::json)
    from json_to_recordset(${toJson(events)}::json) as event (seq integer, type text, data json)`.execute(trx);
}
