import { describe, expect, it } from '@jest/globals';
import { SimulatedClock } from '../../test/support/simulated-clock.ts';
import { seededRandom } from '../../test/support/seeded-random.ts';
import { lognormalLatency } from '../../test/support/stand-in-chance.ts';
import { Slots } from './slots.ts';

type Answer = Parameters<Slots['give']>[1];
const NEVER = new AbortController().signal;

/** A service that is kept busy: as many calls under way as the slots allow, each answered by `answer`. */
async function load(
  slots: Slots,
  calls: number,
  answer: (underWay: number, call: number) => { ms: number; tells?: Answer },
): Promise<{ most: number; limits: number[] }> {
  const clock = new SimulatedClock();
  const limits: number[] = [];
  const [random, jitter] = [seededRandom(1), 0.2];
  let [begun, ended, most] = [0, 0, 0];
  const { promise, resolve } = Promise.withResolvers<void>();
  const begin = (): void => {
    while (slots.hasFree && begun < calls) void call(begun++);
  };
  async function call(number: number): Promise<void> {
    const slot = slots.take();
    most = Math.max(most, slots.taken);
    const { ms, tells } = answer(slots.taken, number);
    const tookMs = ms * (1 - jitter + 2 * jitter * random());
    await clock.sleep(tookMs, NEVER);
    slots.give(slot, tells === undefined ? { ms: tookMs, isLoad: false } : tells);
    limits.push(slots.limit);
    ended += 1;
    if (ended === calls) resolve();
    else begin();
  }
  begin();
  await clock.drive(promise);
  expect(slots.taken).toBe(0);
  return { most, limits };
}

const adaptive = (max: number, start: number) => new Slots({ max, start, isAdaptive: true });

describe('Slots', () => {
  it('doubles while nothing speaks against it, up to the most there may be', async () => {
    const slots = adaptive(300, 20);
    await load(slots, 2_000, () => ({ ms: 1_000 }));
    expect(slots.limit).toBe(300);
  });

  it('with latencies as services have them it finds its way up as well', async () => {
    for (const seed of [1, 2, 3]) {
      const slots = adaptive(300, 20);
      const latency = lognormalLatency(2_000, 0.5, seed);
      await load(slots, 3_000, () => ({ ms: latency({} as Parameters<typeof latency>[0]) }));
      expect(slots.limit).toBeGreaterThanOrEqual(200);
    }
  });

  it('does not grow where fewer calls are made than it allows', () => {
    const slots = adaptive(300, 20);
    for (let call = 0; call < 500; call++) slots.give(slots.take(), { ms: 1_000, isLoad: false });
    expect(slots.limit).toBe(20);
  });

  it('stops growing where more calls under way only make each take longer', async () => {
    // A service that works on 40 at once: any more wait for their turn.
    const slots = adaptive(1_000, 20);
    await load(slots, 8_000, (underWay) => ({ ms: 1_000 * Math.max(1, underWay / 40) }));
    expect(slots.limit).toBeGreaterThanOrEqual(35);
    expect(slots.limit).toBeLessThanOrEqual(120);
  });

  it('gives way when answers become slow, and comes back when they are fast again', async () => {
    const slots = adaptive(300, 200);
    await load(slots, 1_000, () => ({ ms: 1_000 }));
    const before = slots.limit;
    await load(slots, 1_500, (underWay) => ({ ms: 1_000 * Math.max(1, underWay / 20) }));
    expect(slots.limit).toBeLessThan(before / 2);
    await load(slots, 4_000, () => ({ ms: 1_000 }));
    expect(slots.limit).toBeGreaterThan(200);
  });

  it('a model that has become slower for good is not taken for overloaded for ever', async () => {
    const slots = adaptive(300, 20);
    await load(slots, 3_000, () => ({ ms: 1_000 }));
    await load(slots, 9_000, () => ({ ms: 2_500 }));
    expect(slots.limit).toBe(300);
  });

  it('shrinks while the service says that it is overloaded', async () => {
    const slots = adaptive(300, 200);
    await load(slots, 2_000, (underWay) => ({
      ms: 500,
      ...(underWay > 30 ? { tells: { ms: 500, isLoad: true } } : {}),
    }));
    expect(slots.limit).toBeLessThanOrEqual(60);
    expect(slots.limit).toBeGreaterThanOrEqual(1);
  });

  it('1 % of calls answered with 503 by chance does not shrink it much', async () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const slots = adaptive(300, 300);
      const random = seededRandom(seed);
      const { limits } = await load(slots, 6_000, () => ({
        ms: 2_000,
        ...(random() < 0.01 ? { tells: { ms: 100, isLoad: true } } : {}),
      }));
      expect(Math.min(...limits)).toBeGreaterThanOrEqual(240);
    }
  });

  it('nor does it keep a small one from growing', async () => {
    const slots = adaptive(300, 20);
    const random = seededRandom(1);
    await load(slots, 6_000, () => ({
      ms: 2_000,
      ...(random() < 0.01 ? { tells: { ms: 100, isLoad: true } } : {}),
    }));
    expect(slots.limit).toBeGreaterThanOrEqual(200);
  });

  it('refusals for a quota, which tell nothing of load, never touch it', async () => {
    const slots = adaptive(300, 100);
    const { limits } = await load(slots, 2_000, () => ({ ms: 20, tells: null }));
    expect(new Set(limits)).toEqual(new Set([100]));
  });

  it('a mix of refusals and slow answers is judged by the answers', async () => {
    const slots = adaptive(300, 50);
    await load(slots, 4_000, (_underWay, call) => (call % 4 === 0 ? { ms: 20, tells: null } : { ms: 1_000 }));
    expect(slots.limit).toBe(300);
  });

  it('comes down to one at the least, and up again', async () => {
    const slots = adaptive(100, 50);
    await load(slots, 3_000, () => ({ ms: 100, tells: { ms: 100, isLoad: true } }));
    expect(slots.limit).toBe(1);
    await load(slots, 3_000, () => ({ ms: 100 }));
    expect(slots.limit).toBeGreaterThan(20);
  });

  it('fixed ones stay as they are, whatever happens', async () => {
    const slots = new Slots({ max: 4, start: 4, isAdaptive: false });
    const { most } = await load(slots, 500, (_underWay, call) => ({ ms: 100 * call, tells: { ms: 1, isLoad: true } }));
    expect([slots.limit, most]).toEqual([4, 4]);
  });

  it('can be made fewer while more are taken: those are left alone, and no new ones are free', () => {
    const slots = adaptive(10, 10);
    const taken = Array.from({ length: 10 }, () => slots.take());
    slots.resize(3, 3);
    expect([slots.limit, slots.taken, slots.hasFree]).toEqual([3, 10, false]);
    for (const slot of taken.slice(0, 8)) slots.give(slot, null);
    expect([slots.taken, slots.hasFree]).toEqual([2, true]);
  });

  it('resizing to the same keeps what was found out', async () => {
    const slots = adaptive(300, 20);
    await load(slots, 2_000, () => ({ ms: 1_000 }));
    slots.resize(300, 20);
    expect(slots.limit).toBe(300);
    slots.resize(100, 20);
    expect(slots.limit).toBe(20);
  });
});
