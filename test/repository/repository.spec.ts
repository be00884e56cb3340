import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { readConfig } from '../../src/config/config.ts';
import { isText, linesMatching, readText, repositoryFiles, ROOT } from './repository-files.ts';

interface Manifest {
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  bin: Record<string, string>;
  files: string[];
}
interface LockedPackage {
  resolved?: string;
  version?: string;
  optionalDependencies?: Record<string, string>;
}

const files = repositoryFiles();
const texts = files.filter(isText);
const manifest = JSON.parse(readText('package.json')) as Manifest;
const lock = JSON.parse(readText('package-lock.json')) as { packages: Record<string, LockedPackage> };

/** The variables that the configuration asks its environment for: whoever adds one cannot forget to be asked here. */
function variablesRead(): string[] {
  const asked = new Set<string>();
  const environment = new Proxy<NodeJS.ProcessEnv>(
    {},
    {
      get: (_target, name) => {
        if (typeof name === 'string') asked.add(name);
        return undefined;
      },
    },
  );
  readConfig({}, environment);
  return [...asked].filter((name) => /^[A-Z][A-Z0-9_]*$/.test(name)).sort();
}

describe('what is written in the files', () => {
  it('names no package registry', () => {
    const hosts =
      /\bregistry\.[a-z0-9-]+\.[a-z]{2,}\b|https?:\/\/[^\s/"']*(?:registry|artifactory|verdaccio|nexus)[^\s/"']*/i;
    expect(linesMatching(texts, hosts)).toEqual([]);
  });

  it('names no path of the machine it was written on', () => {
    const homes = ['work', 'root', 'home', 'Users', 'tmp/bash_jobs'].join('|');
    const absolute = new RegExp(`(?:^|[^\\w.~/@:-])/(?:${homes})/[\\w.]`);
    expect(linesMatching(texts, absolute)).toEqual([]);
  });

  it('points only at files that are there', () => {
    const pages = files.filter((path) => path.endsWith('.md'));
    const broken = pages.flatMap((page) => {
      const text = readText(page);
      const links = [...text.matchAll(/\]\((?![a-z]+:|#)([^)#\s]+)/g)].map((match) => join(page, '..', match[1] ?? ''));
      const named =
        text.match(/(?<=`)(?:src|test|docs|samples|scripts|bench|weights|bin|client)\/[\w./-]+(?=`)/g) ?? [];
      return [...links, ...named].filter((path) => !existsSync(join(ROOT, path))).map((path) => `${page}: ${path}`);
    });
    expect(broken).toEqual([]);
  });

  it('is short enough to be read: under 300 lines a file of code', () => {
    const code = files.filter((path) =>
      /^(?:src|client|test|samples|bench|scripts)\/.*\.(?:tsx?|mjs|js|css)$/.test(path),
    );
    const long = code.map((path) => ({ path, lines: readText(path).split('\n').length - 1 }));
    expect(long.filter(({ lines }) => lines >= 300)).toEqual([]);
  });
});

describe('package.json and its lock file', () => {
  it('pins exact versions: an older npm would quietly take older ones', () => {
    const wanted = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(wanted.filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))).toEqual([]);
    for (const [name, version] of wanted) expect(lock.packages[`node_modules/${name}`]).toMatchObject({ version });
  });

  it('names no address to fetch a package from, so that any mirror serves it', () => {
    expect(Object.entries(lock.packages).filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });

  it('locks the builds for all platforms: `npm ci` refuses a lock file that lacks one', () => {
    const lacking = Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !lock.packages[`node_modules/${name}`] && !lock.packages[`${path}/node_modules/${name}`],
      ),
    );
    expect(lacking).toEqual([]);
  });

  it('publishes only what is there', () => {
    const built = new Set(['dist', 'client/dist']);
    const named = [...manifest.files, ...Object.values(manifest.bin)].filter((path) => !built.has(path));
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});

describe('.env.example', () => {
  const example = readText('.env.example');

  it('has every variable, and none that is not read', () => {
    expect(Object.keys(parseEnv(example)).sort()).toEqual(variablesRead());
  });

  it('changes nothing as it is: it shows the defaults', () => {
    for (const given of [{}, { GEMINI_API_KEY: 'a-key' }, { OPENAI_API_KEY: 'a-key', OPENAI_MODEL: 'a-model' }]) {
      expect(readConfig({}, { ...parseEnv(example), ...given })).toEqual(readConfig({}, given));
    }
  });

  it('has a comment above every group of variables', () => {
    for (const group of example.split(/\n\s*\n/)) expect(group).toMatch(/^#/);
  });
});

// The README is a person's page: only where it has a table of the variables must that be whole.
const readme = existsSync(join(ROOT, 'README.md')) ? readText('README.md') : '';
const withTable = /^\|.*`DATA_DIR`.*\|/m.test(readme) ? describe : describe.skip;

withTable('README.md', () => {
  it('has every variable in its table', () => {
    const rows = readme.split('\n').filter((line) => line.startsWith('|'));
    const named = new Set(rows.flatMap((row) => row.match(/(?<=`)[A-Z][A-Z0-9_]+(?=`)/g) ?? []));
    expect(variablesRead().filter((name) => !named.has(name))).toEqual([]);
  });
});

describe('the container', () => {
  const dockerfile = readText('Dockerfile').replaceAll('\\\n', ' ');
  const steps = [...dockerfile.matchAll(/^RUN (.+)$/gm)].map((match) => match[1] ?? '');

  it('is built by commands that also run in a checkout', () => {
    const known = (step: string): boolean => {
      const [, script] = /^npm run ([\w:-]+)$/.exec(step) ?? [];
      if (script !== undefined) return script in manifest.scripts;
      const [, file] = /^node (scripts\/[\w.-]+)$/.exec(step) ?? [];
      if (file !== undefined) return existsSync(join(ROOT, file));
      return ['npm ci', 'npm prune --omit=dev'].includes(step) || step.startsWith('install -d ');
    };
    expect(steps.length).toBeGreaterThan(0);
    expect(steps.filter((step) => !known(step))).toEqual([]);
  });

  it('copies only what its build folder holds', () => {
    const allowed = readText('.dockerignore')
      .split('\n')
      .flatMap((line) => /^!(.+)$/.exec(line)?.[1] ?? []);
    expect(allowed.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    const copied = [...dockerfile.matchAll(/\/app\/([\w./-]+)/g)].map((match) => match[1] ?? '');
    const made = ['node_modules', 'dist', 'client/dist'];
    expect(copied.filter((path) => !made.includes(path) && !allowed.includes(path))).toEqual([]);
  });

  it('sets only variables that are read', () => {
    const [, set = ''] = /^ENV (.+)$/m.exec(dockerfile) ?? [];
    const names = [...set.matchAll(/([A-Z_]+)=/g)].map((match) => match[1] ?? '');
    // Two are read by others: Node's libraries, and the model runtime.
    const known = [...variablesRead(), 'NODE_ENV', 'ORT_DISABLE_TELEMETRY'];
    expect(names).toContain('DATA_DIR');
    expect(names.filter((name) => !known.includes(name))).toEqual([]);
  });
});

describe('the workflow', () => {
  it('runs what .ci/run runs, and nothing else', () => {
    const commands = [...readText('.github/workflows/ci.yml').matchAll(/\brun: (.+)$/gm)].map((match) => match[1]);
    expect(commands).toEqual(['bash .ci/run']);
    const ran = [...readText('.ci/run').matchAll(/^(?:env -u CI )?npm (?:run )?([\w:]+)$/gm)].map(
      (match) => match[1] ?? '',
    );
    expect(ran).toEqual(['ci', 'check', 'test']);
    expect(ran.filter((name) => name !== 'ci' && !(name in manifest.scripts))).toEqual([]);
  });
});
