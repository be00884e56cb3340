import type { SKRSContext2D } from '@napi-rs/canvas';

type Paint = (ctx: SKRSContext2D, color: string) => void;

/** Pictures that stand for emoji, drawn in a unit square. In text they are words like `:mic:`. */
const ICONS: Record<string, Paint> = {
  ':mic:': (ctx) => {
    stroke(ctx, '#8d6e63', 0.16, [
      [0.12, 0.9],
      [0.55, 0.46],
    ]);
    disc(ctx, 0.66, 0.33, 0.25, '#546e7a');
    disc(ctx, 0.6, 0.27, 0.1, '#b0bec5');
  },
  ':note:': (ctx, color) => {
    disc(ctx, 0.3, 0.76, 0.16, color);
    stroke(ctx, color, 0.09, [
      [0.42, 0.76],
      [0.42, 0.15],
      [0.78, 0.3],
    ]);
  },
  ':pin:': (ctx) => {
    shape(ctx, '#e53935', [
      [0.24, 0.42],
      [0.5, 0.98],
      [0.76, 0.42],
    ]);
    disc(ctx, 0.5, 0.34, 0.29, '#e53935');
    disc(ctx, 0.5, 0.34, 0.12, '#ffffff');
  },
  ':clock:': (ctx) => {
    disc(ctx, 0.5, 0.52, 0.42, '#607d8b');
    disc(ctx, 0.5, 0.52, 0.33, '#fafafa');
    stroke(ctx, '#37474f', 0.07, [
      [0.5, 0.28],
      [0.5, 0.52],
      [0.68, 0.6],
    ]);
  },
  ':beer:': (ctx) => {
    box(ctx, 0.18, 0.28, 0.46, 0.64, '#ffb300');
    stroke(ctx, '#ffb300', 0.09, [
      [0.64, 0.42],
      [0.84, 0.46],
      [0.84, 0.72],
      [0.64, 0.78],
    ]);
    box(ctx, 0.14, 0.14, 0.54, 0.2, '#fff8e1');
  },
  ':party:': (ctx) => {
    shape(ctx, '#fdd835', [
      [0.1, 0.95],
      [0.34, 0.36],
      [0.68, 0.7],
    ]);
    disc(ctx, 0.62, 0.22, 0.08, '#ec407a');
    disc(ctx, 0.85, 0.42, 0.07, '#42a5f5');
    disc(ctx, 0.84, 0.14, 0.06, '#66bb6a');
  },
  ':calendar:': (ctx) => {
    box(ctx, 0.12, 0.16, 0.76, 0.76, '#eceff1');
    box(ctx, 0.12, 0.16, 0.76, 0.24, '#e53935');
  },
  ':heart:': (ctx) => {
    disc(ctx, 0.31, 0.36, 0.22, '#e53935');
    disc(ctx, 0.69, 0.36, 0.22, '#e53935');
    shape(ctx, '#e53935', [
      [0.11, 0.46],
      [0.5, 0.94],
      [0.89, 0.46],
      [0.5, 0.36],
    ]);
  },
  ':star:': (ctx, color) => star(ctx, color),
  ':gold:': (ctx) => star(ctx, '#ffb300'),
  ':like:': (ctx) => {
    disc(ctx, 0.5, 0.52, 0.44, '#1877f2');
    box(ctx, 0.28, 0.5, 0.12, 0.26, '#ffffff');
    box(ctx, 0.44, 0.46, 0.28, 0.3, '#ffffff');
    stroke(ctx, '#ffffff', 0.1, [
      [0.48, 0.5],
      [0.56, 0.26],
    ]);
  },
  ':fire:': (ctx) => {
    shape(ctx, '#fb8c00', [
      [0.5, 0.04],
      [0.86, 0.6],
      [0.7, 0.94],
      [0.3, 0.94],
      [0.14, 0.6],
      [0.32, 0.4],
    ]);
    shape(ctx, '#fdd835', [
      [0.5, 0.5],
      [0.66, 0.78],
      [0.5, 0.94],
      [0.34, 0.78],
    ]);
  },
  ':smile:': (ctx) => {
    disc(ctx, 0.5, 0.52, 0.44, '#fdd835');
    disc(ctx, 0.35, 0.42, 0.06, '#5d4037');
    disc(ctx, 0.65, 0.42, 0.06, '#5d4037');
    stroke(ctx, '#5d4037', 0.06, [
      [0.3, 0.62],
      [0.42, 0.74],
      [0.58, 0.74],
      [0.7, 0.62],
    ]);
  },
};

export function isIcon(word: string): boolean {
  return word in ICONS;
}

/** Draws an icon with its upper left corner at x, y. */
export function drawIcon(ctx: SKRSContext2D, name: string, x: number, y: number, sizePx: number, color: string): void {
  const paint = ICONS[name];
  if (!paint) return;
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(sizePx, sizePx);
  ctx.lineCap = 'round';
  ctx.lineJoin = 'round';
  paint(ctx, color);
  ctx.restore();
}

type Point = readonly [x: number, y: number];

function disc(ctx: SKRSContext2D, x: number, y: number, radius: number, color: string): void {
  ctx.fillStyle = color;
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, Math.PI * 2);
  ctx.fill();
}

function box(ctx: SKRSContext2D, x: number, y: number, width: number, height: number, color: string): void {
  ctx.fillStyle = color;
  ctx.beginPath();
  ctx.roundRect(x, y, width, height, 0.06);
  ctx.fill();
}

function trace(ctx: SKRSContext2D, points: readonly Point[]): void {
  ctx.beginPath();
  for (const [index, [x, y]] of points.entries()) {
    if (index === 0) ctx.moveTo(x, y);
    else ctx.lineTo(x, y);
  }
}

function shape(ctx: SKRSContext2D, color: string, points: readonly Point[]): void {
  trace(ctx, points);
  ctx.closePath();
  ctx.fillStyle = color;
  ctx.fill();
}

function stroke(ctx: SKRSContext2D, color: string, width: number, points: readonly Point[]): void {
  trace(ctx, points);
  ctx.strokeStyle = color;
  ctx.lineWidth = width;
  ctx.stroke();
}

function star(ctx: SKRSContext2D, color: string): void {
  const points = Array.from({ length: 10 }, (_, index): Point => {
    const radius = index % 2 === 0 ? 0.48 : 0.2;
    const angle = (index * Math.PI) / 5 - Math.PI / 2;
    return [0.5 + radius * Math.cos(angle), 0.52 + radius * Math.sin(angle)];
  });
  shape(ctx, color, points);
}
