import type { Layout } from '../layout.ts';
import { printedFact, underHeading, wordListing } from '../listing.ts';
import type { Listing } from '../listing.ts';
import { Sheet } from '../paint.ts';
import { statusBar, themeOf } from '../phone.ts';
import type { Theme } from '../phone.ts';
import { FLYER_PICTURES, PALETTES } from '../pictures.ts';
import type { Random } from '../random.ts';
import { hostLine, midSentence, smallPrint } from '../sentences.ts';
import type { ImageShow } from '../truth.ts';
import { FULL_DAY } from '../wording.ts';

/** The page of an event in an app: cover picture, red date, title, place, details. */
export const eventPage: Layout = ({ random, shows, width }) => {
  const unit = width / 1080;
  const theme = themeOf(random, random.chance(0.5));
  const sheet = new Sheet(width, Math.round(2100 * unit), theme.card);
  statusBar(sheet, random, theme, unit);
  const show = shows.find((one) => one.days.length === 1 && !one.weeks && one.status === 'scheduled');
  if (!show) throw new Error('no weekly show of one day to draw');
  const listing = wordListing(random, show, { address: ['full', 'noPostcode'], formal: true });
  cover(sheet, random, unit);
  const day = FULL_DAY[show.days[0] ?? 'FR'];
  const hours = listing.time.replace(/^(@|starts at) /, '');
  const date = `${random.pick(['November', 'March', 'June'])} ${random.int(2, 29)}`;
  const when = random.pick([
    `Every ${day}, ${hours}`,
    `${day}, ${date} at ${hours}`,
    `${day.slice(0, 3)}, ${date} · ${hours}`,
  ]);
  const wide = width - 100 * unit;
  const faint = { face: theme.face, sizePx: 40 * unit, color: theme.faint };
  const text = { face: theme.face, sizePx: 42 * unit, color: theme.text };
  sheet.y += 30 * unit;
  sheet.paragraph(when, 50 * unit, { face: theme.bold, sizePx: 42 * unit, color: '#e0454f' }, wide);
  const title = random.pick([
    `Karaoke ${day} at ${listing.venue}`,
    `Karaoke Night @ ${listing.venue}`,
    `${listing.venue} Karaoke Party`,
  ]);
  sheet.paragraph(title, 50 * unit, { face: theme.bold, sizePx: 64 * unit, color: theme.text }, wide);
  sheet.y += 24 * unit;
  buttons(sheet, theme, unit);
  const rows = [
    `:star: ${random.int(4, 90)} interested · ${random.int(2, 30)} going`,
    `:pin: ${listing.venue}`,
    listing.address ?? '',
    `:calendar: Weekly event, every ${day}`,
  ];
  for (const row of rows) {
    sheet.row(row, 50 * unit, row.startsWith(':pin:') ? { ...text, face: theme.bold } : faint, wide);
    sheet.y += 14 * unit;
  }
  sheet.y += 20 * unit;
  sheet.row('Details', 50 * unit, { face: theme.bold, sizePx: 50 * unit, color: theme.text }, wide);
  const host = hostLine(listing);
  const details = `Sing your favorites every ${day}. ${host ? `${host}. ` : ''}${smallPrint(random, 3).join('. ')}.`;
  sheet.paragraph(details, 50 * unit, text, wide);
  const printed = [when, title, ...rows, details].join('\n');
  const fact = printedFact(listing, printed);
  return { canvas: sheet.cropped(sheet.y + 70 * unit), facts: [fact] };
};

function cover(sheet: Sheet, random: Random, unit: number): void {
  const palette = random.pick(PALETTES);
  const picture = new Sheet(sheet.width, Math.round(560 * unit), palette.dark);
  random.pick(FLYER_PICTURES)(picture, random, palette);
  picture.glowing(palette.light, 24 * unit, 0, () => {
    const face = random.pick(['neon', 'script', 'comic'] as const);
    const word = face === 'script' ? 'Karaoke' : 'KARAOKE';
    picture.write(word, sheet.width / 2, 360 * unit, { face, sizePx: 150 * unit, color: palette.loud }, 'center');
  });
  sheet.ctx.drawImage(picture.canvas, 0, sheet.y);
  sheet.y += 560 * unit;
}

function buttons(sheet: Sheet, theme: Theme, unit: number): void {
  const half = (sheet.width - 130 * unit) / 2;
  for (const [index, word] of ['Interested', 'Going'].entries()) {
    const x = 50 * unit + index * (half + 30 * unit);
    sheet.fill(x, sheet.y, half, 90 * unit, index === 0 ? theme.accent : theme.bubble, 16 * unit);
    sheet.write(
      word,
      x + half / 2,
      sheet.y + 60 * unit,
      { face: theme.bold, sizePx: 40 * unit, color: index === 0 ? '#ffffff' : theme.text },
      'center',
    );
  }
  sheet.y += 130 * unit;
}

/** A web page that lists the karaoke of one town: a card for each venue. */
export const directory: Layout = ({ random, metro, shows, width }) => {
  const unit = width / 1080;
  const theme = themeOf(random, random.chance(0.3));
  const sheet = new Sheet(width, Math.round(2200 * unit), theme.back);
  const town = random.pick(shows).place.town;
  const oneTown = shows.filter((show) => show.place.town === town);
  const headed = oneTown.length >= 4;
  const rows = (headed ? oneTown : shows).slice(0, 6);
  sheet.fill(0, 0, width, 96 * unit, theme.card);
  sheet.fill(40 * unit, 18 * unit, width - 80 * unit, 62 * unit, theme.bubble, 31 * unit);
  sheet.write(
    'singfinder.example',
    width / 2,
    60 * unit,
    { face: theme.face, sizePx: 32 * unit, color: theme.faint },
    'center',
  );
  sheet.y = 116 * unit;
  const wide = width - 100 * unit;
  sheet.row(
    headed ? `Karaoke in ${town}, ${metro.state}` : `Karaoke: ${metro.region}`,
    50 * unit,
    { face: theme.bold, sizePx: 62 * unit, color: theme.text },
    wide,
  );
  sheet.row(
    `${rows.length} of ${random.int(12, 40)} listings · updated ${random.int(2, 9)} days ago`,
    50 * unit,
    { face: theme.face, sizePx: 32 * unit, color: theme.faint },
    wide,
  );
  sheet.y += 26 * unit;
  const facts = rows.map((show) => {
    const listing = wordListing(random, show, {
      formal: true,
      phone: random.chance(0.6),
      address: headed ? ['street'] : ['full', 'noPostcode', 'streetTown'],
    });
    return directoryCard(sheet, random, headed ? underHeading(listing, town, metro.state) : listing, theme, unit);
  });
  return { canvas: sheet.cropped(sheet.y + 20 * unit), facts };
};

function directoryCard(sheet: Sheet, random: Random, listing: Listing, theme: Theme, unit: number): ImageShow {
  const x = 60 * unit;
  const wide = sheet.width - 120 * unit;
  const small = { face: theme.face, sizePx: 36 * unit, color: theme.text };
  const lines = [
    listing.address,
    `${listing.days}, ${midSentence(listing.time.replace(/^@ /, ''))}`,
    hostLine(listing),
    listing.phone && `Phone: ${listing.phone}`,
  ].filter((line) => line !== null);
  const height = (96 + lines.length * 52) * unit;
  const top = sheet.y;
  sheet.fill(30 * unit, top, sheet.width - 60 * unit, height, theme.card, 18 * unit);
  sheet.y = top + 14 * unit;
  sheet.row(listing.venue, x, { face: theme.bold, sizePx: 46 * unit, color: theme.accent }, wide - 250 * unit);
  sheet.write(
    listing.cancelled ? 'Cancelled' : `:gold: ${random.int(3, 4)}.${random.int(1, 9)} (${random.int(8, 240)})`,
    sheet.width - 60 * unit,
    top + 62 * unit,
    { ...small, sizePx: 32 * unit, color: listing.cancelled ? '#e0454f' : theme.faint },
    'right',
  );
  for (const line of lines) sheet.row(line, x, small, wide, 'left', 1.42);
  sheet.y = top + height + 22 * unit;
  return listing.fact;
}
