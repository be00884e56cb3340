import type { PauseGate } from '../../engine/pause-gate.ts';
import type { Unit } from '../../engine/unit.ts';
import type { ImageToRead, RunnerRequest } from '../../runs/analysis-runner.ts';

/** Parts of one image that are prepared, and held in memory, together. */
const LARGEST_GROUP = 64;

type Groups = AsyncGenerator<Unit<ImageToRead>[]>;

/**
 * The units of a run, those of one image together, in legs: what a leg asks is answered before the next one begins. Parts
 * that are found in images come once those have been answered; anything else that arrives goes out with the images.
 *
 * @param onUnit called for each unit once it is there
 */
export function legsOf({ images, arriving }: RunnerRequest, onUnit: () => void): Groups[] {
  if (!arriving || !images.some(({ asks }) => asks)) return [groupsOf(images, arriving, onUnit)];
  return [groupsOf(images, undefined, onUnit), groupsOf([], arriving, onUnit)];
}

async function* groupsOf(
  images: RunnerRequest['images'],
  arriving: RunnerRequest['arriving'],
  onUnit: () => void,
): Groups {
  yield* grouped(images, onUnit);
  if (!arriving) return;
  for await (const come of arriving) yield* grouped(come, onUnit);
}

function* grouped(images: RunnerRequest['images'], onUnit: () => void): Generator<Unit<ImageToRead>[]> {
  const units = images.map(unitOf);
  units.forEach(onUnit);
  for (let next = 0; next < units.length;) {
    const first = units[next]?.payload;
    let end = next + 1;
    while (first?.crop && end - next < LARGEST_GROUP && units[end]?.payload.path === first.path) end += 1;
    yield units.slice(next, end);
    next = end;
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
