import type { Canvas } from '@napi-rs/canvas';
import { createCanvas } from '@napi-rs/canvas';
import type { Random } from './random.ts';
import type { Sheet } from './paint.ts';

/** Colours of a flyer: picture from `dark` to `deep` with `light` accents, and inks that stand out on it. */
export interface Palette {
  dark: string;
  deep: string;
  light: string;
  loud: string;
  text: string;
  second: string;
}

export const PALETTES: readonly Palette[] = [
  { dark: '#12002b', deep: '#5b0f8a', light: '#ff3fa4', loud: '#ffe14d', text: '#ffffff', second: '#6ef3ff' },
  { dark: '#06121f', deep: '#0b4a78', light: '#29b6f6', loud: '#ffd54f', text: '#ffffff', second: '#b2ff59' },
  { dark: '#1c0505', deep: '#8e1313', light: '#ff7043', loud: '#ffeb3b', text: '#fff8f0', second: '#ffccbc' },
  { dark: '#03120d', deep: '#0c5c46', light: '#26d39a', loud: '#ffffff', text: '#eafff6', second: '#ffe082' },
  { dark: '#0a0a12', deep: '#27284a', light: '#7c83ff', loud: '#ff5c8a', text: '#f4f4ff', second: '#ffd166' },
  { dark: '#1a0f04', deep: '#6b3a0c', light: '#ffb74d', loud: '#fff3c4', text: '#ffffff', second: '#ffd180' },
];

export type Picture = (sheet: Sheet, random: Random, palette: Palette) => void;

export const bokeh: Picture = (sheet, random, palette) => {
  slope(sheet, random, palette);
  for (let index = 0; index < 46; index++) {
    glow(
      sheet,
      random.between(0, sheet.width),
      random.between(0, sheet.height),
      random.between(0.02, 0.09) * sheet.width,
      random.pick([palette.light, palette.second, palette.loud]),
      random.between(0.08, 0.3),
      true,
    );
  }
  grain(sheet, random, 0.05);
};

export const stageLights: Picture = (sheet, random, palette) => {
  slope(sheet, random, palette);
  const { ctx, width, height } = sheet;
  for (let index = 0; index < 7; index++) {
    const x = (width * (index + 0.5)) / 7;
    const target = x + random.between(-0.45, 0.45) * width;
    const spread = random.between(0.08, 0.2) * width;
    const beam = ctx.createLinearGradient(x, 0, target, height * 0.9);
    beam.addColorStop(0, `${random.pick([palette.light, palette.second, palette.loud])}99`);
    beam.addColorStop(1, `${palette.light}00`);
    ctx.fillStyle = beam;
    ctx.beginPath();
    ctx.moveTo(x - 6, 0);
    ctx.lineTo(x + 6, 0);
    ctx.lineTo(target + spread, height * 0.9);
    ctx.lineTo(target - spread, height * 0.9);
    ctx.fill();
  }
  crowd(sheet, random);
  grain(sheet, random, 0.05);
};

export const sunburst: Picture = (sheet, random, palette) => {
  const { ctx, width, height } = sheet;
  sheet.fill(0, 0, width, height, palette.deep);
  const rays = random.int(14, 22);
  const centre = [width * random.between(0.35, 0.65), height * random.between(0.25, 0.45)] as const;
  ctx.fillStyle = palette.dark;
  for (let ray = 0; ray < rays; ray++) {
    const angle = (ray / rays) * Math.PI * 2;
    ctx.beginPath();
    ctx.moveTo(...centre);
    ctx.arc(...centre, height * 1.2, angle, angle + Math.PI / rays);
    ctx.fill();
  }
  glow(sheet, ...centre, width * 0.6, palette.light, 0.45, false);
  grain(sheet, random, 0.06);
};

export const brickWall: Picture = (sheet, random, palette) => {
  const { width, height } = sheet;
  sheet.fill(0, 0, width, height, '#1a1414');
  const brick = { width: width / 9, height: width / 24 };
  for (let row = 0; row * brick.height < height; row++) {
    for (let column = -1; column < 10; column++) {
      const shade = random.int(38, 72);
      const x = column * brick.width + (row % 2 ? brick.width / 2 : 0);
      sheet.fill(
        x + 3,
        row * brick.height + 3,
        brick.width - 6,
        brick.height - 6,
        `rgb(${shade + 26},${shade - 6},${shade - 12})`,
        3,
      );
    }
  }
  glow(sheet, width * 0.5, height * 0.3, width * 0.8, palette.light, 0.4, false);
  shade(sheet);
  grain(sheet, random, 0.08);
};

export const discoBall: Picture = (sheet, random, palette) => {
  slope(sheet, random, palette);
  const { width, height } = sheet;
  const radius = width * 0.2;
  const x = width * random.between(0.3, 0.7);
  const y = height * 0.1;
  for (let ring = -9; ring <= 9; ring++) {
    const half = Math.sqrt(Math.max(0, 1 - (ring / 10) ** 2)) * radius;
    const tiles = Math.max(4, Math.round(half / 10));
    for (let tile = 0; tile < tiles; tile++) {
      const brightness = random.int(26, 140);
      sheet.fill(
        x - half + (tile * 2 * half) / tiles,
        y + (ring * radius) / 10,
        (2 * half) / tiles - 2,
        radius / 10 - 2,
        `rgb(${brightness},${brightness},${Math.min(255, brightness + 24)})`,
      );
    }
  }
  for (let spot = 0; spot < 70; spot++) {
    glow(
      sheet,
      random.between(0, width),
      random.between(0, height),
      random.between(6, 26),
      '#ffffff',
      random.between(0.1, 0.4),
      false,
    );
  }
  grain(sheet, random, 0.05);
};

export const paper: Picture = (sheet, random) => {
  sheet.fill(0, 0, sheet.width, sheet.height, random.pick(['#f4ead2', '#efe6d8', '#fdf6e3']));
  for (let stain = 0; stain < 8; stain++) {
    glow(
      sheet,
      random.between(0, sheet.width),
      random.between(0, sheet.height),
      random.between(0.1, 0.4) * sheet.width,
      '#b08850',
      0.12,
      false,
    );
  }
  grain(sheet, random, 0.05);
};

export const slate: Picture = (sheet, random) => {
  const { ctx, width, height } = sheet;
  sheet.fill(0, 0, width, height, random.pick(['#23282b', '#1f2a26', '#2a2a2c']));
  ctx.lineWidth = width * 0.05;
  for (let wipe = 0; wipe < 26; wipe++) {
    ctx.strokeStyle = `rgba(235,240,235,${random.between(0.008, 0.03)})`;
    ctx.beginPath();
    ctx.moveTo(random.between(-0.2, 1) * width, random.between(0, height));
    ctx.lineTo(random.between(0, 1.2) * width, random.between(0, height));
    ctx.stroke();
  }
  grain(sheet, random, 0.07);
};

/** A table top or wall for a photographed flyer. */
export const wood: Picture = (sheet, random) => {
  const { ctx, width, height } = sheet;
  const plank = width / 5;
  for (let index = 0; index < 5; index++) {
    const tone = random.int(-14, 14);
    sheet.fill(index * plank, 0, plank - 4, height, `rgb(${120 + tone},${84 + tone},${52 + tone})`);
    for (let line = 0; line < 26; line++) {
      ctx.strokeStyle = `rgba(50,28,10,${random.between(0.05, 0.22)})`;
      ctx.lineWidth = random.between(1, 3);
      const x = index * plank + random.between(0, plank - 8);
      ctx.beginPath();
      ctx.moveTo(x, 0);
      ctx.bezierCurveTo(
        x + random.between(-14, 14),
        height * 0.3,
        x + random.between(-14, 14),
        height * 0.7,
        x,
        height,
      );
      ctx.stroke();
    }
  }
  grain(sheet, random, 0.06);
};

export const FLYER_PICTURES: readonly Picture[] = [bokeh, stageLights, sunburst, brickWall, discoBall];

function slope(sheet: Sheet, random: Random, palette: Palette): void {
  const { ctx, width, height } = sheet;
  const gradient = ctx.createLinearGradient(random.between(0, width), 0, random.between(0, width), height);
  gradient.addColorStop(0, palette.dark);
  gradient.addColorStop(0.55, palette.deep);
  gradient.addColorStop(1, palette.dark);
  ctx.fillStyle = gradient;
  ctx.fillRect(0, 0, width, height);
  glow(sheet, random.between(0, width), random.between(0, height), width * 0.7, palette.light, 0.35, false);
}

function glow(sheet: Sheet, x: number, y: number, radius: number, color: string, opacity: number, flat: boolean): void {
  const { ctx } = sheet;
  ctx.save();
  ctx.globalAlpha = opacity;
  if (flat) ctx.fillStyle = color;
  else {
    const gradient = ctx.createRadialGradient(x, y, 0, x, y, radius);
    gradient.addColorStop(0, color);
    gradient.addColorStop(1, `${color}00`);
    ctx.fillStyle = gradient;
  }
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, Math.PI * 2);
  ctx.fill();
  ctx.restore();
}

/** Heads and raised arms along the lower edge. */
function crowd(sheet: Sheet, random: Random): void {
  const { ctx, width, height } = sheet;
  ctx.fillStyle = '#050308';
  ctx.strokeStyle = '#050308';
  ctx.lineCap = 'round';
  for (let x = 0; x < width; x += width * 0.05) {
    const top = height * random.between(0.94, 0.97);
    ctx.beginPath();
    ctx.arc(x, top, width * 0.026, 0, Math.PI * 2);
    ctx.fill();
    ctx.fillRect(x - width * 0.035, top + width * 0.02, width * 0.07, height);
    if (!random.chance(0.3)) continue;
    ctx.lineWidth = width * 0.014;
    ctx.beginPath();
    ctx.moveTo(x + width * 0.03, top + width * 0.04);
    ctx.lineTo(x + width * random.between(0.02, 0.05), top - width * 0.07);
    ctx.stroke();
  }
}

function shade(sheet: Sheet): void {
  const { ctx, width, height } = sheet;
  const gradient = ctx.createRadialGradient(width / 2, height / 2, width * 0.3, width / 2, height / 2, height * 0.75);
  gradient.addColorStop(0, 'rgba(0,0,0,0)');
  gradient.addColorStop(1, 'rgba(0,0,0,0.65)');
  ctx.fillStyle = gradient;
  ctx.fillRect(0, 0, width, height);
}

/** Film grain, as phone cameras and printers give it. */
function grain(sheet: Sheet, random: Random, opacity: number): void {
  const tile = noiseTile(random);
  const { ctx } = sheet;
  ctx.save();
  ctx.globalAlpha = opacity;
  for (let y = 0; y < sheet.height; y += tile.height) {
    for (let x = 0; x < sheet.width; x += tile.width) ctx.drawImage(tile, x, y);
  }
  ctx.restore();
}

function noiseTile(random: Random): Canvas {
  const tile = createCanvas(160, 160);
  const ctx = tile.getContext('2d');
  const pixels = ctx.createImageData(160, 160);
  for (let at = 0; at < pixels.data.length; at += 4) {
    const value = random.int(0, 255);
    pixels.data.set([value, value, value, 255], at);
  }
  ctx.putImageData(pixels, 0, 0);
  return tile;
}
