import type { TimelineCall } from '../../../../src/contract/timeline.ts';
import type { ChartColours } from './chart-colours.ts';
import { barsIn, ticksOf, type Bar, type View } from './timeline-view.ts';

/** What a bar looks like. Each differs from the others by its shape or pattern too, not by its colour alone. */
export type BarLook = 'answered' | 'retry' | 'hedge' | 'cached' | 'refused' | 'failed' | 'aborted';
export const BAR_LOOKS: readonly BarLook[] = ['answered', 'retry', 'hedge', 'cached', 'refused', 'failed', 'aborted'];

export function lookOf({ kind, outcome }: Pick<TimelineCall, 'kind' | 'outcome'>): BarLook {
  if (kind === 'cached') return 'cached';
  if (outcome === 'refused' || outcome === 'failed' || outcome === 'aborted') return outcome;
  return kind === 'call' ? 'answered' : kind;
}

export interface TimelinePicture {
  calls: readonly TimelineCall[];
  view: View;
  colours: ChartColours;
  /** CSS px */
  widthPx: number;
  lanePx: number;
  lanes: number;
  /** Room for the names of the workers, on the left. */
  gutterPx: number;
  /** First lane and name of each worker. */
  workers: readonly { lane: number; name: string }[];
  /** A time, as the axis says it. */
  timeOf: (ms: number) => string;
}

export const AXIS_PX = 24;
const TOP_PX = 6;
const FONT = '11px system-ui, sans-serif';
const TICK_SPACE_PX = 90;

/** Draws the whole picture; 5,000 bars take some ms. @returns the bars, with places in the canvas */
export function paintTimeline(context: CanvasRenderingContext2D, picture: TimelinePicture): Bar[] {
  const { calls, view, colours, widthPx, lanePx, lanes, gutterPx } = picture;
  const heightPx = TOP_PX + lanes * lanePx;
  context.clearRect(0, 0, widthPx, heightPx + AXIS_PX);
  paintAxis(context, picture, heightPx);
  const bars = barsIn(calls, view, { widthPx: widthPx - gutterPx, lanePx });
  context.save();
  context.beginPath();
  context.rect(gutterPx, 0, widthPx - gutterPx, heightPx);
  context.clip();
  const placed = bars.map((bar) => ({ ...bar, x: bar.x + gutterPx, y: bar.y + TOP_PX }));
  for (const bar of placed) paintBar(context, bar, lookOf(bar.call), colours);
  context.restore();
  return placed;
}

function paintAxis(context: CanvasRenderingContext2D, picture: TimelinePicture, heightPx: number): void {
  const { view, colours, widthPx, lanePx, gutterPx, workers, timeOf } = picture;
  const scale = (widthPx - gutterPx) / Math.max(1, view.toMs - view.fromMs);
  context.font = FONT;
  context.fillStyle = colours.dim;
  context.strokeStyle = colours.line;
  context.lineWidth = 1;
  context.textBaseline = 'middle';
  for (const tick of ticksOf(view, (widthPx - gutterPx) / TICK_SPACE_PX)) {
    const x = Math.round(gutterPx + (tick - view.fromMs) * scale) + 0.5;
    line(context, x, 0, x, heightPx);
    context.textAlign = x > widthPx - 40 ? 'right' : x < gutterPx + 20 ? 'left' : 'center';
    context.fillText(timeOf(tick), x, heightPx + AXIS_PX / 2);
  }
  context.textAlign = 'left';
  for (const { lane, name } of workers) {
    const y = TOP_PX + lane * lanePx;
    if (lane > 0) line(context, 0, Math.round(y) - 0.5, widthPx, Math.round(y) - 0.5);
    context.fillText(name, 8, y + Math.max(7, Math.min(lanePx, 26) / 2), gutterPx - 12);
  }
}

/** One bar, whatever it is drawn on: the picture, or the legend. */
export function paintBar(
  context: CanvasRenderingContext2D,
  { x, y, width, height }: Pick<Bar, 'x' | 'y' | 'width' | 'height'>,
  look: BarLook,
  colours: ChartColours,
): void {
  switch (look) {
    case 'answered':
      context.fillStyle = colours.good;
      return context.fillRect(x, y, width, height);
    case 'retry':
      return striped(context, { x, y, width, height }, colours.notice, colours.panel, true);
    case 'hedge':
      return striped(context, { x, y, width, height }, colours.main, colours.panel, false);
    case 'cached':
      return diamond(context, x + width / 2, y + height / 2, Math.min(6, height / 2), colours.good);
    case 'refused':
      context.fillStyle = colours.bad;
      context.fillRect(x, y, width, height);
      return crossed(context, { x, y, width, height }, colours.panel, false);
    case 'failed':
      context.fillStyle = colours.bad;
      context.fillRect(x, y, width, height);
      return crossed(context, { x, y, width, height }, colours.panel, true);
    case 'aborted':
      context.strokeStyle = colours.dim;
      context.lineWidth = 1;
      context.setLineDash([3, 2]);
      context.strokeRect(x + 0.5, y + 0.5, Math.max(1, width - 1), Math.max(1, height - 1));
      return context.setLineDash([]);
  }
}

type Rect = Pick<Bar, 'x' | 'y' | 'width' | 'height'>;
const STRIPE_PX = 6;
/** Below it no pattern can be seen. */
const LEAST_PATTERN_PX = 5;

/** Stripes, leaning or upright. */
function striped(
  context: CanvasRenderingContext2D,
  { x, y, width, height }: Rect,
  colour: string,
  ground: string,
  isLeaning: boolean,
): void {
  const stripes = width < LEAST_PATTERN_PX ? null : stripesOf(context, colour, ground, isLeaning);
  context.fillStyle = stripes ?? colour;
  context.fillRect(x, y, width, height);
}

const patterns = new Map<string, CanvasPattern | null>();

/** Made once for each colour: drawing a thousand bars line by line would take longer than a frame. */
function stripesOf(
  context: CanvasRenderingContext2D,
  colour: string,
  ground: string,
  isLeaning: boolean,
): CanvasPattern | null {
  const key = `${colour}/${ground}/${isLeaning}`;
  const known = patterns.get(key);
  if (known !== undefined) return known;
  const tile = document.createElement('canvas');
  tile.width = STRIPE_PX;
  tile.height = STRIPE_PX;
  const drawing = tile.getContext('2d');
  if (drawing === null) return null;
  drawing.fillStyle = colour;
  drawing.fillRect(0, 0, STRIPE_PX, STRIPE_PX);
  drawing.strokeStyle = ground;
  drawing.lineWidth = isLeaning ? 1.8 : 2;
  for (const shift of isLeaning ? [-STRIPE_PX, 0, STRIPE_PX] : [STRIPE_PX / 2]) {
    line(drawing, shift, STRIPE_PX, isLeaning ? shift + STRIPE_PX : shift, 0);
  }
  const pattern = context.createPattern(tile, 'repeat');
  patterns.set(key, pattern);
  return pattern;
}

/** A bar for what was refused, a cross for what failed, in the middle. */
function crossed(
  context: CanvasRenderingContext2D,
  { x, y, width, height }: Rect,
  colour: string,
  isCross: boolean,
): void {
  const size = Math.min(5, height / 2 - 1, width / 2 - 1);
  if (size < 2) return;
  const [midX, midY] = [x + width / 2, y + height / 2];
  context.strokeStyle = colour;
  context.lineWidth = 2;
  if (!isCross) return line(context, midX - size, midY, midX + size, midY);
  line(context, midX - size, midY - size, midX + size, midY + size);
  line(context, midX + size, midY - size, midX - size, midY + size);
}

function diamond(context: CanvasRenderingContext2D, x: number, y: number, size: number, colour: string): void {
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(x, y - size);
  context.lineTo(x + size, y);
  context.lineTo(x, y + size);
  context.lineTo(x - size, y);
  context.fill();
}

function line(context: CanvasRenderingContext2D, fromX: number, fromY: number, toX: number, toY: number): void {
  context.beginPath();
  context.moveTo(fromX, fromY);
  context.lineTo(toX, toY);
  context.stroke();
}
