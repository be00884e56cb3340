import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const TEXT = /\.(?:js|css|svg)$/;
/** Below this a packet holds it either way. */
const LEAST_BYTES = 1_000;

/**
 * Writes `.br` and `.gz` beside each text that is built: the server sends these (`src/http/compressed-assets.ts`) and
 * compresses nothing while people wait.
 */
export const precompressed: Plugin = {
  name: 'precompressed',
  apply: 'build',
  async writeBundle({ dir = '' }, bundle) {
    const names = Object.keys(bundle).filter((name) => TEXT.test(name));
    await Promise.all(
      names.map(async (name) => {
        const path = join(dir, name);
        const bytes = await readFile(path);
        if (bytes.length < LEAST_BYTES) return;
        const hint = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
        await Promise.all([
          promisify(brotliCompress)(bytes, { params: hint }).then((small) => writeFile(`${path}.br`, small)),
          promisify(gzip)(bytes, { level: 9 }).then((small) => writeFile(`${path}.gz`, small)),
        ]);
      }),
    );
  },
};
