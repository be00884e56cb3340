import { fontOf } from './fonts.ts';
import { Sheet, type Ink } from './paint.ts';

/** The pictures of the cooking video, drawn as shapes: a kitchen that is nobody's. */

export const WIDTH = 640;
export const HEIGHT = 360;

/** Draws a picture of a scene that has gone on for `seconds`. */
export type Draw = (sheet: Sheet, seconds: number) => void;

const TITLE: Ink = { face: 'script', sizePx: 54, color: '#5a2d0c' };
const CAPTION: Ink = { face: 'uiBold', sizePx: 25, color: '#ffffff' };
const NOTE: Ink = { face: 'gothicBold', sizePx: 26, color: '#2f2a25' };

export function title(name: string, below: string): Draw {
  return (sheet) => {
    table(sheet, '#f3dfb9', '#e4c890');
    sheet.fill(60, 70, 520, 220, '#fffaf0', 18);
    sheet.outline(70, 80, 500, 200, '#c98b3c', 4, 12);
    sheet.write(name, WIDTH / 2, 185, sheet.fit(name, TITLE, 460), 'center');
    sheet.write(below, WIDTH / 2, 240, NOTE, 'center');
  };
}

/** A card with one line for each ingredient. */
export function list(heading: string, lines: readonly string[]): Draw {
  return (sheet) => {
    table(sheet, '#4c6b58', '#3f5b4a');
    sheet.fill(150, 14, 340, 332, '#fdf6e3', 10);
    sheet.write(heading, WIDTH / 2, 56, { ...NOTE, sizePx: 32, color: '#a8431f' }, 'center');
    sheet.line(180, 70, 460, 70, '#a8431f', 3);
    for (const [row, line] of lines.entries()) sheet.write(line, 184, 106 + row * 36, NOTE);
  };
}

/** A bowl with a whisk that goes round. */
export function bowl(caption: string, batter: string): Draw {
  return (sheet, seconds) => {
    table(sheet, '#d9c3a0', '#c9ae85');
    disc(sheet, 320, 170, 150, '#e9edf2', '#9aa7b5');
    disc(sheet, 320, 170, 122, batter, '#b59a63');
    sheet.fill(40, 40, 90, 120, '#7a9cc6', 12);
    sheet.write('FLOUR', 85, 106, { ...NOTE, sizePx: 24, color: '#ffffff' }, 'center');
    const angle = seconds * 3;
    const [x, y] = [320 + 60 * Math.cos(angle), 170 + 40 * Math.sin(angle)];
    sheet.line(x, y, x + 170, y - 130, '#6d4b2f', 12);
    for (let wire = -2; wire <= 2; wire += 1) sheet.line(x, y, x + 40 + wire * 9, y - 40 + wire * 9, '#59626c', 3);
    captioned(sheet, caption);
  };
}

/** A pan on the stove with pancakes, `flips` of them. */
export function pan(caption: string, content: 'butter' | 'pancakes'): Draw {
  return (sheet, seconds) => {
    table(sheet, '#3a3f46', '#2c3036');
    disc(sheet, 290, 165, 145, '#1d2024', '#6c7580');
    sheet.line(425, 165, 625, 120, '#5b4636', 26);
    if (content === 'butter') {
      sheet.fill(250 + 6 * Math.sin(seconds * 2), 140, 64 - seconds * 3, 46 - seconds * 2, '#ffd84d', 10);
    } else {
      for (const [x, y] of [
        [230, 120],
        [345, 125],
        [290, 220],
      ] as const) {
        disc(sheet, x, y, 48, '#e2a95b', '#a8702c');
        for (let bubble = 0; bubble < 7; bubble += 1) {
          const turn = bubble * 0.9 + x;
          disc(
            sheet,
            x + 28 * Math.cos(turn),
            y + 28 * Math.sin(turn),
            3 + ((bubble + Math.floor(seconds)) % 3),
            '#c98a3c',
            '#8a5a20',
          );
        }
      }
    }
    captioned(sheet, caption);
  };
}

/** A plate with a pile, over which syrup runs. */
export function plate(caption: string): Draw {
  return (sheet, seconds) => {
    table(sheet, '#8d2f3a', '#7a2630');
    disc(sheet, 320, 190, 165, '#ffffff', '#c9ccd1');
    for (let layer = 0; layer < 5; layer += 1) {
      sheet.fill(205, 190 - layer * 26, 230, 30, layer % 2 === 0 ? '#dd9d4d' : '#c9853a', 15);
      sheet.outline(205, 190 - layer * 26, 230, 30, '#8a5420', 2, 15);
    }
    sheet.fill(290, 60, 56, 34, '#ffe27a', 6);
    sheet.fill(250, 92, 16, 30 + Math.min(80, seconds * 25), '#6b3410', 8);
    sheet.fill(372, 92, 16, 20 + Math.min(90, seconds * 30), '#6b3410', 8);
    captioned(sheet, caption);
  };
}

export const blank: Draw = (sheet) => sheet.fill(0, 0, WIDTH, HEIGHT, '#000000');

/** One picture going out of focus and another coming into it. */
export function blurred(one: Draw, other: Draw, lengthSeconds: number): Draw {
  return (sheet, seconds) => {
    const under = new Sheet(WIDTH, HEIGHT, '#000000');
    one(under, 0);
    const over = new Sheet(WIDTH, HEIGHT, '#000000');
    other(over, 0);
    sheet.ctx.save();
    sheet.ctx.filter = 'blur(14px)';
    sheet.ctx.drawImage(under.canvas, 0, 0);
    sheet.ctx.globalAlpha = seconds / lengthSeconds;
    sheet.ctx.drawImage(over.canvas, 0, 0);
    sheet.ctx.restore();
  };
}

function table(sheet: Sheet, light: string, dark: string): void {
  sheet.fill(0, 0, WIDTH, HEIGHT, light);
  for (let plank = 0; plank < 6; plank += 1) {
    sheet.fill(0, plank * 60, WIDTH, 2, dark);
    sheet.fill(((plank * 263) % WIDTH) - 1, plank * 60, 2, 60, dark);
  }
}

function disc(sheet: Sheet, x: number, y: number, radius: number, color: string, edge: string): void {
  sheet.fill(x - radius, y - radius, 2 * radius, 2 * radius, color, radius);
  sheet.outline(x - radius, y - radius, 2 * radius, 2 * radius, edge, Math.max(1, radius / 20), radius);
}

function captioned(sheet: Sheet, caption: string): void {
  sheet.fill(0, HEIGHT - 58, WIDTH, 58, 'rgba(20, 20, 24, 0.82)');
  const ink = sheet.fit(caption, CAPTION, WIDTH - 50);
  sheet.ctx.font = fontOf(ink.face, ink.sizePx);
  sheet.write(caption, WIDTH / 2, HEIGHT - 20, ink, 'center');
}
