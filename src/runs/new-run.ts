import { randomBytes } from 'node:crypto';
import type { RunContext } from '../contract/analysis.ts';
import type { AnalysisName, ProcessingMode } from '../contract/run.ts';
import type { Settings } from '../contract/settings.ts';
import { newAccessToken } from './access-token.ts';
import type { Audience, RunSettings, RunVideo, StoredImage, StoredRun } from './run-store.ts';

/** What a run is started with. */
export interface StartRequest {
  analysis: AnalysisName;
  mode: ProcessingMode;
  audience: Audience;
  context: Omit<RunContext, 'startedAt'>;
  settings: Settings;
  /** Whether answers that were kept from earlier runs count. */
  useKept: boolean;
  /** Whether answers are held against the printed words of their image; missing for what the server does by itself. */
  ground?: boolean;
  /** Whether the questions go out in batches, at half the price; missing for no. */
  batch?: boolean;
  /** Whose frames are images of the run; missing for none. */
  video?: RunVideo;
  /** In the order of the upload; those refused while they streamed in are `failed` already. */
  images: readonly StoredImage[];
}

/** A run that has not begun, and the token that lets its sender read it: only a hash of it is kept. */
export function newRun(request: StartRequest, model: string): { run: StoredRun; runToken: string } {
  const { token: runToken, tokenHash } = newAccessToken();
  const createdAt = new Date().toISOString();
  const run: StoredRun = {
    id: `run_${randomBytes(9).toString('hex')}`,
    analysis: request.analysis,
    mode: request.mode,
    model,
    state: 'queued',
    audience: request.audience,
    context: { ...request.context, startedAt: createdAt },
    settings: {
      ...request.settings,
      ...(request.useKept ? {} : { cache: 'off' as const }),
      ...(request.ground === true ? { ground: 'on' as const } : {}),
      ...(request.batch === true ? { batch: 'on' as const } : {}),
    },
    tokenHash,
    createdAt,
    endedAt: null,
    activeMs: 0,
    notices: [],
    metrics: null,
    records: null,
    video: request.video ?? null,
  };
  return { run, runToken };
}

/** What the settings of a run say of how it is read. */
export function waysOf({ ground, batch }: RunSettings): { ground: boolean; batch: boolean } {
  return { ground: ground === 'on', batch: batch === 'on' };
}
