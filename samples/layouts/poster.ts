import type { Face } from '../fonts.ts';
import type { Layout, Scene } from '../layout.ts';
import { wordListing } from '../listing.ts';
import type { Listing } from '../listing.ts';
import { Sheet } from '../paint.ts';
import { FLYER_PICTURES, PALETTES, slate } from '../pictures.ts';
import { hostLine, smallPrint } from '../sentences.ts';
import type { ImageShow } from '../truth.ts';
import type { PlannedShow } from '../world.ts';

/** All shows of the venue that has most of them among those on offer. */
function nightsOfOneVenue(scene: Scene, upTo: number): PlannedShow[] {
  const nights = scene.shows.map((show) => scene.shows.filter((other) => other.place === show.place));
  const most = nights.reduce((best, some) => (some.length > best.length ? some : best), []);
  return most.slice(0, upTo);
}

/** Rows of one venue share the address printed once; each has its own night, hours and host. */
function shareVenue(listings: readonly Listing[]): { venue: string; address: string | null; facts: ImageShow[] } {
  const [first] = listings;
  if (!first) throw new Error('no show to draw');
  const facts = listings.map((listing) => ({ ...listing.fact, venue: first.fact.venue }));
  return { venue: first.venue, address: first.address, facts };
}

/** A bar's own poster: its name, then a block for each of its karaoke nights. */
export const nightsPoster: Layout = (scene) => {
  const { random, width } = scene;
  const unit = width / 1080;
  const palette = random.pick(PALETTES);
  const sheet = new Sheet(width, Math.round(1400 * unit), palette.dark);
  random.pick(FLYER_PICTURES)(sheet, random, palette);
  const listings = nightsOfOneVenue(scene, 4).map((show) =>
    wordListing(random, show, { address: ['full', 'street', 'noPostcode'] }),
  );
  const { venue, address, facts } = shareVenue(listings);
  const loud: Face = random.pick(['impact', 'script', 'slab', 'comic', 'marker']);
  const center = width / 2;
  sheet.y = 50 * unit;
  sheet.glowing('rgba(0,0,0,0.8)', 14 * unit, 5 * unit, () => {
    sheet.row(venue, center, { face: loud, sizePx: 118 * unit, color: palette.loud }, width * 0.88, 'center');
    sheet.row(
      random.pick(['KARAOKE NIGHTS', 'KARAOKE AT ITS BEST', 'KARAOKE ALL WEEK']),
      center,
      { face: 'gothicBold', sizePx: 72 * unit, color: palette.text },
      width * 0.88,
      'center',
    );
  });
  sheet.y += 30 * unit;
  const height = (sheet.height - sheet.y - 230 * unit) / listings.length;
  for (const listing of listings) {
    const top = sheet.y;
    sheet.fill(70 * unit, top, width - 140 * unit, height - 24 * unit, 'rgba(0,0,0,0.66)', 16 * unit);
    const sizePx = Math.min(76 * unit, height * 0.3);
    const below = listing.cancelled ? 'CANCELLED THIS WEEK' : hostLine(listing);
    sheet.y = top + (height - 24 * unit - sizePx * (below ? 2.24 : 1.3)) / 2;
    const when = `${listing.days.toUpperCase()}  ${listing.time}`;
    sheet.row(when, center, { face: 'gothicBold', sizePx, color: palette.second }, width * 0.78, 'center');
    if (below)
      sheet.row(below, center, { face: 'gothic', sizePx: sizePx * 0.72, color: palette.text }, width * 0.78, 'center');
    sheet.y = top + height;
  }
  const foot = { face: 'gothic' as const, color: palette.text };
  sheet.y = sheet.height - 190 * unit;
  if (address) sheet.row(address, center, { ...foot, sizePx: 50 * unit }, width * 0.88, 'center');
  sheet.row(smallPrint(random, 3).join('  ·  '), center, { ...foot, sizePx: 38 * unit }, width * 0.88, 'center');
  return { canvas: sheet.canvas, facts: facts.map((fact, index) => hostlessIfCancelled(fact, listings[index])) };
};

/** The poster has no room for the host of a night called off. */
function hostlessIfCancelled(fact: ImageShow, listing: Listing | undefined): ImageShow {
  return listing?.cancelled ? { ...fact, host: { name: null, company: null } } : fact;
}

/** A chalkboard at the door: the week's nights of one venue in chalk, between specials and small drawings. */
export const chalkboard: Layout = (scene) => {
  const { random, width } = scene;
  const unit = width / 1080;
  const sheet = new Sheet(width, Math.round(1440 * unit), '#222222');
  slate(sheet, random, PALETTES[0] ?? random.pick(PALETTES));
  sheet.outline(22 * unit, 22 * unit, width - 44 * unit, sheet.height - 44 * unit, '#8d6842', 34 * unit, 8 * unit);
  const listings = nightsOfOneVenue(scene, 3)
    .filter((show) => show.status === 'scheduled')
    .map((show) => wordListing(random, show, { address: ['none', 'street', 'town'] }));
  const { venue, address, facts } = shareVenue(listings);
  const face: Face = random.pick(['chalk', 'brush', 'marker', 'brush']);
  const chalk = random.pick(['#f5f3ea', '#fff6d6']);
  const center = width / 2;
  const wide = width * 0.8;
  sheet.y = 90 * unit;
  sheet.row(venue, center, { face, sizePx: 96 * unit, color: '#ffd98a' }, wide, 'center');
  if (address) sheet.row(address, center, { face, sizePx: 52 * unit, color: chalk }, wide, 'center');
  sheet.y += 16 * unit;
  sheet.row(':note: KARAOKE :note:', center, { face, sizePx: 120 * unit, color: '#9be7ff' }, wide, 'center');
  sheet.line(width * 0.2, sheet.y + 8 * unit, width * 0.8, sheet.y + 2 * unit, chalk, 5 * unit);
  sheet.y += 40 * unit;
  for (const listing of listings) {
    sheet.row(listing.days, center, { face, sizePx: 78 * unit, color: '#ffb3c7' }, wide, 'center');
    sheet.row(listing.time, center, { face, sizePx: 78 * unit, color: chalk }, wide, 'center');
    const host = hostLine(listing);
    if (host) sheet.row(host, center, { face, sizePx: 58 * unit, color: chalk }, wide, 'center');
    sheet.y += 34 * unit;
  }
  sheet.y = Math.max(sheet.y, sheet.height - 250 * unit);
  for (const special of smallPrint(random, 2)) {
    if (sheet.y < sheet.height - 130 * unit)
      sheet.row(special, center, { face, sizePx: 50 * unit, color: '#c8f0b8' }, wide, 'center');
  }
  return { canvas: sheet.canvas, facts };
};
