import type { TimelineCall } from '../../../../src/contract/timeline.ts';

/** The part of a run that is looked at; ms from its start. */
export interface View {
  fromMs: number;
  toMs: number;
}

/** A call as a rectangle; px from the upper left corner of the lanes. */
export interface Bar {
  call: TimelineCall;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Less cannot be seen, nor hit. */
const LEAST_WIDTH_PX = 2;
/** Between two lanes. */
const GAP_PX = 2;
/** Nearer than this there is nothing more to see. */
const LEAST_SPAN_MS = 20;

export function lanesIn(calls: readonly TimelineCall[]): number {
  return calls.reduce((most, { lane }) => Math.max(most, lane + 1), 0);
}

/** Height of a lane, so that all of them fit where they can. px */
export function laneHeight(lanes: number, heightPx: number): number {
  return Math.min(26, Math.max(7, heightPx / Math.max(1, lanes)));
}

/** The bars that are to be seen, from left to right; cut at the edges, never thinner than can be seen. */
export function barsIn(
  calls: readonly TimelineCall[],
  { fromMs, toMs }: View,
  { widthPx, lanePx }: { widthPx: number; lanePx: number },
): Bar[] {
  const scale = widthPx / Math.max(1, toMs - fromMs);
  const gap = lanePx > 10 ? GAP_PX : 1;
  const bars: Bar[] = [];
  for (const call of calls) {
    if (call.endMs < fromMs || call.startMs > toMs) continue;
    const left = Math.max(0, (call.startMs - fromMs) * scale);
    const right = Math.min(widthPx, (call.endMs - fromMs) * scale);
    const width = Math.max(LEAST_WIDTH_PX, right - left);
    bars.push({
      call,
      x: Math.min(left, widthPx - width),
      y: call.lane * lanePx,
      width,
      height: Math.max(2, lanePx - gap),
    });
  }
  return bars;
}

/** The bar under a point, the last drawn first; a little beside a thin one counts. */
export function barAt(bars: readonly Bar[], x: number, y: number): Bar | null {
  const near = (bar: Bar) => (bar.width < 6 ? 4 : 0);
  return (
    bars.findLast(
      (bar) => y >= bar.y && y <= bar.y + bar.height && x >= bar.x - near(bar) && x <= bar.x + bar.width + near(bar),
    ) ?? null
  );
}

/** Nearer (`factor` below 1) or further, with what is at `anchor` (0..1 of the width) staying where it is. */
export function zoomed({ fromMs, toMs }: View, factor: number, anchor: number, wallMs: number): View {
  const span = Math.min(Math.max(wallMs, LEAST_SPAN_MS), Math.max(LEAST_SPAN_MS, (toMs - fromMs) * factor));
  const at = fromMs + (toMs - fromMs) * anchor;
  return within({ fromMs: at - span * anchor, toMs: at - span * anchor + span }, wallMs);
}

export function moved({ fromMs, toMs }: View, byMs: number, wallMs: number): View {
  return within({ fromMs: fromMs + byMs, toMs: toMs + byMs }, wallMs);
}

/** A view that keeps its length and lies within the run. */
function within({ fromMs, toMs }: View, wallMs: number): View {
  const span = toMs - fromMs;
  const from = Math.max(0, Math.min(fromMs, Math.max(wallMs, LEAST_SPAN_MS) - span));
  return { fromMs: from, toMs: from + span };
}

const STEPS = [1, 2, 5];

/** Where the axis has its marks: round numbers of ms, about `most` of them. */
export function ticksOf({ fromMs, toMs }: View, most: number): number[] {
  const rough = Math.max(1, (toMs - fromMs) / Math.max(1, most));
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = (STEPS.find((each) => each * power >= rough) ?? 10) * power;
  const ticks: number[] = [];
  for (let at = Math.ceil(fromMs / step) * step; at <= toMs; at += step) ticks.push(at);
  return ticks;
}

/** How many calls there are of each kind and end, the most first. */
export function countsOf(
  calls: readonly TimelineCall[],
): { kind: TimelineCall['kind']; outcome: TimelineCall['outcome']; count: number }[] {
  const counts = new Map<string, { kind: TimelineCall['kind']; outcome: TimelineCall['outcome']; count: number }>();
  for (const { kind, outcome } of calls) {
    const key = `${kind}/${outcome}`;
    counts.set(key, { kind, outcome, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count);
}
