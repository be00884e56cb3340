import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DEFAULT_SETTINGS } from '../../src/contract/settings.ts';
import { PauseGate } from '../../src/engine/pause-gate.ts';
import { ParallelGeminiService } from '../../src/parser/parallel-gemini.service.ts';
import type { ImageToRead, RunnerEnd } from '../../src/runs/analysis-runner.ts';
import { startGeminiStandIn, type GeminiStandIn } from '../support/gemini-stand-in.ts';
import { picturesIn } from '../support/pictures.ts';
import { removeDirectory, temporaryDirectory } from '../support/server.ts';
import { showsOf } from '../support/stand-in-shows.ts';

const IMAGES = 6;
/** Two and a half of these without a call let in, and the account is taken for shut. */
const MINUTE_MS = 400;

let gemini: GeminiStandIn;
let folder: string;
let images: ImageToRead[];
let service: ParallelGeminiService;

beforeAll(async () => {
  gemini = await startGeminiStandIn({ answerFor: showsOf });
  folder = await temporaryDirectory();
  images = await picturesIn(folder, IMAGES);
  const model = { kind: 'gemini', apiKey: 'k', baseUrl: gemini.baseUrl, model: 'gemini-2.5-flash' } as const;
  service = new ParallelGeminiService({ model, maxInFlight: 2, minuteMs: MINUTE_MS });
});
afterAll(async () => {
  await service.close();
  await gemini.close();
  await removeDirectory(folder);
});

function analyse(pile: readonly ImageToRead[], read: number[]): Promise<RunnerEnd> {
  return service.analyse({
    analysis: 'shows',
    mode: 'parallel',
    context: { timezone: null, city: null, state: null, notes: null, startedAt: '2026-01-01T00:00:00Z' },
    settings: DEFAULT_SETTINGS,
    images: pile,
    answersNotBefore: 0,
    spent: { input: 0, output: 0 },
    wantsFingerprints: false,
    gate: new PauseGate(),
    signal: new AbortController().signal,
    onOutcome: ({ position, failure }) => failure === null && read.push(position),
  });
}

it('an account that lets nothing in pauses the run; asked to go on, one more refusal does not pause it again', async () => {
  const read: number[] = [];
  gemini.set({ script: () => ({ kind: 'quotaPerMinute', retryDelayMs: 60, limit: null }) });
  const shut = await analyse(images, read);
  expect(shut.pausedBy).toMatchObject({ code: 'model.quotaPerMinute' });
  expect(shut.pausedBy?.detail).toMatch(/Resume the run/);
  expect(shut.pausedBy?.detail).not.toMatch(/by itself/);
  expect(read).toEqual([]);

  const first = gemini.calls.length;
  gemini.set({
    script: (index) => (index === first ? { kind: 'quotaPerMinute', retryDelayMs: 60, limit: null } : undefined),
  });
  const end = await analyse(images, read);
  expect(end).toMatchObject({ pausedBy: null, stoppedBy: null });
  expect(read.toSorted((a, b) => a - b)).toEqual(images.map(({ position }) => position));
});
