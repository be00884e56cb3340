/**
 * Takes out of an installation what this machine never loads: `node scripts/prune-runtime.mjs [node_modules]`. For images
 * of a server (see Dockerfile); never for a folder that is used elsewhere too.
 *
 * - onnxruntime-node brings its native library for five platforms, 300 MB, of which one platform uses 25 to 90.
 * - The Node that comes as the package `node`, 125 MB, where this script runs on another one that is new enough.
 */
import { existsSync, readdirSync, realpathSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** As bin/contactsheet.mjs needs it. */
const NEEDED_MAJOR = 24;

const nodeModules = resolve(process.argv[2] ?? fileURLToPath(new URL('../node_modules', import.meta.url)));
const { platform, arch } = process;

function foldersIn(folder) {
  const entries = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

function sizeBytes(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}

function remove(folder, what) {
  const megabytes = Math.round(sizeBytes(folder) / 1e6);
  rmSync(folder, { recursive: true });
  console.log(`removed ${what} (${megabytes} MB)`);
}

/** Every build of the model runtime: `bin/napi-v6/linux/x64` and its like. */
function modelRuntimes() {
  const binaries = join(nodeModules, 'onnxruntime-node', 'bin');
  const apis = foldersIn(binaries).filter((name) => /^napi-v\d+$/.test(name));
  const systems = apis.flatMap((api) => foldersIn(join(binaries, api)).map((os) => join(api, os)));
  return systems.flatMap((system) =>
    foldersIn(join(binaries, system)).map((cpu) => {
      const folder = join(binaries, system, cpu);
      return { folder, name: join(system, cpu), isOurs: folder.endsWith(join(platform, arch)) };
    }),
  );
}

function pruneBundledNode() {
  const bundled = join(nodeModules, 'node', 'bin');
  const major = Number(process.versions.node.split('.')[0]);
  if (!existsSync(bundled) || major < NEEDED_MAJOR) return;
  if (realpathSync(process.execPath).startsWith(realpathSync(bundled))) return;
  remove(bundled, `the bundled Node: this one, ${process.version}, does its work`);
  rmSync(join(nodeModules, '.bin', 'node'), { force: true });
}

const runtimes = modelRuntimes();
if (runtimes.some(({ isOurs }) => isOurs)) {
  for (const { folder, name } of runtimes.filter(({ isOurs }) => !isOurs)) remove(folder, `onnxruntime-node ${name}`);
  pruneBundledNode();
} else {
  // Pruning would leave no runtime at all, and the image would fail at its first picture instead of now.
  console.error(`onnxruntime-node has no build for ${platform}-${arch} in this installation; nothing was removed.`);
  process.exitCode = 1;
}
