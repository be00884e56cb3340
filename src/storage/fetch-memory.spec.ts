import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openFetchMemory } from './fetch-memory.ts';
import { openKeptStore } from './kept-store.ts';

const HOUR_MS = 3_600_000;
const RECORD = { sha256: 'a'.repeat(64), sizeBytes: 12, etag: '"v1"', lastModified: null, givenBy: 'key' };

describe('openFetchMemory', () => {
  let dataDir: string;
  let nowMs: number;
  const opened: { close(): void }[] = [];
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'contactsheet-fetched-'));
    nowMs = Date.UTC(2026, 10, 27);
  });
  afterEach(async () => {
    for (const each of opened.splice(0)) each.close();
    await rm(dataDir, { recursive: true, force: true });
  });
  const open = () => {
    const memory = openFetchMemory({ dataDir, expireAfterMs: 168 * HOUR_MS, now: () => nowMs });
    opened.push(memory);
    return memory;
  };

  it('remembers for a week, in this process and the next; asked again, it counts from then', () => {
    open().put('key', RECORD);
    expect(open().get('key')).toEqual(RECORD);
    expect(open().get('other')).toBeNull();
    nowMs += 168 * HOUR_MS - 1;
    expect(open().get('key')).toEqual(RECORD);
    nowMs += 1;
    expect(open().get('key')).toBeNull();
    open().put('key', { ...RECORD, etag: null, lastModified: 'Fri, 27 Nov 2026 00:00:00 GMT' });
    expect(open().get('key')).toMatchObject({ etag: null, lastModified: 'Fri, 27 Nov 2026 00:00:00 GMT' });
  });

  it('lives beside the answers in one file, made by either first', () => {
    const store = openKeptStore({ dataDir, expireAfterMs: HOUR_MS, now: () => nowMs });
    opened.push(store);
    open().put('key', RECORD);
    store.answers.put('a', { json: 1, tokens: { input: 0, output: 0 } });
    expect([open().get('key'), store.answers.get('a', 0)?.json, store.problem]).toEqual([RECORD, 1, null]);
  });

  it('lets go of what has expired', () => {
    const memory = open();
    memory.put('old', RECORD);
    nowMs += 168 * HOUR_MS;
    for (let count = 0; count < 1_000; count += 1) memory.put(`new ${count}`, RECORD);
    const db = new DatabaseSync(join(dataDir, 'kept.db'));
    expect(db.prepare('SELECT count(*) AS n FROM fetched').get()?.['n']).toBe(1_000);
    db.close();
  });

  it('remembers nothing, and says nothing, where the file cannot be used', async () => {
    await writeFile(join(dataDir, 'kept.db'), 'no database, but long enough to have been one: '.repeat(1_000));
    const memory = open();
    memory.put('key', RECORD);
    expect(memory.get('key')).toBeNull();
  });
});
