import { describe, expect, it } from '@jest/globals';
import { durationMs, readQuota } from './gemini-quota.ts';

const TYPE = 'type.googleapis.com/google.rpc.';
const METRIC = 'generativelanguage.googleapis.com/generate_content_free_tier_input_token_count';

describe('readQuota', () => {
  it('names every limit, and takes the longer of the two waits', () => {
    const body = {
      error: {
        message: `You exceeded your quota.\n* Quota exceeded for metric: ${METRIC}, limit: 250000, model: m\nPlease retry in 17.401298s.`,
        details: [
          {
            '@type': `${TYPE}QuotaFailure`,
            violations: [
              {
                quotaMetric: METRIC,
                quotaId: 'GenerateContentInputTokensPerModelPerMinute-FreeTier',
                quotaDimensions: { model: 'm' },
              },
              { quotaId: 'GenerateRequestsPerDayPerProjectPerModel-FreeTier', quotaValue: '20' },
            ],
          },
          { '@type': `${TYPE}RetryInfo`, retryDelay: '17s' },
        ],
      },
    };
    const { violations, retryAfterMs } = readQuota(body);
    expect(retryAfterMs).toBe(17_402);
    expect(violations).toMatchObject([
      { period: 'minute', unit: 'inputTokens', quotaValue: 250_000, model: 'm' },
      { period: 'day', unit: 'requests', quotaValue: 20, model: null },
    ]);
  });

  it.each([null, 'text', {}, { error: null }, { error: { details: 'x' } }, { error: { details: [null, 1] } }])(
    'reads nothing out of %j',
    (body) => {
      expect(readQuota(body)).toEqual({ violations: [], retryAfterMs: null });
    },
  );
});

describe('durationMs', () => {
  it.each([
    ['17s', 17_000],
    ['17.401298s', 17_402],
    ['1m2.5s', 62_500],
    ['1h', 3_600_000],
    ['513.4ms', 514],
    ['0s', 0],
    ['', null],
    ['soon', null],
    ['1.2.3s', null],
  ])('%s is %j ms', (duration, expected) => {
    expect(durationMs(duration)).toBe(expected);
  });
});
