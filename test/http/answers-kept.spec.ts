import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { RunResult } from '../../src/contract/run.ts';
import { runCli } from '../support/cli.ts';
import { startGeminiStandIn, type GeminiStandIn } from '../support/gemini-stand-in.ts';
import { picture } from '../support/pictures.ts';
import { asRunResult, named, PARSER_PATHS, upload, type NamedFile } from '../support/requests.ts';
import { removeDirectory, startServerProcess, temporaryDirectory, type ServerProcess } from '../support/server.ts';
import { showsOf } from '../support/stand-in-shows.ts';

const KEY = 'AIza-kept-key-that-must-never-be-seen';
const IMAGES = 6;
const HOUR_MS = 3_600_000;

describe('answers that were paid for', () => {
  let gemini: GeminiStandIn;
  let server: ServerProcess;
  let dataDir: string;
  let drawn = 0;

  beforeAll(async () => {
    gemini = await startGeminiStandIn({ answerFor: showsOf, apiKey: KEY });
    dataDir = await temporaryDirectory();
    await start('1');
  });
  beforeEach(() => gemini.set({ script: undefined, apiKey: KEY, latencyMs: 0 }));
  afterAll(async () => {
    await server?.stop();
    await gemini?.close();
    await removeDirectory(dataDir);
  });

  const env = (cacheHours: string) => ({
    GEMINI_API_KEY: KEY,
    GEMINI_BASE_URL: gemini.baseUrl,
    DATA_DIR: dataDir,
    CACHE_HOURS: cacheHours,
  });
  const start = async (cacheHours: string) => {
    server = await startServerProcess({ ...env(cacheHours), ADMIN_TOKEN: 'kept-token' });
  };
  /** Pictures that no test has shown before. */
  const newFiles = async (count = IMAGES): Promise<NamedFile[]> => {
    const files = named(await Promise.all(Array.from({ length: count }, (_, index) => picture(drawn + index))));
    drawn += count;
    return files;
  };
  /** A run, and how many calls it made. */
  const read = async (
    files: readonly NamedFile[],
    { fields = {}, headers = {} }: { fields?: Record<string, string>; headers?: Record<string, string> } = {},
  ): Promise<{ result: RunResult; calls: number }> => {
    const before = gemini.calls.length;
    const { body } = await upload(server.url, PARSER_PATHS.parallel, files).set(headers).field(fields).expect(200);
    return { result: asRunResult(body), calls: gemini.calls.length - before };
  };
  const keptFile = <T>(step: (db: DatabaseSync) => T): T => {
    const db = new DatabaseSync(join(dataDir, 'kept.db'), { timeout: 1_000 });
    try {
      return step(db);
    } finally {
      db.close();
    }
  };

  it('are not paid for again: no call, nothing spent, the same shows', async () => {
    const files = await newFiles();
    const first = await read(files);
    expect(first.calls).toBe(IMAGES);
    expect(first.result.metrics.calls).toMatchObject({ made: IMAGES, succeeded: IMAGES, cached: 0 });
    expect(first.result.metrics.costUsd).toBeGreaterThan(0);
    const again = await read(files);
    expect(again.calls).toBe(0);
    expect(again.result.shows).toEqual(first.result.shows);
    expect(again.result).toMatchObject({ state: 'completed', failures: [] });
    expect(again.result.metrics.calls).toEqual({
      made: 0,
      succeeded: 0,
      retried: 0,
      hedged: 0,
      refused: 0,
      cached: IMAGES,
    });
    expect(again.result.metrics).toMatchObject({ tokens: { input: 0, output: 0 }, costUsd: 0, successRate: 1 });
    expect(again.result.progress).toMatchObject({ processedImages: IMAGES, remainingImages: 0 });
    // By pixels: the same picture under another name and in a pile with others.
    const more = await newFiles(2);
    const mixed = await read([...more, { name: 'another name.png', bytes: files[3]?.bytes ?? Buffer.alloc(0) }]);
    expect(mixed.calls).toBe(2);
    expect(mixed.result.metrics.calls).toMatchObject({ made: 2, succeeded: 2, cached: 1 });
  });

  it('count only for the same question: with another city in it, it is asked', async () => {
    const files = await newFiles(2);
    expect((await read(files, { fields: { city: 'Tampa' } })).calls).toBe(2);
    expect((await read(files, { fields: { city: 'Orlando' } })).calls).toBe(2);
    expect((await read(files, { fields: { city: 'Orlando', notes: 'all on one street' } })).calls).toBe(2);
    expect((await read(files, { fields: { city: 'Tampa' } })).calls).toBe(0);
  });

  it('do not count where the sender says no-cache, and are then new again', async () => {
    const files = await newFiles(2);
    await read(files);
    const fresh = await read(files, { headers: { 'Cache-Control': 'no-cache' } });
    expect(fresh.calls).toBe(2);
    expect(fresh.result.metrics.calls).toMatchObject({ made: 2, cached: 0 });
    expect((await read(files)).calls).toBe(0);
  });

  it('expire: an answer as old as CACHE_HOURS is asked for again, a younger one is not', async () => {
    const files = await newFiles(3);
    await read(files);
    const age = (ms: number) => keptFile((db) => db.prepare('UPDATE answer SET created_ms = ?').run(Date.now() - ms));
    age(HOUR_MS - 60_000);
    expect((await read(files)).calls).toBe(0);
    age(HOUR_MS + 1_000);
    expect((await read(files)).calls).toBe(3);
    expect((await read(files)).calls).toBe(0);
  });

  it('a command line reads what the server has paid for, and the other way, while both are at work', async () => {
    const files = await newFiles();
    await read(files.slice(0, 3));
    const folder = await temporaryDirectory();
    for (const [index, { bytes }] of files.entries()) await writeFile(join(folder, `${index}.png`), bytes);
    const others = await newFiles(10);
    gemini.set({ latencyMs: 300 });
    const before = gemini.calls.length;
    const [meanwhile, cli] = await Promise.all([
      read(others),
      runCli(['parse', folder, '--data-dir', dataDir, '--format', 'json'], { ...env('1'), DATA_DIR: '' }),
    ]);
    expect(gemini.calls.length - before).toBe(10 + 3);
    expect(cli.code).toBe(0);
    const result = asRunResult(JSON.parse(cli.stdout));
    expect(result.metrics.calls).toMatchObject({ made: 3, cached: 3 });
    expect(meanwhile.result).toMatchObject({ state: 'completed', failures: [] });
    expect((await read(files)).calls).toBe(0);
    await removeDirectory(folder);
  });

  it('of a run that stopped half way count for the next one, which pays only for the rest', async () => {
    const files = await newFiles(8);
    const first = gemini.calls.length;
    // The key is withdrawn after five calls.
    gemini.set({ latencyMs: 100, script: (index) => (index - first < 5 ? undefined : { kind: 'keyRefused' }) });
    const { body } = await upload(server.url, PARSER_PATHS.sequential, files).expect(200);
    const stopped = asRunResult(body);
    expect(stopped).toMatchObject({ state: 'failed', progress: { processedImages: 8, failedImages: 3 } });
    gemini.set({ script: undefined });
    const rest = await read(files);
    expect(rest.calls).toBe(3);
    expect(rest.result).toMatchObject({ state: 'completed', failures: [] });
    expect(rest.result.metrics.calls).toMatchObject({ made: 3, succeeded: 3, cached: 5 });
  });

  it('are kept without the key: it is in no file of the data directory', async () => {
    const names: string[] = [];
    for (const entry of await readdir(dataDir, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const bytes = await readFile(join(entry.parentPath, entry.name));
      names.push(entry.name);
      expect({ file: entry.name, holdsKey: bytes.includes(KEY) }).toEqual({ file: entry.name, holdsKey: false });
    }
    expect(names).toEqual(expect.arrayContaining(['kept.db', 'kept.db-wal']));
    expect(keptFile((db) => db.prepare('SELECT count(*) AS count FROM learnt').get())).toEqual({ count: 1 });
  });

  it('that are damaged cost only themselves: the run asks again, and the server lives on', async () => {
    const files = await newFiles(2);
    await read(files);
    await server.stop();
    await writeFile(join(dataDir, 'kept.db'), Buffer.alloc(20_000, 'no database'));
    await start('1');
    expect(server.log()).toMatch(/"level":"warn".*kept\.db in the data directory is damaged \(delete it/);
    for (let round = 0; round < 2; round += 1) {
      const { result, calls } = await read(files);
      expect(result).toMatchObject({ state: 'completed', failures: [] });
      expect(calls).toBe(2);
    }
    expect(await server.stop()).toBe(0);
  });
});
