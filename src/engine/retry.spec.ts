import { describe, expect, it } from '@jest/globals';
import { CodedError } from '../contract/coded-error.ts';
import { retryDelayMs } from './retry.ts';

const policy = { maxRetries: 3, baseMs: 500, capMs: 4_000 };
const passing = new CodedError('model.unavailable', 'busy', { retryable: true }).toData();

describe('retryDelayMs', () => {
  it('doubles its window with each attempt, up to the cap, and jitters over all of it', () => {
    expect([1, 2, 3].map((attempt) => retryDelayMs(passing, attempt, policy, 1))).toEqual([500, 1_000, 2_000]);
    expect(retryDelayMs(passing, 1, policy, 0)).toBe(0);
    expect(retryDelayMs(passing, 9, { ...policy, maxRetries: 20 }, 1)).toBe(4_000);
  });

  it('takes the wait of the service as a floor, even above the cap', () => {
    const asked = { ...passing, retryAfterMs: 17_000 };
    expect(retryDelayMs(asked, 1, policy, 0)).toBe(17_000);
    expect(retryDelayMs(asked, 1, policy, 1)).toBe(17_500);
  });

  it('is null when there shall be no further call', () => {
    expect(retryDelayMs(passing, 4, policy, 0.5)).toBeNull();
    expect(retryDelayMs({ ...passing, retryable: false }, 1, policy, 0.5)).toBeNull();
    expect(retryDelayMs({ ...passing, stopsRun: true, retryAfterMs: 23_000 }, 1, policy, 0.5)).toBeNull();
  });
});
