import { TITLES } from '../chatter.ts';
import type { Face } from '../fonts.ts';
import type { Layout } from '../layout.ts';
import { wordListing } from '../listing.ts';
import type { Listing } from '../listing.ts';
import { Sheet } from '../paint.ts';
import type { Align, Ink } from '../paint.ts';
import { FLYER_PICTURES, PALETTES } from '../pictures.ts';
import type { Palette } from '../pictures.ts';
import type { Random } from '../random.ts';
import { brokenAddress, hostLine, smallPrint } from '../sentences.ts';

interface Type {
  title: Face;
  main: Face;
  small: Face;
}

const TYPES: readonly Type[] = [
  { title: 'impact', main: 'gothicBold', small: 'gothic' },
  { title: 'script', main: 'tall', small: 'narrowBold' },
  { title: 'slab', main: 'gothicBold', small: 'uiMedium' },
  { title: 'neon', main: 'narrowBold', small: 'narrowBold' },
  { title: 'comic', main: 'impact', small: 'uiBold' },
  { title: 'marker', main: 'tall', small: 'gothic' },
  { title: 'tall', main: 'script', small: 'narrowBold' },
];

/** A loud flyer for one show: big title, venue, days, hours, host, small print, over a picture. */
export const flyer: Layout = ({ random, shows, width }) => {
  const unit = width / 1080;
  const palette = random.pick(PALETTES);
  const sheet = new Sheet(width, Math.round(random.pick([1350, 1400, 1080, 1527]) * unit), palette.dark);
  random.pick(FLYER_PICTURES)(sheet, random, palette);
  const show = shows.find((one) => one.status === 'scheduled') ?? shows[0];
  if (!show) throw new Error('no show to draw');
  const listing = wordListing(random, show, {
    address: ['full', 'full', 'noPostcode', 'streetTown', 'street', 'none'],
    phone: random.chance(0.3),
  });
  const types = random.pick(TYPES);
  // A script in capitals cannot be read.
  const upper = types.main !== 'script' && random.chance(0.6);
  const loudly = (text: string): string => (upper ? text.toUpperCase() : text);
  const title = random.pick(TITLES);
  const prints = smallPrint(random, random.int(2, 3));
  if (!/karaoke/i.test(title)) prints[0] = 'Karaoke all night';
  const together = random.chance(0.25);
  const blocks: Block[] = [
    {
      text:
        types.title === 'neon' ? 'KARAOKE' : types.title === 'script' || random.chance(0.3) ? titleCase(title) : title,
      role: 'title',
    },
    { text: loudly(listing.venue), role: 'venue' },
    ...(together
      ? [{ text: loudly(`${listing.days}  ${listing.time}`), role: 'time' as const }]
      : [
          { text: loudly(listing.days), role: 'days' as const },
          { text: loudly(listing.time), role: 'time' as const },
        ]),
    ...(listing.host ? [{ text: hostLine(listing) ?? '', role: 'host' as const }] : []),
    { text: prints.join('  ·  '), role: 'print' },
    ...addressLines(random, listing).map((text) => ({ text, role: 'address' as const })),
  ];
  compose(sheet, random, palette, types, orderOf(random, blocks), unit);
  return { canvas: sheet.canvas, facts: [listing.fact] };
};

/** On one line, or the street above the town; a phone number behind or below. */
function addressLines(random: Random, listing: Listing): string[] {
  const { address, phone } = listing;
  if (!address || random.chance(0.6)) {
    const line = [address, phone].filter(Boolean).join('  ·  ');
    return line ? [line] : [];
  }
  return [...brokenAddress(listing).split('\n'), ...(phone ? [phone] : [])];
}

type Role = 'title' | 'venue' | 'days' | 'time' | 'host' | 'print' | 'address';
interface Block {
  text: string;
  role: Role;
}

const ORDERS: readonly (readonly Role[])[] = [
  ['title', 'days', 'time', 'venue', 'address', 'host', 'print'],
  ['venue', 'title', 'days', 'time', 'host', 'print', 'address'],
  ['days', 'title', 'time', 'host', 'venue', 'address', 'print'],
  ['title', 'host', 'days', 'time', 'print', 'venue', 'address'],
  ['title', 'venue', 'address', 'days', 'time', 'host', 'print'],
];

function orderOf(random: Random, blocks: readonly Block[]): Block[] {
  return random.pick(ORDERS).flatMap((role) => blocks.filter((block) => block.role === role));
}

const SIZES: Record<Role, number> = { title: 190, venue: 92, days: 110, time: 116, host: 64, print: 40, address: 50 };

/** Sets the blocks down the sheet so that they fill it, whatever its height. */
function compose(
  sheet: Sheet,
  random: Random,
  palette: Palette,
  types: Type,
  blocks: readonly Block[],
  unit: number,
): void {
  const width = sheet.width * 0.88;
  const align: Align = random.chance(0.75) ? 'center' : 'left';
  const x = align === 'center' ? sheet.width / 2 : sheet.width * 0.06;
  const inks = blocks.map((block) => sheet.fit(block.text, inkOf(block.role, palette, types, unit), width));
  const total = inks.reduce((sum, ink) => sum + ink.sizePx * 1.12, 0);
  const gap = Math.max(8 * unit, (sheet.height * 0.9 - total) / (blocks.length + 1));
  const shrink = Math.min(1, (sheet.height * 0.92 - gap * (blocks.length + 1)) / total);
  sheet.y = sheet.height * 0.04 + gap * 0.8;
  const banner = random.chance(0.5);
  const tilt = random.chance(0.3) ? random.between(-5, -2) : 0;
  for (const [index, block] of blocks.entries()) {
    const fitted = inks[index];
    if (!fitted) continue;
    const ink = { ...fitted, sizePx: fitted.sizePx * shrink };
    const base = sheet.y + ink.sizePx;
    if (block.role === 'print' && banner)
      sheet.fill(0, sheet.y - ink.sizePx * 0.25, sheet.width, ink.sizePx * 1.75, 'rgba(0,0,0,0.62)');
    const turn = block.role === 'title' ? tilt : 0;
    sheet.turned(turn, sheet.width / 2, base, () => drawLoud(sheet, block, x, base, ink, align, palette));
    sheet.y += ink.sizePx * 1.12 + gap;
  }
}

function inkOf(role: Role, palette: Palette, types: Type, unit: number): Ink {
  const face =
    role === 'title'
      ? types.title
      : role === 'print' || role === 'address' || role === 'host'
        ? types.small
        : types.main;
  const color = role === 'title' ? palette.loud : role === 'days' || role === 'time' ? palette.second : palette.text;
  return { face, color, sizePx: SIZES[role] * unit };
}

function drawLoud(sheet: Sheet, block: Block, x: number, y: number, ink: Ink, align: Align, palette: Palette): void {
  const glow = ink.face === 'neon' || ink.face === 'script';
  sheet.glowing(
    glow ? palette.light : 'rgba(0,0,0,0.85)',
    ink.sizePx * (glow ? 0.22 : 0.1),
    glow ? 0 : ink.sizePx * 0.05,
    () => {
      sheet.write(block.text, x, y, ink, align);
    },
  );
  if (!glow) sheet.write(block.text, x, y, ink, align);
}

function titleCase(text: string): string {
  return text.toLowerCase().replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
}
