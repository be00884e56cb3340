import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openKeptStore, type KeptStore, type KeptStoreOptions } from './kept-store.ts';

const HOUR_MS = 3_600_000;
const MB = 1024 * 1024;
const ANSWER = {
  json: { shows: [{ venue: "Zeke's Cantina \u0000 \ud83c\udfa4" }] },
  tokens: { input: 1810, output: 240 },
};

describe('openKeptStore', () => {
  let folder: string;
  let dataDir: string;
  let nowMs: number;
  const opened: KeptStore[] = [];
  const open = (options: Partial<KeptStoreOptions> = {}): KeptStore => {
    const store = openKeptStore({ dataDir, expireAfterMs: HOUR_MS, now: () => nowMs, ...options });
    opened.push(store);
    return store;
  };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'contactsheet-kept-'));
    dataDir = folder;
    nowMs = Date.UTC(2026, 10, 26);
  });
  afterEach(async () => {
    for (const store of opened.splice(0)) store.close();
    await rm(folder, { recursive: true, force: true });
  });
  const file = (): string => join(dataDir, 'kept.db');
  const rows = (): number => {
    const db = new DatabaseSync(file());
    const row = db.prepare('SELECT count(*) AS n FROM answer').get();
    db.close();
    return Number(row?.['n']);
  };

  it('gives back what was put, in this process and the next', () => {
    const store = open();
    expect(store.answers.get('a', 0)).toBeNull();
    store.answers.put('a', ANSWER);
    expect(store.answers.get('a', 0)).toEqual(ANSWER);
    expect(store.answers.get('b', 0)).toBeNull();
    store.close();
    expect(open().answers.get('a', 0)).toEqual(ANSWER);
    expect(store.problem).toBeNull();
  });

  it('takes any JSON', () => {
    const store = open();
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.jsonValue(), fc.nat(), (key, json, tokens) => {
        store.answers.put(key, { json, tokens: { input: tokens, output: 0 } });
        const kept = store.answers.get(key, 0);
        expect(JSON.stringify(kept?.json)).toBe(JSON.stringify(json));
        expect(kept?.tokens).toEqual({ input: tokens, output: 0 });
      }),
      { numRuns: 200 },
    );
    expect(store.problem).toBeNull();
  });

  it('keeps the last of two answers to one question', () => {
    const store = open();
    store.answers.put('a', ANSWER);
    store.answers.put('a', { ...ANSWER, json: 'second' });
    expect(store.answers.get('a', 0)?.json).toBe('second');
  });

  it('keeps nothing that JSON cannot say, and nothing huge', () => {
    const store = open();
    const circle: unknown[] = [];
    circle.push(circle);
    for (const json of [undefined, circle, 1n, 'x'.repeat(4 * MB)]) store.answers.put('a', { ...ANSWER, json });
    expect(store.answers.get('a', 0)).toBeNull();
    store.answers.put('a', { json: 'x'.repeat(4 * MB - 2), tokens: { input: Number.NaN, output: 1.5 } });
    expect(store.answers.get('a', 0)?.tokens).toEqual({ input: 0, output: 2 });
    expect(store.problem).toBeNull();
  });

  it('an answer expires, at once for those who ask for newer ones', () => {
    const store = open();
    store.answers.put('a', ANSWER);
    expect(store.answers.get('a', nowMs)).toEqual(ANSWER);
    expect(store.answers.get('a', nowMs + 1)).toBeNull();
    nowMs += HOUR_MS - 1;
    expect(store.answers.get('a', 0)).toEqual(ANSWER);
    nowMs += 1;
    expect(store.answers.get('a', 0)).toBeNull();
    expect(rows()).toBe(1);
    open();
    expect(rows()).toBe(0);
  });

  it('keeps no answer at all where they expire at once', () => {
    const store = open({ expireAfterMs: 0 });
    store.answers.put('a', ANSWER);
    expect(store.answers.get('a', 0)).toBeNull();
    expect(rows()).toBe(0);
  });

  it('deletes what has expired in steps, while new answers come', () => {
    const store = open();
    const json = 'x'.repeat(2_000);
    for (let i = 0; i < 3_000; i += 1) store.answers.put(`old ${i}`, { ...ANSWER, json });
    nowMs += HOUR_MS;
    const putMs: number[] = [];
    for (let i = 0; i < 3_000; i += 1) {
      const startedMs = performance.now();
      store.answers.put(`new ${i}`, { ...ANSWER, json });
      putMs.push(performance.now() - startedMs);
    }
    // Those put since the last time that old ones were looked for are the only ones that may still wait.
    expect(rows()).toBeLessThan(3_000 + 200);
    expect(store.answers.get('new 0', 0)).not.toBeNull();
    // A step is 5 ms, and few of them are taken; the slowest of a hundred may have met the disk of a busy machine.
    putMs.sort((a, b) => a - b);
    expect(putMs[Math.floor(putMs.length * 0.99)]).toBeLessThan(50);
  });

  it('stays within its size, the oldest go first', async () => {
    const store = open({ maxBytes: MB });
    for (let i = 0; i < 2_000; i += 1) {
      store.answers.put(`key ${i}`, { ...ANSWER, json: 'x'.repeat(i % 100 === 0 ? 200_000 : 2_000) });
    }
    const isThere = Array.from({ length: 2_000 }, (_, i) => store.answers.get(`key ${i}`, 0) !== null);
    const first = isThere.indexOf(true);
    expect(first).toBeGreaterThan(1_000);
    expect(isThere.slice(first)).not.toContain(false);
    store.close();
    expect((await stat(file())).size).toBeLessThan(2 * MB);
  });

  it('two stores on one file see each other', () => {
    const [one, two] = [open(), open()];
    for (let i = 0; i < 50; i += 1) {
      one.answers.put(`one ${i}`, ANSWER);
      two.answers.put(`two ${i}`, ANSWER);
    }
    expect(one.answers.get('two 49', 0)).toEqual(ANSWER);
    expect(two.answers.get('one 49', 0)).toEqual(ANSWER);
    one.answers.close();
    two.answers.put('two', ANSWER);
    expect(two.answers.get('two', 0)).toEqual(ANSWER);
    expect(two.problem).toBeNull();
  });

  it('keeps what was learnt of accounts, without end and for any number of them', () => {
    const store = open({ expireAfterMs: 0 });
    expect(store.learnt.get('gemini:1')).toBeNull();
    store.learnt.put('gemini:1', { requestsPerMinute: 1000 });
    store.learnt.put('gemini:1', { requestsPerMinute: 2000 });
    for (let i = 0; i < 600; i += 1) store.learnt.put(`other ${i}`, (nowMs += 1));
    store.learnt.put('too large', 'x'.repeat(65 * 1024));
    expect(store.learnt.get('too large')).toBeNull();
    expect(store.learnt.get('gemini:1')).toBeNull();
    nowMs += 10_000 * HOUR_MS;
    expect(open().learnt.get('other 599')).toBe(nowMs - 10_000 * HOUR_MS);
  });

  it('is for its owner only', async () => {
    open().answers.put('a', ANSWER);
    for (const end of ['', '-wal', '-shm']) expect((await stat(file() + end)).mode & 0o777).toBe(0o600);
    opened.pop()?.close();
    await chmod(file(), 0o644);
    open();
    expect((await stat(file())).mode & 0o777).toBe(0o600);
  });

  it('makes the folder', () => {
    dataDir = join(dataDir, 'a', 'b');
    open().answers.put('a', ANSWER);
    expect(open().answers.get('a', 0)).toEqual(ANSWER);
  });

  it('answers nothing after it was closed', () => {
    const store = open();
    store.close();
    store.close();
    store.answers.put('a', ANSWER);
    expect(store.answers.get('a', 0)).toBeNull();
    expect(store.learnt.get('a')).toBeNull();
  });

  describe('where the file cannot be used', () => {
    const worksWithout = (store: KeptStore, problem: RegExp): void => {
      expect(store.problem).toMatch(problem);
      expect(store.problem).not.toContain(dataDir);
      store.answers.put('a', ANSWER);
      store.learnt.put('a', 1);
      expect(store.answers.get('a', 0)).toBeNull();
      expect(store.learnt.get('a')).toBeNull();
      expect(store.problem).toMatch(problem);
      store.close();
    };

    it('a file that is no database', async () => {
      await writeFile(file(), 'no database, but long enough to have been one: '.repeat(1_000));
      worksWithout(open(), /kept\.db in the data directory is damaged \(delete it/);
    });

    it('a file that was damaged while it was not used', async () => {
      const store = open();
      for (let i = 0; i < 500; i += 1) store.answers.put(`key ${i}`, { ...ANSWER, json: 'x'.repeat(2_000) });
      store.close();
      const bytes = await readFile(file());
      await writeFile(file(), bytes.fill(0xa5, 8_192));
      const damaged = open();
      for (let i = 0; i < 500; i += 1) damaged.answers.put(`key ${i}`, ANSWER);
      worksWithout(damaged, /damaged/);
    });

    it('a file of a newer version: it stays as it is, byte for byte', async () => {
      open().close();
      const db = new DatabaseSync(file());
      db.exec('PRAGMA journal_mode = DELETE; PRAGMA user_version = 2; DROP TABLE answer');
      db.close();
      const before = await readFile(file());
      worksWithout(open(), /written by a newer version/);
      expect(await readFile(file())).toEqual(before);
    });

    it("some other program's database", async () => {
      const db = new DatabaseSync(file());
      db.exec('CREATE TABLE theirs (x)');
      db.close();
      const before = await readFile(file());
      worksWithout(open(), /some other program/);
      expect(await readFile(file())).toEqual(before);
    });

    it('a folder where the file should be', async () => {
      await mkdir(file());
      worksWithout(open(), /cannot be read or written/);
    });

    it.each(['/proc/x', '/proc/x/y', '/dev/null/x'])('a data directory that can never be: %s', (never) => {
      dataDir = never;
      worksWithout(open(), /cannot be read or written/);
    });

    it('a folder that may only be read', async () => {
      // The permissions of a folder do not bind root; those of the kernel's own do.
      if (process.getuid?.() === 0) dataDir = '/proc/self';
      else await chmod(dataDir, 0o500);
      worksWithout(open(), /cannot be read or written/);
    });

    it('a file held by another process is tried again after a rest', () => {
      const store = open();
      store.answers.put('before', ANSWER);
      const holder = new DatabaseSync(file());
      holder.exec('BEGIN IMMEDIATE');
      const startedMs = performance.now();
      for (let i = 0; i < 1_000; i += 1) store.answers.put(`held ${i}`, ANSWER);
      // One wait of 250 ms, not a thousand.
      expect(performance.now() - startedMs).toBeLessThan(2_000);
      expect(store.problem).toMatch(/held by another process/);
      expect(store.answers.get('before', 0)).toEqual(ANSWER);
      expect(store.problem).toMatch(/held by another process/);
      holder.exec('COMMIT');
      holder.close();
      nowMs += 10_000;
      store.answers.put('after', ANSWER);
      expect(store.answers.get('after', 0)).toEqual(ANSWER);
      expect(store.problem).toBeNull();
    });
  });
});
