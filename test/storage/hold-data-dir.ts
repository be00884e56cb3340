/** Child of `data-dir-lock.spec.ts`: takes the lock, says so, and holds it until killed. Says the error otherwise. */
import { CodedError } from '../../src/contract/coded-error.ts';
import { lockDataDir } from '../../src/storage/data-dir-lock.ts';

const [dataDir, port] = process.argv.slice(2);
if (dataDir === undefined) throw new Error('Usage: hold-data-dir DATA_DIR [PORT]');
try {
  await lockDataDir(dataDir, { port: port === undefined ? null : Number(port) });
  console.log('locked');
  setInterval(() => undefined, 60_000);
} catch (thrown) {
  if (!(thrown instanceof CodedError)) throw thrown;
  console.log(`${thrown.code} ${thrown.message}`);
}
