import { describe, expect, it } from '@jest/globals';
import type { RunStore } from '../../src/runs/run-store.ts';
import { aRun } from './stored-samples.ts';

/** A part of what every `RunStore` must do: which uploads of videos may not be removed. */
export function itTellsNeededUploads(runs: () => RunStore): void {
  describe('uploadsNeeded', () => {
    it('tells uploads of videos that runs which have not ended still read', async () => {
      const video = { sha256: null, name: 'v', sizeBytes: 1, receivedMs: 0, firstPosition: 0, taken: false };
      await runs().create(aRun({ video: { ...video, upload: 'needed' } }), []);
      await runs().create(aRun({ video: { ...video, upload: 'taken', taken: true } }), []);
      await runs().create(aRun({ video: { ...video, upload: 'ended' }, endedAt: '2026-01-01T00:00:00.000Z' }), []);
      expect(await runs().uploadsNeeded()).toEqual(new Set(['needed']));
    });
  });
}
