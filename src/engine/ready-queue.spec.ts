import { describe, expect, it } from '@jest/globals';
import type { ReadyUnit } from './race.ts';
import { ReadyQueue } from './ready-queue.ts';

function ready(payload: number, sizeBytes = 10, prepared: object = {}): ReadyUnit<number, object> {
  const unit = { id: String(payload), payload };
  const tokens = { input: 0, output: 0 };
  return { unit, prepared, sizeBytes, inputTokens: 100 + payload, attempts: 0, failures: 0, ms: 0, tokens, readyAt: 0 };
}

function take(queue: ReadyQueue<number, object>, isTrial = false): number | null {
  const seen = queue.peek(isTrial);
  const taken = queue.take();
  expect(taken).toBe(seen);
  return taken?.unit.payload ?? null;
}

describe('ReadyQueue', () => {
  it('gives units in their order, those that were tried before first', () => {
    const queue = new ReadyQueue<number, object>();
    for (const unit of [0, 1, 2]) queue.add(ready(unit));
    for (const unit of [7, 8]) queue.addAgain(ready(unit));
    expect([take(queue), take(queue), take(queue), take(queue), take(queue), take(queue)]).toEqual([
      7,
      8,
      0,
      1,
      2,
      null,
    ]);
  });

  it('for a trial gives one that has not failed before, while there is one', () => {
    const queue = new ReadyQueue<number, object>();
    queue.add(ready(0));
    queue.addAgain(ready(7));
    expect([take(queue, true), take(queue, true), take(queue, true)]).toEqual([0, 7, null]);
  });

  it('knows what it holds, and what all units cost that came through', () => {
    const queue = new ReadyQueue<number, object>();
    expect(queue.meanInputTokens).toBe(0);
    queue.add(ready(0, 10));
    queue.add(ready(20, 30));
    queue.addAgain(ready(7, 5));
    expect([queue.fresh, queue.bytes, queue.meanInputTokens]).toEqual([2, 45, 110]);
    take(queue);
    take(queue);
    expect([queue.fresh, queue.bytes, queue.meanInputTokens]).toEqual([1, 30, 110]);
    take(queue);
    expect([queue.fresh, queue.bytes, queue.meanInputTokens]).toEqual([0, 0, 110]);
  });

  it('lets go of what was prepared as soon as it is taken, over any number of units', async () => {
    const queue = new ReadyQueue<number, object>();
    const gone: WeakRef<object>[] = [];
    for (let unit = 0; unit < 2_000; unit++) {
      const prepared = { bytes: new Uint8Array(1_000) };
      gone.push(new WeakRef(prepared));
      queue.add(ready(unit, 1_000, prepared));
      // A few always wait, so that it is never empty.
      if (unit >= 10) expect(take(queue)).toBe(unit - 10);
    }
    expect(queue.fresh).toBe(10);
    await new Promise((resolve) => setImmediate(resolve));
    await collectGarbage();
    const held = gone.filter((each) => each.deref() !== undefined).length;
    expect(held).toBeLessThanOrEqual(12);
  });
});

/** Makes the collector run, in a process that was not started with the flag for it. */
async function collectGarbage(): Promise<void> {
  const { setFlagsFromString } = await import('node:v8');
  const { runInNewContext } = await import('node:vm');
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  await new Promise((resolve) => setImmediate(resolve));
  collect();
}
