/**
 * Takes out of an installation what this platform never loads: `node scripts/prune-runtime.mjs [node_modules]`.
 * onnxruntime-node brings its native library for five platforms, 290 MB of which one platform uses 45 to 90. For images of
 * a server (see Dockerfile); a folder that other platforms share must not be pruned.
 */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const nodeModules = resolve(process.argv[2] ?? fileURLToPath(new URL('../node_modules', import.meta.url)));
const binaries = join(nodeModules, 'onnxruntime-node', 'bin');
const { platform, arch } = process;

function foldersIn(folder) {
  const entries = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

function sizeBytes(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}

const apis = foldersIn(binaries).filter((name) => /^napi-v\d+$/.test(name));
const builds = apis.flatMap((api) =>
  foldersIn(join(binaries, api)).flatMap((os) =>
    foldersIn(join(binaries, api, os)).map((cpu) => ({ api, os, cpu, folder: join(binaries, api, os, cpu) })),
  ),
);
const isOurs = ({ os, cpu }) => os === platform && cpu === arch;

if (!builds.some(isOurs)) {
  // Pruning here would leave no runtime at all, and the image would fail at its first picture instead of now.
  console.error(`onnxruntime-node has no build for ${platform}-${arch} in this installation; nothing was removed.`);
  process.exitCode = 1;
} else {
  let removedBytes = 0;
  for (const { folder } of builds.filter((build) => !isOurs(build))) {
    removedBytes += sizeBytes(folder);
    rmSync(folder, { recursive: true });
  }
  for (const { api, os } of builds) {
    const folder = join(binaries, api, os);
    if (foldersIn(folder).length === 0) rmSync(folder, { recursive: true, force: true });
  }
  console.log(`onnxruntime-node: kept ${platform}-${arch}, removed ${Math.round(removedBytes / 1e6)} MB of other platforms`);
}
