import { COLUMNS } from './cases.ts';
import type { Column } from './cases.ts';
import { OURS } from './contenders/names.ts';
import type { PostersResult } from './posters.ts';
import type { RecipeResult } from './recipe.ts';
import type { Result } from './run-contender.ts';
import { percent, refusedShareOf, verdictsOf } from './verdicts.ts';
import type { Measured } from './verdicts.ts';

/** A Markdown table that is as easy to read as it stands. The first column is text, the others are figures. */
export function renderTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((name, place) => Math.max(3, name.length, ...rows.map((row) => row[place]?.length ?? 0)));
  const padded = (cells: readonly string[]): string => {
    const parts = widths.map((width, place) => {
      const cell = cells[place] ?? '';
      return place === 0 ? cell.padEnd(width) : cell.padStart(width);
    });
    return `| ${parts.join(' | ')} |`;
  };
  const rule = widths.map((width, place) => (place === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [padded(head), `| ${rule.join(' | ')} |`, ...rows.map(padded)].join('\n');
}

/** Everything measured, as Markdown; printed as well. */
export function renderReport(measured: Measured): string {
  const { results, flatOut, growth, posters, recipes, machine } = measured;
  const parts = COLUMNS.flatMap((column) => renderColumn(column, results));
  if (flatOut.length > 0) {
    const rows = flatOut.map(({ contender, callsPerSecond, peakMemoryMb, peakMemoryOfFewMb, lost }) => [
      contender,
      callsPerSecond.toFixed(0),
      String(peakMemoryMb),
      String(peakMemoryOfFewMb),
      String(lost),
    ]);
    const head = ['contender', 'calls/s', 'MB at 10,000', 'MB at 500', 'lost'];
    parts.push(`### f: 10,000 small images at no latency, medians of three\n\n${renderTable(head, rows)}`);
  }
  if (posters.length > 0) parts.push(renderPosters(posters));
  if (recipes.length > 0) parts.push(renderRecipes(recipes));
  if (growth) {
    const rows = growth.sizes.map(({ units, microseconds }) => [
      units.toLocaleString('en-US'),
      microseconds.toFixed(2),
    ]);
    parts.push(
      `### g: the engine's own cost in simulated time, medians of three\n\n${renderTable(['units', 'µs a unit'], rows)}`,
    );
  }
  const load = `load ${machine.loadBefore.toFixed(1)} at the beginning, ${machine.loadAfter.toFixed(1)} at the end`;
  return [...parts, renderVerdicts(measured), `Measured on ${machine.cores} cores, ${load}.`].join('\n\n');
}

function renderColumn(column: Column, results: readonly Result[]): string[] {
  const own = results.filter((result) => result.column === column.name);
  const [any] = own;
  if (!any) return [];
  const minute = any.scale === 1 ? '' : ` (a minute of ${Math.round(60 / any.scale)} s)`;
  const head = ['contender', 'seconds', 'to the bound', 'calls', 'refused', 'share', 'units lost', 'estimate off'];
  const rows = [
    ['bound without hedging', any.boundSeconds.toFixed(1), '1.000', '', '', '', '', ''],
    ...own.map((result) => [
      result.contender + (result.contender === OURS && column.learnt ? `, ${ROUND_WORDS[result.round]}` : ''),
      result.seconds.toFixed(1),
      result.ratio.toFixed(3),
      String(result.calls),
      String(result.refused),
      percent(refusedShareOf(result)),
      String(result.lost),
      result.worstEstimate === null ? '' : percent(result.worstEstimate),
    ]),
  ];
  return [`### ${column.name}: ${column.title}${minute}\n\n${renderTable(head, rows)}`];
}

function renderPosters(posters: readonly PostersResult[]): string {
  const rows = posters.map((each) => [
    each.contender,
    String(each.posters),
    each.seconds.toFixed(1),
    String(each.aMinute),
    String(each.lost),
  ]);
  const head = ['contender', 'posters', 'seconds', 'a minute', 'lost'];
  return `### posters: addresses that take 0.3 s each, a model that takes 3 s\n\n${renderTable(head, rows)}`;
}

function renderRecipes(recipes: readonly RecipeResult[]): string {
  const rows = recipes.map(({ contender, seconds, chainSeconds }) => [
    contender,
    seconds.toFixed(1),
    chainSeconds === null ? '' : chainSeconds.toFixed(1),
  ]);
  const steps = recipes.flatMap((recipe) => recipe.steps);
  const stepRows = steps.map(({ step, startMs, endMs, share }) => [
    step,
    (startMs / 1_000).toFixed(2),
    (endMs / 1_000).toFixed(2),
    percent(share),
  ]);
  return [
    '### recipe: a video of 32 s to its recipe, over HTTP, medians of three',
    renderTable(['contender', 'seconds', 'longest chain, s'], rows),
    renderTable(['step of ours', 'from, s', 'to, s', 'share'], stepRows),
  ].join('\n\n');
}

const ROUND_WORDS = { first: 'at first contact', learnt: 'learnt' } as const;

function renderVerdicts(measured: Measured): string {
  const lines = verdictsOf(measured).map(
    ({ line, pass, detail }) => `- ${pass ? 'yes' : '**no**'}: ${line}: ${detail}`,
  );
  return `### Done when\n\n${lines.join('\n')}`;
}

/** What a reader has to know of how it was measured. */
export const PREFACE = `# Benchmark of the engine

Made by \`npm run bench\`; change nothing here by hand. All contenders meet one stand-in for Gemini, each a process of it: the
k-th call that is let in has the k-th latency of a seeded list, whoever sends it, and a refused call consumes nothing. A minute
is a minute. Since what waits for quotas and answers leaves the machine idle, many contenders run at the same time
(\`--lanes\`), each started some seconds after the one before; what keeps the cores busy by itself (a, f, posters, recipe) runs
apart. The bound is the greedy schedule of somebody who knows the account's rules and the clock to the microsecond, without
hedging. Our own engine opens, scales and encodes an image for each call and starts with cold connections; peers send one and
the same pixel over connections that are already open. That is why a peer can be ahead of it by a hundredth in windows and
where no quota binds.

Peers are set up for the fewest seconds: windows a little longer than the minute, repeated calls in the place of the refused
one after the wait that the refusal names (but the SDK's own backoff, which knows no wait and gives up after five tries).
A peer that loses units has not done the work, however soon it was done with the rest.
`;
