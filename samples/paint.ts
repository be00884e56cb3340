import { createCanvas } from '@napi-rs/canvas';
import type { Canvas, SKRSContext2D } from '@napi-rs/canvas';
import { fontOf } from './fonts.ts';
import type { Face } from './fonts.ts';
import { drawIcon, isIcon } from './icons.ts';

export interface Ink {
  face: Face;
  sizePx: number;
  color: string;
}

export type Align = 'left' | 'center' | 'right';

/** A canvas with a cursor that moves down as text is written on it. */
export class Sheet {
  readonly canvas: Canvas;
  readonly ctx: SKRSContext2D;
  readonly width: number;
  readonly height: number;
  y = 0;

  constructor(width: number, height: number, background: string) {
    this.width = width;
    this.height = height;
    this.canvas = createCanvas(width, height);
    this.ctx = this.canvas.getContext('2d');
    this.fill(0, 0, width, height, background);
  }

  fill(x: number, y: number, width: number, height: number, color: string, radius = 0): void {
    this.ctx.fillStyle = color;
    this.ctx.beginPath();
    this.ctx.roundRect(x, y, width, height, radius);
    this.ctx.fill();
  }

  outline(x: number, y: number, width: number, height: number, color: string, lineWidth: number, radius = 0): void {
    this.ctx.strokeStyle = color;
    this.ctx.lineWidth = lineWidth;
    this.ctx.beginPath();
    this.ctx.roundRect(x, y, width, height, radius);
    this.ctx.stroke();
  }

  line(x1: number, y1: number, x2: number, y2: number, color: string, lineWidth = 2): void {
    this.ctx.strokeStyle = color;
    this.ctx.lineWidth = lineWidth;
    this.ctx.beginPath();
    this.ctx.moveTo(x1, y1);
    this.ctx.lineTo(x2, y2);
    this.ctx.stroke();
  }

  /** Width of a text with its `:icons:`, px. */
  measure(text: string, ink: Ink): number {
    this.ctx.font = fontOf(ink.face, ink.sizePx);
    const space = this.ctx.measureText(' ').width;
    const words = text.split(' ');
    const widths = words.map((word) => (isIcon(word) ? ink.sizePx * 1.05 : this.ctx.measureText(word).width));
    return widths.reduce((sum, width) => sum + width, 0) + space * (words.length - 1);
  }

  /** Breaks a text into lines of at most `maxWidth` px; a line break in the text stays. */
  wrap(text: string, ink: Ink, maxWidth: number): string[] {
    const lines: string[] = [];
    for (const paragraph of text.split('\n')) {
      let line = '';
      for (const word of paragraph.split(' ')) {
        const longer = line ? `${line} ${word}` : word;
        if (line && this.measure(longer, ink) > maxWidth) {
          lines.push(line);
          line = word;
        } else line = longer;
      }
      lines.push(line);
    }
    return lines;
  }

  /** The ink, made smaller where the text would be wider than `maxWidth` px. */
  fit(text: string, ink: Ink, maxWidth: number): Ink {
    const width = this.measure(text, ink);
    return width <= maxWidth ? ink : { ...ink, sizePx: (ink.sizePx * maxWidth) / width };
  }

  /** Writes one line with its baseline at `y`. */
  write(text: string, x: number, y: number, ink: Ink, align: Align = 'left'): void {
    const width = this.measure(text, ink);
    let left = align === 'left' ? x : align === 'center' ? x - width / 2 : x - width;
    const space = this.ctx.measureText(' ').width;
    this.ctx.textBaseline = 'alphabetic';
    for (const run of runsOf(text)) {
      this.ctx.font = fontOf(ink.face, ink.sizePx);
      this.ctx.fillStyle = ink.color;
      if (isIcon(run)) {
        drawIcon(this.ctx, run, left, y - ink.sizePx * 0.84, ink.sizePx, ink.color);
        left += ink.sizePx * 1.05 + space;
      } else {
        this.ctx.fillText(run, left, y);
        left += this.ctx.measureText(run).width + space;
      }
    }
  }

  /** Writes one line at the cursor, shrunk to fit, and moves the cursor below it. */
  row(text: string, x: number, ink: Ink, maxWidth: number, align: Align = 'left', leading = 1.3): void {
    const fitted = this.fit(text, ink, maxWidth);
    this.y += fitted.sizePx * leading;
    this.write(text, x, this.y - fitted.sizePx * (leading - 1), fitted, align);
  }

  /** Writes a text at the cursor, wrapped, and moves the cursor below it. */
  paragraph(text: string, x: number, ink: Ink, maxWidth: number, align: Align = 'left', leading = 1.38): void {
    for (const line of this.wrap(text, ink, maxWidth)) {
      this.y += ink.sizePx * leading;
      if (line) this.write(line, x, this.y - ink.sizePx * (leading - 1), ink, align);
    }
  }

  /** Height that {@link paragraph} would take, px. */
  paragraphHeight(text: string, ink: Ink, maxWidth: number, leading = 1.38): number {
    return this.wrap(text, ink, maxWidth).length * ink.sizePx * leading;
  }

  /** Runs a drawing with a shadow or glow under everything it draws. */
  glowing(color: string, blurPx: number, offsetPx: number, draw: () => void): void {
    this.ctx.save();
    this.ctx.shadowColor = color;
    this.ctx.shadowBlur = blurPx;
    this.ctx.shadowOffsetX = offsetPx;
    this.ctx.shadowOffsetY = offsetPx;
    draw();
    this.ctx.restore();
  }

  /** Runs a drawing turned by `degrees` around a point. */
  turned(degrees: number, x: number, y: number, draw: () => void): void {
    this.ctx.save();
    this.ctx.translate(x, y);
    this.ctx.rotate((degrees * Math.PI) / 180);
    this.ctx.translate(-x, -y);
    draw();
    this.ctx.restore();
  }

  /** The upper part of the sheet, `height` px of it. */
  cropped(height: number): Canvas {
    const part = createCanvas(this.width, Math.min(this.height, Math.ceil(height)));
    part.getContext('2d').drawImage(this.canvas, 0, 0);
    return part;
  }
}

/** Words joined up to the next icon, so that kerning and spaces are the font's own. */
function runsOf(text: string): string[] {
  const runs: string[] = [];
  let plain: string[] = [];
  for (const word of text.split(' ')) {
    if (!isIcon(word)) plain.push(word);
    else {
      if (plain.length > 0) runs.push(plain.join(' '));
      runs.push(word);
      plain = [];
    }
  }
  if (plain.length > 0) runs.push(plain.join(' '));
  return runs;
}
