import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ADVICE_CODES } from '../contract/performance.ts';
import { adviceOf, type Conditions } from './advice.ts';

const NOTHING_HELD = { slots: 0, requests: 0, inputTokens: 0, overload: 0 };
const CALM: Conditions = {
  spanMs: 60_000,
  heldMs: NOTHING_HELD,
  readsHere: false,
  isSequential: false,
  threads: 3,
  busyShare: 0.2,
  slots: 60,
  callsMade: 200,
  refusals: 0,
  callMs: 2_400,
  requestsAllowed: 300,
  inputTokensAllowed: null,
  isMoneySpent: false,
};
const codes = (changes: Partial<Conditions>) => adviceOf({ ...CALM, ...changes }).map(({ code }) => code);

describe('adviceOf', () => {
  it('says that more workers will not help where the quota holds calls up', () => {
    const [advice] = adviceOf({ ...CALM, heldMs: { ...NOTHING_HELD, requests: 40_000, slots: 5_000 } });
    expect(advice).toMatchObject({ code: 'quotaBinds', values: { allowed: 300, percent: 67 } });
    expect(advice?.text).toContain('More workers or slots will not help');
  });

  it('names what holds calls up: tokens, slots, an overloaded service', () => {
    expect(codes({ heldMs: { ...NOTHING_HELD, inputTokens: 30_000 } })).toEqual(['tokensBind']);
    expect(codes({ heldMs: { ...NOTHING_HELD, slots: 50_000 } })).toEqual(['slotsBind']);
    expect(adviceOf({ ...CALM, heldMs: { ...NOTHING_HELD, overload: 20_000 } })).toMatchObject([
      { code: 'latencyBinds', values: { overloaded: 1 } },
    ]);
  });

  it('puts what held longest first, and leaves out what held for a moment', () => {
    expect(codes({ heldMs: { slots: 20_000, requests: 35_000, inputTokens: 3_000, overload: 0 } })).toEqual([
      'quotaBinds',
      'slotsBind',
    ]);
  });

  it('speaks of threads where they read themselves, or have no time to prepare images', () => {
    expect(codes({ readsHere: true, heldMs: { ...NOTHING_HELD, slots: 55_000 } })).toEqual(['threadsBind']);
    expect(codes({ busyShare: 0.95 })).toEqual(['threadsBind']);
  });

  it('says that the service needs the time where nothing held a call up', () => {
    expect(adviceOf(CALM)).toMatchObject([{ code: 'latencyBinds', values: { callMs: 2_400 } }]);
  });

  it('says of a sequential run that its calls follow each other, whatever else there was', () => {
    const [advice] = adviceOf({ ...CALM, isSequential: true, heldMs: { ...NOTHING_HELD, requests: 20_000 } });
    expect(advice).toMatchObject({ code: 'slotsBind', values: { slots: 1 } });
  });

  it('tells of refusals where they are more than the few that teach the quota', () => {
    expect(codes({ refusals: 2, callsMade: 10 })).toEqual(['latencyBinds']);
    expect(codes({ refusals: 20 })).toEqual(['latencyBinds', 'refusals']);
  });

  it('says that the money is spent, also where no call was made', () => {
    expect(codes({ isMoneySpent: true })).toEqual(['moneyBinds', 'latencyBinds']);
    expect(codes({ isMoneySpent: true, callsMade: 0 })).toEqual(['moneyBinds']);
    expect(codes({ callsMade: 0 })).toEqual(['idle']);
  });

  it('has something to say of any conditions, in words with all their numbers', () => {
    const ms = fc.integer({ min: 0, max: 200_000 });
    const conditions = fc.record({
      spanMs: ms,
      heldMs: fc.record({ slots: ms, requests: ms, inputTokens: ms, overload: ms }),
      readsHere: fc.boolean(),
      isSequential: fc.boolean(),
      threads: fc.integer({ min: 0, max: 5 }),
      busyShare: fc.double({ min: 0, max: 1, noNaN: true }),
      slots: fc.integer({ min: 0, max: 1_000 }),
      callsMade: fc.nat(1_000),
      refusals: fc.nat(1_000),
      callMs: fc.option(ms),
      requestsAllowed: fc.option(ms),
      inputTokensAllowed: fc.option(ms),
      isMoneySpent: fc.boolean(),
    });
    fc.assert(
      fc.property(conditions, (each) => {
        const advice = adviceOf(each);
        expect(advice.length).toBeGreaterThan(0);
        for (const { code, text } of advice) {
          expect(ADVICE_CODES).toContain(code);
          expect(text).not.toMatch(/NaN|undefined|null|Infinity/);
        }
      }),
    );
  });
});
