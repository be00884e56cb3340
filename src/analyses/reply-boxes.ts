import { z } from 'zod';
import type { Box } from '../contract/show.ts';

/** An edge of a box in a reply: 0 to 1000, or null. */
export const edge = z.number().nullable();

/** Names of the four edges: models of different houses put y before x or x before y in lists, and a name cannot be swapped. */
export interface ReplyEdges {
  left: number | null;
  top: number | null;
  right: number | null;
  bottom: number | null;
}

const SCALE = 1_000;

/**
 * For `z.preprocess`: an object with its four edges as numbers. Gemini falls back on what it was trained for: `box_2d`,
 * `[top, left, bottom, right]`. Numbers may come as text.
 */
export function withEdges(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { box_2d: list, ...rest } = value as Record<string, unknown>;
  const [top, left, bottom, right] = Array.isArray(list) && list.length === 4 ? list : [];
  const edges = { left: rest['left'] ?? left, top: rest['top'] ?? top, right: rest['right'] ?? right };
  return {
    ...rest,
    left: numberOf(edges.left),
    top: numberOf(edges.top),
    right: numberOf(edges.right),
    bottom: numberOf(rest['bottom'] ?? bottom),
  };
}

/** In fractions, from edges from 0 to 1000, in either order; null where one is missing or nothing is between them. */
export function boxOfEdges({ left, top, right, bottom }: ReplyEdges): Box | null {
  if (left === null || top === null || right === null || bottom === null) return null;
  const within = (value: number): number => Math.min(1, Math.max(0, value / SCALE));
  const [x0, x1] = [within(Math.min(left, right)), within(Math.max(left, right))];
  const [y0, y1] = [within(Math.min(top, bottom)), within(Math.max(top, bottom))];
  return x1 > x0 && y1 > y0 ? [x0, y0, x1 - x0, y1 - y0] : null;
}

function numberOf(value: unknown): number | null {
  const number = typeof value === 'string' ? Number.parseFloat(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}
