import { WEEKDAYS } from '../../src/contract/show.ts';
import type { Layout } from '../layout.ts';
import { wordListing } from '../listing.ts';
import type { Listing } from '../listing.ts';
import { Sheet } from '../paint.ts';
import type { Ink } from '../paint.ts';
import { FULL_DAY } from '../wording.ts';

type Column = 'Night' | 'Venue' | 'Location' | 'Time' | 'Host';

const ORDERS: readonly (readonly Column[])[] = [
  ['Night', 'Venue', 'Time', 'Host'],
  ['Venue', 'Location', 'Night', 'Time'],
  ['Night', 'Time', 'Venue', 'Location'],
  ['Venue', 'Night', 'Time', 'Host'],
];
const SHARES: Record<Column, number> = { Night: 0.21, Venue: 0.3, Location: 0.3, Time: 0.23, Host: 0.3 };

/** A ruled table with a row for each show: what columns it has, and which of them comes first, differs. */
export const table: Layout = (scene) => {
  const { random, metro, width } = scene;
  const unit = width / 1080;
  const columns = random.pick(ORDERS);
  const shows = scene.shows.filter((show) => show.days.length === 1 && !show.weeks).slice(0, 9);
  shows.sort((a, b) => WEEKDAYS.indexOf(a.days[0] ?? 'SU') - WEEKDAYS.indexOf(b.days[0] ?? 'SU'));
  const dark = random.chance(0.35);
  const sheet = new Sheet(width, Math.round((230 + shows.length * 136) * unit), dark ? '#16181d' : '#ffffff');
  const color = dark ? '#eef0f4' : '#17181b';
  const accent = random.pick(['#2f5d8a', '#7a2e3a', '#2f6b4f', '#5a3c86']);
  sheet.y = 28 * unit;
  sheet.row(
    `${metro.region} Karaoke Nights`,
    40 * unit,
    { face: random.pick(['gothicBold', 'slab', 'uiBold']), sizePx: 62 * unit, color },
    width - 80 * unit,
  );
  sheet.y += 18 * unit;
  sheet.fill(0, sheet.y, width, 70 * unit, accent);
  const total = columns.reduce((sum, column) => sum + SHARES[column], 0);
  const starts = columns.map(
    (_, index) => columns.slice(0, index).reduce((sum, column) => sum + SHARES[column], 0) / total,
  );
  const place = (index: number): number => (30 + (starts[index] ?? 0) * 1030) * unit;
  const room = (column: Column): number => ((SHARES[column] / total) * 1030 - 24) * unit;
  const head: Ink = { face: 'uiBold', sizePx: 36 * unit, color: '#ffffff' };
  for (const [index, column] of columns.entries()) sheet.write(column, place(index), sheet.y + 48 * unit, head);
  sheet.y += 70 * unit;
  const facts = shows.map((show, row) => {
    const listing = wordListing(random, show, {
      host: columns.includes('Host'),
      address: columns.includes('Location') ? ['streetTown', 'street'] : ['none'],
    });
    const top = sheet.y;
    if (row % 2 === 1) sheet.fill(0, top, width, 132 * unit, dark ? '#21242b' : '#eef1f5');
    for (const [index, column] of columns.entries()) {
      drawCell(sheet, cellText(column, listing), place(index), top, room(column), {
        face: column === 'Venue' ? 'uiBold' : 'ui',
        sizePx: 33 * unit,
        color,
      });
    }
    sheet.y = top + 132 * unit;
    return listing.fact;
  });
  return { canvas: sheet.canvas, facts };
};

function cellText(column: Column, listing: Listing): string {
  switch (column) {
    case 'Night':
      return FULL_DAY[listing.show.days[0] ?? 'FR'];
    case 'Venue':
      return listing.venue;
    case 'Location':
      return listing.address ?? '';
    case 'Time':
      return `${listing.time}${listing.cancelled ? ' CANCELLED' : ''}`;
    case 'Host':
      return hostWithoutLead(listing);
  }
}

/** Under the heading "Host" nobody writes "hosted by". */
function hostWithoutLead(listing: Listing): string {
  const { name, company } = listing.fact.host;
  return name && company ? `${name} (${company})` : (name ?? company ?? '-');
}

/** At most three lines in a cell, in the middle of its height. */
function drawCell(sheet: Sheet, text: string, x: number, top: number, width: number, ink: Ink): void {
  const lines = sheet.wrap(text, ink, width);
  const height = sheet.width * 0.1222;
  const leading = ink.sizePx * 1.2;
  const shown = lines.length > 3 ? [...lines.slice(0, 2), lines.slice(2).join(' ')] : lines;
  let y = top + (height - shown.length * leading) / 2 + ink.sizePx;
  for (const line of shown) {
    sheet.write(line, x, y, sheet.fit(line, ink, width));
    y += leading;
  }
}
