import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineCall } from '../../../../src/contract/timeline.ts';
import { chartColours } from './chart-colours.ts';
import { BAR_LOOKS, lookOf, paintBar, type BarLook } from './paint-timeline.ts';
import classes from './Performance.module.css';

/** What the bars mean: those that there are, drawn by the same hand. */
export function TimelineLegend({ calls, scheme }: { calls: readonly TimelineCall[]; scheme: 'light' | 'dark' }) {
  const { t } = useTranslation('performance');
  const there = new Set(calls.map(lookOf));
  const names: Readonly<Record<BarLook, string>> = {
    answered: `${t('run.kind.call')}, ${t('run.outcome.succeeded')}`,
    retry: `${t('run.kind.retry')}, ${t('run.outcome.succeeded')}`,
    hedge: t('run.kind.hedge'),
    cached: t('run.kind.cached'),
    refused: t('run.outcome.refused'),
    failed: t('run.outcome.failed'),
    aborted: t('run.outcome.aborted'),
  };
  return (
    <ul className={classes.keys}>
      {BAR_LOOKS.filter((look) => there.has(look)).map((look) => (
        <li key={look}>
          <Sample look={look} scheme={scheme} />
          {names[look]}
        </li>
      ))}
    </ul>
  );
}

const [WIDTH, HEIGHT] = [28, 14];

function Sample({ look, scheme }: { look: BarLook; scheme: 'light' | 'dark' }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const frame = requestAnimationFrame(() => {
      const ratio = globalThis.devicePixelRatio;
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, WIDTH, HEIGHT);
      paintBar(context, { x: 0, y: 0, width: WIDTH, height: HEIGHT }, look, chartColours(scheme));
    });
    return () => cancelAnimationFrame(frame);
  }, [look, scheme]);
  const ratio = globalThis.devicePixelRatio;
  return (
    <canvas
      ref={canvas}
      width={WIDTH * ratio}
      height={HEIGHT * ratio}
      style={{ width: WIDTH, height: HEIGHT }}
      aria-hidden
    />
  );
}
