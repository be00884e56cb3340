import type { Insertable, Selectable } from 'kysely';
import type { Observation, RunContext } from '../contract/analysis.ts';
import type { Failure, RunMetrics } from '../contract/run.ts';
import type { Box } from '../contract/show.ts';
import type { Checkpoint, RunPatch, RunSettings, RunVideo, StoredImage, StoredRun } from '../runs/run-store.ts';
import { toJson, toNullableJson, toText } from './json.ts';
import type { Schema } from './schema.ts';

type RunRow = Selectable<Schema['runs']>;
type NewRunRow = Insertable<Schema['runs']>;
type ImageRow = Selectable<Schema['run_images']>;

/*
 * The casts below are the one place where stored documents get their types back: this program wrote them, through
 * the functions beside.
 */

export function toRun(row: Omit<RunRow, 'ordinal' | 'records'> & { records?: unknown }): StoredRun {
  return {
    id: row.id,
    analysis: row.analysis,
    mode: row.mode,
    model: row.model,
    state: row.state,
    audience: row.audience,
    context: row.context as RunContext,
    settings: row.settings as RunSettings,
    tokenHash: row.token_hash,
    createdAt: row.created_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    activeMs: row.active_ms,
    notices: row.notices as string[],
    metrics: row.metrics as RunMetrics | null,
    records: (row.records ?? null) as unknown[] | null,
    video: (row.video ?? null) as RunVideo | null,
  };
}

export function fromRun(run: StoredRun): NewRunRow {
  return {
    id: toText(run.id),
    analysis: run.analysis,
    mode: run.mode,
    model: toText(run.model),
    state: run.state,
    audience: run.audience,
    context: toJson(run.context),
    settings: toJson(run.settings),
    token_hash: toText(run.tokenHash),
    created_at: run.createdAt,
    ended_at: run.endedAt,
    active_ms: run.activeMs,
    notices: toJson(run.notices),
    metrics: toNullableJson(run.metrics),
    records: toNullableJson(run.records),
    video: toNullableJson(run.video),
  };
}

/** The columns of a patch; a field that is absent or undefined stays as it is. */
export function fromPatch(patch: RunPatch): Partial<NewRunRow> {
  const { state, mode, endedAt, activeMs, notices, metrics, records, video } = patch;
  return {
    ...(state !== undefined && { state }),
    ...(mode !== undefined && { mode }),
    ...(endedAt !== undefined && { ended_at: endedAt }),
    ...(activeMs !== undefined && { active_ms: activeMs }),
    ...(notices !== undefined && { notices: toJson(notices) }),
    ...(metrics !== undefined && { metrics: toNullableJson(metrics) }),
    ...(records !== undefined && { records: toNullableJson(records) }),
    ...(video !== undefined && { video: toNullableJson(video) }),
  };
}

export function toImage(row: ImageRow): StoredImage {
  return {
    position: row.position,
    imageId: row.image_id,
    sha256: row.sha256,
    name: row.name,
    sizeBytes: row.size_bytes,
    ...(row.crop === null ? {} : { crop: row.crop as Box }),
    ...(row.time_ms === null ? {} : { timeMs: row.time_ms }),
    state: row.state,
    observations: row.observations as Observation<unknown>[] | null,
    failure: row.failure as Failure | null,
    ms: row.ms,
    attempts: row.attempts,
    tokens: { input: row.tokens_input, output: row.tokens_output, ...(row.extra_usd && { extraUsd: row.extra_usd }) },
  };
}

/** An outcome under the names of its columns. */
export function fromOutcome(
  outcome: Checkpoint,
): Omit<ImageRow, 'run_id' | 'image_id' | 'sha256' | 'name' | 'size_bytes' | 'crop' | 'time_ms'> {
  return {
    position: outcome.position,
    state: outcome.state,
    observations: outcome.observations,
    failure: outcome.failure,
    ms: outcome.ms,
    attempts: outcome.attempts,
    tokens_input: outcome.tokens.input,
    tokens_output: outcome.tokens.output,
    extra_usd: outcome.tokens.extraUsd ?? null,
  };
}

export function fromImage(runId: string, image: StoredImage): ImageRow {
  return {
    run_id: runId,
    position: image.position,
    image_id: image.imageId,
    sha256: image.sha256,
    name: image.name,
    size_bytes: image.sizeBytes,
    crop: image.crop ?? null,
    time_ms: image.timeMs ?? null,
    state: image.state,
    observations: image.observations,
    failure: image.failure,
    ms: image.ms,
    attempts: image.attempts,
    tokens_input: image.tokens.input,
    tokens_output: image.tokens.output,
    extra_usd: image.tokens.extraUsd ?? null,
  };
}
