import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeSamples } from '../../samples/make.ts';
import { scoreShows, type Score } from '../../samples/scoring.ts';
import type { Truth } from '../../samples/truth.ts';
import type { RunResult } from '../../src/contract/run.ts';
import { runCli } from '../support/cli.ts';
import { erringAnswers } from '../support/erring-model.ts';
import { startGeminiStandIn } from '../support/gemini-stand-in.ts';
import { removeDirectory, temporaryDirectory } from '../support/server.ts';

const COUNT = 60;
/** Not one that anything was tuned on. */
const SEED = 90_210;
const LIMIT_MS = 240_000;

/** The share of fields with a confidence of 0.9 and more that must be right, and of right fields that must have it. */
const SURE_RIGHT = 0.9;
const RIGHT_SURE = 0.5;

describe('the evidence of drawn images', () => {
  let folder: string;
  let truth: Truth;

  beforeAll(async () => {
    folder = await temporaryDirectory();
    await makeSamples({ count: COUNT, seed: SEED, out: folder });
    truth = JSON.parse(await readFile(join(folder, 'truth.json'), 'utf8')) as Truth;
  }, LIMIT_MS);

  afterAll(() => removeDirectory(folder));

  async function parsed(args: readonly string[], env: Record<string, string> = {}): Promise<RunResult> {
    const all = ['parse', join(folder, 'images'), '--format', 'json', '--data-dir', join(folder, 'data'), ...args];
    const { stdout, stderr } = await runCli(all, env);
    if (stdout === '') throw new Error(stderr);
    return JSON.parse(stdout) as RunResult;
  }

  function scored({ shows }: RunResult): Score {
    const negatives = new Set(truth.images.filter(({ expect: said }) => said === 'none').map(({ file }) => file));
    return scoreShows(truth.merged, shows, negatives);
  }

  function counted({ calibration }: Score): number {
    return calibration.bins.reduce((sum, { fields }) => sum + fields, 0);
  }

  it(
    'is as sure as it is right, for the reader of printed text',
    async () => {
      const score = scored(await parsed(['--model', 'local']));
      expect(counted(score)).toBeGreaterThan(150);
      expect(score.calibration.sureRight).toBeGreaterThanOrEqual(SURE_RIGHT);
      expect(score.calibration.rightSure).toBeGreaterThanOrEqual(RIGHT_SURE);
    },
    LIMIT_MS,
  );

  it(
    'is as sure as it is right, for a service that errs',
    async () => {
      const asked = truth.images.filter(({ expect: said }) => said !== 'unreadable');
      const answers = asked.map(({ shows }, index) => erringAnswers(shows, SEED + index));
      // One image after another, so that the order of the calls says which image it is.
      const standIn = await startGeminiStandIn({
        answerFor: ({ index }) => ({ shows: answers[index]?.map(({ answer }) => answer) ?? [] }),
      });
      try {
        const env = { GEMINI_API_KEY: 'made-up', GEMINI_BASE_URL: standIn.baseUrl };
        const result = await parsed(['--model', 'gemini', '--sequential', '--ground', 'on'], env);
        expect(standIn.calls).toHaveLength(asked.length);
        const score = scored(result);
        expect(counted(score)).toBeGreaterThan(150);
        expect(score.calibration.sureRight).toBeGreaterThanOrEqual(SURE_RIGHT);
        expect(score.calibration.rightSure).toBeGreaterThanOrEqual(RIGHT_SURE);
        expectBoxesWhereGrounded(result);
        // Numbers that nobody printed are among the errors, and are told from those that are.
        const phones = fieldsOf(result, 'venue.phone');
        expect(phones.some(({ grounded }) => grounded === false)).toBe(true);
        expect(phones.filter(({ grounded, confidence = 0 }) => grounded === false && confidence >= 0.5)).toEqual([]);
      } finally {
        await standIn.close();
      }
    },
    LIMIT_MS,
  );
});

function fieldsOf({ shows }: RunResult, path: string) {
  return shows.flatMap(({ evidence }) => evidence.flatMap(({ fields }) => fields[path] ?? []));
}

function expectBoxesWhereGrounded({ shows }: RunResult): void {
  const fields = shows.flatMap(({ evidence }) => evidence.flatMap((each) => Object.values(each.fields)));
  const [found, lost] = [
    fields.filter(({ grounded }) => grounded),
    fields.filter(({ grounded }) => grounded === false),
  ];
  expect(found.length).toBeGreaterThan(lost.length);
  expect(found.filter(({ box }) => box === null)).toEqual([]);
  expect(lost.filter(({ box }) => box !== null)).toEqual([]);
}
