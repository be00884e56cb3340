/** Child of `kill.spec.ts`: checkpoints one image after the other and prints the position of each that resolved. */
import { writeSync } from 'node:fs';
import { openDatabase } from '../../src/storage/open-database.ts';
import { createRunStore } from '../../src/storage/run-store.ts';
import { aCheckpoint, anEvent, anImage, aRun } from './stored-samples.ts';

const [dataDir, runId] = process.argv.slice(2);
if (dataDir === undefined || runId === undefined) throw new Error('Usage: checkpoint-until-killed DATA_DIR RUN_ID');

const database = await openDatabase({ dataDir, databaseUrl: null });
const runs = createRunStore(database.kysely);
const images = Array.from({ length: 1_000 }, (_, position) => anImage(position));
await runs.create(aRun({ id: runId, state: 'running' }), images);
for (const { position } of images) {
  await runs.checkpoint(runId, [aCheckpoint(position)], [anEvent(position + 1)], position);
  // At once and not through a stream: what was printed is known to have resolved, and what resolved is printed.
  writeSync(1, `${position}\n`);
}
