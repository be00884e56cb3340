import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';

const GENERATE = fileURLToPath(new URL('generate.ts', import.meta.url));

/** Links made lists in a process of its own: in Jest's VM every call of Math is several times slower. */
async function measured(
  seed: number,
  count: number,
  kinds: string[],
  ...more: string[]
): Promise<Map<string, Figures>> {
  const args = [GENERATE, ...kinds, '--seed', String(seed), '--count', String(count), '--json', ...more];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const lines = stdout.trim().split('\n');
  return new Map(lines.map((line) => JSON.parse(line) as Figures & { kind: string }).map((own) => [own.kind, own]));
}

interface Figures {
  precision: number;
  recall: number;
}

/** Seeds that no constant was chosen by; the bounds of the kinds that are not promised were set after seeing them. */
const SEEDS = [880_101, 880_102];

/** What is promised of each kind: precision and recall by pairs. */
const LEAST: Readonly<Record<string, readonly [precision: number, recall: number]>> = {
  venues: [0.98, 0.95],
  people: [0.98, 0.95],
  papers: [0.98, 0.95],
  // Not promised; these are what they are, less a little.
  scholar: [0.87, 0.92],
  electronics: [0.92, 0.72],
  software: [0.85, 0.6],
  store: [0.9, 0.86],
};

describe('linking made lists', () => {
  test.each(SEEDS)(
    'of seed %i',
    async (seed) => {
      const figures = await measured(seed, 1_000, Object.keys(LEAST));
      for (const [kind, [precision, recall]] of Object.entries(LEAST)) {
        const own = figures.get(kind);
        expect({ kind, isEnough: own!.precision >= precision && own!.recall >= recall, own }).toMatchObject({
          isEnough: true,
        });
      }
    },
    120_000,
  );

  test('in one file instead of two', async () => {
    const figures = await measured(SEEDS[0]!, 1_000, ['venues', 'papers'], '--together');
    for (const { precision, recall } of figures.values()) {
      expect(precision).toBeGreaterThanOrEqual(0.98);
      expect(recall).toBeGreaterThanOrEqual(0.95);
    }
  }, 120_000);
});
