import type { RunContext } from '../../../contract/analysis.ts';
import type { ShowReading } from '../../../contract/show.ts';
import type { PageText } from '../../../contract/text-line.ts';
import { buildReading } from './build-reading.ts';
import { splitPosts, type Post } from './chrome.ts';
import { markKnownCities } from './cities.ts';
import { keepDaysInNames, keepDaysInRows } from './day-names.ts';
import { draftListings, type Draft } from './drafts.ts';
import { KARAOKE, readEntry, type Entry } from './entries.ts';
import { splitFlows } from './layout.ts';
import { joinWrapped } from './logical-lines.ts';
import { hasDay, isOtherNight, splitNightsInLine, timesOf } from './nights.ts';
import { findAddress } from '../places/address.ts';
import { hasPlaceWord } from '../places/venue-score.ts';
import { levelLines, type PageLine } from './page-lines.ts';
import { markVenues, SURE_VENUE } from './venues.ts';

/** Without the word karaoke anywhere, only a page of at least this many complete listings is believed. */
const COMPLETE_WITHOUT_KARAOKE = 3;
const TONIGHT = /\btonight\b|\btonite\b|esta noche/i;

/**
 * Reads the shows that the text of one image lists: feeds of posts, weekly schedules, lists in columns, posters. An
 * image without a listing gives none.
 */
export function readListings(page: PageText, context: RunContext): ShowReading[] {
  const lines = levelLines(page);
  const { height, width } = page;
  const sung = lines.some((line) => KARAOKE.test(line.text));
  const posts = splitPosts(lines, height);
  const cities = citiesOf(lines);
  const read = posts.map((post) => ({ post, entries: entriesOf(post, cities) }));
  markKnownCities(
    read.flatMap(({ entries }) => entries),
    context.city,
  );
  const readings = read.flatMap(({ post, entries }) => {
    const drafts = draftListings(entries, markVenues(entries));
    const listed = drafts.filter((draft) => isListing(draft, sung));
    const kept = listed.some(saysDay) ? listed.filter((draft) => saysDay(draft) || saysWhenOtherwise(draft)) : listed;
    const readings = kept
      .map((draft) => ({
        draft,
        reading: buildReading(draft, { header: post.header, page: { width, height }, context }),
      }))
      .filter(({ draft, reading }) => saysEnough(reading, draft, sung))
      .map(({ reading }) => reading);
    return distinct(readings);
  });
  if (!sung && readings.filter(isComplete).length < COMPLETE_WITHOUT_KARAOKE) return [];
  return readings;
}

/** Cities that addresses of the page name, in lower case. */
function citiesOf(lines: readonly PageLine[]): Set<string> {
  return new Set(
    lines.flatMap(({ text }) => {
      const city = findAddress(text)?.city;
      return city == null ? [] : [text.slice(city.start, city.end).toLowerCase()];
    }),
  );
}

function entriesOf(post: Post, cities: ReadonlySet<string>): Entry[] {
  const entries: Entry[] = [];
  for (const flow of splitFlows(post.lines))
    for (const line of joinWrapped(flow, cities))
      entries.push(...splitNightsInLine(readEntry(line, entries.at(-1) ?? null)));
  keepDaysInRows(entries);
  keepDaysInNames(entries);
  return entries;
}

/** Nights of other things on a page of karaoke, and lines that say neither when nor where, are no listings. */
function isListing({ own, shared }: Draft, sung: boolean): boolean {
  const all = [...own, ...shared];
  const off = own.some((entry) => entry.phrases.some((phrase) => phrase.kind === 'cancelled'));
  if (
    !off &&
    isOtherNight(own) &&
    !(sung && shared.some((entry) => entry.karaoke) && !own.some((entry) => entry.otherEvent && hasDay(entry)))
  )
    return false;
  return off || all.some((entry) => hasDay(entry) || timesOf(entry).length > 0);
}

function saysDay({ own, shared }: Draft): boolean {
  return [...own, ...shared].some(hasDay);
}

/** Beside listings with days, one without is believed only where it says "tonight", is called off, or names a place. */
function saysWhenOtherwise({ own, venue }: Draft): boolean {
  const off = own.some((entry) => entry.phrases.some((phrase) => phrase.kind === 'cancelled'));
  const said = own.some((entry) => TONIGHT.test(entry.line.text));
  return off || said || (venue?.name != null && venue.score >= SURE_VENUE && hasPlaceWord(venue.name.text));
}

function saysEnough({ venue, schedule, status }: ShowReading, draft: Draft, sung: boolean): boolean {
  const when = schedule.days.length > 0 || schedule.startDate !== null;
  const where = venue.name !== null || venue.address !== null;
  if (where) return when || (sung && saysTonight(schedule, draft)) || status === 'cancelled';
  // Without a place only a poster is believed (`KARAOKE` on a line of its own), not talk that mentions it.
  const titled = [...draft.own, ...draft.shared].some(
    (entry) => entry.karaoke && entry.line.text.split(' ').length <= 6,
  );
  return sung && titled && when && schedule.startTime !== null;
}

/** Without a day: an hour that is surely one (`9 PM`, `9-1`), or the word "tonight". */
function saysTonight({ startTime, endTime, text }: ShowReading['schedule'], { own, shared }: Draft): boolean {
  if (startTime === null) return false;
  const tonight = [...own, ...shared].some((entry) => TONIGHT.test(entry.line.text));
  return tonight || endTime !== null || /[ap]\.?\s?m?\b/i.test(text ?? '');
}

function isComplete({ venue, schedule }: ShowReading): boolean {
  return venue.name !== null && venue.address !== null && schedule.days.length > 0 && schedule.startTime !== null;
}

/** The same show said twice in one post (a heading and its repetition) is one reading, the fuller one. */
function distinct(readings: readonly ShowReading[]): ShowReading[] {
  const byKey = new Map<string, ShowReading>();
  for (const reading of readings) {
    const { venue, schedule } = reading;
    const key = [
      venue.name?.toLowerCase(),
      schedule.days.join(),
      schedule.startDate,
      schedule.startTime,
      schedule.rrule,
    ].join('|');
    const known = byKey.get(key);
    if (known === undefined || Object.keys(known.fields).length < Object.keys(reading.fields).length)
      byKey.set(key, reading);
  }
  return [...byKey.values()];
}
