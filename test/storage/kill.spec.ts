import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openDatabase } from '../../src/storage/open-database.ts';
import { createRunStore } from '../../src/storage/run-store.ts';
import { startChild } from './child.ts';
import { aCheckpoint } from './stored-samples.ts';

const ROUNDS = 5;
/** Each round starts two processes' worth of work; a busy machine takes its time over it. */
const TIMEOUT_MS = 120_000;

describe('kill -9', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'contactsheet-kill-'));
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  it(
    'loses no checkpoint that resolved, and leaves none half stored',
    async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const runId = `run_${round}`;
        const child = startChild('./checkpoint-until-killed.ts', [dataDir, runId]);
        await child.nextLine();
        await sleep(Math.random() * 300);
        await child.kill();

        const database = await openDatabase({ dataDir, databaseUrl: null });
        const runs = createRunStore(database.kysely);
        const done = (await runs.images(runId)).filter(({ state }) => state === 'done');
        const seqs = (await runs.events(runId, 0)).map(({ seq }) => seq);
        const run = await runs.get(runId);
        await database.close();

        // One more than was printed may be stored: killed between the two.
        const printed = child.lines.length;
        expect([printed, printed + 1]).toContain(done.length);
        expect(done.map(({ position }) => position)).toEqual(done.map((_, index) => index));
        expect(done.at(-1)?.observations).toEqual(aCheckpoint(done.length - 1).observations);
        expect(seqs).toEqual(done.map((_, index) => index + 1));
        expect(run?.activeMs).toBe(done.length - 1);
      }
    },
    TIMEOUT_MS,
  );

  it(
    'while the database is being made leaves nothing that a later start stumbles over',
    async () => {
      const child = startChild('./checkpoint-until-killed.ts', [dataDir, 'run_0']);
      await sleep(600);
      await child.kill();
      // The same at its worst: a folder with a part of the files.
      await mkdir(join(dataDir, 'database.unfinished'), { recursive: true });
      await writeFile(join(dataDir, 'database.unfinished', 'PG_VERSION'), '18\n');

      const database = await openDatabase({ dataDir, databaseUrl: null });
      expect(await createRunStore(database.kysely).list({ limit: 10 })).toEqual([]);
      await database.close();
    },
    TIMEOUT_MS,
  );
});
