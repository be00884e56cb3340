/**
 * Child of `kept-store.spec.ts`: puts answers, says each key right after, and goes on until it is killed or has put as
 * many as it was told. Says at the end what is wrong, if anything.
 */
import { writeSync } from 'node:fs';
import { openKeptStore } from '../../src/storage/kept-store.ts';

const [dataDir, name, count = '1e9', sizeBytes = '2000'] = process.argv.slice(2);
if (dataDir === undefined || name === undefined) throw new Error('Usage: keep-answers DATA_DIR NAME [COUNT] [SIZE]');
const store = openKeptStore({ dataDir, expireAfterMs: 3_600_000 });
for (let i = 0; i < Number(count); i += 1) {
  const key = `${name} ${i}`;
  store.answers.put(key, { json: key.padEnd(Number(sizeBytes), '.'), tokens: { input: i, output: 1 } });
  // Not console.log: what it was given must be out before the next answer, or a kill would hide it.
  writeSync(1, `${key}\n`);
  if (store.problem !== null) break;
}
writeSync(1, `problem: ${store.problem}\n`);
writeSync(1, `first: ${store.answers.get(`${name} 0`, 0) === null ? 'lost' : 'there'}\n`);
store.close();
