import * as echarts from 'echarts';
import type { SizeMeasured } from './scale.ts';

const SIZE = { width: 900, height: 460 } as const;
const FONT = 'Helvetica, Arial, sans-serif';

/** Seconds and megabytes over rows, both axes logarithmic: a straight line at 45 degrees is linear growth. */
export function plotGrowth(measured: readonly SizeMeasured[]): string {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, ...SIZE });
  const last = measured.at(-1)!;
  const line = (name: string, colour: string, axis: number, points: [number, number][], type = 'solid') => ({
    name,
    type: 'line',
    yAxisIndex: axis,
    data: points,
    symbolSize: type === 'solid' ? 7 : 0,
    itemStyle: { color: colour },
    lineStyle: { color: colour, type, width: type === 'solid' ? 3 : 1.5 },
  });
  chart.setOption({
    animation: false,
    backgroundColor: '#ffffff',
    textStyle: { fontFamily: FONT, fontSize: 14 },
    legend: { top: 10, itemGap: 40, textStyle: { fontSize: 14 } },
    grid: { left: 80, right: 80, top: 60, bottom: 60 },
    xAxis: { type: 'log', name: 'rows', nameLocation: 'middle', nameGap: 32, min: 500, max: 2_000_000 },
    yAxis: [
      { type: 'log', name: 'seconds', nameLocation: 'middle', nameGap: 50, min: 0.1, max: 1_000 },
      {
        type: 'log',
        name: 'MB',
        nameLocation: 'middle',
        nameGap: 50,
        min: 10,
        max: 10_000,
        splitLine: { show: false },
      },
    ],
    series: [
      line(
        'wall time',
        '#d00000',
        0,
        measured.map(({ rows, wallS }): [number, number] => [rows, wallS]),
      ),
      line(
        'peak memory',
        '#0072b2',
        1,
        measured.map(({ rows, peakMb }): [number, number] => [rows, peakMb]),
      ),
      line(
        'linear',
        '#7f7f7f',
        0,
        measured.map(({ rows }): [number, number] => [rows, (last.wallS * rows) / last.rows]),
        'dashed',
      ),
    ],
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}
