import type { PosterElement } from '../../src/contract/poster.ts';
import type { Box } from '../../src/contract/show.ts';
import { fontOf, type Face } from '../fonts.ts';
import { Sheet } from '../paint.ts';
import { CREDITS, type PosterPlan } from './plan.ts';

const WIDTH = 600;
const HEIGHT = 900;

export type DrawnElement = Pick<PosterElement, 'kind' | 'text'> & { box: Box };

/** A poster, and what is on it: text by the ink of its letters, a face from hair to chin. */
export function drawPoster(plan: PosterPlan): { sheet: Sheet; elements: DrawnElement[] } {
  const sheet = new Sheet(WIDTH, HEIGHT, plan.sky[0]);
  scenery(sheet, plan);
  const elements: DrawnElement[] = plan.faces.map((face) => ({ kind: 'face', text: null, box: drawFace(sheet, face) }));
  const { title, ink, tagline, logo, rating, creditsTop } = plan;
  const size = title.size * HEIGHT;
  const lines = title.lines.map((line, at) =>
    written(sheet, line, { face: title.face, size, top: title.top * HEIGHT + at * size * 1.02, ink }),
  );
  elements.push({ kind: 'title', text: title.lines.join(' '), box: around(lines) });
  if (logo) elements.push({ kind: 'logo', text: logo.text, box: drawLogo(sheet, logo, ink) });
  if (creditsTop !== null) {
    const block = CREDITS.map((line, at) =>
      written(sheet, line, { face: 'narrow', size: 17, top: creditsTop * HEIGHT + at * 20, ink }),
    );
    elements.push({ kind: 'credits', text: CREDITS.join(' ').replace(/\s+/g, ' '), box: around(block) });
  }
  if (rating) elements.push({ kind: 'ratingMark', text: rating.text, box: drawRating(sheet, rating, ink) });
  if (tagline) {
    const box = written(sheet, tagline.text, { face: 'ui', size: 22, top: tagline.y * HEIGHT, ink });
    elements.push({ kind: 'text', text: tagline.text, box });
  }
  return { sheet, elements: elements.map((each) => ({ ...each, box: inFractions(each.box) })) };
}

/** Sky, a sun and three rows of hills. */
function scenery({ ctx, width, height }: Sheet, { sky }: PosterPlan): void {
  const gradient = ctx.createLinearGradient(0, 0, 0, height);
  gradient.addColorStop(0, sky[0]);
  gradient.addColorStop(1, sky[1]);
  ctx.fillStyle = gradient;
  ctx.fillRect(0, 0, width, height);
  ctx.globalAlpha = 0.25;
  ctx.fillStyle = sky[1];
  ctx.beginPath();
  ctx.arc(width * 0.5, height * 0.38, width * 0.36, 0, Math.PI * 2);
  ctx.fill();
  ctx.fillStyle = sky[0];
  for (const row of [0, 1, 2]) {
    ctx.globalAlpha = 0.22;
    ctx.beginPath();
    ctx.moveTo(0, height);
    for (let x = 0; x <= width; x += 10) {
      ctx.lineTo(x, height * (0.56 + row * 0.1) + Math.sin(x / 70 + row * 2) * 22);
    }
    ctx.lineTo(width, height);
    ctx.fill();
  }
  ctx.globalAlpha = 1;
}

function drawFace({ ctx }: Sheet, { x, y, radius, skin, hair }: PosterPlan['faces'][number]): Box {
  const [middleX, middleY, high] = [x * WIDTH, y * HEIGHT, radius * HEIGHT];
  const wide = high * 0.74;
  const oval = (color: string, dx: number, dy: number, rx: number, ry: number): void => {
    ctx.fillStyle = color;
    ctx.beginPath();
    ctx.ellipse(middleX + dx * wide, middleY + dy * high, rx * wide, ry * high, 0, 0, Math.PI * 2);
    ctx.fill();
  };
  oval(hair, 0, -0.12, 1.12, 1.0);
  oval(skin, 0, 0.06, 0.92, 0.94);
  oval(hair, 0, -0.78, 0.86, 0.3);
  for (const side of [-1, 1]) {
    oval('#fbfbf8', side * 0.36, -0.08, 0.17, 0.075);
    oval('#231a16', side * 0.36, -0.08, 0.075, 0.07);
    oval(hair, side * 0.36, -0.25, 0.21, 0.035);
  }
  oval('#00000022', 0, 0.18, 0.09, 0.16);
  oval('#8e2f33', 0, 0.52, 0.3, 0.07);
  return [middleX - wide * 1.12, middleY - high * 1.12, wide * 2.24, high * 2.12];
}

function drawLogo(sheet: Sheet, { text, x, y }: { text: string; x: number; y: number }, ink: string): Box {
  const [middleX, middleY] = [x * WIDTH, y * HEIGHT];
  const [wide, high] = [104, 44];
  sheet.outline(middleX - wide / 2, middleY - high / 2, wide, high, ink, 4, 22);
  written(sheet, text, { face: 'uiBold', size: 24, top: middleY - 9, ink, x: middleX });
  return [middleX - wide / 2 - 2, middleY - high / 2 - 2, wide + 4, high + 4];
}

function drawRating(sheet: Sheet, { text, x, y }: { text: string; x: number; y: number }, ink: string): Box {
  const [middleX, middleY] = [x * WIDTH, y * HEIGHT];
  const [wide, high] = [84, 38];
  sheet.outline(middleX - wide / 2, middleY - high / 2, wide, high, ink, 3, 3);
  written(sheet, text, { face: 'uiBold', size: 24, top: middleY - 9, ink, x: middleX });
  return [middleX - wide / 2 - 1.5, middleY - high / 2 - 1.5, wide + 3, high + 3];
}

/** One line about a middle, its capitals' tops at `top`; made smaller where it would be wider than the poster. px. */
function written(
  { ctx }: Sheet,
  text: string,
  { face, size, top, ink, x = WIDTH / 2 }: { face: Face; size: number; top: number; ink: string; x?: number },
): Box {
  ctx.font = fontOf(face, size);
  const most = WIDTH * 0.92;
  const wide = ctx.measureText(text).width;
  if (wide > most) ctx.font = fontOf(face, (size * most) / wide);
  ctx.textAlign = 'center';
  ctx.textBaseline = 'alphabetic';
  ctx.fillStyle = ink;
  const ascent = ctx.measureText('H').actualBoundingBoxAscent;
  ctx.fillText(text, x, top + ascent);
  const drawn = ctx.measureText(text);
  ctx.textAlign = 'left';
  return [
    x - drawn.actualBoundingBoxLeft,
    top + ascent - drawn.actualBoundingBoxAscent,
    drawn.actualBoundingBoxLeft + drawn.actualBoundingBoxRight,
    drawn.actualBoundingBoxAscent + drawn.actualBoundingBoxDescent,
  ];
}

function around(boxes: readonly Box[]): Box {
  const left = Math.min(...boxes.map(([x]) => x));
  const top = Math.min(...boxes.map(([, y]) => y));
  const right = Math.max(...boxes.map(([x, , width]) => x + width));
  const bottom = Math.max(...boxes.map(([, y, , height]) => y + height));
  return [left, top, right - left, bottom - top];
}

/** Within the poster, to a ten-thousandth. */
function inFractions([x, y, width, height]: Box): Box {
  const at = (value: number, side: number): number =>
    Math.round(Math.min(1, Math.max(0, value / side)) * 10_000) / 10_000;
  const [left, top] = [at(x, WIDTH), at(y, HEIGHT)];
  const size = (end: number, start: number): number => Math.round((end - start) * 10_000) / 10_000;
  return [left, top, size(at(x + width, WIDTH), left), size(at(y + height, HEIGHT), top)];
}
