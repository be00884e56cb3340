import { describe, expect, it } from '@jest/globals';
import { pileOnAccount, type Pile, type PileRead } from '../../test/support/pile-on-account.ts';
import type { QuotaLimit } from '../../test/support/stand-in-quota.ts';

/** Who says what: the person beforehand, and the refusals. */
type Says = Pick<Pile, 'told' | 'saysLimit' | 'saysWait'>;
const WAYS_OF_SAYING: [name: string, says: Says][] = [
  ['told', { told: true }],
  ['told, refusals say nothing', { told: true, saysLimit: false, saysWait: false }],
  ['not told', { told: false }],
  ['not told, refusals say the wait only', { told: false, saysLimit: false }],
  ['not told, refusals say the limit only', { told: false, saysWait: false }],
  ['not told, refusals say nothing', { told: false, saysLimit: false, saysWait: false }],
];
/** The three columns of the issue. */
const COLUMNS: [name: string, limits: Pick<Pile, 'requests' | 'inputTokens'>][] = [
  ['a sliding window', { requests: { amount: 1_000, kind: 'sliding' } }],
  ['a bucket with a burst of 100', { requests: { amount: 1_000, kind: 'bucket', burst: 100 } }],
  ['windows of requests and tokens', { requests: { amount: 1_000 }, inputTokens: { amount: 400_000 } }],
];
const CONDITIONS: Pick<Pile, 'seed' | 'refusalMs'>[] = [
  { seed: 1, refusalMs: 20 },
  { seed: 2, refusalMs: 50 },
  { seed: 3, refusalMs: 120 },
  { seed: 4, refusalMs: 250 },
  { seed: 5, refusalMs: 250 },
];

async function twice(pile: Pile): Promise<{ first: PileRead; learnt: PileRead }> {
  const first = await pileOnAccount(pile);
  const learnt = await pileOnAccount({ ...pile, learnt: first.learnt });
  for (const read of [first, learnt]) expect(read).toMatchObject({ lost: 0, pausedBy: null });
  return { first, learnt };
}

describe.each(COLUMNS)('1,382 calls to an account with %s', (_column, limits) => {
  it.each(WAYS_OF_SAYING)('%s: near the bound at first, and nearer once it is learnt', async (_name, says) => {
    for (const conditions of CONDITIONS) {
      const { first, learnt } = await twice({ ...limits, ...says, ...conditions });
      expect(first.ratio).toBeLessThanOrEqual(says.told ? 1.08 : 1.25);
      expect(first.refusedShare).toBeLessThanOrEqual(says.told ? 0.03 : 0.05);
      expect(learnt.ratio).toBeLessThanOrEqual(1.03);
      expect(learnt.refusedShare).toBeLessThanOrEqual(0.005);
    }
  });
});

describe('accounts of other kinds', () => {
  const noStragglers = { latency: { medianMs: 2_000, sigma: 0.5 }, inputTokens: { mean: 600, spread: 0.2 } };
  const small: [name: string, requests: QuotaLimit][] = [5, 15, 60].flatMap((amount) => [
    [`${amount} a minute, a window`, { amount, kind: 'sliding' }],
    [`${amount} a minute, a bucket`, { amount, kind: 'bucket' }],
  ]);

  it.each(small)('44 units, %s', async (_name, requests) => {
    const pile = { count: 44, inFlight: 20, requests, load: noStragglers, told: true };
    for (const seed of [1, 2, 3]) {
      const told = await twice({ ...pile, seed });
      expect(told.first.ratio).toBeLessThanOrEqual(1.08);
      // The one call that finds out whether it is a window.
      expect(told.first.refused).toBeLessThanOrEqual(1);
      expect(told.learnt.ratio).toBeLessThanOrEqual(1.03);
      expect(told.learnt.refused).toBe(0);
      const dark = await twice({ ...pile, seed, told: false });
      expect(dark.first.ratio).toBeLessThanOrEqual(1.25);
      // Eight calls go out at once to an account that nobody knows.
      expect(dark.first.refused).toBeLessThanOrEqual(3);
      expect(dark.learnt.ratio).toBeLessThanOrEqual(1.03);
      expect(dark.learnt.refused).toBe(0);
    }
  });

  it('the limit of a small window is found where refusals say only the wait', async () => {
    const requests = { amount: 5 };
    const pile = { count: 44, inFlight: 20, requests, load: noStragglers, told: false, saysLimit: false };
    const { first, learnt } = await twice(pile);
    expect(first.learnt.requests).toMatchObject({ limit: 5, kind: 'window' });
    expect(learnt.refused).toBe(0);
  });

  it.each([
    [100, 1_000, 250],
    [10, 1_000, 20],
    [5, 5, 20],
    [1, 15, 20],
  ])(
    'what a bucket holds is found: %d, refilled by %d a minute, refused after %d ms',
    async (burst, amount, refusalMs) => {
      const requests = { amount, kind: 'bucket', burst } as const;
      const { learnt } = await pileOnAccount({
        count: 300,
        inFlight: 100,
        requests,
        told: true,
        refusalMs,
        load: noStragglers,
      });
      expect(learnt.requests).toMatchObject({ kind: 'bucket', limit: amount });
      expect(learnt.requests.burst).toBeGreaterThanOrEqual(burst * 0.85);
      expect(learnt.requests.burst).toBeLessThanOrEqual(burst * 1.05);
    },
  );

  it('so is the rate of a slow one whose refusals say nothing at all', async () => {
    const requests = { amount: 15, kind: 'bucket' } as const;
    const silent = { told: false, saysLimit: false, saysWait: false };
    for (const seed of [1, 2, 3]) {
      const { first } = await twice({ count: 44, inFlight: 20, requests, ...silent, load: noStragglers, seed });
      expect(first.ratio).toBeLessThanOrEqual(1.25);
    }
  });

  it.each([
    ['told', { told: true }],
    ['not told', { told: false }],
    ['not told, refusals say the limit only', { told: false, saysWait: false }],
    ['not told, refusals say nothing', { told: false, saysLimit: false, saysWait: false }],
  ])('a bucket that holds a whole minute, %s', async (_name, says) => {
    for (const conditions of CONDITIONS) {
      const requests = { amount: 1_000, kind: 'bucket' } as const;
      const { first, learnt } = await twice({ requests, load: noStragglers, ...says, ...conditions });
      expect(first.ratio).toBeLessThanOrEqual(says.told ? 1.08 : 1.25);
      expect(first.refusedShare).toBeLessThanOrEqual(says.told ? 0.03 : 0.05);
      expect(learnt.ratio).toBeLessThanOrEqual(1.03);
      expect(learnt.refusedShare).toBeLessThanOrEqual(0.005);
    }
  });

  it('input tokens in a bucket that holds a whole minute are told from a window', async () => {
    const inputTokens = { amount: 400_000, kind: 'bucket' } as const;
    for (const conditions of CONDITIONS) {
      const { first, learnt } = await twice({ inputTokens, told: true, load: noStragglers, ...conditions });
      expect(first.ratio).toBeLessThanOrEqual(1.08);
      expect(first.refusedShare).toBeLessThanOrEqual(0.03);
      expect(learnt.ratio).toBeLessThanOrEqual(1.03);
      expect(learnt.refusedShare).toBeLessThanOrEqual(0.005);
    }
  });

  it('few input tokens a minute, whose calls differ by as much as the room that is left', async () => {
    const inputTokens = { amount: 20_000 };
    const { first, learnt } = await twice({ count: 100, inFlight: 20, inputTokens, told: true, load: noStragglers });
    expect(first.ratio).toBeLessThanOrEqual(1.08);
    expect(first.refused).toBeLessThanOrEqual(3);
    expect(learnt.ratio).toBeLessThanOrEqual(1.03);
    expect(learnt.refused).toBe(0);
  });

  it.each([
    ['told', { told: true }],
    ['not told', { told: false }],
  ])('the minutes of the clock on the wall, %s', async (_name, says) => {
    for (const conditions of CONDITIONS) {
      const requests = { amount: 1_000, kind: 'calendar' } as const;
      const { first, learnt } = await twice({ requests, load: noStragglers, ...says, ...conditions });
      expect(first.ratio).toBeLessThanOrEqual(says.told ? 1.08 : 1.25);
      expect(first.refusedShare).toBeLessThanOrEqual(says.told ? 0.03 : 0.05);
      expect(learnt.ratio).toBeLessThanOrEqual(1.03);
      expect(learnt.refusedShare).toBeLessThanOrEqual(0.005);
    }
  });

  it.each([
    ['window', { amount: 1_000, kind: 'sliding' }],
    ['bucket', { amount: 1_000, kind: 'bucket', burst: 100 }],
  ] as [string, QuotaLimit][])(
    'a %s that somebody else uses as well: what is left is used',
    async (_name, requests) => {
      for (const told of [true, false]) {
        const { first, learnt } = await twice({ requests, told, othersPerMinute: 300, load: noStragglers });
        const fair = await pileOnAccount({ requests: { ...requests, amount: 700 }, told: true, load: noStragglers });
        for (const { tookMs, refusedShare } of [first, learnt]) {
          expect(tookMs).toBeLessThanOrEqual(1.08 * fair.boundMs);
          expect(refusedShare).toBeLessThanOrEqual(0.1);
        }
      }
    },
  );

  it('an account without limits loses no time once it is learnt', async () => {
    const load = { latency: { medianMs: 20, sigma: 0.5 } };
    const { first, learnt } = await twice({ count: 10_000, told: false, load, isFarAway: false });
    expect(first.refused + learnt.refused).toBe(0);
    expect(learnt.ratio).toBeLessThanOrEqual(1.1);
  });
});
