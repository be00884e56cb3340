import { describe, expect, it } from '@jest/globals';
import type { CallEnded, EngineState } from '../engine/observer.ts';
import { CallLog, MOST_CALLS } from './call-log.ts';
import { timelineOf } from './timeline.ts';

const STATE: EngineState = {
  slots: { limit: 20, taken: 0 },
  budget: { requestsLeft: null, inputTokensLeft: null },
  quota: { requests: { used: 0, allowed: null }, inputTokens: { used: 0, allowed: null } },
  heldMs: { slots: 0, requests: 0, inputTokens: 0, overload: 0 },
  readsHere: false,
  queued: 0,
  threads: { count: 2, busyShare: 0.1 },
};
const NAMES = new Map([[0, 'a.png']]);
const call = (changes: Partial<CallEnded>): CallEnded => ({
  unitId: '0',
  startedAt: performance.now(),
  endedAt: performance.now() + 100,
  outcome: 'succeeded',
  quota: null,
  code: null,
  tokens: { input: 1, output: 1 },
  costUsd: null,
  isHedge: false,
  isRetry: false,
  wasKnown: false,
  thread: 7,
  ...changes,
});
const life = (calls: readonly CallEnded[], known: readonly string[] = []) => {
  const log = new CallLog(false);
  log.begin(STATE);
  for (const each of calls) log.callEnded(each);
  for (const unitId of known) log.unitEnded(unitId, true, true);
  return log;
};

describe('the timeline of a run', () => {
  it('tells calls, retries, second calls and kept answers apart, and counts threads from 1', () => {
    const log = life(
      [
        call({ outcome: 'refused', code: 'model.quotaPerMinute', thread: 12 }),
        call({ isRetry: true, thread: 9 }),
        call({ isHedge: true, outcome: 'aborted', thread: 12 }),
        call({ wasKnown: true }),
      ],
      ['0'],
    );
    const { calls } = timelineOf('run_1', [log.take(STATE, 100, false)], NAMES);
    const seen = calls.map(({ kind, outcome, thread, code, image }) => [kind, outcome, thread, code, image].join(' '));
    expect(seen.toSorted()).toEqual(
      [
        'call refused 2 model.quotaPerMinute a.png',
        'retry succeeded 1  a.png',
        'hedge aborted 2  a.png',
        'cached succeeded   a.png',
        'cached succeeded   a.png',
      ].toSorted(),
    );
  });

  it('adds up what the calls took but for second ones, also of those that found no room', () => {
    const calls = Array.from({ length: MOST_CALLS + 200 }, () => call({ startedAt: 1e6, endedAt: 1e6 + 10 }));
    const log = life([...calls, call({ isHedge: true, startedAt: 1e6, endedAt: 1e6 + 10 })]);
    const timeline = timelineOf('run_1', [log.take(STATE, 2_000, false)], NAMES);
    expect(timeline.calls).toHaveLength(MOST_CALLS);
    expect(timeline.dropped).toBe(201);
    expect(timeline.sequentialMs).toBe((MOST_CALLS + 200) * 10);
    expect(timeline.parallelMs).toBe(2_000);
  });

  it('lays lives of a run one after another, and never keeps more calls than one may have', () => {
    const first = life([call({})]).take(STATE, 500, false);
    const second = life(Array.from({ length: MOST_CALLS }, () => call({}))).take(STATE, 700, false);
    const timeline = timelineOf('run_1', [first, { ...second, lifeAt: first.lifeAt + 60_000 }], NAMES);
    const [one, ...others] = timeline.calls;
    expect(others.every(({ startMs }) => startMs >= (one?.endMs ?? Infinity))).toBe(true);
    expect(timeline.wallMs).toBeLessThan(10_000);
    expect({ dropped: timeline.dropped, parallelMs: timeline.parallelMs }).toEqual({ dropped: 1, parallelMs: 1_200 });
  });

  it('says what held the run up, by all its parts together', () => {
    const log = life([call({})]);
    const held = { ...STATE, heldMs: { ...STATE.heldMs, requests: 800 } };
    const parts = [
      log.take(held, 1_000, false),
      log.take({ ...held, heldMs: { ...held.heldMs, requests: 1_600 } }, 2_000, true),
    ];
    expect(timelineOf('run_1', parts, NAMES).advice.map(({ code }) => code)).toEqual(['moneyBinds', 'quotaBinds']);
    expect(timelineOf('run_1', [], NAMES)).toMatchObject({ calls: [], advice: [] });
  });
});
