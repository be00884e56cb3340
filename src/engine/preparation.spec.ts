import { describe, expect, it } from '@jest/globals';
import { simulatedEngine, simulatedRun, unitsFrom0 } from '../../test/support/simulated-run.ts';
import { CodedError } from '../contract/coded-error.ts';
import type { DispatchEnd } from './dispatch-options.ts';
import type { Outcome, Preparation, Unit } from './unit.ts';

const NO_TOKENS = { input: 0, output: 0 };
const noImage = new CodedError('image.unreadable', 'not an image').toData();
const crashed = new CodedError('worker.crashed', 'the thread died', { retryable: true }).toData();

interface Setup {
  units: Unit<number>[];
  places?: number;
  ahead?: { units: number; bytes: number; atOnce: number };
  prepareMs?: number;
  sizeBytes?: number;
  /** What a unit's preparation comes to, by how often it was tried; ready where it is null. */
  preparation?: (unit: number, attempt: number) => Preparation<number, number> | null;
  callMs?: number;
}

/** Everything that was seen of preparations and calls. */
interface Seen {
  outcomes: Outcome<number, number>[];
  end: DispatchEnd;
  /** Units of each preparation, in order. */
  groups: number[][];
  calls: number[];
  tookMs: number;
  most: { atOnce: number; ahead: number; bytes: number };
}

async function run(setup: Setup): Promise<Seen> {
  const { units, places = 2, prepareMs = 10, sizeBytes = 1, callMs = 1_000 } = setup;
  const engine = simulatedEngine({ places });
  const { clock } = engine;
  const attempts = new Map<number, number>();
  const groups: number[][] = [];
  const calls: number[] = [];
  const most = { atOnce: 0, ahead: 0, bytes: 0 };
  let [preparing, ahead, bytes] = [0, 0, 0];
  const { outcomes, ended } = simulatedRun(engine, {
    units,
    ahead: setup.ahead ?? { units: 400, bytes: 2 ** 30, atOnce: 4 },
    async prepare(group, signal) {
      groups.push(group.map(({ payload }) => payload));
      most.atOnce = Math.max(most.atOnce, ++preparing);
      ahead += group.length;
      most.ahead = Math.max(most.ahead, ahead);
      await clock.sleep(prepareMs, signal);
      preparing -= 1;
      return group.map(({ payload }) => {
        const attempt = (attempts.get(payload) ?? 0) + 1;
        attempts.set(payload, attempt);
        const other = setup.preparation?.(payload, attempt);
        if (other) {
          ahead -= 1;
          return other;
        }
        bytes += sizeBytes;
        most.bytes = Math.max(most.bytes, bytes);
        return { kind: 'ready', ms: prepareMs / group.length, prepared: payload, sizeBytes, inputTokens: 500 };
      });
    },
    async call({ payload }, prepared, _terms, signal) {
      expect(prepared).toBe(payload);
      ahead -= 1;
      bytes -= sizeBytes;
      calls.push(payload);
      await clock.sleep(callMs, signal);
      return { ok: true, value: payload, tokens: NO_TOKENS };
    },
  });
  const end = await clock.drive(ended);
  expect(engine.slots.taken).toBe(0);
  return { outcomes, end, groups, calls, tookMs: clock.now(), most };
}

describe('preparing units ahead of their calls', () => {
  it('prepares while calls are under way, so that a free place is filled at once', async () => {
    const { tookMs } = await run({ units: unitsFrom0(20), prepareMs: 400, callMs: 1_000, places: 2 });
    expect(tookMs).toBe(400 + 10 * 1_000);
  });

  it('never has more units ready or in preparation than it may', async () => {
    const { most, outcomes } = await run({
      units: unitsFrom0(100),
      ahead: { units: 7, bytes: 2 ** 30, atOnce: 3 },
    });
    expect(most).toMatchObject({ ahead: 7, atOnce: 3 });
    expect(outcomes).toHaveLength(100);
  });

  it('never prepares more while as many bytes as it may wait for their calls', async () => {
    const { most, outcomes } = await run({
      units: unitsFrom0(60),
      sizeBytes: 1_000,
      ahead: { units: 400, bytes: 5_000, atOnce: 2 },
    });
    // Reached by what is ready; the two in preparation at that moment are not stopped.
    expect(most.bytes).toBeLessThanOrEqual(7_000);
    expect(outcomes).toHaveLength(60);
  });

  it('does not prepare more and more images while the crops of a few keep the threads busy', async () => {
    const groupOf = (unit: number) => String(Math.floor(unit / 40));
    const { most, outcomes } = await run({
      units: unitsFrom0(400, groupOf),
      places: 400,
      prepareMs: 5_000,
      ahead: { units: 400, bytes: 2 ** 30, atOnce: 10 },
    });
    expect(most.atOnce).toBeLessThanOrEqual(3);
    expect(outcomes).toHaveLength(400);
  });

  it('a unit larger than all that may be ahead is still read', async () => {
    const { outcomes } = await run({
      units: unitsFrom0(3),
      sizeBytes: 10 ** 9,
      ahead: { units: 4, bytes: 1_000, atOnce: 1 },
    });
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(3);
  });

  it('prepares the crops of one image together, and each of the others alone', async () => {
    const groupOf = (unit: number) => (unit < 5 ? 'a' : 'b');
    const crops = unitsFrom0(9, groupOf);
    const plain = [9, 10].map((payload) => ({ id: String(payload), payload }));
    const { groups, outcomes } = await run({ units: [...crops, ...plain] });
    expect(groups).toEqual([[0, 1, 2, 3, 4], [5, 6, 7, 8], [9], [10]]);
    expect(outcomes).toHaveLength(11);
  });

  it('cuts a very large group into parts, the first of a run into a small one', async () => {
    const { groups, outcomes } = await run({ units: unitsFrom0(600, () => 'one image'), places: 50 });
    expect(groups.map(({ length }) => length)).toEqual([24, 256, 256, 64]);
    expect(outcomes).toHaveLength(600);
  });

  it('ends a unit that cannot be prepared with its failure, without a call', async () => {
    const { outcomes, calls, end } = await run({
      units: unitsFrom0(3),
      preparation: (unit) => (unit === 1 ? { kind: 'failed', ms: 7, failure: noImage } : null),
    });
    expect(outcomes.find(({ unit }) => unit.payload === 1)).toMatchObject({
      ok: false,
      failure: noImage,
      attempts: 1,
      ms: 7,
    });
    expect(calls).toEqual([0, 2]);
    expect(end.counts).toMatchObject({ made: 2, succeeded: 2 });
  });

  it('prepares a unit again where that may help, by itself and as often as it may', async () => {
    const { outcomes, groups } = await run({
      units: unitsFrom0(3, () => 'one image'),
      preparation: (unit, attempt) =>
        (unit === 1 && attempt === 1) || unit === 2 ? { kind: 'failed', ms: 1, failure: crashed } : null,
    });
    expect(groups[0]).toEqual([0, 1, 2]);
    expect(groups.slice(1).map((group) => group.join())).toEqual(expect.arrayContaining(['1', '2', '2', '2']));
    expect(groups).toHaveLength(5);
    expect(outcomes.find(({ unit }) => unit.payload === 1)).toMatchObject({ ok: true });
    expect(outcomes.find(({ unit }) => unit.payload === 2)).toMatchObject({ ok: false, failure: crashed, attempts: 4 });
  });

  it('an answer that is at hand costs no call, no try and no place', async () => {
    const { outcomes, calls, end, tookMs } = await run({
      units: unitsFrom0(1_000),
      places: 1,
      preparation: (unit) => (unit === 999 ? null : { kind: 'known', ms: 2, value: unit }),
    });
    expect(outcomes).toHaveLength(1_000);
    expect(outcomes[0]).toMatchObject({ ok: true, attempts: 0, tokens: NO_TOKENS });
    expect(calls).toEqual([999]);
    expect(end.counts).toMatchObject({ made: 1, cached: 999, succeeded: 1 });
    expect(tookMs).toBe(250 * 10 + 1_000);
  });
});
