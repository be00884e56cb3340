import { describe, expect, it } from '@jest/globals';
import { pileOnAccount, SLOW_SERVICE, type Pile } from '../../test/support/pile-on-account.ts';
import type { StandInLoad } from '../../test/support/stand-in-load.ts';
import { assumedLatency, expectedLatency, UNSEEN_LATENCY } from './expected-latency.ts';
import { remainingMs } from './forecast.ts';

/** What is said each second, beside what turns out to be true, as a share of the whole time. */
async function errorsOf(pile: Pile): Promise<{ at: number; error: number }[]> {
  const said: { atMs: number; leftMs: number }[] = [];
  const { tookMs } = await pileOnAccount({
    ...pile,
    onSecond({ clock, gate, budget }, { dispatch }) {
      const now = clock.now();
      const { queued, underWayMs, inputTokens, latencies } = dispatch.standing;
      const latency = expectedLatency(latencies, now, UNSEEN_LATENCY);
      const slots = gate.slots.limit;
      const leftMs = remainingMs({ queued, underWayMs, inputTokens, slots, latency, budget, now });
      said.push({ atMs: now, leftMs });
    },
  });
  return said
    .filter(({ atMs }) => atMs >= tookMs * 0.1)
    .map(({ atMs, leftMs }) => ({ at: atMs / tookMs, error: (atMs + leftMs - tookMs) / tookMs }));
}

const worstOf = (errors: { error: number }[]) => Math.max(...errors.map(({ error }) => Math.abs(error)));

describe('the forecast of the time left', () => {
  const noStragglers: StandInLoad = { ...SLOW_SERVICE, stragglers: { share: 0, addMs: 0 } };
  const requests = { amount: 1_000 };
  const columns: [string, Pick<Pile, 'requests' | 'inputTokens'>][] = [
    ['a sliding window', { requests }],
    ['a bucket', { requests: { amount: 1_000, kind: 'bucket', burst: 100 } }],
    ['windows of requests and tokens', { requests, inputTokens: { amount: 400_000 } }],
  ];

  it.each(columns)('is within 20 % of the whole after a tenth of it, for an account with %s', async (_name, limits) => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const first = await errorsOf({ ...limits, told: true, seed, load: noStragglers });
      expect(worstOf(first)).toBeLessThanOrEqual(0.2);
      expect(first.length).toBeGreaterThan(30);
    }
  });

  // A call that is 25 s late takes more than 20 % of these runs by itself, and nobody can know whether one of the last will be.
  it.failing.each(columns.slice(0, 2))(
    'the same where 0.5 %% of calls are 25 s late, for %s',
    async (_name, limits) => {
      for (const seed of [1, 2, 3, 4, 5]) {
        expect(worstOf(await errorsOf({ ...limits, told: true, seed }))).toBeLessThanOrEqual(0.2);
      }
    },
  );

  it.each(columns.slice(2))('the same where 0.5 %% of calls are 25 s late, for %s', async (_name, limits) => {
    for (const seed of [1, 2, 3, 4, 5]) {
      expect(worstOf(await errorsOf({ ...limits, told: true, seed }))).toBeLessThanOrEqual(0.2);
    }
  });

  it('goes by the places where no account limits the calls', async () => {
    for (const seed of [1, 2, 3]) {
      const errors = await errorsOf({ count: 400, inFlight: 20, told: false, seed, load: noStragglers });
      expect(worstOf(errors)).toBeLessThanOrEqual(0.2);
    }
  });

  it('where all calls are under way at once it is within 20 % at worst in three of four runs, before the first answer, too', async () => {
    const load: StandInLoad = { latency: { meanMs: 3_000, deviationMs: 600 } };
    const worst: number[] = [];
    for (let seed = 1; seed <= 12; seed++) {
      worst.push(worstOf(await errorsOf({ count: 44, inFlight: 44, told: false, seed, load })));
    }
    expect(worst.toSorted((a, b) => a - b)[8]).toBeLessThanOrEqual(0.2);
  });

  it('is nothing when nothing is left', () => {
    const latency = assumedLatency({ meanMs: 1_000, p95Ms: 2_000 });
    const input = { queued: 0, underWayMs: [], inputTokens: 500, slots: 10, latency, budget: null, now: 0 };
    expect(remainingMs(input)).toBe(0);
  });

  it('never says less than nothing, nor that a call under way is done', () => {
    const latency = assumedLatency({ meanMs: 1_000, p95Ms: 2_000 });
    const input = {
      queued: 0,
      underWayMs: [9_000, 12_000],
      inputTokens: 500,
      slots: 10,
      latency,
      budget: null,
      now: 0,
    };
    expect(remainingMs(input)).toBeGreaterThan(0);
  });

  it('one place works through its units one after another', () => {
    const latency = assumedLatency({ meanMs: 1_000, p95Ms: 1_000 });
    const input = { queued: 9, underWayMs: [500], inputTokens: 500, slots: 1, latency, budget: null, now: 0 };
    expect(remainingMs(input)).toBeGreaterThan(8_500);
    expect(remainingMs(input)).toBeLessThan(10_500);
  });
});
