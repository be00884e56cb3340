import { expect, it } from '@jest/globals';
import { Budget, NEW_ACCOUNT } from './budget.ts';

it('what a day allows is never taken for what a minute allows', () => {
  const budget = new Budget({ told: { requests: null, inputTokens: null }, learnt: NEW_ACCOUNT, now: 0 });
  for (let call = 0; call < 5; call += 1) budget.admitted(budget.charge(call, 1_000), 1_000);
  const charge = budget.charge(5, 1_000);
  budget.refused(charge, [{ quantity: 'requests', period: 'day', limit: 5 }], null, 6);
  // The next day, or a key with a larger quota: nothing is in the way.
  expect(budget.left(7)).toEqual({ requests: null, inputTokens: null });
  expect(budget.learnt(7).requests.limit).toBeNull();
  expect(budget.nextAt(1_000, 1_000)).toBe(1_000);
});
