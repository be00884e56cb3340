import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { endOf, startCli } from '../support/cli.ts';
import { startGeminiStandIn, type GeminiStandIn } from '../support/gemini-stand-in.ts';
import { pictures } from '../support/pictures.ts';
import { asRunResult } from '../support/requests.ts';
import { removeDirectory, temporaryDirectory } from '../support/server.ts';
import { showsOf } from '../support/stand-in-shows.ts';

const INTERRUPTS = new URL('../../src/cli/interrupts.ts', import.meta.url).href;
const IMAGES = 6;
/** Makes the start file believe that it runs in a Node that is too old; the one it hands over to does not have this. */
const OLD_NODE = `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.19.0'}})`;

describe('onInterrupt', () => {
  it('takes what comes within a second of the first for the same key press, whichever signal it is', async () => {
    const child = listener('');
    await once(child.stdout ?? child, 'data');
    const end = endOf(child);
    for (const signal of ['SIGINT', 'SIGINT', 'SIGTERM'] as const) {
      child.kill(signal);
      await delay(60);
    }
    await delay(1_100);
    child.kill('SIGINT');
    await delay(60);
    child.kill('SIGTERM');
    await delay(60);
    child.kill('SIGKILL');
    expect((await end).stdout).toBe('first\nagain\nagain\n');
  });

  it('hears nothing any more when told to: a signal ends the process as it would any other', async () => {
    const child = listener('off();');
    await once(child.stdout ?? child, 'data');
    child.kill('SIGTERM');
    await once(child, 'exit');
    expect(child.signalCode).toBe('SIGTERM');
  });

  function listener(then: string): ChildProcess {
    const program = `import { onInterrupt } from ${JSON.stringify(INTERRUPTS)};
      const off = onInterrupt(() => console.log('first'), () => console.log('again'));
      ${then} setInterval(() => {}, 1_000); console.log('ready');`;
    return spawn(process.execPath, ['--input-type=module', '-e', program]);
  }
});

describe('Ctrl-C', () => {
  let gemini: GeminiStandIn;
  let folder: string;
  let images: string;
  let env: Record<string, string>;

  beforeAll(async () => {
    gemini = await startGeminiStandIn({ answerFor: showsOf });
    gemini.set({ script: (_index, ask) => (ask.imageBytes % 2 === 0 ? { kind: 'hang' } : undefined) });
    folder = await temporaryDirectory();
    images = join(folder, 'images');
    env = { GEMINI_API_KEY: 'k', GEMINI_BASE_URL: gemini.baseUrl, DATA_DIR: join(folder, 'data') };
    await mkdir(images);
    for (const [index, bytes] of (await pictures(IMAGES)).entries())
      await writeFile(join(images, `${index}.png`), bytes);
  });
  afterAll(async () => {
    await gemini?.close();
    await removeDirectory(folder);
  });

  /** Every image is asked about: some are answered, the others never will be. */
  const underWay = async () => {
    const known = gemini.calls.length;
    while (gemini.calls.length < known + IMAGES) await delay(10);
    await delay(300);
    expect(gemini.inFlight).toBeGreaterThan(0);
    expect(gemini.inFlight).toBeLessThan(IMAGES);
  };

  it.each([
    ['SIGINT', 'the command itself', [], false],
    ['SIGTERM', 'the command itself', [], false],
    ['SIGINT', 'the start file of an old Node alone', ['--import', OLD_NODE], false],
    ['SIGTERM', 'the start file of an old Node alone', ['--import', OLD_NODE], false],
    // As a terminal does: so the command hears it from there and from its start file.
    ['SIGINT', 'both of them', ['--import', OLD_NODE], true],
  ] as const)('%s that reaches %s stops the calls and prints what was read', async (...row) => {
    const [signal, , nodeArgs, wholeGroup] = row;
    const child = startCli(['parse', images, '--format', 'json'], env, { nodeArgs, detached: wholeGroup });
    const end = endOf(child);
    await underWay();
    const askedAt = Date.now();
    const { pid } = child;
    if (wholeGroup && pid !== undefined) process.kill(-pid, signal);
    else child.kill(signal);
    const { code, stdout } = await end;
    expect(Date.now() - askedAt).toBeLessThan(2_000);
    const result = asRunResult(JSON.parse(stdout));
    expect(result.state).toBe('cancelled');
    expect(result.progress.processedImages).toBeGreaterThan(0);
    expect(result.failures).toEqual([]);
    expect(code).toBe(1);
  });

  it('a second one, later, ends at once although the result is not out yet', async () => {
    // A named pipe that nobody reads holds up the writing of the result for ever.
    const pipe = join(folder, 'pipe');
    await promisify(execFile)('mkfifo', [pipe]);
    const child = startCli(['parse', images, '--format', 'json', '--out', pipe], env);
    const end = endOf(child);
    await underWay();
    child.kill('SIGINT');
    await delay(200);
    child.kill('SIGINT');
    await delay(1_000);
    expect({ code: child.exitCode, signal: child.signalCode }).toEqual({ code: null, signal: null });
    const askedAt = Date.now();
    child.kill('SIGINT');
    await end;
    expect(Date.now() - askedAt).toBeLessThan(500);
    expect(child.signalCode).toBe('SIGINT');
  });
});
