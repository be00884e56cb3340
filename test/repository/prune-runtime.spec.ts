import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const SCRIPT = fileURLToPath(new URL('../../scripts/prune-runtime.mjs', import.meta.url));
const OURS = join(process.platform, process.arch);
const OTHERS = [join('darwin', 'arm64'), join('linux', 's390x'), join('win32', 'x64')].filter((name) => name !== OURS);

describe('scripts/prune-runtime.mjs', () => {
  let nodeModules: string;
  const runtime = (...path: string[]) => join(nodeModules, 'onnxruntime-node', 'bin', ...path);
  const prune = () => promisify(execFile)(process.execPath, [SCRIPT, nodeModules]);

  async function makeFile(path: string): Promise<void> {
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, 'x'.repeat(1_000));
  }

  beforeEach(async () => {
    nodeModules = await mkdtemp(join(tmpdir(), 'contactsheet-prune-'));
    for (const build of OTHERS) await makeFile(runtime('napi-v6', build, 'library'));
    await makeFile(runtime('README'));
    await makeFile(join(nodeModules, 'other-package', 'bin', 'napi-v6', 'win32', 'x64', 'library'));
  });

  afterEach(() => rm(nodeModules, { recursive: true, force: true }));

  it("leaves this platform's runtime, and nothing of the others", async () => {
    await makeFile(runtime('napi-v6', OURS, 'library'));
    await makeFile(runtime('napi-v7', OURS, 'library'));
    await prune();
    expect(await readFile(runtime('napi-v6', OURS, 'library'), 'utf8')).toHaveLength(1_000);
    expect(existsSync(runtime('napi-v7', OURS, 'library'))).toBe(true);
    for (const build of OTHERS) expect(existsSync(runtime('napi-v6', build))).toBe(false);
    expect(existsSync(runtime('README'))).toBe(true);
    expect(existsSync(join(nodeModules, 'other-package', 'bin', 'napi-v6', 'win32', 'x64', 'library'))).toBe(true);
  });

  it('changes nothing the second time', async () => {
    await makeFile(runtime('napi-v6', OURS, 'library'));
    await prune();
    expect((await prune()).stdout).toBe('');
    expect(existsSync(runtime('napi-v6', OURS, 'library'))).toBe(true);
  });

  it('takes out the bundled Node, which the one that runs here replaces', async () => {
    await makeFile(runtime('napi-v6', OURS, 'library'));
    await makeFile(join(nodeModules, 'node', 'bin', 'node'));
    await makeFile(join(nodeModules, 'node', 'package.json'));
    await mkdir(join(nodeModules, '.bin'));
    await symlink(join('..', 'node', 'bin', 'node'), join(nodeModules, '.bin', 'node'));
    await prune();
    expect(existsSync(join(nodeModules, 'node', 'bin'))).toBe(false);
    expect(existsSync(join(nodeModules, 'node', 'package.json'))).toBe(true);
  });

  it('refuses, and removes nothing, where this platform has no runtime', async () => {
    await expect(prune()).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(/nothing was removed/) });
    for (const build of OTHERS) expect(existsSync(runtime('napi-v6', build, 'library'))).toBe(true);
  });
});
