import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, describe, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import { parseMetrics } from '../../test/support/prometheus-text.ts';
import { AdminAccess } from '../admin/admin-access.ts';
import { ProblemFilter } from '../http/problem.filter.ts';
import { EngineMetrics } from './engine-metrics.ts';
import { MetricsController } from './metrics.controller.ts';

describe('GET /metrics', () => {
  const metrics = new EngineMetrics();
  let app: INestApplication;
  let url: string;

  beforeAll(async () => {
    const access = await AdminAccess.open({ get: async () => null, put: async () => {} }, 'admin-token');
    const module = await Test.createTestingModule({
      controllers: [MetricsController],
      providers: [
        { provide: EngineMetrics, useValue: metrics },
        { provide: AdminAccess, useValue: access },
      ],
    }).compile();
    app = module.createNestApplication({ logger: false });
    app.useGlobalFilters(new ProblemFilter());
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
  });
  afterAll(() => app.close());

  it('shows what the engine tells its observer, at once', async () => {
    const calls = 'contactsheet_stage_duration_seconds_count{stage="call"}';
    const read = async () => parseMetrics((await request(url).get('/metrics').expect(200)).text);
    expect((await read()).get('contactsheet_stage_duration_seconds')?.samples.get(calls)).toBe(0);
    metrics.stage('call', 1_234);
    metrics.attach(() => ({
      slots: { limit: 8, taken: 3 },
      budget: { requestsLeft: null, inputTokensLeft: null },
      quota: { requests: { used: 0, allowed: null }, inputTokens: { used: 0, allowed: null } },
      heldMs: { slots: 0, requests: 0, inputTokens: 0, overload: 0 },
      readsHere: false,
      queued: 2,
      threads: { count: 2, busyShare: 0.5 },
    }));
    const after = await read();
    expect(after.get('contactsheet_stage_duration_seconds')?.samples.get(calls)).toBe(1);
    expect(after.get('contactsheet_slots_taken')?.samples.get('contactsheet_slots_taken')).toBe(3);
    expect(after.get('contactsheet_budget_requests_left')?.samples.size).toBe(0);
  });

  it('nothing goes on measuring once the server has stopped', async () => {
    await app.close();
    const name = 'contactsheet_event_loop_delay_seconds_count';
    const count = async () => (await metrics.text()).split('\n').find((line) => line.startsWith(name));
    const before = await count();
    await delay(100);
    expect(await count()).toBe(before);
  });
});
