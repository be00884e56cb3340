import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { DEFAULT_SETTINGS } from '../contract/settings.ts';
import type { ValueStore } from '../runs/run-store.ts';
import { SettingsService } from './settings.service.ts';

/** A store whose writes take as long as the test says, and fail where it says. */
function slowStore(putMs: number[] = []): ValueStore & { stored: Map<string, unknown> } {
  const stored = new Map<string, unknown>();
  return {
    stored,
    get: async (name) => stored.get(name) ?? null,
    async put(name, value) {
      const ms = putMs.shift() ?? 0;
      await delay(Math.abs(ms));
      if (ms < 0) throw new Error('The disk is full.');
      stored.set(name, value);
    },
  };
}

describe('SettingsService', () => {
  it('keeps every one of the changes that are made at once, however long each takes', async () => {
    const store = slowStore([30, 1, 15]);
    const settings = await SettingsService.open(store);
    const changes = [{ maxRetries: 7 }, { maxInFlight: 50 }, { batchSize: 9, maxRetries: 8 }];
    const answers = await Promise.all(changes.map((change) => settings.change(change)));
    const wanted = { ...DEFAULT_SETTINGS, maxRetries: 8, maxInFlight: 50, batchSize: 9 };
    expect(settings.get()).toEqual(wanted);
    expect(answers.at(-1)).toEqual(wanted);
    expect((await SettingsService.open(store)).get()).toEqual(wanted);
  });

  it('a change that cannot be stored is not made, and does not hold up the next', async () => {
    const settings = await SettingsService.open(slowStore([-10, 1]));
    const [failed, made] = await Promise.allSettled([
      settings.change({ maxRetries: 7 }),
      settings.change({ maxInFlight: 50 }),
    ]);
    expect(failed.status).toBe('rejected');
    expect(made).toMatchObject({ value: { ...DEFAULT_SETTINGS, maxInFlight: 50 } });
    expect(settings.get()).toEqual({ ...DEFAULT_SETTINGS, maxInFlight: 50 });
  });

  it('a field that is undefined keeps its value', async () => {
    const settings = await SettingsService.open(slowStore());
    await settings.change({ maxRetries: 7 });
    expect((await settings.change({ maxRetries: undefined })).maxRetries).toBe(7);
  });
});
