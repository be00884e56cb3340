import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { startGeminiStandIn } from './gemini-stand-in.ts';
import type { GeminiStandInOptions } from './gemini-stand-in.ts';
import { lognormalLatency, quotaGate } from './stand-in-chance.ts';

async function withStandIn(options: GeminiStandInOptions, use: (ask: () => Promise<Response>) => Promise<void>) {
  const standIn = await startGeminiStandIn(options);
  const url = `${standIn.baseUrl}/v1beta/models/m:generateContent`;
  try {
    await use(() => fetch(url, { method: 'POST', body: '{"contents":[]}' }));
  } finally {
    await standIn.close();
  }
}

describe('the Gemini stand-in', () => {
  it('keeps a sliding quota and says how long to wait', async () => {
    await withStandIn({ quota: { requests: 3, windowMs: 400 } }, async (ask) => {
      const statuses = async () =>
        (await Promise.all([ask(), ask(), ask(), ask()])).map(({ status }) => status).toSorted((a, b) => a - b);
      expect(await statuses()).toEqual([200, 200, 200, 429]);
      expect(await (await ask()).text()).toMatch(/Please retry in \d+\.\d+ms\./);
      await sleep(420);
      expect(await statuses()).toEqual([200, 200, 200, 429]);
    });
  });

  it('has the same 503s for the same seed', async () => {
    const run = async (seed: number) => {
      const statuses: number[] = [];
      await withStandIn({ unavailableRate: 0.3, seed }, async (ask) => {
        for (let index = 0; index < 30; index++) statuses.push((await ask()).status);
      });
      return statuses.join(' ');
    };
    const first = await run(7);
    expect(first).toContain('503');
    expect(await run(7)).toBe(first);
    expect(await run(8)).not.toBe(first);
  });

  it('ends at once with calls under way', async () => {
    const standIn = await startGeminiStandIn({ latencyMs: 60_000 });
    const asked = fetch(`${standIn.baseUrl}/v1beta/models/m:generateContent`, { method: 'POST', body: '{}' });
    const ended = asked.then(
      () => 'answered',
      () => 'cut off',
    );
    while (standIn.inFlight === 0) await sleep(2);
    await standIn.close();
    expect(await ended).toBe('cut off');
  });

  it('runs as a process of its own', async () => {
    const main = fileURLToPath(new URL('gemini-stand-in-main.ts', import.meta.url));
    const args = [main, '--answer', '{"shows":[]}', '--api-key', 'k', '--until-stdin-ends'];
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const { baseUrl } = JSON.parse(line.toString()) as { baseUrl: string };
    const url = `${baseUrl}/v1beta/models/m:generateContent`;
    const response = await fetch(url, { method: 'POST', body: '{}', headers: { 'x-goog-api-key': 'k' } });
    expect(await response.text()).toContain('shows');
    const exited = once(child, 'exit');
    child.stdin.end();
    expect((await exited)[0]).toBe(0);
  });
});

describe('quotaGate', () => {
  it('refills a bucket steadily', () => {
    const gate = quotaGate({ requests: 2, windowMs: 1_000, kind: 'bucket' });
    expect([gate(0), gate(0), gate(0)]).toEqual([0, 0, 500]);
    expect([gate(400), gate(500), gate(600)].map(Math.round)).toEqual([100, 0, 400]);
  });

  it('lets in no more than its requests in any window', () => {
    const gate = quotaGate({ requests: 2, windowMs: 1_000 });
    expect([gate(0), gate(300), gate(900)]).toEqual([0, 0, 100]);
    expect([gate(1_000), gate(1_100), gate(1_300)]).toEqual([0, 200, 0]);
  });
});

describe('lognormalLatency', () => {
  it('has its median, and a tail', () => {
    const latency = lognormalLatency(300, 0.5, 3);
    const ask = {
      index: 0,
      imageSha256: null,
      imageBytes: 0,
      earlier: 0,
      model: '',
      prompt: '',
      key: null,
      body: null,
    };
    const drawn = Array.from({ length: 4_001 }, () => latency(ask)).toSorted((a, b) => a - b);
    expect(drawn[2_000]).toBeGreaterThan(280);
    expect(drawn[2_000]).toBeLessThan(320);
    expect(drawn[3_960]).toBeGreaterThan(800);
  });
});
