import type { Face } from './fonts.ts';
import type { Sheet } from './paint.ts';
import type { Random } from './random.ts';

/** Colours and typefaces of an app. */
export interface Theme {
  back: string;
  card: string;
  text: string;
  faint: string;
  rule: string;
  accent: string;
  bubble: string;
  face: Face;
  bold: Face;
}

export const LIGHT: Theme = {
  back: '#e9ebee',
  card: '#ffffff',
  text: '#0b0c0f',
  faint: '#65676b',
  rule: '#d8dadf',
  accent: '#1877f2',
  bubble: '#f0f2f5',
  face: 'ui',
  bold: 'uiBold',
};
export const DARK: Theme = {
  back: '#101113',
  card: '#242526',
  text: '#e6e8eb',
  faint: '#b0b3b8',
  rule: '#3e4042',
  accent: '#4f9bff',
  bubble: '#3a3b3c',
  face: 'ui',
  bold: 'uiBold',
};

export function themeOf(random: Random, dark: boolean): Theme {
  const theme = dark ? DARK : LIGHT;
  return random.chance(0.4) ? { ...theme, face: 'droid', bold: 'droidBold' } : theme;
}

/** The phone's own line: hour, signal, battery. Moves the cursor below it. */
export function statusBar(sheet: Sheet, random: Random, theme: Theme, unit: number): void {
  const hour = `${random.int(1, 12)}:${String(random.int(0, 59)).padStart(2, '0')}`;
  sheet.write(hour, 54 * unit, 62 * unit, { face: theme.bold, sizePx: 40 * unit, color: theme.text });
  const right = sheet.width - 50 * unit;
  sheet.outline(right - 62 * unit, 34 * unit, 56 * unit, 28 * unit, theme.text, 3 * unit, 8 * unit);
  sheet.fill(right - 57 * unit, 39 * unit, random.int(14, 46) * unit, 18 * unit, theme.text, 4 * unit);
  for (let bar = 0; bar < 4; bar++) {
    const height = (10 + bar * 6) * unit;
    sheet.fill(right - (150 - bar * 17) * unit, 62 * unit - height, 11 * unit, height, theme.text, 2 * unit);
  }
  sheet.y = 92 * unit;
}

const FACES_OF_PEOPLE = [
  '#5c6bc0',
  '#ef5350',
  '#26a69a',
  '#ab47bc',
  '#ffa726',
  '#78909c',
  '#8d6e63',
  '#66bb6a',
] as const;

/** A round portrait: initials on a colour. */
export function portrait(sheet: Sheet, random: Random, name: string, x: number, y: number, sizePx: number): void {
  sheet.fill(x, y, sizePx, sizePx, random.pick(FACES_OF_PEOPLE), sizePx / 2);
  sheet.fill(
    x + sizePx * 0.36,
    y + sizePx * 0.2,
    sizePx * 0.28,
    sizePx * 0.32,
    'rgba(255,255,255,0.75)',
    sizePx * 0.15,
  );
  sheet.ctx.save();
  sheet.ctx.beginPath();
  sheet.ctx.arc(x + sizePx / 2, y + sizePx / 2, sizePx / 2, 0, Math.PI * 2);
  sheet.ctx.clip();
  sheet.fill(
    x + sizePx * 0.2,
    y + sizePx * 0.6,
    sizePx * 0.6,
    sizePx * 0.6,
    'rgba(255,255,255,0.75)',
    sizePx * (name.length > 12 ? 0.3 : 0.25),
  );
  sheet.ctx.restore();
}
