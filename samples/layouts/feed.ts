import { WEEKDAYS } from '../../src/contract/show.ts';
import { COMMENTS, OTHER_POSTS, PEOPLE } from '../chatter.ts';
import type { Layout, Scene } from '../layout.ts';
import { printedFact, wordListing } from '../listing.ts';
import type { Listing } from '../listing.ts';
import { Sheet } from '../paint.ts';
import { portrait, statusBar, themeOf } from '../phone.ts';
import type { Theme } from '../phone.ts';
import type { Random } from '../random.ts';
import { hostLine, midSentence, postText } from '../sentences.ts';
import type { ImageShow } from '../truth.ts';
import { FULL_DAY } from '../wording.ts';
import type { PlannedShow } from '../world.ts';

interface Post {
  author: string;
  text: string;
  facts: ImageShow[];
  comments: number;
}

/** A phone screenshot of a group's feed: several posts with comments under them. */
export const feed =
  (dark: boolean): Layout =>
  (scene) => {
    const { random, width } = scene;
    const unit = width / 1080;
    const theme = themeOf(random, dark);
    const sheet = new Sheet(width, Math.round(2340 * unit), theme.back);
    sheet.fill(0, 0, width, 230 * unit, theme.card);
    statusBar(sheet, random, theme, unit);
    groupHeading(sheet, scene, theme, unit);
    const facts: ImageShow[] = [];
    const [first, ...others] = scene.shows;
    const posts: Post[] = first
      ? [firstPost(scene, first), ...others.slice(0, 5).map((show) => showPost(random, show))]
      : [];
    posts.splice(random.int(1, 2), 0, {
      author: random.pick(PEOPLE),
      text: random.pick(OTHER_POSTS),
      facts: [],
      comments: 0,
    });
    for (const post of posts) {
      if (drawPost(sheet, random, post, theme, unit)) facts.push(...post.facts);
    }
    return { canvas: sheet.cropped(Math.max(sheet.y, 1300 * unit)), facts };
  };

/** A story of one post that fills the screen: a presenter's whole week, where the first show has one with several. */
function firstPost(scene: Scene, show: PlannedShow): Post {
  const { random, shows } = scene;
  const name = show.presenter?.name;
  const week = shows.filter(
    (other) => other.presenter === show.presenter && other.days.length === 1 && other.status === 'scheduled',
  );
  if (!name || week.length < 3) return random.chance(0.6) ? weekPost(scene) : showPost(random, show);
  const rows = week.slice(0, 5).map((one) => ({
    one,
    listing: wordListing(random, one, { host: false, address: ['town', 'none', 'streetTown'] }),
  }));
  const facts = rows.map(({ listing }) => ({ ...listing.fact, host: { name, company: null } }));
  const lines = rows.map(({ one, listing }) => {
    const day = FULL_DAY[one.days[0] ?? 'FR'];
    return `${day} - ${listing.venue}${listing.address ? `, ${listing.address}` : ''}, ${listing.time}`;
  });
  const heading = random.pick([
    `Where to sing with ${name} this week:`,
    `Karaoke with ${name} every week! Catch me at`,
    `${name}’s weekly karaoke schedule`,
  ]);
  return {
    author: random.pick([name, random.pick(PEOPLE)]),
    text: `${heading}\n${lines.join('\n')}`,
    facts,
    comments: 1,
  };
}

/** One post with the week of many venues, day by day, in one wording throughout. */
function weekPost(scene: Scene): Post {
  const { random, metro } = scene;
  const rows = WEEKDAYS.flatMap((day) => {
    const show = scene.shows.find((one) => one.days.length === 1 && one.days[0] === day && !one.weeks);
    return show ? [wordListing(random, show, { address: ['full', 'street', 'streetTown'] })] : [];
  }).slice(0, 5);
  const shape = random.int(0, 2);
  const texts = rows.map((listing) => {
    const { venue, address, time } = listing;
    const day = FULL_DAY[listing.show.days[0] ?? 'FR'];
    const off = listing.cancelled ? ' CANCELLED' : '';
    const host = hostLine(listing);
    if (shape === 0)
      return `${day.toUpperCase()} :beer: ${venue}\n:pin: ${address}\n${time}${off}${host ? ` ${midSentence(host)}` : ''}`;
    if (shape === 1) return `${day.slice(0, 3).toUpperCase()}: ${venue}, ${time}${off}${host ? `, ${host}` : ''}`;
    return `${venue} (${address})\n${day} ${time}${off}${host ? `\n${host}` : ''}`;
  });
  const heading = random.pick([
    ':mic: KARAOKE THIS WEEK!',
    `${metro.region} karaoke, night by night`,
    'This week’s karaoke list :note:',
  ]);
  const text = [heading, ...texts].join(shape === 1 ? '\n' : '\n\n');
  const facts = rows.map((listing, index) => printedFact(listing, texts[index] ?? ''));
  return { author: random.pick(PEOPLE), text, facts, comments: random.int(0, 1) };
}

function showPost(random: Random, show: PlannedShow): Post {
  const fromVenue = random.chance(0.2) && show.status === 'scheduled';
  const listing = wordListing(random, show, {
    phone: random.chance(0.2),
    ...(fromVenue ? { address: ['street', 'full', 'none'] } : {}),
  });
  const author = fromVenue ? listing.venue : random.pick(PEOPLE);
  const text = fromVenue ? venueText(random, listing) : postText(random, listing);
  return { author, text, facts: [printedFact(listing, `${author}\n${text}`)], comments: random.int(0, 2) };
}

/** A venue's own post: its name stands only above, as the author. */
function venueText(random: Random, listing: Listing): string {
  const lines = [
    random.pick([
      `Karaoke ${midSentence(listing.days)}! ${listing.time}`,
      `Join us for karaoke ${midSentence(listing.days)} ${listing.time}`,
    ]),
    hostLine(listing),
    listing.address && `:pin: ${listing.address}`,
    'See you here!',
  ];
  return lines.filter(Boolean).join('\n');
}

function groupHeading(sheet: Sheet, scene: Scene, theme: Theme, unit: number): void {
  const { random, metro, width } = scene;
  const name = random.pick([
    `${metro.region} Karaoke Singers`,
    `Karaoke - ${metro.region}`,
    `${metro.region} Karaoke Fans`,
    `${metro.region} KJs & Singers`,
  ]);
  sheet.line(40 * unit, 160 * unit, 62 * unit, 138 * unit, theme.text, 5 * unit);
  sheet.line(40 * unit, 160 * unit, 62 * unit, 182 * unit, theme.text, 5 * unit);
  const ink = { face: theme.bold, sizePx: 44 * unit, color: theme.text };
  sheet.write(name, 96 * unit, 158 * unit, sheet.fit(name, ink, width - 160 * unit));
  const members = `Public group · ${random.int(2, 38)}.${random.int(1, 9)}K members`;
  sheet.write(members, 96 * unit, 206 * unit, { face: theme.face, sizePx: 32 * unit, color: theme.faint });
  sheet.y = 246 * unit;
}

/** Draws a post where it fits wholly; says whether it did. */
function drawPost(sheet: Sheet, random: Random, post: Post, theme: Theme, unit: number): boolean {
  const body = { face: theme.face, sizePx: 42 * unit, color: theme.text };
  const width = sheet.width - 80 * unit;
  const comments = random.shuffled(COMMENTS).slice(0, post.comments);
  const height = 150 * unit + sheet.paragraphHeight(post.text, body, width) + (150 + comments.length * 130) * unit;
  if (sheet.y + height > sheet.height) return false;
  const top = sheet.y;
  sheet.fill(0, top, sheet.width, height, theme.card);
  portrait(sheet, random, post.author, 40 * unit, top + 26 * unit, 92 * unit);
  sheet.write(post.author, 152 * unit, top + 66 * unit, { face: theme.bold, sizePx: 40 * unit, color: theme.text });
  const age = random.pick(['3h', '12h', '1d', 'Yesterday at 8:14 PM', '5d', 'June 3 at 9:02 AM', '45m', '2w']);
  sheet.write(age, 152 * unit, top + 112 * unit, { face: theme.face, sizePx: 32 * unit, color: theme.faint });
  sheet.y = top + 136 * unit;
  sheet.paragraph(post.text, 40 * unit, body, width);
  drawChrome(sheet, random, theme, unit);
  for (const comment of comments) drawComment(sheet, random, comment, theme, unit);
  sheet.y = top + height + 16 * unit;
  return true;
}

function drawChrome(sheet: Sheet, random: Random, theme: Theme, unit: number): void {
  const small = { face: theme.face, sizePx: 32 * unit, color: theme.faint };
  sheet.y += 56 * unit;
  sheet.write(`:like: :heart: ${random.int(4, 214)}`, 40 * unit, sheet.y, small);
  sheet.write(`${random.int(2, 48)} comments`, sheet.width - 40 * unit, sheet.y, small, 'right');
  sheet.line(40 * unit, sheet.y + 20 * unit, sheet.width - 40 * unit, sheet.y + 20 * unit, theme.rule);
  const bold = { ...small, face: theme.bold };
  for (const [index, word] of ['Like', 'Comment', 'Share'].entries()) {
    sheet.write(word, (sheet.width * (index * 2 + 1)) / 6, sheet.y + 72 * unit, bold, 'center');
  }
  sheet.y += 88 * unit;
}

function drawComment(sheet: Sheet, random: Random, comment: string, theme: Theme, unit: number): void {
  const author = random.pick(PEOPLE);
  const ink = { face: theme.face, sizePx: 34 * unit, color: theme.text };
  const width = Math.max(sheet.measure(comment, ink), sheet.measure(author, { ...ink, face: theme.bold })) + 60 * unit;
  portrait(sheet, random, author, 40 * unit, sheet.y + 16 * unit, 64 * unit);
  sheet.fill(
    120 * unit,
    sheet.y + 10 * unit,
    Math.min(width, sheet.width - 160 * unit),
    108 * unit,
    theme.bubble,
    32 * unit,
  );
  sheet.write(author, 150 * unit, sheet.y + 54 * unit, { ...ink, face: theme.bold });
  sheet.write(comment, 150 * unit, sheet.y + 98 * unit, sheet.fit(comment, ink, sheet.width - 220 * unit));
  sheet.y += 130 * unit;
}
