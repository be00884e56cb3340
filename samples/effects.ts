import { createCanvas } from '@napi-rs/canvas';
import type { Canvas } from '@napi-rs/canvas';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { Sheet } from './paint.ts';
import { PALETTES, brickWall, wood } from './pictures.ts';
import type { Random } from './random.ts';

/** How a drawing becomes a file: clean, squeezed, askew, or photographed. */
export type Effect = 'png' | 'webp' | 'jpeg80' | 'jpeg60' | 'jpeg40' | 'rotated' | 'blurred' | 'photo';

export interface EncodedSample {
  bytes: Uint8Array;
  extension: 'png' | 'jpg' | 'webp';
  /** For the truth file: `rotated -2.1°`, `jpeg 40`. */
  effects: string[];
}

/** Applies an effect to a drawing and encodes it. */
export async function encode(canvas: Canvas, effect: Effect, random: Random): Promise<EncodedSample> {
  const drawn = effect === 'photo' ? photographed(canvas, random) : canvas;
  const image = sharp(await drawn.encode('png'));
  switch (effect) {
    case 'png':
      return {
        bytes: await image.png({ palette: false, compressionLevel: 9 }).toBuffer(),
        extension: 'png',
        effects: ['png'],
      };
    case 'webp':
      return { bytes: await image.webp({ quality: 76 }).toBuffer(), extension: 'webp', effects: ['webp 76'] };
    case 'jpeg80':
    case 'jpeg60':
    case 'jpeg40':
      return jpeg(image, Number(effect.slice(4)), []);
    case 'rotated': {
      const degrees = random.between(1.2, 3) * random.pick([1, -1]);
      const background = random.pick(['#0d0d0f', '#e8e4dc', '#3a3a3e']);
      return jpeg(image.rotate(degrees, { background }), random.pick([82, 60]), [`rotated ${degrees.toFixed(1)}°`]);
    }
    case 'blurred':
      return jpeg(image.blur(random.between(0.7, 1.1)), 70, ['blurred']);
    case 'photo':
      return jpeg(image.blur(0.6).modulate({ brightness: random.between(0.88, 1.02), saturation: 0.92 }), 72, [
        'photographed',
      ]);
  }
}

async function jpeg(image: Sharp, quality: number, effects: string[]): Promise<EncodedSample> {
  const bytes = await image.flatten({ background: '#000000' }).jpeg({ quality }).toBuffer();
  return { bytes, extension: 'jpg', effects: [...effects, `jpeg ${quality}`] };
}

/** A print lying on wood or stuck to bricks: seen a little from below or above, askew, unevenly lit. */
function photographed(print: Canvas, random: Random): Canvas {
  const scale = random.between(0.86, 0.94);
  const width = print.width;
  const height = Math.round(print.height * 1.08);
  const table = new Sheet(width, height, '#000000');
  random.pick([wood, wood, brickWall])(table, random, PALETTES[5] ?? random.pick(PALETTES));
  const { ctx } = table;
  const tilted = keystone(bordered(print), random.between(0.93, 0.99), scale);
  ctx.save();
  ctx.translate(width / 2, height / 2);
  ctx.rotate((random.between(-2.2, 2.2) * Math.PI) / 180);
  ctx.shadowColor = 'rgba(0,0,0,0.7)';
  ctx.shadowBlur = 30;
  ctx.shadowOffsetY = 12;
  ctx.drawImage(tilted, -tilted.width / 2, -tilted.height / 2);
  ctx.restore();
  const light = ctx.createLinearGradient(0, 0, width, height);
  light.addColorStop(0, 'rgba(255,250,235,0.16)');
  light.addColorStop(0.5, 'rgba(255,250,235,0)');
  light.addColorStop(1, 'rgba(0,0,0,0.28)');
  ctx.fillStyle = light;
  ctx.fillRect(0, 0, width, height);
  return table.canvas;
}

/** White paper around the print, as a home printer leaves it. */
function bordered(print: Canvas): Canvas {
  const edge = Math.round(print.width * 0.025);
  const sheet = new Sheet(print.width, print.height, '#f6f4ef');
  sheet.ctx.drawImage(print, edge, edge, print.width - 2 * edge, print.height - 2 * edge);
  return sheet.canvas;
}

/** Narrows one edge by drawing the print line by line: the canvas itself knows only affine maps. */
function keystone(print: Canvas, narrow: number, scale: number): Canvas {
  const width = Math.round(print.width * scale);
  const height = Math.round(print.height * scale);
  const canvas = createCanvas(width, height);
  const ctx = canvas.getContext('2d');
  for (let y = 0; y < height; y++) {
    const share = narrow + ((1 - narrow) * y) / height;
    ctx.drawImage(print, 0, y / scale, print.width, 1 / scale, (width * (1 - share)) / 2, y, width * share, 1.5);
  }
  return canvas;
}
