import type { Schedule, Show, Venue, Weekday } from '../../contract/show.ts';
import { addDays } from '../../analyses/shows/schedule/dates.ts';
import { parseRule } from './calendar-dates.ts';
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
  const graph = shows.map(eventOf).filter((event) => event !== null);
  const text = JSON.stringify({ '@context': 'https://schema.org', '@graph': graph }, null, 2);
  return text.replace(/[<>&\u2028\u2029]/g, (sign) => UNSAFE_IN_HTML[sign] ?? sign);
}
