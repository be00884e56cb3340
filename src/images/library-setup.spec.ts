import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, it } from '@jest/globals';
import { picture } from '../../test/support/pictures.ts';
import { shareLibrarySetup } from './library-setup.ts';

const THREAD = new URL('../../test/support/image-library.worker.ts', import.meta.url);
const STARTS = 20;

it('a thread that starts never makes an image look damaged that another one decodes', async () => {
  shareLibrarySetup();
  const decoding = new Worker(THREAD, { workerData: { png: await picture(1) } });
  const problems = new Set<string>();
  let decoded = 0;
  decoding.on('message', (problem: string | null) => {
    if (problem === null) decoded += 1;
    else problems.add(problem);
  });
  await once(decoding, 'message');
  for (let start = 0; start < STARTS; start += 1) {
    await once(new Worker(THREAD, { workerData: { png: null } }), 'exit');
  }
  await decoding.terminate();
  expect([...problems]).toEqual([]);
  expect(decoded).toBeGreaterThan(STARTS);
}, 60_000);
