import { WEEKDAYS } from '../../src/contract/show.ts';
import type { Weekday } from '../../src/contract/show.ts';
import type { Layout, Scene } from '../layout.ts';
import { underHeading, wordListing } from '../listing.ts';
import type { Listing } from '../listing.ts';
import { Sheet } from '../paint.ts';
import { PALETTES, bokeh, paper } from '../pictures.ts';
import type { Palette } from '../pictures.ts';
import type { Random } from '../random.ts';
import { hostLine } from '../sentences.ts';
import type { ImageShow } from '../truth.ts';
import { FULL_DAY } from '../wording.ts';

const ON_PAPER: Palette = {
  dark: '#f4ead2',
  deep: '#e2d2ac',
  light: '#b5342b',
  loud: '#8c1d18',
  text: '#241a12',
  second: '#1d4e6b',
};

/** Shows of one day each, at most `perDay` for a day: only those can stand under the name of a day. */
function byDay(scene: Scene, perDay: number, address: Parameters<typeof wordListing>[2]): Map<Weekday, Listing[]> {
  const days = new Map<Weekday, Listing[]>(WEEKDAYS.map((day) => [day, []]));
  for (const show of scene.shows) {
    const [day, ...more] = show.days;
    const listed = day && days.get(day);
    if (!listed || more.length > 0 || show.weeks || listed.length >= perDay) continue;
    listed.push(wordListing(scene.random, show, address));
  }
  return days;
}

function background(sheet: Sheet, random: Random): Palette {
  const palette = random.pick([...PALETTES, ON_PAPER, ON_PAPER]);
  (palette === ON_PAPER ? paper : bokeh)(sheet, random, palette);
  return palette;
}

/** Sometimes the heading names one town for the whole sheet, and only its venues are on it: else each row has its own. */
function headed(scene: Scene): { text: string; town: string | null; scene: Scene } {
  const { random, metro, shows } = scene;
  const town = random.pick(shows).place.town;
  const there = shows.filter((show) => show.place.town === town && show.days.length === 1);
  if (there.length >= 4 && random.chance(0.6))
    return { text: `${town}, ${metro.state}`, town, scene: { ...scene, shows: there } };
  return {
    text: random.pick([`${metro.region} edition`, 'Where to sing, night by night', 'Your week in song']),
    town: null,
    scene,
  };
}

/** A poster of the week: a row for each day, day at the left, venue, hours and host beside it. */
export const weekRows: Layout = (scene) => {
  const { random, width } = scene;
  const unit = width / 1080;
  const sheet = new Sheet(width, Math.round(1600 * unit), '#000000');
  const palette = background(sheet, random);
  const title = random.pick(['KARAOKE THIS WEEK', 'WEEKLY KARAOKE', 'KARAOKE 7 DAYS', 'KARAOKE CALENDAR']);
  sheet.y = 40 * unit;
  sheet.row(
    title,
    width / 2,
    { face: random.pick(['impact', 'slab', 'tall']), sizePx: 120 * unit, color: palette.loud },
    width * 0.9,
    'center',
  );
  const heading = headed(scene);
  sheet.row(
    heading.text,
    width / 2,
    { face: 'gothic', sizePx: 46 * unit, color: palette.second },
    width * 0.9,
    'center',
  );
  sheet.y += 20 * unit;
  const days = byDay(heading.scene, 1, {
    address: heading.town ? ['street', 'none'] : ['streetTown', 'street', 'none', 'town'],
  });
  const facts: ImageShow[] = [];
  const rowHeight = (sheet.height - sheet.y - 60 * unit) / 7;
  for (const [index, day] of WEEKDAYS.entries()) {
    const top = sheet.y + index * rowHeight;
    const listing = days.get(day)?.[0];
    sheet.line(50 * unit, top, width - 50 * unit, top, palette.light, 2 * unit);
    const label = { face: 'gothicBold' as const, sizePx: 62 * unit, color: palette.loud };
    sheet.write(FULL_DAY[day].slice(0, 3).toUpperCase(), 60 * unit, top + rowHeight * 0.58, label);
    if (!listing) {
      sheet.write(random.pick(['Rest your voice', 'No karaoke', '- off -']), 260 * unit, top + rowHeight * 0.58, {
        face: 'gothic',
        sizePx: 40 * unit,
        color: palette.text,
      });
      continue;
    }
    const right = width - 60 * unit;
    const name = { face: 'gothicBold' as const, sizePx: 54 * unit, color: palette.text };
    const time = { face: 'narrowBold' as const, sizePx: 52 * unit, color: palette.second };
    sheet.write(listing.time, right, top + rowHeight * 0.42, sheet.fit(listing.time, time, 300 * unit), 'right');
    sheet.write(listing.venue, 260 * unit, top + rowHeight * 0.42, sheet.fit(listing.venue, name, right - 600 * unit));
    const below = [listing.cancelled ? 'CANCELLED' : null, listing.address, hostLine(listing)]
      .filter(Boolean)
      .join('  ·  ');
    const small = { face: 'narrow' as const, sizePx: 42 * unit, color: palette.text };
    if (below) sheet.write(below, 260 * unit, top + rowHeight * 0.8, sheet.fit(below, small, right - 260 * unit));
    facts.push((heading.town ? underHeading(listing, heading.town, scene.metro.state) : listing).fact);
  }
  return { canvas: sheet.canvas, facts };
};

/** The week as cards, two abreast, with up to two venues under a day. */
export const weekColumns: Layout = (scene) => {
  const { random, width } = scene;
  const unit = width / 1080;
  const days = byDay(scene, 2, { address: ['street', 'none', 'streetTown'] });
  const filled = WEEKDAYS.filter((day) => (days.get(day)?.length ?? 0) > 0);
  const cardHeight = (day: Weekday | undefined): number =>
    day ? (110 + (days.get(day)?.length ?? 0) * 226) * unit : 0;
  const rows = Array.from({ length: Math.ceil(filled.length / 2) }, (_, row) => filled.slice(row * 2, row * 2 + 2));
  const heights = rows.map((row) => Math.max(...row.map(cardHeight)));
  const sheet = new Sheet(width, Math.round(heights.reduce((sum, height) => sum + height, 230 * unit)), '#000000');
  const palette = background(sheet, random);
  sheet.y = 36 * unit;
  const title = { face: random.pick(['slab', 'impact', 'comic'] as const), sizePx: 96 * unit, color: palette.loud };
  sheet.row('KARAOKE SCHEDULE', width / 2, title, width * 0.9, 'center');
  sheet.y = 200 * unit;
  const cardWidth = (width - 90 * unit) / 2;
  const facts: ImageShow[] = [];
  for (const [index, row] of rows.entries()) {
    const top = sheet.y;
    const height = heights[index] ?? 0;
    for (const [column, day] of row.entries()) {
      const card = {
        left: 30 * unit + column * (cardWidth + 30 * unit),
        top,
        width: cardWidth,
        height: height - 20 * unit,
      };
      facts.push(...drawCard(sheet, day, days.get(day) ?? [], card, palette, unit));
    }
    sheet.y = top + height;
  }
  return { canvas: sheet.canvas, facts };
};

interface Area {
  left: number;
  top: number;
  width: number;
  height: number;
}

function drawCard(
  sheet: Sheet,
  day: Weekday,
  listings: readonly Listing[],
  area: Area,
  palette: Palette,
  unit: number,
): ImageShow[] {
  const inner = area.width - 40 * unit;
  const center = area.left + area.width / 2;
  const back = palette === ON_PAPER ? 'rgba(255,255,255,0.75)' : 'rgba(0,0,0,0.6)';
  sheet.fill(area.left, area.top, area.width, area.height, back, 14 * unit);
  sheet.fill(area.left, area.top, area.width, 62 * unit, palette.light, 14 * unit);
  sheet.write(
    FULL_DAY[day].toUpperCase(),
    center,
    area.top + 48 * unit,
    { face: 'gothicBold', sizePx: 44 * unit, color: '#0c0c0c' },
    'center',
  );
  sheet.y = area.top + 72 * unit;
  const small = { face: 'narrow' as const, sizePx: 38 * unit, color: palette.text };
  for (const listing of listings) {
    const when = listing.cancelled ? `${listing.time} - CANCELLED` : listing.time;
    sheet.row(listing.venue, center, { ...small, face: 'gothicBold', sizePx: 42 * unit }, inner, 'center');
    sheet.row(when, center, { face: 'narrowBold', sizePx: 40 * unit, color: palette.second }, inner, 'center');
    for (const line of [listing.address, hostLine(listing)]) if (line) sheet.row(line, center, small, inner, 'center');
    sheet.y += 16 * unit;
  }
  return listings.map((listing) => listing.fact);
}

/** A page of print with two columns: under each day its venues, one or two lines each. */
export const twoColumns: Layout = (scene) => {
  const { random, width } = scene;
  const unit = width / 1080;
  const sheet = new Sheet(width, Math.round(1500 * unit), '#ffffff');
  const dark = random.chance(0.4);
  sheet.fill(0, 0, width, sheet.height, dark ? '#15171c' : random.pick(['#ffffff', '#fbf7ef']));
  const palette: Palette = dark
    ? { dark: '#15171c', deep: '#15171c', light: '#3b4150', loud: '#ffb454', text: '#eceff4', second: '#8fd3ff' }
    : { dark: '#fff', deep: '#fff', light: '#d5cbb8', loud: '#a3231b', text: '#1c1c1e', second: '#1f4f82' };
  sheet.y = 36 * unit;
  sheet.row(
    `${scene.metro.region} Karaoke Guide`,
    width / 2,
    { face: random.pick(['script', 'slab', 'typewriter']), sizePx: 76 * unit, color: palette.loud },
    width * 0.9,
    'center',
  );
  const top = sheet.y + 26 * unit;
  sheet.line(width / 2, top, width / 2, sheet.height - 50 * unit, palette.light, 3 * unit);
  const days = byDay(scene, 2, { address: ['streetTown', 'street', 'town', 'none'] });
  const facts: ImageShow[] = [];
  let column = 0;
  sheet.y = top;
  for (const day of WEEKDAYS) {
    const listings = days.get(day) ?? [];
    const needed = (90 + listings.length * 230) * unit;
    if (listings.length === 0) continue;
    if (sheet.y + needed > sheet.height - 30 * unit) {
      if (column === 1) break;
      column = 1;
      sheet.y = top;
    }
    facts.push(
      ...drawDay(sheet, day, listings, column * (width / 2) + 40 * unit, width / 2 - 80 * unit, palette, unit),
    );
  }
  return { canvas: sheet.canvas, facts };
};

function drawDay(
  sheet: Sheet,
  day: Weekday,
  listings: readonly Listing[],
  x: number,
  width: number,
  palette: Palette,
  unit: number,
): ImageShow[] {
  sheet.row(FULL_DAY[day].toUpperCase(), x, { face: 'gothicBold', sizePx: 48 * unit, color: palette.loud }, width);
  for (const listing of listings) {
    sheet.row(listing.venue, x, { face: 'uiBold', sizePx: 36 * unit, color: palette.text }, width);
    const small = { face: 'ui' as const, sizePx: 31 * unit, color: palette.text };
    if (listing.address) sheet.paragraph(listing.address, x, small, width, 'left', 1.3);
    const when = [listing.time, listing.cancelled ? 'CANCELLED' : null].filter(Boolean).join(' ');
    sheet.row(when, x, { face: 'uiMedium', sizePx: 34 * unit, color: palette.second }, width);
    const host = hostLine(listing);
    if (host) sheet.paragraph(host, x, small, width, 'left', 1.3);
    sheet.y += 20 * unit;
  }
  sheet.y += 16 * unit;
  return listings.map((listing) => listing.fact);
}
