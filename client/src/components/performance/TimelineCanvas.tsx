import { ActionIcon, Button, Group, Text, useComputedColorScheme } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunTimeline, TimelineCall } from '../../../../src/contract/timeline.ts';
import { useFormat, type Format } from '../format.ts';
import { chartColours } from './chart-colours.ts';
import { AXIS_PX, paintTimeline } from './paint-timeline.ts';
import { TimelineLegend } from './TimelineLegend.tsx';
import { barAt, laneHeight, lanesIn, type Bar } from './timeline-view.ts';
import { useTimelineView } from './use-timeline-view.ts';
import classes from './Performance.module.css';

const HEIGHT_PX = 360;
const GUTTER_PX = 34;
const TIP_PX = 260;

/** The calls of a run as bars in time, a row for each that was under way at once. */
export function TimelineCanvas({ timeline: { calls, wallMs } }: { timeline: RunTimeline }) {
  const { t } = useTranslation('performance');
  const format = useFormat();
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const canvas = useRef<HTMLCanvasElement>(null);
  const bars = useRef<Bar[]>([]);
  const [widthPx, setWidthPx] = useState(0);
  const [tip, setTip] = useState<{ call: TimelineCall; x: number; y: number } | null>(null);
  const control = useTimelineView(wallMs, canvas, GUTTER_PX);
  const lanes = useMemo(() => lanesIn(calls), [calls]);
  const lanePx = laneHeight(lanes, HEIGHT_PX);
  const heightPx = lanes * lanePx + AXIS_PX + 6;
  const { fromMs, toMs } = control.view;

  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const sizes = new ResizeObserver(() => setWidthPx(element.clientWidth));
    sizes.observe(element);
    return () => sizes.disconnect();
  }, []);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || widthPx === 0) return;
    // Moves that come faster than the screen draws are drawn once.
    const frame = requestAnimationFrame(() => {
      const ratio = globalThis.devicePixelRatio;
      context.canvas.width = Math.round(widthPx * ratio);
      context.canvas.height = Math.round(heightPx * ratio);
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      const timeOf = (ms: number) => axisTime(format, ms, toMs - fromMs);
      const workers = workersOf(calls);
      const view = { fromMs, toMs };
      const shape = { widthPx, lanePx, lanes, gutterPx: GUTTER_PX };
      bars.current = paintTimeline(context, { calls, view, colours: chartColours(scheme), workers, timeOf, ...shape });
    });
    return () => cancelAnimationFrame(frame);
  }, [calls, fromMs, toMs, scheme, widthPx, heightPx, lanePx, lanes, format]);

  return (
    <div>
      <Group justify="space-between" gap="sm" mb="xs">
        <TimelineLegend calls={calls} scheme={scheme} />
        <Group gap={6}>
          <ActionIcon
            variant="default"
            size={44}
            onClick={() => control.move(-1)}
            aria-label={t('run.left')}
            disabled={control.isAll}
          >
            <IconChevronLeft size={18} aria-hidden />
          </ActionIcon>
          <ActionIcon
            variant="default"
            size={44}
            onClick={() => control.move(1)}
            aria-label={t('run.right')}
            disabled={control.isAll}
          >
            <IconChevronRight size={18} aria-hidden />
          </ActionIcon>
          <ActionIcon
            variant="default"
            size={44}
            onClick={() => control.zoom('out')}
            aria-label={t('run.zoomOut')}
            disabled={control.isAll}
          >
            <IconZoomOut size={18} aria-hidden />
          </ActionIcon>
          <ActionIcon variant="default" size={44} onClick={() => control.zoom('in')} aria-label={t('run.zoomIn')}>
            <IconZoomIn size={18} aria-hidden />
          </ActionIcon>
          <Button variant="default" h={44} onClick={control.all} disabled={control.isAll}>
            {t('run.all')}
          </Button>
        </Group>
      </Group>
      <div className={classes.lanes}>
        <canvas
          ref={canvas}
          className={classes.canvas}
          style={{ height: heightPx }}
          role="img"
          tabIndex={0}
          aria-label={t('run.canvas', { count: calls.length, lanes, time: format.duration(wallMs) })}
          onKeyDown={control.onKeyDown}
          onPointerDown={control.onPointerDown}
          onPointerMove={(event) => {
            if (control.onPointerMove(event)) return setTip(null);
            const { offsetX: x, offsetY: y } = event.nativeEvent;
            const bar = barAt(bars.current, x, y);
            setTip(bar === null ? null : { call: bar.call, x, y });
          }}
          onPointerUp={control.onPointerUp}
          onPointerCancel={control.onPointerUp}
          onPointerLeave={() => setTip(null)}
        />
        {tip !== null && (
          <div
            className={classes.tip}
            style={{
              left: Math.max(4, Math.min(tip.x + 14, widthPx - TIP_PX)),
              top: Math.min(tip.y + 14, heightPx - 96),
            }}
            aria-hidden
          >
            <strong>{tip.call.image}</strong>
            <br />
            {t(`run.kind.${tip.call.kind}`)}, {t(`run.outcome.${tip.call.outcome}`)}
            {tip.call.code !== null && ` (${tip.call.code})`}
            <br />
            {format.duration(tip.call.startMs)} + {format.duration(tip.call.endMs - tip.call.startMs)}
          </div>
        )}
      </div>
      <Text size="xs" c="dimmed" mt={6}>
        {t('run.hint')}
      </Text>
    </div>
  );
}

/** A time on the axis, as exact as its marks are apart. */
function axisTime(format: Format, ms: number, spanMs: number): string {
  if (spanMs > 60_000) return format.duration(ms);
  const digits = [20_000, 2_000, 200].filter((finer) => spanMs < finer).length;
  return `${format.number(ms / 1_000, digits)} s`;
}

/** Where the rows of each worker begin, and its number. */
function workersOf(calls: readonly TimelineCall[]): { lane: number; name: string }[] {
  const first = new Map<number, number>();
  for (const { thread, lane } of calls) {
    if (thread !== null) first.set(thread, Math.min(lane, first.get(thread) ?? Infinity));
  }
  return [...first].map(([thread, lane]) => ({ lane, name: `W${thread}` }));
}
