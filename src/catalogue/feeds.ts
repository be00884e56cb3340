import { createHash } from 'node:crypto';
import type { ListedShow } from '../contract/catalogue.ts';
import type { Show } from '../contract/show.ts';
import { asShow, type RevisedShow } from './listed-shows.ts';
import { toCsvWith } from './exports/csv.ts';
import { toCalendar } from './exports/ics.ts';
import { isKnownZone } from './exports/time-zone.ts';

/** How often a program that subscribes should ask again. */
export const REFRESH_SECONDS = 3_600;
/** Proxies and browsers may answer for this long by themselves. */
export const CACHE_CONTROL = 'public, max-age=300';
/** Time zones are described from this day on; fixed, since a calendar must be the same bytes while nothing changes. */
const SINCE = '2026-01-01';

/** The date at the show's place, or in UTC where its zone is not known. `YYYY-MM-DD`. */
export function dateAt(instant: Date, { schedule }: Pick<Show, 'schedule'>): string {
  const { timezone } = schedule;
  if (!isKnownZone(timezone)) return instant.toISOString().slice(0, 10);
  // The Swedish way of writing a date is the one of ISO 8601.
  return new Intl.DateTimeFormat('sv-SE', { timeZone: timezone }).format(instant);
}

/**
 * Shows as a calendar to subscribe to. A recurring show without a first date begins when it was first listed, so that its
 * entry stays the same from one asking to the next.
 */
export function feedOf(shows: readonly RevisedShow[], words: readonly string[]): string {
  const entries = shows.map(({ listed, revision }) => {
    const show = asShow(listed);
    return { show, from: dateAt(new Date(listed.firstListedAt), show), revision };
  });
  const name = ['Karaoke', ...words].join(', ');
  return toCalendar(entries, { name, refreshSeconds: REFRESH_SECONDS }, SINCE);
}

type ShowLine = Show & Pick<ListedShow, 'firstListedAt' | 'lastConfirmedAt' | 'changedAt'> & { venueId: string };

/** Shows as CSV, safe to open in a spreadsheet. */
export function csvOf(shows: readonly RevisedShow[]): string {
  const lines = shows.map(({ listed }): ShowLine => {
    const { firstListedAt, lastConfirmedAt, changedAt, venue } = listed;
    return { ...asShow(listed), firstListedAt, lastConfirmedAt, changedAt, venueId: venue.id };
  });
  return toCsvWith(lines, [
    ['venueId', (show) => show.venueId],
    ['firstListedAt', (show) => show.firstListedAt],
    ['lastConfirmedAt', (show) => show.lastConfirmedAt],
    ['changedAt', (show) => show.changedAt],
  ]);
}

/** The same for the same bytes: who has them is told so instead of being sent them again. */
export function etagOf(body: string): string {
  return `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
}
