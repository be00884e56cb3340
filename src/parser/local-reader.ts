import type { DispatchOptions } from '../engine/dispatch-options.ts';
import type { ImageToRead, RunnerRequest } from '../runs/analysis-runner.ts';
import type { ReadUnit } from './remote-reader.ts';
import type { PreparedImage } from './worker-protocol.ts';
import type { ThreadActivity } from './thread-activity.ts';
import type { WorkerPool } from './worker-pool.ts';

/** Nothing is prepared for a thread that opens and reads an image in one go. */
const NOTHING: PreparedImage = {
  image: { bytes: new Uint8Array(), mimeType: 'image/jpeg', width: 0, height: 0 },
  answerKey: '',
  inputTokens: 0,
  measured: null,
  fingerprint: null,
};

/** Reads the images of one run in the pool's threads, on this machine. */
export function readHere(
  pool: WorkerPool,
  request: RunnerRequest,
  activity: ThreadActivity,
): Pick<DispatchOptions<ImageToRead, PreparedImage, ReadUnit>, 'prepare' | 'call'> {
  const { analysis, context, settings } = request;
  return {
    prepare: (units) =>
      Promise.resolve(
        units.map(() => ({ kind: 'ready' as const, ms: 0, prepared: NOTHING, sizeBytes: 0, inputTokens: 0 })),
      ),
    async call({ payload: { imageId, name, path } }, _prepared, _terms, signal) {
      const startedAt = performance.now();
      const image = { imageId, name, path };
      const reply = await pool.analyse({ image, analysis, context, timeoutMs: settings.timeoutPerImage }, signal);
      activity.add(reply.threadId, startedAt, performance.now());
      const { tokens } = reply;
      const thread = reply.threadId;
      if (!reply.ok) return { ok: false, failure: reply.failure, tokens, thread };
      return { ok: true, value: { readings: reply.readings, fingerprint: null }, tokens, thread };
    },
  };
}
