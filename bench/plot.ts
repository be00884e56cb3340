import * as echarts from 'echarts';
import { boundOf, COLUMNS } from './cases.ts';
import type { Column } from './cases.ts';
import { OURS } from './contenders/names.ts';
import { curveOf } from './run-contender.ts';
import type { Result } from './run-contender.ts';

/** Panels one below the other. */
const PANELS = ['c sliding', 'c bucket', 'c tokens'];
const WIDTH = 1_100;
const PANEL_HEIGHT = 380;
const LEGEND_HEIGHT = 100;
const LEFT = 80;
const RIGHT = 40;
const FONT = 'Helvetica, Arial, sans-serif';
const BOUND = 'bound without hedging';

/** Distinct on white, also for most who see colours differently; ours is the strong one. */
const COLOURS = [
  '#0072b2',
  '#56b4e9',
  '#009e73',
  '#8fbc5a',
  '#e69f00',
  '#b8860b',
  '#cc79a7',
  '#9467bd',
  '#7f7f7f',
  '#a0522d',
];
const OUR_COLOUR = '#d00000';

// Without a page there is no font to measure, and names in the legend ran into one another: taken as wide as wide fonts are.
echarts.setPlatformAPI({
  measureText: (text: string, font?: string) => ({ width: text.length * 0.63 * (Number.parseFloat(font ?? '') || 12) }),
});

interface Line {
  name: string;
  column: Column;
  points: Result['curve'];
}

/** Calls finished over time, each contender against the bound, as an SVG; null where no panel's column was measured. */
export function renderPlot(results: readonly Result[]): string | null {
  const columns = PANELS.flatMap((name) => COLUMNS.filter((column) => column.name === name)).filter((column) =>
    results.some((result) => result.column === column.name),
  );
  if (columns.length === 0) return null;
  const lines = columns.flatMap((column) => linesOf(column, results));
  const names = [...new Set(lines.map(({ name }) => name))];
  const height = LEGEND_HEIGHT + columns.length * PANEL_HEIGHT;
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  chart.setOption({
    animation: false,
    backgroundColor: '#ffffff',
    textStyle: { fontFamily: FONT, fontSize: 14 },
    legend: {
      data: names,
      top: 10,
      left: LEFT,
      right: RIGHT,
      itemWidth: 34,
      // As low as the line itself: the dot that a legend adds to a line without symbols vanishes in it.
      itemHeight: 2,
      textStyle: { fontSize: 14 },
    },
    title: columns.map((column, panel) => ({
      text: column.title,
      left: LEFT,
      top: topOf(panel) - 34,
      textStyle: { fontSize: 15, fontWeight: 'bold', color: '#222' },
    })),
    grid: columns.map((_, panel) => ({ left: LEFT, right: RIGHT, top: topOf(panel), height: PANEL_HEIGHT - 100 })),
    xAxis: columns.map((column, panel) => ({
      type: 'value',
      gridIndex: panel,
      name: 'seconds',
      nameLocation: 'middle',
      nameGap: 28,
      min: 0,
      max: endOf(column, lines),
      axisLine: { onZero: true },
    })),
    yAxis: columns.map((column, panel) => ({
      type: 'value',
      gridIndex: panel,
      name: 'calls finished',
      nameLocation: 'middle',
      nameGap: 52,
      min: 0,
      max: Math.ceil(column.count / 200) * 200,
    })),
    series: lines.map((line) => seriesOf(line, columns.indexOf(line.column), names)),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

function topOf(panel: number): number {
  return LEGEND_HEIGHT + 34 + panel * PANEL_HEIGHT;
}

function linesOf(column: Column, results: readonly Result[]): Line[] {
  const own = results.filter((result) => result.column === column.name);
  const peers = own.filter(({ contender }) => contender !== OURS);
  const ours = own.filter(({ contender }) => contender === OURS);
  // The last to be drawn lie on top.
  return [
    ...peers.map(({ contender, curve }) => ({ name: contender, column, points: curve })),
    ...ours.map(({ contender, round, curve }) => ({
      name: round === 'learnt' ? `${contender}, learnt` : contender,
      column,
      points: curve,
    })),
    { name: BOUND, column, points: curveOf(boundOf(column).finishedMs, 1) },
  ];
}

/** Somewhat after the bound: a peer that takes thrice as long must not press all others together. */
function endOf(column: Column, lines: readonly Line[]): number {
  const boundS = boundOf(column).totalMs / 1_000;
  const ends = lines.filter((line) => line.column === column).map(({ points }) => points.at(-1)?.[0] ?? 0);
  return Math.ceil(Math.min(Math.max(...ends) * 1.02, boundS * 1.6) / 10) * 10;
}

function seriesOf({ name, points }: Line, panel: number, names: readonly string[]) {
  const isOurs = name.startsWith(OURS);
  const peers = names.filter((other) => other !== BOUND && !other.startsWith(OURS));
  const colour = name === BOUND ? '#000000' : isOurs ? OUR_COLOUR : COLOURS[peers.indexOf(name) % COLOURS.length];
  const type = name === BOUND ? 'dashed' : name.endsWith('learnt') ? 'dotted' : 'solid';
  return {
    name,
    type: 'line',
    xAxisIndex: panel,
    yAxisIndex: panel,
    data: points,
    showSymbol: false,
    symbol: 'none',
    clip: true,
    itemStyle: { color: colour },
    lineStyle: { color: colour, type, width: isOurs ? 3 : name === BOUND ? 2.5 : 1.6 },
  };
}
