import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createGeminiModel } from '../../src/models/gemini/gemini-model.ts';
import { readQuota } from '../../src/models/gemini/gemini-quota.ts';
import { startGeminiStandIn } from '../support/gemini-stand-in.ts';
import type { GeminiStandIn } from '../support/gemini-stand-in.ts';
import { everythingIn, failureOf, KEY, question } from './vision-model.contract.ts';

interface KnownError {
  http: number;
  body: unknown;
}

const file = new URL('../../../shared/data/gemini-errors.json', import.meta.url);
const known: Record<string, KnownError> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
const withShared = existsSync(file) ? describe : describe.skip;

const stops = { retryable: false, stopsRun: true };
const again = { retryable: true, stopsRun: false };
const pauses = { retryable: false, stopsRun: false, pausesRun: { until: null } };
const never = { retryable: false, stopsRun: false };

const EXPECTED: Record<string, object> = {
  api_key_invalid: { code: 'model.keyRefused', ...stops, signal: null },
  invalid_image: { code: 'image.unreadable', ...never, signal: null },
  schema_over_budget_bare: { code: 'model.requestRefused', ...never, signal: null },
  schema_too_many_states: { code: 'model.requestRefused', ...never, signal: null },
  unknown_field: { code: 'model.requestRefused', ...never, signal: null },
  bad_role: { code: 'model.requestRefused', ...never, signal: null },
  thinking_minimal_interactions: { code: 'model.requestRefused', ...never, signal: null },
  prepay_depleted: { code: 'model.accountEmpty', ...pauses, signal: null },
  model_not_found: { code: 'model.notFound', ...stops, signal: null },
  rpm_429: { code: 'model.quotaPerMinute', ...again, signal: 'quota', retryAfterMs: 17_402 },
  rpd_429: {
    code: 'model.quotaPerDay',
    ...pauses,
    pausesRun: { until: expect.stringMatching(/T0[78]:00:00.000Z$/) },
    signal: 'quota',
    retryAfterMs: null,
  },
  internal_500: { code: 'model.unavailable', ...again, signal: 'load', retryAfterMs: null },
  unavailable_503_2026: { code: 'model.unavailable', ...again, signal: 'load', retryAfterMs: null },
  unavailable_503_2025: { code: 'model.unavailable', ...again, signal: 'load', retryAfterMs: null },
  deadline_504: { code: 'model.unavailable', ...again, signal: 'load', retryAfterMs: null },
};

let standIn: GeminiStandIn;
beforeAll(async () => {
  standIn = await startGeminiStandIn();
});
afterAll(() => standIn.close());

async function meet(status: number, body: unknown) {
  standIn.set({ script: () => ({ kind: 'http', status, body }) });
  const model = createGeminiModel({ kind: 'gemini', apiKey: KEY, baseUrl: standIn.baseUrl, model: 'm' });
  const failure = await failureOf(model.ask(question(), new AbortController().signal));
  expect(everythingIn(failure)).not.toContain(KEY);
  return failure;
}

async function dataOf(status: number, body: unknown) {
  return (await meet(status, body)).toData();
}

withShared('error bodies seen in the wild', () => {
  it('each has its expectation', () => {
    expect(Object.keys(known).toSorted()).toEqual(Object.keys(EXPECTED).toSorted());
  });

  it.each(Object.keys(known))('%s', async (name) => {
    const { http, body } = known[name] ?? { http: 0, body: null };
    expect(await dataOf(http, body)).toMatchObject(EXPECTED[name] ?? {});
  });

  it('give the quota that the budget learns from', () => {
    expect(readQuota(known['rpm_429']?.body)).toEqual({
      retryAfterMs: 17_402,
      violations: [
        {
          quotaId: 'GenerateRequestsPerMinutePerProjectPerModel-FreeTier',
          quotaMetric: 'generativelanguage.googleapis.com/generate_content_free_tier_requests',
          quotaValue: 5,
          period: 'minute',
          unit: 'requests',
          model: 'gemini-3.6-flash',
        },
      ],
    });
    expect(readQuota(known['rpd_429']?.body).violations).toMatchObject([{ period: 'day', quotaValue: 20 }]);
  });

  it('give it with the failure, as the adapter throws it', async () => {
    const daily = [{ quantity: 'requests', period: 'day', limit: 20 }];
    expect((await dataOf(429, known['rpd_429']?.body)).quota).toEqual(daily);
    expect((await dataOf(503, known['unavailable_503_2025']?.body)).quota).toEqual([]);
  });

  it('are what the stand-in says, word for word but for numbers and the model', async () => {
    const faults = {
      api_key_invalid: { kind: 'keyRefused' },
      prepay_depleted: { kind: 'accountEmpty' },
      rpm_429: { kind: 'quotaPerMinute', retryDelayMs: 17_401.298, limit: 5 },
      unavailable_503_2025: { kind: 'unavailable' },
    } as const;
    for (const [name, fault] of Object.entries(faults)) {
      standIn.set({ script: () => fault });
      const url = `${standIn.baseUrl}/v1beta/models/gemini-3.6-flash:generateContent`;
      const response = await fetch(url, { method: 'POST', body: '{}' });
      expect(response.status).toBe(known[name]?.http);
      expect(response.headers.has('retry-after')).toBe(false);
      expect(await response.json()).toEqual(known[name]?.body);
    }
  });
});

describe('other refusals', () => {
  const error = (code: number, message: string, status = '') => ({ error: { code, message, status } });

  it.each([
    [
      'no details at all',
      429,
      error(429, 'Resource has been exhausted (e.g. check quota).'),
      { code: 'model.quotaPerMinute' },
    ],
    [
      'credits used up',
      429,
      error(429, 'Your prepayment credits are depleted.'),
      { code: 'model.accountEmpty', ...pauses },
    ],
    [
      'an expired key',
      400,
      error(400, 'API key expired. Please renew the API key.'),
      { code: 'model.keyRefused', ...stops },
    ],
    [
      'a service not enabled',
      403,
      error(403, 'Generative Language API has not been used'),
      { code: 'model.keyRefused', ...stops },
    ],
    ['a place not served', 400, error(400, 'User location is not supported for the API use.'), { ...stops }],
    ['a bad gateway in HTML', 502, '<html>Bad Gateway</html>', { code: 'model.unavailable', ...again }],
    ['a teapot', 418, '', { code: 'model.requestRefused', ...never }],
  ])('%s', async (_, status, body, expected) => {
    expect(await dataOf(status, body)).toMatchObject(expected);
  });

  it('a plan whose limit is 0 never succeeds', async () => {
    const metric = 'generativelanguage.googleapis.com/generate_content_free_tier_requests';
    const details = [
      {
        '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
        violations: [{ quotaMetric: metric, quotaId: 'GenerateRequestsPerMinutePerProjectPerModel-FreeTier' }],
      },
      { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '9s' },
    ];
    const message = `You exceeded your current quota.\n* Quota exceeded for metric: ${metric}, limit: 0, model: m\nPlease retry in 9.1s.`;
    expect(await dataOf(429, { error: { code: 429, message, details } })).toMatchObject({
      code: 'model.accountEmpty',
      ...stops,
    });
  });
});
