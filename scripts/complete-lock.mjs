/**
 * Completes package-lock.json: `node scripts/complete-lock.mjs [file]`, after every `npm install` against a mirror that has
 * packages for some platforms only. npm then leaves the builds for the other platforms out of the lock file; `npm ci`
 * refuses such a lock file, and on another platform a person would go without them.
 *
 * An entry made here has no integrity hash, since the package was never seen; everything else about it is in its name.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];
/** Last word of a name, and the C library it stands for. */
const LIBRARIES = { gnu: 'glibc', musl: 'musl' };

const file = process.argv[2] ?? fileURLToPath(new URL('../package-lock.json', import.meta.url));
const lock = JSON.parse(readFileSync(file, 'utf8'));

/** What `@swc/core-linux-arm64-musl` says of its platform; null where a name says none. */
function platformOf(name) {
  const words = name.split(/[-/]/);
  const os = words.find((word) => SYSTEMS.includes(word));
  const cpu = words.find((word) => PROCESSORS.includes(word));
  const libc = LIBRARIES[words.at(-1)];
  return os && cpu ? { os, cpu, libc: os === 'linux' ? libc : undefined } : null;
}

function missingBuilds() {
  return Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {}, dev }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !lock.packages[`node_modules/${name}`] && !lock.packages[`${path}/node_modules/${name}`])
      .map(([name, version]) => ({ name, version, dev })),
  );
}

function entryFor({ version, dev }, { os, cpu, libc }) {
  return {
    version,
    cpu: [cpu],
    ...(dev ? { dev: true } : {}),
    ...(libc ? { libc: [libc] } : {}),
    optional: true,
    os: [os],
  };
}

const missing = missingBuilds();
for (const build of missing) {
  const platform = platformOf(build.name);
  if (platform && /^\d+\.\d+\.\d+[\w.+-]*$/.test(build.version)) {
    lock.packages[`node_modules/${build.name}`] = entryFor(build, platform);
  } else {
    console.error(`${build.name}@${build.version} is no build for one platform, or of no exact version: left out.`);
    process.exitCode = 1;
  }
}
if (missing.length > 0) {
  // In npm's own order, so that its next write changes nothing.
  const inOrder = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
  lock.packages = Object.fromEntries(inOrder);
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
}
console.log(`package-lock.json: ${missing.length} builds for other platforms added`);
