import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const SCRIPT = fileURLToPath(new URL('../../scripts/complete-lock.mjs', import.meta.url));

describe('scripts/complete-lock.mjs', () => {
  let folder: string;
  let file: string;
  const complete = () => promisify(execFile)(process.execPath, [SCRIPT, file]);
  const packages = async () =>
    (JSON.parse(await readFile(file, 'utf8')) as { packages: Record<string, object> }).packages;

  async function writeLock(optionalDependencies: Record<string, string>): Promise<void> {
    const lock = {
      lockfileVersion: 3,
      packages: {
        '': { name: 'x' },
        'node_modules/tool': { version: '1.2.3', dev: true, optionalDependencies },
        'node_modules/@tool/linux-x64-gnu': { version: '1.2.3', integrity: 'sha512-known', dev: true, optional: true },
      },
    };
    await writeFile(file, JSON.stringify(lock));
  }

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'contactsheet-lock-'));
    file = join(folder, 'package-lock.json');
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('adds the builds for other platforms, and leaves what is there alone', async () => {
    const names = ['linux-x64-gnu', 'linux-arm64-musl', 'win32-x64-msvc', 'darwin-arm64'];
    await writeLock(Object.fromEntries(names.map((name) => [`@tool/${name}`, '1.2.3'])));
    await complete();
    const common = { version: '1.2.3', dev: true, optional: true };
    expect(await packages()).toMatchObject({
      'node_modules/@tool/linux-x64-gnu': { integrity: 'sha512-known' },
      'node_modules/@tool/linux-arm64-musl': { ...common, os: ['linux'], cpu: ['arm64'], libc: ['musl'] },
      'node_modules/@tool/win32-x64-msvc': { ...common, os: ['win32'], cpu: ['x64'] },
      'node_modules/@tool/darwin-arm64': { ...common, os: ['darwin'], cpu: ['arm64'] },
    });
    const before = await readFile(file, 'utf8');
    await complete();
    expect(await readFile(file, 'utf8')).toBe(before);
  });

  it('names what it cannot add, and fails', async () => {
    await writeLock({ 'no-platform': '1.2.3', '@tool/linux-arm64-gnu': '^1.0.0' });
    await expect(complete()).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/no-platform.*\n.*arm64/),
    });
    expect(Object.keys(await packages())).toHaveLength(3);
  });
});
