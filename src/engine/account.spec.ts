import { describe, expect, it } from '@jest/globals';
import { SimulatedAccount } from '../../test/support/simulated-account.ts';
import { SimulatedClock } from '../../test/support/simulated-clock.ts';
import { simulatedRun, unitsFrom0 } from '../../test/support/simulated-run.ts';
import type { QuotaLimit } from '../../test/support/stand-in-quota.ts';
import { Account, type AccountOptions } from './account.ts';

const EPOCH_MS = Date.UTC(2026, 0, 1);
const HOUR_MS = 3_600_000;
const NEVER = new AbortController().signal;
const UNTOLD: AccountOptions['told'] = { requests: null, inputTokens: null };

/** One process: its own clock, which begins anywhere, beside the clock on the wall. */
function processAt(wallMs: number, learnt: unknown, told = UNTOLD) {
  const clock = new SimulatedClock();
  const account = new Account({ told, learnt, clock, epochMs: () => EPOCH_MS + wallMs + clock.now() });
  account.gate.slots.resize(300, 50);
  return { clock, account, slots: account.gate.slots, gate: account.gate, budget: account.budget };
}

/** Reads a pile, and keeps what was learnt as the service does: as JSON. */
async function read(
  process: ReturnType<typeof processAt>,
  requests: QuotaLimit,
  count: number,
): Promise<{ kept: unknown; refused: number }> {
  const { clock, account } = process;
  const service = new SimulatedAccount({ clock, requests, latencyMs: () => 500 });
  const run = simulatedRun(process, {
    units: unitsFrom0(count),
    async call({ payload }, _prepared, _terms, signal) {
      const result = await service.call(payload, signal);
      if (!result.ok && result.failure.signal === 'quota') account.noteRefusal();
      else if (result.ok) account.noteAnswer(result.tokens.output);
      return result;
    },
  });
  await clock.drive(run.ended);
  expect(run.outcomes).toHaveLength(count);
  return { kept: JSON.parse(JSON.stringify(account.learnt(true))) as unknown, refused: service.refused };
}

/** How many calls may begin at once. */
function atOnce({ clock, budget }: ReturnType<typeof processAt>, most = 500): number {
  for (let calls = 0; calls < most; calls++) {
    if (budget.nextAt(clock.now(), 0) > clock.now()) return calls;
    budget.charge(clock.now(), 0);
  }
  return most;
}

describe('Account', () => {
  const requests = { amount: 100 };

  it('foresees what a limit that it was told of allows, or one that it has met, or what went through before', async () => {
    const foresees = ({ budget, clock }: ReturnType<typeof processAt>, count: number) =>
      budget.foresees(clock.now(), count);
    expect(foresees(processAt(0, null, { ...UNTOLD, requests: 100 }), 250)).toBe(true);
    expect(foresees(processAt(0, null), 1)).toBe(false);
    const met = processAt(0, null);
    await read(met, requests, 150);
    expect(foresees(met, 1_000)).toBe(true);
    const unmet = processAt(0, null);
    const { kept } = await read(unmet, { amount: 10_000 }, 150);
    expect(foresees(unmet, 10)).toBe(false);
    const hourLater = processAt(HOUR_MS, kept);
    expect([foresees(hourLater, 150), foresees(hourLater, 151)]).toEqual([true, false]);
  });

  it('what was learnt survives the process: the next one is not refused', async () => {
    const first = await read(processAt(0, null), requests, 250);
    expect(first.refused).toBeGreaterThan(0);
    const next = processAt(HOUR_MS, first.kept);
    expect(next.account.before).not.toBeNull();
    const again = await read(next, requests, 250);
    expect(again.refused).toBe(0);
  });

  it('so does what was used: the next process knows what is left of the minute', async () => {
    const first = processAt(0, null);
    const { kept } = await read(first, requests, 150);
    const endedMs = first.clock.now();
    // 50 of the calls were made in the last second.
    const atOncesLater = [0, 30_000, 70_000].map((laterMs) => atOnce(processAt(endedMs + laterMs, kept)));
    expect(atOncesLater).toEqual([50, 50, 100]);
  });

  it('limits that no refusal has told of for a day are found out anew', async () => {
    const { kept } = await read(processAt(0, null), requests, 150);
    const limitAfter = (ms: number) => processAt(ms, kept).budget.learnt(0).requests.limit;
    expect(limitAfter(23.5 * HOUR_MS)).toBe(100);
    expect(limitAfter(24.5 * HOUR_MS)).toBeNull();
  });

  it('what the person tells now goes before what was learnt', async () => {
    const { kept } = await read(processAt(0, null), requests, 150);
    const process = processAt(HOUR_MS, kept, { requests: 40, inputTokens: null });
    expect(process.budget.learnt(0).requests.limit).toBe(40);
    expect(atOnce(process)).toBe(40);
  });

  it('what an account has never been refused, it goes on bearing', async () => {
    const { kept } = await read(processAt(0, null), { amount: 10_000 }, 400);
    const { budget, clock } = processAt(HOUR_MS, kept);
    expect(budget.learnt(0)).toMatchObject({ requests: { limit: null }, proven: 400 });
    let now = clock.now();
    for (let calls = 0; calls < 400; calls++) {
      now = Math.max(now, budget.nextAt(now, 0));
      budget.charge(now, 0);
    }
    expect(now).toBeLessThan(500);
  });

  it('keeps how many calls the service bore, what they take and how long answers are', async () => {
    const first = processAt(0, null);
    const { kept } = await read(first, { amount: 10_000 }, 2_000);
    first.account.noteLatency({ meanMs: 700, p95Ms: 900 });
    expect(kept).toMatchObject({ version: 1, slots: 300, outputTokens: 10 });
    const later = processAt(HOUR_MS, JSON.parse(JSON.stringify(first.account.learnt(true))));
    expect(later.account.latency).toEqual({ meanMs: 700, p95Ms: 900 });
    expect(later.account.outputTokens).toBe(10);
  });

  it.each([null, undefined, 7, 'x', {}, [], { version: 2, savedAt: 1 }])(
    'takes %p, which it did not write, for an account that was never met',
    (kept) => {
      const { account } = processAt(0, kept);
      expect([account.before, account.latency, account.outputTokens]).toEqual([null, null, null]);
    },
  );

  it('a clock on the wall that was set back does not make usage last for ever', async () => {
    const { kept } = await read(processAt(0, null), requests, 150);
    const process = processAt(-48 * HOUR_MS, kept);
    await process.clock.drive(process.clock.sleep(61_000, NEVER));
    expect(atOnce(process)).toBe(100);
  });
});
