import type { Remedy } from '../../contract/poster.ts';
import type { Box } from '../../contract/show.ts';

/** Below this nothing overlaps: what rounding leaves. */
const NOTHING = 1e-9;
/** A move along both axes is harder to do than its length says. */
const SECOND_MOVE_COST = 0.05;
const SCALES = [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3];

/**
 * How much of a box lies in any of some others, 0..1: what two of them cover counts once.
 */
export function coveredShare([x, y, width, height]: Box, others: readonly Box[]): number {
  const parts = others.flatMap(([left, top, wide, high]): Edges[] => {
    const part = {
      left: Math.max(x, left),
      top: Math.max(y, top),
      right: Math.min(x + width, left + wide),
      bottom: Math.min(y + height, top + high),
    };
    return part.right - part.left > NOTHING && part.bottom - part.top > NOTHING ? [part] : [];
  });
  if (parts.length === 0 || width <= 0 || height <= 0) return 0;
  return Math.min(1, areaOf(parts) / (width * height));
}

/**
 * The least that takes a box out of all zones and keeps it within the poster: as large as it is where that is possible, with
 * one move rather than two.
 *
 * @returns null where even less than a third of its size finds no place
 */
export function remedyFor(box: Box, zones: readonly Box[]): Remedy | null {
  for (const scale of SCALES) {
    const small = scaled(box, scale);
    const free = nearestFree(small, zones);
    if (free === null) continue;
    const [across, down] = [free[0] - small[0], free[1] - small[1]];
    const moves: Remedy['moves'] = [];
    if (Math.abs(down) > NOTHING) moves.push({ direction: down < 0 ? 'up' : 'down', share: upToThousandth(down) });
    if (Math.abs(across) > NOTHING) {
      moves.push({ direction: across < 0 ? 'left' : 'right', share: upToThousandth(across) });
    }
    return { moves, scale: scale === 1 ? null : scale };
  }
  return null;
}

interface Edges {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Of the union: columns between all edges, and in each the rows that are covered. */
function areaOf(parts: readonly Edges[]): number {
  const edges = [...new Set(parts.flatMap(({ left, right }) => [left, right]))].toSorted((a, b) => a - b);
  let area = 0;
  for (const [at, from] of edges.slice(0, -1).entries()) {
    const to = edges[at + 1] ?? from;
    const rows = parts.filter(({ left, right }) => left <= from && right >= to).toSorted((a, b) => a.top - b.top);
    let reached = -Infinity;
    for (const { top, bottom } of rows) {
      area += (to - from) * Math.max(0, bottom - Math.max(top, reached));
      reached = Math.max(reached, bottom);
    }
  }
  return area;
}

/** Every nearest free place touches edges of zones or of the poster, or keeps its place along an axis. */
function nearestFree([x, y, width, height]: Box, zones: readonly Box[]): Box | null {
  const lefts = [x, 0, 1 - width, ...zones.flatMap(([left, , wide]) => [left + wide, left - width])];
  const tops = [y, 0, 1 - height, ...zones.flatMap(([, top, , high]) => [top + high, top - height])];
  let best: { box: Box; cost: number } | null = null;
  for (const left of lefts) {
    if (left < -NOTHING || left + width > 1 + NOTHING) continue;
    for (const top of tops) {
      if (top < -NOTHING || top + height > 1 + NOTHING) continue;
      const [across, down] = [Math.abs(left - x), Math.abs(top - y)];
      const cost = across + down + (across > NOTHING && down > NOTHING ? SECOND_MOVE_COST : 0);
      const box: Box = [left, top, width, height];
      if ((best === null || cost < best.cost) && zones.every((zone) => areApart(box, zone))) best = { box, cost };
    }
  }
  return best?.box ?? null;
}

function areApart(a: Box, b: Box): boolean {
  const across = Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0]);
  const down = Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1]);
  return across <= NOTHING || down <= NOTHING;
}

/** About its middle. */
function scaled([x, y, width, height]: Box, scale: number): Box {
  return [x + (width * (1 - scale)) / 2, y + (height * (1 - scale)) / 2, width * scale, height * scale];
}

/** Up: a move that is rounded down leaves a little of it in the zone. */
function upToThousandth(length: number): number {
  return Math.ceil(Math.abs(length) * 1_000 - 1e-6) / 1_000;
}
