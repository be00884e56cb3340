import { createCanvas, type Canvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { Random } from './random.ts';

/** What a figure wears, and what it stands before. Colours are `#rrggbb`. */
export interface Outfit {
  ground: string;
  /** From the outermost to the innermost. */
  pieces: { shape: keyof typeof SHAPES; colour: string; pattern: 'plain' | 'stripes' | 'check' | 'dots' }[];
}

export const FIGURE_WIDTH = 480;
export const FIGURE_HEIGHT = 720;
const MIDDLE = FIGURE_WIDTH / 2;

type Point = readonly [x: number, y: number];

/** Right-hand outlines from the top down, mirrored for the left: x from the middle, px. */
const SHAPES = {
  trousers: [
    [38, 330],
    [46, 390],
    [62, 640],
    [8, 640],
    [4, 420],
    [0, 410],
  ],
  skirt: [
    [36, 326],
    [52, 390],
    [92, 545],
    [0, 552],
  ],
  top: [
    [18, 150],
    [54, 176],
    [48, 250],
    [40, 330],
    [44, 400],
    [0, 406],
  ],
  shirt: [
    [20, 152],
    [58, 176],
    [66, 250],
    [44, 330],
    [52, 405],
    [0, 410],
  ],
  knit: [
    [24, 150],
    [66, 178],
    [76, 260],
    [62, 350],
    [58, 398],
    [0, 402],
  ],
  dress: [
    [22, 158],
    [54, 176],
    [48, 250],
    [36, 322],
    [64, 400],
    [104, 560],
    [0, 568],
  ],
  gown: [
    [30, 196],
    [46, 206],
    [42, 262],
    [34, 322],
    [54, 392],
    [46, 520],
    [96, 664],
    [0, 668],
  ],
  blazer: [
    [20, 150],
    [66, 174],
    [70, 260],
    [52, 330],
    [66, 424],
    [6, 430],
    [4, 250],
  ],
  coat: [
    [20, 150],
    [74, 176],
    [80, 270],
    [72, 350],
    [96, 560],
    [10, 566],
    [5, 240],
  ],
} as const satisfies Record<string, readonly Point[]>;
const SLEEVED: readonly string[] = ['shirt', 'knit', 'blazer', 'coat'];
const OPEN: readonly string[] = ['blazer', 'coat'];

const SKINS = ['#e0b48f', '#8d5b3f', '#c68d62', '#f0cdb0', '#5f3b29'];
const HAIRS = ['#1d1714', '#5b3620', '#b88a4a', '#3a3a42'];

/** A figure before a plain ground: most of the picture is of the colours that it is said to have. */
export function drawFigure({ ground, pieces }: Outfit, random: Random): Canvas {
  const canvas = createCanvas(FIGURE_WIDTH, FIGURE_HEIGHT);
  const ctx = canvas.getContext('2d');
  ctx.fillStyle = ground;
  ctx.fillRect(0, 0, FIGURE_WIDTH, FIGURE_HEIGHT);
  ctx.fillStyle = shade(ground, -0.06);
  ctx.fillRect(0, 640, FIGURE_WIDTH, FIGURE_HEIGHT - 640);
  drawBody(ctx, random.pick(SKINS), random.pick(HAIRS));
  // What is worn below is drawn first.
  for (const piece of pieces.toReversed()) drawPiece(ctx, piece);
  return canvas;
}

function drawBody(ctx: SKRSContext2D, skin: string, hair: string): void {
  ctx.fillStyle = skin;
  for (const side of [-1, 1]) {
    outline(ctx, [[8, 380], [34, 380], [24, 640], [12, 640]], side);
    ctx.fill();
    outline(ctx, [[46, 176], [60, 184], [80, 390], [68, 392]], side);
    ctx.fill();
    ctx.fillStyle = '#2a2422';
    outline(ctx, [[8, 636], [26, 636], [34, 668], [8, 668]], side);
    ctx.fill();
    ctx.fillStyle = skin;
  }
  both(ctx, [[14, 120], [16, 150], [50, 172], [44, 250], [34, 330], [44, 400], [0, 410]]);
  ctx.fill();
  ellipse(ctx, hair, 100, 36, 42);
  ellipse(ctx, skin, 108, 27, 35);
  ctx.fillStyle = hair;
  ctx.beginPath();
  ctx.ellipse(MIDDLE, 84, 31, 18, 0, Math.PI, 2 * Math.PI);
  ctx.fill();
} // prettier-ignore

function drawPiece(ctx: SKRSContext2D, { shape, colour, pattern }: Outfit['pieces'][number]): void {
  const points = SHAPES[shape];
  if (SLEEVED.includes(shape)) {
    ctx.fillStyle = shade(colour, -0.08);
    for (const side of [-1, 1]) {
      outline(
        ctx,
        [
          [52, 170],
          [70, 182],
          [96, 376],
          [66, 382],
          [58, 260],
        ],
        side,
      );
      ctx.fill();
    }
  }
  ctx.save();
  if (OPEN.includes(shape)) {
    ctx.beginPath();
    for (const side of [-1, 1]) trace(ctx, points, side);
  } else both(ctx, points);
  ctx.fillStyle = colour;
  ctx.fill();
  ctx.strokeStyle = shade(colour, -0.2);
  ctx.lineWidth = 1.5;
  ctx.stroke();
  ctx.clip();
  drawPattern(ctx, pattern, shade(colour, -0.3));
  ctx.restore();
}

function drawPattern(ctx: SKRSContext2D, pattern: string, colour: string): void {
  [ctx.fillStyle, ctx.strokeStyle, ctx.lineWidth] = [colour, colour, 3];
  ctx.beginPath();
  if (pattern === 'stripes' || pattern === 'check') {
    for (let x = 100; x < 400; x += 18) ctx.rect(x, 100, 4, 600);
  }
  if (pattern === 'check') for (let y = 100; y < 700; y += 18) ctx.rect(100, y, 300, 4);
  if (pattern === 'dots') {
    for (let y = 190; y < 700; y += 22) {
      for (let x = 120 + (y % 44) / 2; x < 380; x += 22) {
        ctx.moveTo(x + 4, y);
        ctx.arc(x, y, 4, 0, 2 * Math.PI);
      }
    }
  }
  ctx.fill();
}

function outline(ctx: SKRSContext2D, points: readonly Point[], side: number): void {
  ctx.beginPath();
  trace(ctx, points, side);
}

function trace(ctx: SKRSContext2D, points: readonly Point[], side: number): void {
  for (const [place, [x, y]] of points.entries()) {
    if (place === 0) ctx.moveTo(MIDDLE + side * x, y);
    else ctx.lineTo(MIDDLE + side * x, y);
  }
  ctx.closePath();
}

/** The outline and its mirror image as one. */
function both(ctx: SKRSContext2D, points: readonly Point[]): void {
  const left = points.toReversed().map(([x, y]): Point => [-x, y]);
  outline(ctx, [...points, ...left], 1);
}

function ellipse(ctx: SKRSContext2D, colour: string, y: number, width: number, height: number): void {
  ctx.fillStyle = colour;
  ctx.beginPath();
  ctx.ellipse(MIDDLE, y, width, height, 0, 0, 2 * Math.PI);
  ctx.fill();
}

/** Darker where `by` is below 0: 1 is the whole way. */
function shade(colour: string, by: number): string {
  const value = Number.parseInt(colour.slice(1), 16);
  const channels = [value >> 16, (value >> 8) & 255, value & 255].map((channel) =>
    Math.round(Math.min(255, Math.max(0, channel * (1 + by)))),
  );
  return `rgb(${channels.join(', ')})`;
}
