/**
 * The engine beside its peers, on one stand-in for the service: `npm run bench`, or `node bench/engine.ts` with
 *   --case c          one or more cases (a–g, posters, recipe), or columns ("c sliding"), with commas between
 *   --only ours       one or more contenders, by a part of their names
 *   --scale 6         a minute that is so much shorter, for a quick look; image work is as long as ever in it
 *   --lanes 16        contenders that run at the same time
 *   --keep            of a part: write it in the place of what was measured of it before, and keep the rest
 * A whole suite writes bench/results.md, bench/results.json and bench/finished-over-time.svg; a part of it is printed only.
 */
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { COLUMNS } from './cases.ts';
import { OURS } from './contenders/names.ts';
import { runFlatOut } from './flat-out.ts';
import type { GrowthResult } from './growth.ts';
import { renderPlot } from './plot.ts';
import { PREFACE, renderReport } from './report.ts';
import { withKept } from './kept-parts.ts';
import { runPosters } from './posters.ts';
import { runRecipes } from './recipe.ts';
import { runSuite } from './suite.ts';
import type { Measured } from './verdicts.ts';

const { values } = parseArgs({
  options: {
    case: { type: 'string' },
    only: { type: 'string' },
    scale: { type: 'string', default: '1' },
    lanes: { type: 'string', default: '16' },
    keep: { type: 'boolean', default: false },
  },
});

const startedAtMs = performance.now();
const loadBefore = load();
const cases = values.case?.split(',').map((name) => name.trim());
const names = values.only?.split(',').map((name) => (name === 'ours' ? OURS : name));
const wantsCase = (name: string): boolean => !cases || cases.includes(name) || cases.includes(name.charAt(0));
const wants = (contender: string): boolean => !names || names.some((name) => contender.includes(name));

function log(line: string): void {
  const seconds = Math.round((performance.now() - startedAtMs) / 1_000);
  process.stderr.write(`${String(seconds).padStart(5)} s  ${line}\n`);
}

async function growth(): Promise<GrowthResult> {
  const script = fileURLToPath(new URL('growth.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script]);
  return JSON.parse(stdout) as GrowthResult;
}

async function resultsBefore(): Promise<Partial<Measured>> {
  return JSON.parse(await readFile(new URL('results.json', import.meta.url), 'utf8')) as Partial<Measured>;
}

async function write(measured: Measured): Promise<void> {
  const beside = (name: string): URL => new URL(name, import.meta.url);
  await writeFile(beside('results.json'), `${JSON.stringify(measured)}\n`);
  // How `merge` grows takes ten minutes by itself, and is measured by itself; its table stands here as well.
  const linkage = (await readFile(beside('linkage.md'), 'utf8')).replace(/^# /, '## ');
  await writeFile(beside('results.md'), `${PREFACE}\n${renderReport(measured)}\n\n${linkage}`);
  const plot = renderPlot(measured.results);
  if (plot !== null) await writeFile(beside('finished-over-time.svg'), plot);
}

const results = await runSuite({
  columns: COLUMNS.filter(({ name }) => wantsCase(name)),
  scale: Number(values.scale),
  lanes: Number(values.lanes),
  wants,
  log,
});
// The ways of before wait for their services more than they work; ours then has the cores for itself.
const recipesBy = (isOurs: boolean) =>
  wantsCase('recipe') ? runRecipes((name) => wants(name) && (name === OURS) === isOurs, log) : [];
const [posters, recipesBefore] = await Promise.all([
  wantsCase('posters') ? runPosters(wants, log) : [],
  recipesBy(false),
]);
const recipes = [...recipesBefore, ...(await recipesBy(true))];
const measuredHere: Omit<Measured, 'machine'> = {
  posters,
  recipes,
  flatOut: wantsCase('f') ? await runFlatOut(wants, log) : [],
  growth: wantsCase('g') && wants(OURS) ? await growth() : null,
  results,
};
const machine = { cores: availableParallelism(), loadBefore, loadAfter: load() };
const measured: Measured = { machine, ...measuredHere };
process.stdout.write(`${renderReport(measured)}\n`);
if (!cases && !names) await write(measured);
else if (values.keep && !names) await write(withKept(await resultsBefore(), measured));
log('done');

/** Of the last minute. */
function load(): number {
  return loadavg()[0] ?? 0;
}
