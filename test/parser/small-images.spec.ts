import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DEFAULT_SETTINGS } from '../../src/contract/settings.ts';
import { PauseGate } from '../../src/engine/pause-gate.ts';
import { ParallelGeminiService } from '../../src/parser/parallel-gemini.service.ts';
import type { ImageOutcome, ImageToRead } from '../../src/runs/analysis-runner.ts';
import { startGeminiStandIn, type GeminiStandIn } from '../support/gemini-stand-in.ts';
import { picturesIn } from '../support/pictures.ts';
import { removeDirectory, temporaryDirectory } from '../support/server.ts';
import { showsOf } from '../support/stand-in-shows.ts';

const IMAGES = 13;
const BROKEN = 5;

let gemini: GeminiStandIn;
let folder: string;
let images: ImageToRead[];
let service: ParallelGeminiService;

beforeAll(async () => {
  gemini = await startGeminiStandIn({ answerFor: showsOf });
  folder = await temporaryDirectory();
  images = await picturesIn(folder, IMAGES, (bytes, position) => (position === BROKEN ? bytes.subarray(0, 60) : bytes));
  const model = { kind: 'gemini', apiKey: 'k', baseUrl: gemini.baseUrl, model: 'gemini-2.5-flash' } as const;
  service = new ParallelGeminiService({ model, maxInFlight: 4 });
});
afterAll(async () => {
  await service.close();
  await gemini.close();
  await removeDirectory(folder);
});

/** Small images are given to a thread some at a time. */
it('of small images that are prepared together, a broken one fails alone; each has its own answer and looks', async () => {
  const outcomes: ImageOutcome[] = [];
  await service.analyse({
    analysis: 'shows',
    mode: 'parallel',
    context: { timezone: null, city: null, state: null, notes: null, startedAt: '2026-01-01T00:00:00Z' },
    settings: DEFAULT_SETTINGS,
    images,
    answersNotBefore: 0,
    spent: { input: 0, output: 0 },
    wantsFingerprints: true,
    gate: new PauseGate(),
    signal: new AbortController().signal,
    onOutcome: (outcome) => outcomes.push(outcome),
  });
  const failed = outcomes.filter(({ failure }) => failure !== null);
  expect(failed.map(({ position, failure }) => [position, failure?.code])).toEqual([[BROKEN, 'image.unreadable']]);
  expect(outcomes.map(({ position }) => position).toSorted((a, b) => a - b)).toEqual(
    images.map((each) => each.position),
  );
  const read = outcomes.filter(({ failure }) => failure === null);
  const said = new Set(read.map(({ observations }) => JSON.stringify(observations.map(({ reading }) => reading))));
  expect(said.size).toBe(IMAGES - 1);
  expect(read.every(({ fingerprint }) => fingerprint !== null)).toBe(true);
  expect(new Set(read.map(({ fingerprint }) => fingerprint)).size).toBeGreaterThan(1);
});
