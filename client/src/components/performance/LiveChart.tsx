import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { PerformanceSample } from '../../../../src/contract/performance.ts';
import { useFormat, type Format } from '../format.ts';
import { chartColours, type ChartColours } from './chart-colours.ts';
import { columnsOf, summaryOf, type Chart, type LineStyle } from './charts.ts';
import { valueIn } from './chart-units.ts';
import classes from './Performance.module.css';

const HEIGHT_PX = 150;
const DASHES: Readonly<Record<LineStyle, number[]>> = { main: [], second: [2, 3], limit: [8, 4] };

/** One chart of the last minutes, with what it says in numbers beside it. */
export function LiveChart({ chart, samples }: { chart: Chart; samples: readonly PerformanceSample[] }) {
  const { t, i18n } = useTranslation('performance');
  const format = useFormat();
  const language = i18n.language;
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot | null>(null);
  const lines = chart.lines.filter((line) => samples.some((sample) => line.of(sample) !== null));
  const hasValues = lines.length > 0 && samples.length > 1;
  const drawn = lines.map(({ key }) => key).join();

  const make = useEffectEvent((element: HTMLElement) => {
    const options = optionsOf({ chart, lines, width: element.clientWidth, format, language, scheme });
    return new UPlot(options, columnsOf(samples, lines), element);
  });
  const fill = useEffectEvent(() => plot.current?.setData(columnsOf(samples, lines)));
  useEffect(() => {
    const element = place.current;
    if (element === null || !hasValues) return;
    const made = make(element);
    plot.current = made;
    const sizes = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: HEIGHT_PX }));
    sizes.observe(element);
    return () => {
      sizes.disconnect();
      made.destroy();
      plot.current = null;
    };
    // New samples are put into the chart that is there.
  }, [chart, drawn, hasValues, scheme, format, language]);
  useEffect(() => fill(), [samples, drawn]);

  const name = t(`chart.${chart.key as 'images'}.title`);
  const words = lines.map((line) => {
    const { now, least, most } = summaryOf(samples, line);
    const value = (figure: number | null) => valueIn(format, chart.unit, figure);
    const label = t(`line.${line.key as 'images'}`);
    return t('chart.words', { line: label, now: value(now), least: value(least), most: value(most) });
  });
  return (
    <figure className={classes.card}>
      <div className={classes.head}>
        <h3>
          {name} {chart.unit !== 'count' && <span className={classes.unit}>{t(`unit.${chart.unit}`)}</span>}
        </h3>
        <ul className={classes.legend} aria-hidden>
          {lines.map((line) => (
            <li key={line.key}>
              <LineSample style={line.style} />
              {t(`line.${line.key as 'images'}`)}
              <strong>{valueIn(format, chart.unit, summaryOf(samples, line).now)}</strong>
            </li>
          ))}
        </ul>
      </div>
      {hasValues ? (
        <div ref={place} className={classes.plot} role="img" aria-label={`${name}. ${words.join(' ')}`} />
      ) : (
        <p className={classes.empty} style={{ margin: 0 }}>
          {t('chart.nothing')}
        </p>
      )}
    </figure>
  );
}

function LineSample({ style }: { style: LineStyle }) {
  return (
    <svg width="22" height="8" aria-hidden>
      <line
        x1="0"
        x2="22"
        y1="4"
        y2="4"
        strokeWidth="2"
        stroke={`var(${{ main: '--mantine-primary-color-filled', second: '--notice', limit: '--mantine-color-dimmed' }[style]})`}
        strokeDasharray={DASHES[style].join(' ')}
      />
    </svg>
  );
}

const colourOf = (colours: ChartColours, style: LineStyle): string =>
  ({ main: colours.main, second: colours.second, limit: colours.dim })[style];

interface Drawing {
  chart: Chart;
  lines: Chart['lines'];
  /** px */
  width: number;
  format: Format;
  language: string;
  scheme: 'light' | 'dark';
}

function optionsOf({ chart, lines, width, format, language, scheme }: Drawing): UPlot.Options {
  const colours = chartColours(scheme);
  const clock = new Intl.DateTimeFormat(language, { timeStyle: 'medium' });
  const axis = {
    stroke: colours.dim,
    font: '11px system-ui, sans-serif',
    grid: { stroke: colours.line, width: 1 },
    ticks: { show: false },
  };
  return {
    width,
    height: HEIGHT_PX,
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, points: { size: 6 } },
    scales: {
      y: { range: (_plot, _least, most) => [0, Math.max(most * 1.12, chart.unit === 'money' ? 0.001 : 1)] },
    },
    axes: [
      {
        ...axis,
        size: 28,
        space: 90,
        values: (_plot, seconds) => seconds.map((second) => clock.format(second * 1_000)),
      },
      {
        ...axis,
        size: 64,
        space: 34,
        values: (_plot, values) => values.map((value) => valueIn(format, chart.unit, value)),
      },
    ],
    series: [
      {},
      ...lines.map((line): UPlot.Series => ({
        stroke: colourOf(colours, line.style),
        width: 2,
        dash: DASHES[line.style],
        points: { show: false },
        ...(line.style === 'main' && { fill: faint(colours.main) }),
      })),
    ],
  };
}

/** A colour that is one of its own, hardly there. */
function faint(colour: string): string {
  const [red = '0', green = '0', blue = '0'] = colour.match(/[\d.]+/g) ?? [];
  return `rgba(${red}, ${green}, ${blue}, 0.13)`;
}
