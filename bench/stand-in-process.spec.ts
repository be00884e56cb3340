import { describe, expect, it } from '@jest/globals';
import { callOnce } from './contenders/caller.ts';
import type { Job } from './job.ts';
import { StandInProcess } from './stand-in-process.ts';

describe('StandInProcess', () => {
  it('is set by a reset, counts, and begins anew at the next one', async () => {
    const standIn = await StandInProcess.start();
    try {
      const { baseUrl } = standIn;
      const job: Job = {
        units: [],
        baseUrl,
        analysis: 'shows',
        inFlight: 1,
        findsSlots: false,
        rpm: null,
        tpm: null,
        tokensPerCall: 600,
        hedging: false,
        timeoutMs: 5_000,
        maxRetries: 3,
        minuteMs: 60_000,
        dataDir: null,
      };
      const options = { quota: { requests: 1, windowMs: 60_000 }, load: { latency: { meanMs: 5, deviationMs: 0 } } };
      await standIn.reset(options);
      expect(await callOnce(job)).toEqual({ kind: 'ok' });
      const refused = await callOnce(job);
      expect(refused).toMatchObject({ kind: 'refused' });
      expect(refused.kind === 'refused' ? refused.retryAfterMs : 0).toBeGreaterThan(50_000);
      const counters = await standIn.counters();
      expect(counters).toMatchObject({ arrived: 2, admitted: 1, completed: 1, refused: { requests: 1 } });
      await standIn.reset(options);
      expect(await standIn.counters()).toMatchObject({ arrived: 0, admitted: 0, finishedMs: [] });
      expect(await callOnce(job)).toEqual({ kind: 'ok' });
    } finally {
      await standIn.close();
    }
  });
});
