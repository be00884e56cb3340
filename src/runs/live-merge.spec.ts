import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { LiveMerge } from './live-merge.ts';

describe('LiveMerge', () => {
  it('merges what came right after a merge, too, though nothing comes after it', async () => {
    const read: { id: string }[] = [{ id: 'first' }];
    const told: unknown[] = [];
    const merge = new LiveMerge(
      async () => [...read],
      () => told.push(...merge.takeChanges()),
    );
    merge.nudge();
    read.push({ id: 'while it merges' });
    merge.nudge();
    await delay(50);
    read.push({ id: 'a moment later' });
    merge.nudge();
    await delay(900);
    expect(merge.records).toEqual(read);
    expect(told).toEqual(read);
  });

  it('leaves nothing to be done later once it is stopped', async () => {
    let merges = 0;
    const merge = new LiveMerge(
      async () => [{ id: String((merges += 1)) }],
      () => {},
    );
    merge.nudge();
    await delay(20);
    merge.nudge();
    merge.stop();
    await delay(500);
    expect(merges).toBe(1);
  });
});
