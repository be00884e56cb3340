import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startGeminiStandIn, type GeminiStandIn } from '../../test/support/gemini-stand-in.ts';
import type { ShowReading } from '../contract/show.ts';
import { DEFAULT_SETTINGS } from '../contract/settings.ts';
import { PauseGate } from '../engine/pause-gate.ts';
import type { ImageOutcome, ImageToRead, RunnerEnd } from '../runs/analysis-runner.ts';
import { openKeptStore, type KeptStore } from '../storage/kept-store.ts';
import { ParallelGeminiService } from './parallel-gemini.service.ts';

const samplePath = (file: string) => fileURLToPath(new URL(`../../samples/images/${file}`, import.meta.url));
/** Prints `Buck's` and more, but no phone of this number. */
const SAMPLE = samplePath('06-table.png');
const ANSWER = { shows: [{ venueName: "Buck's", venuePhone: '(999) 123-4567', days: ['MO'] }] };
const LIMIT_MS = 60_000;

describe('answers held against the print of their image', () => {
  let directory: string;
  let standIn: GeminiStandIn;
  let kept: KeptStore;
  let service: ParallelGeminiService;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'contactsheet-grounding-'));
    standIn = await startGeminiStandIn({ answer: ANSWER });
    kept = openKeptStore({ dataDir: directory, expireAfterMs: 3_600_000 });
    service = new ParallelGeminiService({
      model: { kind: 'gemini', apiKey: 'made-up', baseUrl: standIn.baseUrl, model: 'gemini-2.5-flash' },
      maxInFlight: 4,
      answers: kept.answers,
    });
  });

  afterEach(async () => {
    await service.close();
    kept.close();
    await standIn.close();
    await rm(directory, { recursive: true });
  });

  async function analyse(
    images: readonly Partial<ImageToRead>[],
    { ground = true, stop = new AbortController() } = {},
    onOutcome: () => void = () => {},
  ): Promise<{ end: RunnerEnd; outcomes: ImageOutcome[] }> {
    const outcomes: ImageOutcome[] = [];
    const end = await service.analyse({
      analysis: 'shows',
      mode: 'parallel',
      context: { timezone: null, city: null, state: null, notes: null, startedAt: '2026-01-01T00:00:00Z' },
      settings: { ...DEFAULT_SETTINGS, maxConcurrentWorkers: 2 },
      images: images.map((image, position) => ({
        position,
        imageId: `img_${position}`,
        name: `${position}.png`,
        path: SAMPLE,
        ...image,
      })),
      answersNotBefore: 0,
      spent: { input: 0, output: 0 },
      wantsFingerprints: false,
      ground,
      gate: new PauseGate(),
      signal: stop.signal,
      onOutcome(outcome) {
        outcomes.push(outcome);
        onOutcome();
      },
    });
    return { end, outcomes };
  }

  const fieldsOf = ({ outcomes }: { outcomes: ImageOutcome[] }, at = 0) =>
    (outcomes[at]?.observations[0]?.reading as ShowReading | undefined)?.fields ?? {};

  it(
    'gives boxes to what is printed, marks what is not, and reads a text once',
    async () => {
      const first = await analyse([{}]);
      expect(fieldsOf(first)['venue.name']).toMatchObject({ grounded: true });
      expect(fieldsOf(first)['venue.name']?.box).not.toBeNull();
      expect(fieldsOf(first)['venue.phone']).toMatchObject({ grounded: false, box: null });
      const startedAt = performance.now();
      const second = await analyse([{}]);
      expect(second.end.counts).toMatchObject({ made: 0, cached: 1 });
      expect(fieldsOf(second)).toEqual(fieldsOf(first));
      // Reading the text alone takes longer.
      expect(performance.now() - startedAt).toBeLessThan(400);
    },
    LIMIT_MS,
  );

  it(
    'leaves answers as they are where nobody asked for it, and of crops',
    async () => {
      const off = await analyse([{}], { ground: false });
      expect(fieldsOf(off)['venue.phone']).toEqual({ text: '(999) 123-4567', box: null });
      const crop = await analyse([{ crop: [0, 0, 0.5, 0.5] }]);
      expect(fieldsOf(crop)['venue.phone']).toEqual({ text: '(999) 123-4567', box: null });
    },
    LIMIT_MS,
  );

  it(
    'ends within a moment of a cancel, and loses no answer that is there',
    async () => {
      const stop = new AbortController();
      let cancelledAt = 0;
      const images = Array.from({ length: 12 }, (_, index) => ({ imageId: `img_cancel_${index}` }));
      // All answers come at once; the texts take seconds.
      const read = analyse(images, { stop }, () => {
        if (cancelledAt > 0) return;
        cancelledAt = performance.now();
        stop.abort();
      });
      const { outcomes } = await read;
      expect(performance.now() - cancelledAt).toBeLessThan(250);
      expect(outcomes).toHaveLength(images.length);
      expect(outcomes.every(({ failure }) => failure === null)).toBe(true);
    },
    LIMIT_MS,
  );
});
