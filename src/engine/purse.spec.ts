import { describe, expect, it } from '@jest/globals';
import { callCostUsd, Purse, type Reservation } from './purse.ts';

const price = { inputUsdPerToken: 1e-6, outputUsdPerToken: 4e-6 };

function offered(purse: Purse, inputTokens: number, isKnown = true): Reservation {
  const reservation = purse.offer(inputTokens, isKnown);
  if (!reservation) throw new Error('nothing was offered');
  purse.take(reservation);
  return reservation;
}

describe('callCostUsd', () => {
  it('adds up input, output, and what a call cost beyond them', () => {
    const ofFlash = { inputUsdPerToken: 3e-7, outputUsdPerToken: 2.5e-6 };
    expect(callCostUsd(ofFlash, { input: 2_000, output: 400 })).toBeCloseTo(0.0016, 12);
    expect(callCostUsd(ofFlash, { input: 2_000, output: 400, extraUsd: -0.0008 })).toBeCloseTo(0.0008, 12);
    expect(callCostUsd(ofFlash, { input: 0, output: 0 })).toBe(0);
  });
});

describe('Purse', () => {
  it('without a cap, or without a price, it allows everything and limits no answer', () => {
    for (const purse of [new Purse({ capUsd: null, price }), new Purse({ capUsd: 0.01, price: null })]) {
      expect(purse.offer(10 ** 9, false)).toEqual({ usd: 0, maxOutputTokens: null });
    }
    expect(new Purse({ capUsd: 1, price: null }).costUsd({ input: 1, output: 1 })).toBeNull();
  });

  it('counts what calls cost although nothing caps it', () => {
    const purse = new Purse({ capUsd: null, price });
    purse.settle(offered(purse, 500), { input: 1_000, output: 100 });
    expect(purse.spentUsd).toBeCloseTo(0.0014, 10);
  });

  it('sets aside what a call can cost at most, and gives back the rest', () => {
    const purse = new Purse({ capUsd: 1, price });
    const reservation = offered(purse, 1_000);
    // 1,000 input tokens with a fifth more, 2,048 of output.
    expect(reservation).toEqual({ usd: expect.closeTo(0.0012 + 2_048 * 4e-6, 12), maxOutputTokens: 2_048 });
    expect(purse.isWaitingForCalls).toBe(true);
    purse.settle(reservation, { input: 1_100, output: 50 });
    expect(purse.spentUsd).toBeCloseTo(0.0013, 10);
    expect(purse.isWaitingForCalls).toBe(false);
  });

  it('allows answers three times as long as the longest so far', () => {
    const purse = new Purse({ capUsd: 1, price });
    purse.settle(offered(purse, 1_000), { input: 1_000, output: 2_000 });
    expect(purse.offer(1_000, true)?.maxOutputTokens).toBe(6_000);
  });

  it('while nobody knows how good estimates are, one call goes ahead, with twice its estimate set aside', () => {
    const purse = new Purse({ capUsd: 1, price });
    const first = offered(purse, 1_000, false);
    expect(first.usd).toBeCloseTo(0.002 + 2_048 * 4e-6, 10);
    expect(purse.offer(1_000, false)).toBeNull();
    purse.settle(first, { input: 1_900, output: 1 });
    expect(purse.offer(1_000, true)).not.toBeNull();
  });

  it('near the end allows shorter answers, to use what is left; but only when no call can give something back', () => {
    const callUsd = 0.0012 + 2_048 * 4e-6;
    const purse = new Purse({ capUsd: 2.5 * callUsd, price });
    const [first, second] = [offered(purse, 1_000), offered(purse, 1_000)];
    expect(purse.offer(1_000, true)).toBeNull();
    purse.settle(first, null);
    purse.settle(second, null);
    const last = purse.offer(1_000, true);
    expect(last?.usd).toBeCloseTo(callUsd / 2, 10);
    expect(last?.maxOutputTokens).toBeCloseTo((callUsd / 2 - 0.0012) / 4e-6, -1);
  });

  it('makes no call whose answer would have to be shorter than answers are', () => {
    const purse = new Purse({ capUsd: 0.0012 + 300 * 4e-6, price });
    expect(purse.offer(1_000, true)?.maxOutputTokens).toBe(300);
    purse.charge({ input: 0, output: 50 });
    expect(purse.offer(1_000, true)).toBeNull();
  });

  it('a call that was cut off counts as all that it may have cost', () => {
    const purse = new Purse({ capUsd: 1, price });
    const reservation = offered(purse, 1_000);
    purse.settle(reservation, null);
    expect(purse.spentUsd).toBeCloseTo(reservation.usd, 12);
  });

  it('counts what an earlier life of the run has spent', () => {
    const purse = new Purse({ capUsd: 0.01, price });
    purse.charge({ input: 10_000, output: 0 });
    expect(purse.offer(1, true)).toBeNull();
  });
});
