import { expect, it } from '@jest/globals';
import { NOTHING_LEARNT } from './meter-learnt.ts';
import { Meter } from './meter.ts';

it('a call beyond the limit that was let in while another was refused does not make a bucket of a window', () => {
  const meter = new Meter({ windowMs: 60_000, told: 21, learnt: NOTHING_LEARNT, slackShare: 0 });
  const spends = Array.from({ length: 22 }, (_, call) => meter.charge(call * 10, 1));
  const [overtaken, scout] = [spends[18], spends[21]];
  if (!overtaken || !scout) throw new Error('unreachable');
  // The last of them, one beyond the limit, came before another that had begun earlier.
  meter.admitted(scout, 1);
  meter.refused(overtaken, { waitMs: 59_000, limit: 21 }, 260);
  meter.nextAt(2_000, 1);
  expect(meter.learnt.kind).not.toBe('bucket');
});
