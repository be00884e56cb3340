import type { Face } from '../fonts.ts';
import type { Layout } from '../layout.ts';
import { wordListing } from '../listing.ts';
import { Sheet } from '../paint.ts';
import { FLYER_PICTURES, PALETTES } from '../pictures.ts';
import type { Palette } from '../pictures.ts';
import { brokenAddress, hostLine, smallPrint } from '../sentences.ts';

/** A flyer with a big microphone, days and hours in two panels side by side, and a ribbon across. */
export const panelFlyer: Layout = ({ random, shows, width }) => {
  const unit = width / 1080;
  const palette = random.pick(PALETTES);
  const sheet = new Sheet(width, Math.round(1400 * unit), palette.dark);
  random.pick(FLYER_PICTURES)(sheet, random, palette);
  const show = shows.find((one) => one.status === 'scheduled') ?? shows[0];
  if (!show) throw new Error('no show to draw');
  const listing = wordListing(random, show, { address: ['full', 'full', 'noPostcode', 'street'] });
  const loud: Face = random.pick(['impact', 'comic', 'slab', 'script', 'marker']);
  const center = width / 2;
  microphone(sheet, width * random.pick([0.16, 0.84]), 250 * unit, 330 * unit, palette);
  sheet.y = 70 * unit;
  sheet.glowing('rgba(0,0,0,0.9)', 16 * unit, 5 * unit, () => {
    sheet.row(
      listing.venue,
      center,
      { face: 'gothicBold', sizePx: 78 * unit, color: palette.text },
      width * 0.86,
      'center',
    );
    const title = loud === 'script' ? 'Karaoke' : 'KARAOKE';
    sheet.row(title, center, { face: loud, sizePx: 230 * unit, color: palette.loud }, width * 0.94, 'center', 1.2);
  });
  const top = 520 * unit;
  const panel = { width: width * 0.43, height: 300 * unit };
  for (const [index, text] of [listing.days, listing.time].entries()) {
    const left = width * 0.05 + index * (panel.width + width * 0.04);
    sheet.fill(left, top, panel.width, panel.height, index === 0 ? palette.loud : 'rgba(0,0,0,0.75)', 24 * unit);
    const ink = { face: 'gothicBold' as const, sizePx: 92 * unit, color: index === 0 ? '#111111' : palette.second };
    const lines = sheet.wrap(text, ink, panel.width * 0.86);
    const leading = Math.min(ink.sizePx * 1.2, (panel.height * 0.9) / lines.length);
    let y = top + (panel.height - leading * lines.length) / 2 + leading * 0.82;
    for (const line of lines) {
      const fitted = sheet.fit(line, { ...ink, sizePx: Math.min(ink.sizePx, leading * 0.86) }, panel.width * 0.88);
      sheet.write(line, left + panel.width / 2, y, fitted, 'center');
      y += leading;
    }
  }
  const host = hostLine(listing);
  if (host) {
    sheet.turned(random.between(-4, 4), center, 930 * unit, () => {
      sheet.fill(width * 0.08, 875 * unit, width * 0.84, 110 * unit, palette.light);
      const ink = sheet.fit(host, { face: 'gothicBold', sizePx: 66 * unit, color: '#0b0b0b' }, width * 0.78);
      sheet.write(host, center, 955 * unit, ink, 'center');
    });
  }
  sheet.y = 1030 * unit;
  const text = { face: 'narrowBold' as const, sizePx: 46 * unit, color: palette.text };
  for (const print of smallPrint(random, 2)) sheet.row(print, center, text, width * 0.86, 'center');
  sheet.fill(0, 1200 * unit, width, 200 * unit, 'rgba(0,0,0,0.72)');
  sheet.y = 1212 * unit;
  const lines = random.chance(0.5) ? brokenAddress(listing).split('\n') : [listing.address ?? ''];
  for (const line of lines)
    sheet.row(line, center, { ...text, face: 'gothic', sizePx: 56 * unit }, width * 0.9, 'center');
  return { canvas: sheet.canvas, facts: [listing.fact] };
};

/** A stage microphone, seen from the side. */
function microphone(sheet: Sheet, x: number, y: number, sizePx: number, palette: Palette): void {
  const { ctx } = sheet;
  sheet.turned(x < sheet.width / 2 ? 24 : -24, x, y, () => {
    ctx.globalAlpha = 0.8;
    sheet.fill(x - sizePx * 0.11, y, sizePx * 0.22, sizePx * 0.95, '#2b2b33', sizePx * 0.08);
    const head = ctx.createRadialGradient(x - sizePx * 0.08, y - sizePx * 0.1, 4, x, y, sizePx * 0.3);
    head.addColorStop(0, '#f2f4f8');
    head.addColorStop(1, '#5c6470');
    ctx.fillStyle = head;
    ctx.beginPath();
    ctx.arc(x, y, sizePx * 0.27, 0, Math.PI * 2);
    ctx.fill();
    for (let line = -4; line <= 4; line++) {
      const half = Math.sqrt(1 - (line / 5) ** 2) * sizePx * 0.26;
      sheet.line(x - half, y + line * sizePx * 0.054, x + half, y + line * sizePx * 0.054, 'rgba(20,20,28,0.5)', 2);
    }
    sheet.fill(x - sizePx * 0.27, y + sizePx * 0.1, sizePx * 0.54, sizePx * 0.06, palette.light, 6);
    ctx.globalAlpha = 1;
  });
}
