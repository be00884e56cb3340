import type { Effect } from './effects.ts';
import type { Layout } from './layout.ts';
import { feed } from './layouts/feed.ts';
import { flyer } from './layouts/flyer.ts';
import { notes, textMessages } from './layouts/messages.ts';
import { menu, quizSign, smallTalk } from './layouts/negatives.ts';
import { directory, eventPage } from './layouts/pages.ts';
import { panelFlyer } from './layouts/panel-flyer.ts';
import { chalkboard, nightsPoster } from './layouts/poster.ts';
import { story } from './layouts/story.ts';
import { table } from './layouts/table.ts';
import { twoColumns, weekColumns, weekRows } from './layouts/weekly.ts';
import type { Random } from './random.ts';

const LAYOUTS = {
  'feed-light': feed(false),
  'feed-dark': feed(true),
  story,
  'week-rows': weekRows,
  'week-columns': weekColumns,
  'two-columns': twoColumns,
  flyer,
  'panel-flyer': panelFlyer,
  table,
  'nights-poster': nightsPoster,
  chalkboard,
  event: eventPage,
  directory,
  messages: textMessages,
  notes,
  menu,
  'small-talk': smallTalk,
  sign: quizSign,
  truncated: flyer,
} as const satisfies Record<string, Layout>;

export type Kind = keyof typeof LAYOUTS;
const WITHOUT_LISTING: readonly Kind[] = ['menu', 'small-talk', 'sign'];

export interface Step {
  kind: Kind;
  layout: Layout;
  effect: Effect;
  /** px */
  width: 1080 | 720;
  expect: 'shows' | 'none' | 'unreadable';
}

/** The first pile, chosen so that every kind and every effect is in it. */
const FIRST: readonly (readonly [kind: Kind, effect: Effect, width: 1080 | 720])[] = [
  ['feed-light', 'png', 1080],
  ['flyer', 'jpeg80', 1080],
  ['week-rows', 'jpeg80', 1080],
  ['feed-dark', 'png', 1080],
  ['flyer', 'photo', 1080],
  ['table', 'png', 1080],
  ['two-columns', 'png', 1080],
  ['story', 'jpeg80', 1080],
  ['directory', 'png', 1080],
  ['feed-light', 'jpeg40', 720],
  ['nights-poster', 'jpeg80', 1080],
  ['messages', 'png', 1080],
  ['flyer', 'jpeg40', 1080],
  ['week-columns', 'jpeg60', 1080],
  ['menu', 'jpeg80', 1080],
  ['event', 'png', 720],
  ['feed-dark', 'jpeg60', 720],
  ['flyer', 'rotated', 1080],
  ['chalkboard', 'jpeg80', 1080],
  ['panel-flyer', 'jpeg80', 1080],
  ['two-columns', 'jpeg40', 720],
  ['notes', 'png', 720],
  ['panel-flyer', 'photo', 1080],
  ['truncated', 'jpeg80', 1080],
  ['story', 'jpeg40', 720],
  ['feed-light', 'rotated', 1080],
  ['flyer', 'blurred', 720],
  ['small-talk', 'png', 720],
  ['week-rows', 'rotated', 720],
  ['nights-poster', 'photo', 1080],
  ['table', 'jpeg40', 720],
  ['directory', 'jpeg60', 720],
  ['feed-dark', 'jpeg40', 1080],
  ['event', 'webp', 1080],
  ['chalkboard', 'photo', 1080],
  ['flyer', 'jpeg40', 720],
];

const EFFECTS: readonly Effect[] = [
  'png',
  'webp',
  'jpeg80',
  'jpeg60',
  'jpeg40',
  'jpeg40',
  'rotated',
  'blurred',
  'photo',
];
const SCREEN_EFFECTS: readonly Effect[] = ['png', 'webp', 'jpeg80', 'jpeg60', 'jpeg40', 'jpeg40'];
const SCREENS: readonly Kind[] = [
  'feed-light',
  'feed-dark',
  'story',
  'event',
  'directory',
  'messages',
  'notes',
  'small-talk',
];

/** What to draw as the image at this place: the first pile as it is, then the same kinds with effects by chance. */
export function stepAt(position: number, random: Random): Step {
  const [kind, effect, width] = FIRST[position % FIRST.length] ?? ['flyer', 'jpeg80', 1080];
  const unreadable = kind === 'truncated';
  const first = position < FIRST.length;
  const drawnKind = !first && kind === 'menu' ? random.pick(WITHOUT_LISTING) : kind;
  return {
    kind: drawnKind,
    layout: LAYOUTS[drawnKind],
    effect: first || unreadable ? effect : random.pick(SCREENS.includes(drawnKind) ? SCREEN_EFFECTS : EFFECTS),
    width: first ? width : random.pick([1080, 1080, 720]),
    expect: unreadable ? 'unreadable' : WITHOUT_LISTING.includes(drawnKind) ? 'none' : 'shows',
  };
}

export const DEFAULT_COUNT = FIRST.length;
