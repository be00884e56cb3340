import type { Layout } from '../layout.ts';
import { printedFact, wordListing } from '../listing.ts';
import type { Face } from '../fonts.ts';
import { Sheet } from '../paint.ts';
import { FLYER_PICTURES, PALETTES } from '../pictures.ts';
import { portrait } from '../phone.ts';
import { hostLine, smallPrint } from '../sentences.ts';

/** A story on a phone: a picture that fills the screen and text on coloured strips, some a little turned. */
export const story: Layout = ({ random, shows, width }) => {
  const unit = width / 1080;
  const palette = random.pick(PALETTES);
  const sheet = new Sheet(width, Math.round(1920 * unit), palette.dark);
  random.pick(FLYER_PICTURES)(sheet, random, palette);
  const show = shows.find((one) => one.status === 'scheduled') ?? shows[0];
  if (!show) throw new Error('no show to draw');
  const listing = wordListing(random, show, { address: ['full', 'noPostcode', 'street', 'streetTown', 'none'] });
  const account = listing.venue.toLowerCase().replace(/[^a-z0-9]+/g, '');
  for (let part = 0; part < 3; part++) {
    const share = (width - 60 * unit) / 3;
    sheet.fill(
      24 * unit + part * (share + 6 * unit),
      24 * unit,
      share,
      6 * unit,
      part === 0 ? '#ffffff' : 'rgba(255,255,255,0.4)',
      3,
    );
  }
  portrait(sheet, random, account, 36 * unit, 60 * unit, 84 * unit);
  sheet.write(
    account,
    140 * unit,
    112 * unit,
    sheet.fit(account, { face: 'uiBold', sizePx: 36 * unit, color: '#ffffff' }, width * 0.6),
  );
  sheet.write(
    `${random.int(2, 22)}h`,
    width - 60 * unit,
    112 * unit,
    { face: 'ui', sizePx: 34 * unit, color: '#dddddd' },
    'right',
  );

  const face: Face = random.pick(['uiBold', 'marker', 'typewriter', 'narrowBold', 'comic']);
  const strips = [
    {
      text: random.pick(['KARAOKE', 'Karaoke Night', ':mic: KARAOKE :mic:']),
      sizePx: 124,
      turn: random.between(-5, 5),
    },
    { text: listing.days, sizePx: 88, turn: random.between(-3, 3) },
    { text: listing.time, sizePx: 92, turn: random.between(-3, 3) },
    { text: listing.venue, sizePx: 76, turn: 0 },
    ...(listing.address ? [{ text: `:pin: ${listing.address}`, sizePx: 48, turn: 0 }] : []),
    ...(listing.host ? [{ text: hostLine(listing) ?? '', sizePx: 62, turn: random.between(-2, 2) }] : []),
    { text: smallPrint(random, 2).join(' · '), sizePx: 40, turn: 0 },
  ];
  const inks = strips.map((strip) =>
    sheet.fit(strip.text, { face, sizePx: strip.sizePx * unit, color: '#ffffff' }, width * 0.86),
  );
  const highs = inks.reduce((sum, ink) => sum + ink.sizePx * 1.5, 0);
  const gap = Math.min(150 * unit, (sheet.height - 500 * unit - highs) / strips.length);
  sheet.y = (sheet.height - highs - gap * (strips.length - 1)) / 2;
  for (const [index, strip] of strips.entries()) {
    const dark = index % 2 === 0;
    const fitted = inks[index];
    if (!fitted) continue;
    const ink = { ...fitted, color: dark ? '#ffffff' : '#111111' };
    const wide = sheet.measure(strip.text, ink) + ink.sizePx * 0.7;
    const high = ink.sizePx * 1.5;
    sheet.turned(strip.turn, width / 2, sheet.y + high / 2, () => {
      sheet.fill(
        (width - wide) / 2,
        sheet.y,
        wide,
        high,
        dark ? 'rgba(0,0,0,0.78)' : 'rgba(255,255,255,0.94)',
        18 * unit,
      );
      sheet.write(strip.text, width / 2, sheet.y + high * 0.7, ink, 'center');
    });
    sheet.y += high + gap;
  }
  sheet.outline(40 * unit, sheet.height - 130 * unit, width * 0.7, 84 * unit, '#ffffff', 3 * unit, 42 * unit);
  sheet.write('Send message', 80 * unit, sheet.height - 76 * unit, { face: 'ui', sizePx: 36 * unit, color: '#ffffff' });
  return { canvas: sheet.canvas, facts: [printedFact(listing, strips.map((strip) => strip.text).join('\n'))] };
};
