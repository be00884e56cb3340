#!/usr/bin/env node
// The command line needs the Node that comes with the project; a person's own may be older. Installed globally, npm puts
// that older one first, so it is found here by name and the command is handed to it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED_MAJOR = 24;
const cli = new URL('../dist/cli.js', import.meta.url);

if (!existsSync(cli)) {
  process.stderr.write('contactsheet is not built yet: run "npm run build" in its folder.\n');
  process.exitCode = 2;
} else if (Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR) {
  await import(cli.href);
} else {
  const node = bundledNode();
  if (node === null) {
    process.stderr.write(`contactsheet needs Node ${NEEDED_MAJOR} or newer; this is ${process.version}.\n`);
    process.exitCode = 2;
  } else {
    handOver(node);
  }
}

/** Runs this file again in the other Node; signals and the way it ends pass through. */
function handOver(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  // Always handed on: a signal may have been sent to this process alone. Ctrl-C in a terminal has reached the child
  // already; it takes the second one, so soon after the first, for the same key press.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`contactsheet could not start its Node: ${error.message}\n`);
    process.exitCode = 2;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
  });
}

function bundledNode() {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('node/package.json'));
    const binary = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return existsSync(binary) ? binary : null;
  } catch {
    return null;
  }
}
