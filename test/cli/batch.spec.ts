import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { endOf, runCli, startCli } from '../support/cli.ts';
import { startOpenAiBatchStandIn, type OpenAiBatchStandIn } from '../support/openai-batch-stand-in.ts';
import { pictures } from '../support/pictures.ts';
import { asRunResult } from '../support/requests.ts';
import { removeDirectory, temporaryDirectory } from '../support/server.ts';
import { showsOf } from '../support/stand-in-shows.ts';
import { until } from '../support/until.ts';

const IMAGES = 6;

let openai: OpenAiBatchStandIn;
let folder: string;
let images: string;
let env: Record<string, string>;

beforeEach(async () => {
  openai = await startOpenAiBatchStandIn({ answerFor: showsOf });
  folder = await temporaryDirectory();
  images = join(folder, 'images');
  await mkdir(images);
  for (const [index, bytes] of (await pictures(IMAGES)).entries()) await writeFile(join(images, `${index}.png`), bytes);
  env = {
    MODEL: 'openai',
    OPENAI_BASE_URL: openai.baseUrl,
    OPENAI_API_KEY: 'o',
    OPENAI_MODEL: 'm',
    DATA_DIR: join(folder, 'data'),
    CACHE_HOURS: '',
  };
});
afterEach(async () => {
  await openai.close();
  await removeDirectory(folder);
});

const command = () => ['parse', images, '--batch', '--format', 'json'];

describe('contactsheet parse --batch', () => {
  it('killed while it waits, and killed while it sends: the same command goes on, and nothing is sent twice', async () => {
    openai.set({ isHeld: true, cutsCreate: true });
    // The service has the batch, and nobody has heard of it.
    const sending = startCli(command(), env);
    await until(() => openai.batches.length > 0, 'no batch');
    sending.kill('SIGKILL');
    await once(sending, 'exit');
    openai.set({ cutsCreate: false });
    const waiting = startCli(command(), env);
    let told = '';
    waiting.stderr?.on('data', (chunk: Buffer) => (told += chunk.toString()));
    await until(
      () => told.includes('Waiting for the batch'),
      () => told,
      30_000,
    );
    waiting.kill('SIGKILL');
    await once(waiting, 'exit');
    openai.set({ isHeld: false });
    const { code, stdout, stderr } = await runCli(command(), env);
    const result = asRunResult(JSON.parse(stdout));
    expect({
      code,
      stderr: code === 0 ? '' : stderr,
      failures: result.failures,
      batches: openai.batches.length,
    }).toEqual({
      code: 0,
      stderr: '',
      failures: [],
      batches: 1,
    });
    expect(result.progress).toMatchObject({ processedImages: IMAGES, failedImages: 0 });
    expect([...openai.sent.values()]).toEqual(Array.from({ length: IMAGES }, () => 1));
    expect([openai.files.size, openai.otherCalls]).toEqual([0, 0]);
    // Known by now, with or without --batch.
    const again = await runCli(['parse', images], env);
    expect([again.code, openai.otherCalls]).toEqual([0, 0]);
  }, 90_000);

  it('Ctrl-C leaves the batch to do its work, and says so', async () => {
    openai.set({ isHeld: true });
    const waiting = startCli(command(), env);
    await until(() => openai.batches.length > 0, 'no batch', 30_000);
    await delay(300);
    waiting.kill('SIGINT');
    const { stdout } = await endOf(waiting);
    expect(asRunResult(JSON.parse(stdout))).toMatchObject({
      state: 'cancelled',
      notices: ['The batches go on at the service: the same command takes their answers.'],
    });
    expect(openai.batches[0]?.cancelledMs).toBeNull();
  }, 40_000);

  it('says half the price beforehand, and where there are no batches', async () => {
    const estimate = await runCli(['parse', images, '--batch', '--estimate'], env);
    expect(estimate.stdout).toMatch(/time +within 24 hours, as a batch/);
    const json = async (...more: string[]) => {
      // Of a service whose prices are known; nothing is asked of it.
      const known = { ...env, OPENAI_BASE_URL: 'https://api.openai.com/v1', OPENAI_MODEL: 'gpt-4o-mini' };
      const { stdout } = await runCli(['parse', images, '--estimate', '--format', 'json', ...more], known);
      return JSON.parse(stdout) as { costUsd: number; batch?: true };
    };
    const [single, batch] = [await json(), await json('--batch')];
    expect(batch.costUsd / single.costUsd).toBeCloseTo(0.5, 3);
    expect([single.batch, batch.batch]).toEqual([undefined, true]);
    const refused = await runCli(command(), { ...env, MODEL: 'gemini', GEMINI_API_KEY: 'k' });
    expect([refused.code, openai.batches.length]).toEqual([2, 0]);
    expect(refused.stderr).toContain('set MODEL=openai');
  }, 40_000);
});
