import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { HostPace } from './host-pace.ts';

/** A clock that goes on when somebody waits. */
function simulated() {
  const clock = { ms: 0, waits: [] as number[] };
  const wait = async (ms: number) => {
    clock.waits.push(ms);
    clock.ms += ms;
  };
  return { clock, options: { now: () => clock.ms, wait } };
}

async function begin(pace: HostPace, host: string): Promise<void> {
  do await pace.ready(host);
  while (!pace.take(host));
}

describe('HostPace', () => {
  it('lets no more begin within any minute, and waits no longer than that takes', async () => {
    const cases = fc.asyncProperty(
      fc.integer({ min: 1, max: 20 }),
      fc.array(fc.integer({ min: 0, max: 30_000 }), { minLength: 1, maxLength: 60 }),
      async (perMinute, pauses) => {
        const { clock, options } = simulated();
        const pace = new HostPace({ perMinute, ...options });
        const starts: number[] = [];
        for (const pauseMs of pauses) {
          clock.ms += pauseMs;
          const askedAt = clock.ms;
          await begin(pace, 'a.example');
          starts.push(clock.ms);
          const before = starts.at(-1 - perMinute);
          if (before !== undefined) expect(clock.ms - before).toBeGreaterThanOrEqual(60_000);
          expect(clock.ms).toBe(Math.max(askedAt, (before ?? -60_000) + 60_000));
        }
      },
    );
    await fc.assert(cases, { numRuns: 100 });
  });

  it('counts each host by itself', async () => {
    const { clock, options } = simulated();
    const pace = new HostPace({ perMinute: 1, ...options });
    for (const host of ['a.example', 'b.example', 'c.example']) await begin(pace, host);
    expect(clock.ms).toBe(0);
    expect(pace.take('a.example')).toBe(false);
    await begin(pace, 'b.example');
    expect(clock.ms).toBe(60_000);
  });

  it('leaves a host alone for as long as it asks; a shorter rest does not end a longer one', async () => {
    const { clock, options } = simulated();
    const pace = new HostPace({ perMinute: 100, ...options });
    pace.rest('a.example', 5_000);
    pace.rest('a.example', 1_000);
    expect(pace.restMs('a.example')).toBe(5_000);
    expect(pace.take('a.example')).toBe(false);
    expect(pace.take('b.example')).toBe(true);
    await begin(pace, 'a.example');
    expect(clock.ms).toBe(5_000);
  });

  it('forgets hosts that were not asked for a minute, and no others', async () => {
    const { clock, options } = simulated();
    const pace = new HostPace({ perMinute: 1, ...options });
    for (let host = 0; host < 1_000; host += 1) expect(pace.take(`${host}.example`)).toBe(true);
    clock.ms += 59_999;
    expect(pace.take('new.example')).toBe(true);
    expect(pace.take('999.example')).toBe(false);
    clock.ms += 1;
    expect(pace.take('999.example')).toBe(true);
  });
});
