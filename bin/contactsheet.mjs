#!/usr/bin/env node
// The command line needs the Node that comes with the project; a person's own may be older. Installed globally, npm puts
// that older one first, so it is found here by name and the command is handed to it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

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
    const child = spawn(node, [new URL(import.meta.url).pathname, ...process.argv.slice(2)], { stdio: 'inherit' });
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
    child.on('exit', (code, signal) => {
      process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143);
    });
  }
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
