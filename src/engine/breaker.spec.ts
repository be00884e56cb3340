import { describe, expect, it } from '@jest/globals';
import { Breaker } from './breaker.ts';

function failing(times: number, at = 0): Breaker {
  const breaker = new Breaker();
  for (let call = 0; call < times; call++) breaker.ended(true, at, at);
  return breaker;
}

describe('Breaker', () => {
  it('lets everything through while most calls are answered', () => {
    const breaker = new Breaker();
    for (let call = 0; call < 200; call++) breaker.ended(call % 2 === 0, 0, 0);
    expect([breaker.closedUntil(0), breaker.isTrying]).toEqual([-Infinity, false]);
  });

  it('does not judge by fewer than ten answers', () => {
    expect(failing(9).closedUntil(0)).toBe(-Infinity);
    expect(failing(10).closedUntil(0)).toBe(1_000);
  });

  it('keeps calls off for a second, then lets one at a time try', () => {
    const breaker = failing(10);
    expect(breaker.closedUntil(999)).toBe(1_000);
    expect([breaker.closedUntil(1_000), breaker.isTrying]).toEqual([-Infinity, true]);
    breaker.begun();
    expect(breaker.closedUntil(1_001)).toBe(Infinity);
    breaker.ended(false, 1_000, 1_500);
    expect([breaker.closedUntil(1_500), breaker.isTrying]).toEqual([-Infinity, true]);
    breaker.begun();
    breaker.ended(false, 1_500, 2_000);
    expect([breaker.closedUntil(2_000), breaker.isTrying]).toEqual([-Infinity, false]);
  });

  it('rests twice as long each time a trial fails, half a minute at most', () => {
    const breaker = failing(10);
    const rests: number[] = [];
    let now = 1_000;
    for (let trial = 0; trial < 7; trial++) {
      breaker.begun();
      breaker.ended(true, now, now);
      rests.push(breaker.closedUntil(now) - now);
      now = breaker.closedUntil(now);
    }
    expect(rests).toEqual([2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('a trial that is cancelled or refused for a quota says nothing: another one follows', () => {
    const breaker = failing(10);
    breaker.begun();
    breaker.ended(null, 1_000, 1_200);
    expect([breaker.closedUntil(1_200), breaker.isTrying]).toEqual([-Infinity, true]);
  });

  it('calls from before the rest change nothing, whenever they end', () => {
    const breaker = failing(10);
    breaker.begun();
    for (let call = 0; call < 30; call++) breaker.ended(false, 500, 1_100);
    expect([breaker.closedUntil(1_100), breaker.isTrying]).toEqual([Infinity, true]);
    breaker.ended(true, 1_000, 1_200);
    for (let call = 0; call < 30; call++) breaker.ended(true, 500, 1_300);
    expect(breaker.closedUntil(1_300)).toBe(3_200);
  });

  it('begins anew once it is over: short rests, and what was before is forgotten', () => {
    const breaker = failing(10);
    for (const at of [1_000, 1_100]) {
      breaker.begun();
      breaker.ended(false, at, at);
    }
    for (let call = 0; call < 9; call++) breaker.ended(true, 2_000, 2_000);
    expect(breaker.closedUntil(2_000)).toBe(-Infinity);
    breaker.ended(true, 2_000, 2_000);
    expect(breaker.closedUntil(2_000)).toBe(3_000);
  });
});
