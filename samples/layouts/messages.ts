import type { Layout } from '../layout.ts';
import { printedFact, wordListing } from '../listing.ts';
import type { Listing } from '../listing.ts';
import { Sheet } from '../paint.ts';
import { portrait, statusBar, themeOf } from '../phone.ts';
import type { Theme } from '../phone.ts';
import { PEOPLE } from '../chatter.ts';
import type { Random } from '../random.ts';
import { midSentence } from '../sentences.ts';

interface Bubble {
  text: string;
  mine: boolean;
}

/** Draws a conversation; also for pictures without a listing. */
export function conversation(random: Random, width: number, bubbles: readonly Bubble[], dark: boolean): Sheet {
  const unit = width / 1080;
  const theme = themeOf(random, dark);
  const sheet = new Sheet(width, Math.round(2300 * unit), dark ? '#000000' : '#ffffff');
  statusBar(sheet, random, theme, unit);
  const person = random.pick(PEOPLE);
  portrait(sheet, random, person, width / 2 - 50 * unit, sheet.y + 6 * unit, 100 * unit);
  sheet.write(
    person,
    width / 2,
    sheet.y + 152 * unit,
    { face: theme.bold, sizePx: 34 * unit, color: theme.text },
    'center',
  );
  sheet.line(0, sheet.y + 178 * unit, width, sheet.y + 178 * unit, theme.rule);
  sheet.y += 230 * unit;
  const stamp = random.pick(['Today 4:12 PM', 'Yesterday 11:38 PM', 'Fri, Nov 14 at 6:20 PM']);
  sheet.write(stamp, width / 2, sheet.y, { face: theme.face, sizePx: 30 * unit, color: theme.faint }, 'center');
  sheet.y += 34 * unit;
  for (const bubble of bubbles) drawBubble(sheet, bubble, theme, unit);
  return sheet;
}

function drawBubble(sheet: Sheet, bubble: Bubble, theme: Theme, unit: number): void {
  const ink = { face: theme.face, sizePx: 42 * unit, color: bubble.mine ? '#ffffff' : theme.text };
  const lines = sheet.wrap(bubble.text, ink, sheet.width * 0.7);
  const wide = Math.max(...lines.map((line) => sheet.measure(line, ink))) + 60 * unit;
  const high = lines.length * ink.sizePx * 1.38 + 36 * unit;
  const left = bubble.mine ? sheet.width - wide - 36 * unit : 36 * unit;
  sheet.fill(left, sheet.y, wide, high, bubble.mine ? theme.accent : theme.bubble, 40 * unit);
  const top = sheet.y;
  sheet.y += 12 * unit;
  sheet.paragraph(bubble.text, left + 30 * unit, ink, sheet.width * 0.7);
  sheet.y = top + high + 22 * unit;
}

/** Text messages in which somebody is told where to sing. */
export const textMessages: Layout = ({ random, shows, width }) => {
  const listings = shows
    .slice(0, 3)
    .map((show) => wordListing(random, show, { address: ['streetTown', 'street', 'town', 'none'] }));
  const answers = listings.map((listing) => messageText(random, listing));
  const bubbles: Bubble[] = [
    {
      text: random.pick(['Hey where is good karaoke around here?', 'Need a karaoke spot for my sister, any ideas?']),
      mine: true,
    },
    ...answers.flatMap((text, index) => [
      { text, mine: false },
      ...(index === 0
        ? [{ text: random.pick(['Nice! How late is the kitchen?', 'Ok cool, I get off at 6']), mine: true }]
        : []),
    ]),
    { text: random.pick(['Perfect, 4 of us coming', 'You rock, save us seats by 8']), mine: true },
  ];
  const sheet = conversation(random, width, bubbles, random.chance(0.5));
  const facts = listings.map((listing, index) => printedFact(listing, answers[index] ?? ''));
  return { canvas: sheet.cropped(sheet.y + 60 * (width / 1080)), facts };
};

function messageText(random: Random, listing: Listing): string {
  const { venue, address, days, time, host } = listing;
  if (listing.cancelled) return `Don’t go to ${venue} ${midSentence(days)}, the ${time} karaoke got cancelled`;
  const at = listing.fact.venue.address ? ` (${address})` : address ? ` in ${address}` : '';
  const who = host ? `. ${host.slice(0, 1).toUpperCase()}${host.slice(1)}` : '';
  return random.pick([
    `${venue}${at} does karaoke ${midSentence(days)} ${time}${who}`,
    `Try ${venue}${at}! Karaoke ${midSentence(days)}, ${time}${who}`,
  ]);
}

/** A list in a notes app: one show a line or two, short words. */
export const notes: Layout = ({ random, metro, shows, width }) => {
  const unit = width / 1080;
  const dark = random.chance(0.5);
  const theme = themeOf(random, dark);
  const sheet = new Sheet(width, Math.round(2200 * unit), dark ? '#1c1c1e' : '#fffdf5');
  statusBar(sheet, random, theme, unit);
  sheet.write('Notes', 50 * unit, sheet.y + 50 * unit, { face: theme.face, sizePx: 42 * unit, color: '#d9a400' });
  sheet.write(
    'Done',
    width - 50 * unit,
    sheet.y + 50 * unit,
    { face: theme.bold, sizePx: 42 * unit, color: '#d9a400' },
    'right',
  );
  sheet.y += 90 * unit;
  const wide = width - 100 * unit;
  sheet.row(
    random.pick(['Karaoke spots', 'Karaoke list', `Karaoke - ${metro.region}`]),
    50 * unit,
    { face: theme.bold, sizePx: 64 * unit, color: theme.text },
    wide,
  );
  sheet.y += 30 * unit;
  const facts = shows.slice(0, 6).map((show) => {
    const listing = wordListing(random, show, { address: ['none', 'town', 'street', 'streetTown'] });
    const first = `${listing.venue}${listing.address ? ` - ${listing.address}` : ''}`;
    const second = `${listing.days} ${listing.time}${listing.host ? ` ${midSentence(listing.host)}` : ''}${listing.cancelled ? ' - CANCELLED' : ''}`;
    sheet.paragraph(first, 50 * unit, { face: theme.bold, sizePx: 42 * unit, color: theme.text }, wide);
    sheet.paragraph(second, 50 * unit, { face: theme.face, sizePx: 42 * unit, color: theme.text }, wide);
    sheet.y += 34 * unit;
    return listing.fact;
  });
  sheet.paragraph(
    random.pick(['Ask about the $5 burger deal, Tues til 8', 'Songs to learn: 9 to 5, Jolene, Landslide']),
    50 * unit,
    { face: theme.face, sizePx: 42 * unit, color: theme.faint },
    wide,
  );
  return { canvas: sheet.cropped(sheet.y + 80 * unit), facts };
};
