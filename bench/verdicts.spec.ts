import { describe, expect, it } from '@jest/globals';
import { BARE, BARRIER, FIVE_AT_A_TIME, OURS } from './contenders/names.ts';
import { curveOf, worstEstimate } from './run-contender.ts';
import type { Result } from './run-contender.ts';
import { verdictsOf } from './verdicts.ts';

function result(given: Partial<Result>): Result {
  const seconds = given.seconds ?? 70;
  return {
    column: 'c sliding',
    contender: OURS,
    round: 'first',
    scale: 1,
    seconds,
    boundSeconds: 68.5,
    ratio: seconds / 68.5,
    calls: 1_400,
    refused: 18,
    lost: 0,
    maxInFlight: 300,
    peakMemoryMb: 200,
    cpuMs: 1_000,
    worstEstimate: null,
    curve: [],
    ...given,
  };
}

function judged(results: readonly Result[]) {
  return verdictsOf({ results, flatOut: [], posters: [], recipes: [], growth: null }).map(({ line, pass }) => [
    line,
    pass,
  ]);
}

describe('verdictsOf', () => {
  it('asks more of what has learnt, in time and in refusals', () => {
    const within = (round: Result['round'], given: Partial<Result>) => judged([result({ round, ...given })])[0]?.[1];
    expect([within('first', {}), within('learnt', {})]).toEqual([true, false]);
    expect([within('learnt', { refused: 5 }), within('learnt', { refused: 5, seconds: 71 })]).toEqual([true, false]);
    expect([within('first', { seconds: 74 }), within('first', { lost: 1 })]).toEqual([false, false]);
  });

  it('takes no peer for a rival that loses units, and names a faster one with its price', () => {
    const loser = result({ contender: 'p-limit, SDK backoff', seconds: 50, lost: 382 });
    const faster = result({ contender: 'p-limit, RetryInfo', seconds: 69, refused: 700 });
    const verdict = (peers: Result[]) =>
      verdictsOf({ results: [result({}), ...peers], flatOut: [], posters: [], recipes: [], growth: null }).find(
        ({ line }) => line.includes('every peer'),
      );
    expect(verdict([loser])).toBeUndefined();
    expect(verdict([loser, result({ contender: 'p-queue paced', seconds: 87 })])).toMatchObject({ pass: true });
    expect(verdict([faster])).toMatchObject({
      pass: false,
      detail: expect.stringMatching(
        /^behind p-limit, RetryInfo \(1\.4 %, 50 % of its calls refused\); why: it has not met/,
      ),
    });
  });

  it('an estimate that was said to be "at least" is judged like any other, and told apart', () => {
    const own = result({ worstEstimate: 0.8, worstFirmEstimate: 0.06 });
    const verdict = verdictsOf({ results: [own], flatOut: [], posters: [], recipes: [], growth: null }).find(
      ({ line }) => line.includes('time left'),
    );
    expect(verdict).toMatchObject({
      pass: false,
      detail: '80 % at worst, when it was said to be "at least" so much; 6 % of those that were not',
    });
  });

  it('judges the barrier, the growth, rate and memory', () => {
    const own = result({ column: 'a styles', seconds: 27, boundSeconds: 26.5, ratio: 27 / 26.5 });
    const barrier = { ...own, contender: BARRIER, seconds: 33 };
    expect(judged([own, barrier])).toContainEqual(['(a) styles ahead of the barrier by 1.2 or more', true]);
    const free = result({ column: 'a styles free', seconds: 5, boundSeconds: 4.3 });
    const original = { ...free, contender: FIVE_AT_A_TIME, seconds: 27 };
    expect(judged([free, original])).toEqual(
      expect.arrayContaining([
        ['(a) styles free under 6 s', true],
        ['(a) styles free ahead of the original: five at a time by 4.5 or more', true],
      ]),
    );
    const one = { callsPerSecond: 950, peakMemoryMb: 240, peakMemoryOfFewMb: 210, lost: 0 };
    const flatOut = [
      { ...one, contender: OURS },
      { ...one, contender: BARE, callsPerSecond: 1_000 },
    ];
    const sizes = [
      { units: 100, microseconds: 10 },
      { units: 100_000, microseconds: 12.5 },
    ];
    const verdicts = verdictsOf({ results: [], flatOut, posters: [], recipes: [], growth: { sizes } });
    expect(verdicts.map(({ pass }) => pass)).toEqual([true, true, false]);
  });
});

describe('worstEstimate', () => {
  it('looks at the whole time estimated, from the end of the first tenth on', () => {
    const samples = [
      { elapsedMs: 5, remainingMs: 900, isAtLeast: false },
      { elapsedMs: 20, remainingMs: 70, isAtLeast: false },
      { elapsedMs: 60, remainingMs: 45, isAtLeast: false },
    ];
    expect(worstEstimate(samples, 100)).toBeCloseTo(0.1);
    expect(worstEstimate([], 100)).toBeNull();
  });
});

describe('curveOf', () => {
  it('is thinned out, keeps its end and is in unscaled seconds', () => {
    const curve = curveOf(
      Array.from({ length: 1_001 }, (_, index) => index),
      6,
    );
    expect(curve.length).toBeLessThan(255);
    expect([curve[0], curve.at(-1)]).toEqual([
      [0, 0],
      [6, 1_001],
    ]);
  });
});
