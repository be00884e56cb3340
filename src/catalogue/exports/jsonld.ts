import { nightDates } from '../../analyses/shows/schedule/next-dates.ts';
import type { Schedule, Show, Venue, Weekday } from '../../contract/show.ts';
import { addDays } from '../../analyses/shows/schedule/dates.ts';
import { parseRule } from './calendar-dates.ts';
import { instantOf, isKnownZone } from './time-zone.ts';
import { webAddress } from './web-address.ts';

type Node = Record<string, unknown>;

const DAY_NAMES: Readonly<Record<Weekday, string>> = {
  MO: 'Monday',
  TU: 'Tuesday',
  WE: 'Wednesday',
  TH: 'Thursday',
  FR: 'Friday',
  SA: 'Saturday',
  SU: 'Sunday',
};

/** A node without what is not known; null where nothing is. */
function nodeOf(type: string, properties: Node): Node | null {
  const known = Object.entries(properties).filter(
    ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
  );
  return known.length === 0 ? null : { '@type': type, ...Object.fromEntries(known) };
}

function placeOf(venue: Venue): Node | null {
  const address = nodeOf('PostalAddress', {
    streetAddress: venue.address,
    addressLocality: venue.city,
    addressRegion: venue.state,
    postalCode: venue.postcode,
    addressCountry: venue.country,
  });
  return nodeOf('Place', { name: venue.name, address, telephone: venue.phone, url: webAddress(venue.website) });
}

const PERIOD_LETTERS = { DAILY: 'D', WEEKLY: 'W', MONTHLY: 'M', YEARLY: 'Y' } as const;

function isSingle({ rrule, startDate, endDate }: Schedule): boolean {
  return rrule === null && startDate !== null && (endDate === null || endDate === startDate);
}

function scheduleOf(schedule: Schedule): Node | null {
  const rule = schedule.rrule === null ? null : parseRule(schedule.rrule);
  const ordinalDays = (rule?.byDay ?? []).filter(({ ordinal }) => ordinal !== 0);
  const isMonthly = ordinalDays.length > 0;
  return nodeOf('Schedule', {
    byDay: isMonthly
      ? ordinalDays.map(({ ordinal, day }) => `${ordinal}${day}`)
      : schedule.days.map((day) => `https://schema.org/${DAY_NAMES[day]}`),
    repeatFrequency: rule === null ? null : `P${rule.interval}${PERIOD_LETTERS[rule.frequency]}`,
    startTime: schedule.startTime,
    endTime: schedule.endTime,
    startDate: schedule.startDate,
    endDate: schedule.endDate ?? rule?.until ?? null,
    exceptDate: schedule.exceptDates,
    scheduleTimezone: schedule.timezone,
  });
}

/** A single night's instants, without an offset: what clocks at the place show. */
function singleDates({ startDate, startTime, endTime }: Schedule): Node {
  if (startDate === null) return {};
  if (startTime === null) return { startDate };
  const endDate = endTime === null ? null : `${endTime <= startTime ? addDays(startDate, 1) : startDate}T${endTime}`;
  return { startDate: `${startDate}T${startTime}`, endDate };
}

function eventOf(show: Show): Node | null {
  const { venue, host, schedule } = show;
  const title = show.name ?? (venue.name === null ? 'Karaoke' : `Karaoke at ${venue.name}`);
  return nodeOf('Event', {
    '@id': `urn:contactsheet:${show.id}`,
    name: title,
    description: show.notes,
    eventStatus: `https://schema.org/${show.status === 'cancelled' ? 'EventCancelled' : 'EventScheduled'}`,
    location: placeOf(venue),
    performer: nodeOf('Person', { name: host.name }),
    organizer: nodeOf('Organization', { name: host.company }),
    ...(isSingle(schedule) ? singleDates(schedule) : { eventSchedule: scheduleOf(schedule) }),
  });
}

/** A single night of a recurring show, as search engines want events: each with a date and the offset of its place. */
function occurrenceOf(show: Show, date: string): Node | null {
  const event = eventOf(show);
  const { startTime, endTime, timezone } = show.schedule;
  if (event === null || startTime === null) return null;
  const zone = isKnownZone(timezone) ? timezone : null;
  const endDate = endTime === null ? null : instantText(endTime <= startTime ? addDays(date, 1) : date, endTime, zone);
  const { eventSchedule: _schedule, '@type': type, '@id': id, ...rest } = event;
  return nodeOf(String(type), {
    ...rest,
    '@id': `${String(id)}:${date}`,
    startDate: instantText(date, startTime, zone),
    endDate,
    superEvent: { '@id': id },
  });
}

/** With the offset that the place's clocks have then; without one where the zone is not known. */
function instantText(date: string, time: string, zone: string | null): string {
  const wallMs = Date.parse(`${date}T${time}:00Z`);
  if (zone === null) return `${date}T${time}`;
  const minutes = Math.round((wallMs - instantOf(wallMs, zone)) / 60_000);
  const size = Math.abs(minutes);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${date}T${time}:00${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/**
 * One show as schema.org describes it: the show with its schedule, then its next nights as events of their own, which
 * are what search engines list. A single night is one event.
 *
 * @param from `YYYY-MM-DD`, the first day that counts
 * @param count nights at most
 */
export function toDatedJsonLd(show: Show, from: string, count: number): string {
  const dates = isSingle(show.schedule) ? [] : nightDates(show.schedule, from, count);
  const nodes = [eventOf(show), ...dates.map((date) => occurrenceOf(show, date))];
  return graphText(nodes);
}

const UNSAFE_IN_HTML: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/**
 * Shows as schema.org events. Only what was read is stated: no price, no picture. The text can stand inside a
 * `<script>` of a page: `<` and its like are written as JSON escapes.
 */
export function toJsonLd(shows: readonly Show[]): string {
  return graphText(shows.map(eventOf));
}

function graphText(nodes: readonly (Node | null)[]): string {
  const graph = nodes.filter((node) => node !== null);
  const text = JSON.stringify({ '@context': 'https://schema.org', '@graph': graph }, null, 2);
  return text.replace(/[<>&\u2028\u2029]/g, (sign) => UNSAFE_IN_HTML[sign] ?? sign);
}
