/**
 * A thread script that behaves as the image's name says, to see how the pool bears threads that die: `exit`, `memory`,
 * `exit-once:FILE` (dies unless FILE exists, which it makes first), `slow`; anything else is read at once.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { BroadcastChannel, threadId, workerData } from 'node:worker_threads';
import { CodedError } from '../../src/contract/coded-error.ts';
import type {
  Answer,
  CancelMessage,
  PreparedImages,
  Readings,
  WorkerData,
  WorkerReply,
  WorkerTask,
} from '../../src/parser/worker-protocol.ts';

const stops = new Map<number, AbortController>();
const cancels = new BroadcastChannel((workerData as WorkerData).cancelChannel);
cancels.onmessage = (event: { data: unknown }) => stops.get((event.data as CancelMessage).callId)?.abort();
cancels.unref();

export default async function work(task: WorkerTask): Promise<WorkerReply<Readings | Answer | PreparedImages>> {
  const head = { threadId, tokens: { input: 0, output: 0 } };
  if (task.kind === 'prepare') return { ...head, ok: true, ...prepared(task.images[0]?.name ?? '') };
  if (task.kind !== 'ask') return { ...head, ok: true, readings: [] };
  const stop = new AbortController();
  stops.set(task.callId, stop);
  await sleep(20);
  const name = new TextDecoder().decode(task.image.bytes);
  if (name === 'exit') process.exit(1);
  if (name === 'memory') await outgrowTheHeap();
  if (name.startsWith('exit-once:')) dieOnce(name.slice('exit-once:'.length));
  if (name === 'slow') await sleep(60_000, null, { signal: stop.signal }).catch(() => {});
  if (!stop.signal.aborted) return { ...head, ok: true, readings: [{ name }], json: {}, stageMs: {} };
  return { ...head, ok: false, failure: new CodedError('run.cancelled', 'The run was cancelled.').toData() };
}

/** The image's name takes the place of its pixels. */
function prepared(name: string): PreparedImages {
  const image = { bytes: new TextEncoder().encode(name), mimeType: 'image/jpeg' as const, width: 1, height: 1 };
  return {
    prepared: [{ ok: true, value: { image, answerKey: name, inputTokens: 1, measured: null, fingerprint: null } }],
    stageMs: [],
  };
}

function dieOnce(markFile: string): void {
  if (existsSync(markFile)) return;
  writeFileSync(markFile, '');
  process.exit(1);
}

async function outgrowTheHeap(): Promise<never> {
  const kept: object[][] = [];
  for (;;) {
    kept.push(Array.from({ length: 100_000 }, (_, index) => ({ index })));
    await sleep(0);
  }
}
