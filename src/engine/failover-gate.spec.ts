import { describe, expect, it } from '@jest/globals';
import { SimulatedClock } from '../../test/support/simulated-clock.ts';
import { simulatedEngine, simulatedRun, unitsFrom0, type SimulatedRun } from '../../test/support/simulated-run.ts';
import { CodedError, type FailureData } from '../contract/coded-error.ts';
import { FailoverGate } from './failover-gate.ts';
import type { CallResult, Side } from './unit.ts';

const overloaded = new CodedError('model.unavailable', 'overloaded', { retryable: true, signal: 'load' }).toData();
const unreachable = new CodedError('model.unreachable', 'nobody there', { retryable: true }).toData();
const keyRefused = new CodedError('model.keyRefused', 'not this key', { stopsRun: true }).toData();
const dayIsOver = new CodedError('model.quotaPerDay', 'tomorrow', {
  signal: 'quota',
  quota: [{ quantity: 'requests', period: 'day', limit: 5 }],
  pausesRun: { until: null },
}).toData();
const tooHard = new CodedError('model.timeout', 'too slow', { retryable: true, signal: 'load' }).toData();

type Fails = (now: number, unit: number) => FailureData | null;
const never: Fails = () => null;

function begin(fails: Record<Side, Fails>, count: number, maxRetries = 3) {
  const clock = new SimulatedClock();
  const engine = (places: number) => simulatedEngine({ clock, places, hasBreaker: true, account: {} });
  const [first, second] = [engine(10), engine(4)];
  const gate = new FailoverGate({ first: first.gate, second: second.gate, clock });
  const asked: Record<Side, { at: number; unit: number }[]> = { first: [], second: [] };
  const underWay: Record<Side, number> = { first: 0, second: 0 };
  let mostAtSecond = 0;
  const run: SimulatedRun = simulatedRun(
    { ...first, gate: gate as never },
    {
      units: unitsFrom0(count),
      maxRetries,
      async call(unit, _prepared, { side = 'first' }, signal): Promise<CallResult<number>> {
        asked[side].push({ at: clock.now(), unit: unit.payload });
        underWay[side] += 1;
        mostAtSecond = Math.max(mostAtSecond, underWay.second);
        const failure = fails[side](clock.now(), unit.payload);
        await clock.sleep(failure ? 30 : 200, signal);
        underWay[side] -= 1;
        const none = { input: 0, output: 0 };
        return failure
          ? { ok: false, failure, tokens: none }
          : { ok: true, value: 1, tokens: { input: 500, output: 10 } };
      },
    },
  );
  return { clock, run, asked, gate, mostAtSecond: () => mostAtSecond };
}

describe('two accounts, the second for when the first is down', () => {
  it('asks the first alone while that answers', async () => {
    const { clock, run, asked } = begin({ first: never, second: never }, 200);
    await clock.drive(run.ended);
    expect(asked.second).toEqual([]);
    expect(run.outcomes.filter(({ ok }) => ok)).toHaveLength(200);
  });

  it.each([
    ['overloaded', overloaded],
    ['unreachable', unreachable],
  ])('%s from the start: all are read by the second, within its places, none twice', async (_name, failure) => {
    const { clock, run, asked, mostAtSecond } = begin({ first: () => failure, second: never }, 200);
    const end = await clock.drive(run.ended);
    expect(end).toMatchObject({ stoppedBy: null, pausedBy: null });
    expect(run.outcomes.filter(({ ok }) => ok)).toHaveLength(200);
    expect(asked.second).toHaveLength(200);
    expect(mostAtSecond()).toBe(4);
    // It is tried now and then, not hammered.
    expect(asked.first.filter(({ at }) => at > 5_000).length).toBeLessThan(10);
  });

  it('one image alone is read too, with no try left at the first', async () => {
    for (const maxRetries of [0, 3]) {
      const { clock, run, asked } = begin({ first: () => unreachable, second: never }, 1, maxRetries);
      await clock.drive(run.ended);
      expect(run.outcomes).toMatchObject([{ ok: true }]);
      expect([asked.first.length, asked.second.length]).toEqual([maxRetries + 1, 1]);
    }
  });

  it('goes down in the middle and comes back: the rest is read by the first again', async () => {
    const isDown = (now: number) => now > 2_000 && now < 12_000;
    const { clock, run, asked, gate } = begin(
      { first: (now) => (isDown(now) ? overloaded : null), second: never },
      1_500,
    );
    await clock.drive(run.ended);
    expect(run.outcomes.filter(({ ok }) => ok)).toHaveLength(1_500);
    expect(asked.second.length).toBeGreaterThan(100);
    expect(Math.min(...asked.second.map(({ at }) => at))).toBeLessThan(7_000);
    expect(gate.side).toBe('first');
    const back = Math.max(...asked.second.map(({ at }) => at));
    expect(back).toBeLessThan(25_000);
    expect(asked.first.filter(({ at }) => at > back).length).toBeGreaterThan(100);
  });

  it.each([
    ['a refused key', keyRefused],
    ['a daily quota', dayIsOver],
  ])('%s hands over at once, and costs no unit a try', async (_name, failure) => {
    const { clock, run, asked } = begin({ first: () => failure, second: never }, 100, 0);
    const end = await clock.drive(run.ended);
    expect(end).toMatchObject({ stoppedBy: null, pausedBy: null });
    expect(run.outcomes.filter(({ ok }) => ok)).toHaveLength(100);
    expect(asked.first.length).toBeLessThanOrEqual(10);
  });

  it('both down: each unit ends once, as one that can be tried again', async () => {
    const { clock, run } = begin({ first: () => overloaded, second: () => unreachable }, 30);
    await clock.drive(run.ended);
    expect(run.outcomes).toHaveLength(30);
    for (const outcome of run.outcomes) expect(outcome).toMatchObject({ ok: false, failure: { retryable: true } });
  });

  it('both keys refused: the run stops and says so', async () => {
    const { clock, run } = begin({ first: () => keyRefused, second: () => keyRefused }, 30);
    const end = await clock.drive(run.ended);
    expect(end.stoppedBy).toMatchObject({ code: 'model.keyRefused' });
  });

  it('the first down for a while, the key of the second refused: the first is waited for as if alone', async () => {
    const { clock, run, asked } = begin(
      { first: (now) => (now < 8_000 ? overloaded : null), second: () => keyRefused },
      40,
      8,
    );
    const end = await clock.drive(run.ended);
    expect(end.stoppedBy).toBeNull();
    expect(run.outcomes.filter(({ ok }) => ok).length).toBe(40);
    expect(asked.second.length).toBeLessThanOrEqual(4);
  });

  it('an image that is too hard for the first does not make it seem down', async () => {
    const { clock, run, asked } = begin({ first: (_now, unit) => (unit === 3 ? tooHard : null), second: never }, 300);
    await clock.drive(run.ended);
    expect(run.outcomes.filter(({ ok }) => ok)).toHaveLength(299);
    expect(asked.second).toEqual([]);
  });
});
