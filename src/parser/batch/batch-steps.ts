import type { PauseGate } from '../../engine/pause-gate.ts';
import type { Unit } from '../../engine/unit.ts';
import type { ImageToRead, RunnerRequest } from '../../runs/analysis-runner.ts';

/** Parts of one image that are prepared, and held in memory, together. */
const LARGEST_GROUP = 64;

/**
 * The units of a run, those of one image together.
 *
 * @param onUnit called for each unit once it is there
 */
export async function* groupsOf(
  { images, arriving }: RunnerRequest,
  onUnit: () => void,
): AsyncGenerator<Unit<ImageToRead>[]> {
  const units = images.map(unitOf);
  units.forEach(onUnit);
  for (let next = 0; next < units.length;) {
    const first = units[next]?.payload;
    let end = next + 1;
    while (first?.crop && end - next < LARGEST_GROUP && units[end]?.payload.path === first.path) end += 1;
    yield units.slice(next, end);
    next = end;
  }
  if (!arriving) return;
  for await (const image of arriving) {
    onUnit();
    yield [unitOf(image)];
  }
}

function unitOf(image: ImageToRead): Unit<ImageToRead> {
  return { id: String(image.position), payload: image };
}

/** Takes the steps of all items, so many at a time. Rejects with what the first of them rejects with, when none is under way. */
export async function inLanes<Item>(
  items: AsyncIterable<Item>,
  lanes: number,
  step: (item: Item) => Promise<void>,
): Promise<void> {
  const iterator = items[Symbol.asyncIterator]();
  let failed = false;
  const lane = async () => {
    try {
      while (!failed) {
        const { done, value } = await iterator.next();
        if (done) return;
        await step(value);
      }
    } catch (error) {
      failed = true;
      throw error;
    }
  };
  const settled = await Promise.allSettled(Array.from({ length: Math.max(1, lanes) }, lane));
  const first = settled.find((each) => each.status === 'rejected');
  if (first) throw first.reason;
}

/** Resolves while the gate is open, or when it opens. Rejects with the signal's reason. */
export async function untilOpen(gate: PauseGate, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (gate.isOpen) return;
  const opened = Promise.withResolvers<void>();
  const abort = () => opened.reject(signal.reason);
  const unwatch = gate.onOpen(() => opened.resolve());
  signal.addEventListener('abort', abort, { once: true });
  try {
    await opened.promise;
  } finally {
    unwatch();
    signal.removeEventListener('abort', abort);
  }
}

export async function* oneByOne(units: readonly Unit<ImageToRead>[]): AsyncGenerator<Unit<ImageToRead>[]> {
  for (const unit of units) yield [unit];
}

/** Which question a line answers; null for what is no such line. */
export function customIdOf(line: string): string | null {
  try {
    const json: unknown = JSON.parse(line);
    const id: unknown = typeof json === 'object' && json !== null ? Reflect.get(json, 'custom_id') : null;
    return typeof id === 'string' ? id : null;
  } catch {
    return null;
  }
}
