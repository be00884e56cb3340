import ical, { ICalEventStatus } from 'ical-generator';
import type { ICalCalendar } from 'ical-generator';
import type { Show } from '../../contract/show.ts';
import { addDays } from '../../analyses/shows/schedule/dates.ts';
import { firstNight } from './calendar-dates.ts';
import type { FirstNight } from './calendar-dates.ts';
import { plainText } from './plain-text.ts';
import { webAddress } from './web-address.ts';
import { instantOf, isKnownZone, timeZoneComponent } from './time-zone.ts';

/**
 * A time as clocks on the wall show it, in the form of date that `ical-generator` prints without converting: a `Date`
 * would go through the server's own zone and lose an hour where that zone changes its clocks.
 */
class WallTime {
  private readonly text: string;

  constructor(date: string, time: string) {
    this.text = `${date}T${time}:00`;
  }

  format(pattern?: string): string {
    const [date, time] = this.text.replace(/[-:]/g, '').split('T');
    return pattern === 'YYYYMMDD' ? (date ?? '') : pattern === 'HHmmss' ? (time ?? '') : this.text;
  }

  isValid(): boolean {
    return !Number.isNaN(this.toDate().getTime());
  }

  toDate(): Date {
    return new Date(`${this.text}Z`);
  }

  toJSON(): string {
    return this.text;
  }
}

function joined(parts: readonly (string | null)[], separator: string): string {
  return parts.filter((part) => part !== null && part !== '').join(separator);
}

function summaryOf({ name, venue, host }: Show): string {
  const what = name ?? (host.name === null ? 'Karaoke' : `Karaoke with ${host.name}`);
  return plainText(venue.name === null ? what : `${what} at ${venue.name}`);
}

function locationOf({ venue }: Show): string {
  const region = joined([venue.state, venue.postcode], ' ');
  return plainText(joined([venue.name, venue.address, venue.city, region, venue.country], ', '));
}

function descriptionOf({ host, schedule, notes, venue }: Show): string {
  const lines = [
    host.name === null ? null : `Host: ${host.name}`,
    host.company === null ? null : `By: ${host.company}`,
    schedule.text === null ? null : `As printed: ${schedule.text}`,
    venue.phone === null ? null : `Phone: ${venue.phone}`,
    notes,
  ];
  return joined(
    lines.map((line) => (line === null ? null : plainText(line))),
    '\n',
  );
}

function repetition(show: Show, first: FirstNight, startTime: string, zone: string | null): string | null {
  if (first.rule === null) return null;
  const { endDate, exceptDates } = show.schedule;
  const last = endDate ?? first.rule.until;
  // A rule has either a count or a last date, never both.
  const until = last === null || first.rule.text.includes('COUNT=') ? '' : `;UNTIL=${untilText(last, startTime, zone)}`;
  const time = `${startTime.replace(':', '')}00`;
  const except = exceptDates.map((date) => `${date.replaceAll('-', '')}T${time}`).join(',');
  const zoned = zone === null ? '' : `;TZID=${zone}`;
  return `RRULE:${first.rule.text}${until}${except === '' ? '' : `\r\nEXDATE${zoned}:${except}`}`;
}

/** Beside a start with a zone `UNTIL` must be in UTC, beside one without it must be without. */
function untilText(date: string, startTime: string, zone: string | null): string {
  const wallMs = Date.parse(`${date}T${startTime}:00Z`);
  const instant = new Date(zone === null ? wallMs : instantOf(wallMs, zone));
  return `${instant.toISOString().slice(0, 19).replace(/[-:]/g, '')}${zone === null ? '' : 'Z'}`;
}

function addShow(calendar: ICalCalendar, show: Show, { from, revision }: CalendarEntry): boolean {
  const { startTime, endTime, timezone } = show.schedule;
  const first = firstNight(show.schedule, from);
  if (startTime === null || first === null) return false;
  const zone = isKnownZone(timezone) && timezone !== 'UTC' ? timezone : null;
  const event = calendar.createEvent({
    id: `${show.id}@contactsheet`,
    start: new WallTime(first.date, startTime),
    stamp: new Date(revision?.at ?? `${from}T00:00:00Z`),
    summary: summaryOf(show),
  });
  if (revision) event.sequence(revision.count).lastModified(new Date(revision.at));
  if (endTime !== null) event.end(new WallTime(endTime <= startTime ? addDays(first.date, 1) : first.date, endTime));
  if (zone === null) event.floating(true);
  else event.timezone(zone);
  const location = locationOf(show);
  if (location !== '') event.location(location);
  const description = descriptionOf(show);
  if (description !== '') event.description(description);
  const url = webAddress(show.venue.website);
  if (url !== null) event.url(url);
  if (show.status === 'cancelled') event.status(ICalEventStatus.CANCELLED);
  event.repeating(repetition(show, first, startTime, zone));
  return true;
}

/** What a calendar entry needs to know beside its show. */
export interface CalendarEntry {
  /** `YYYY-MM-DD`: a recurring show without a first date begins on its first night on or after it. */
  from: string;
  /** Of a subscribed calendar: how often the show changed, and when last (RFC 3339); programs go by both. */
  revision?: { count: number; at: string };
}

/** How a calendar presents itself to who subscribes to it. */
export interface CalendarHead {
  name: string;
  /** How often a program should ask again. */
  refreshSeconds?: number;
}

/**
 * Shows as an iCalendar file. Times are in the show's zone where it is known, else floating (what clocks at the place
 * show). An end that is not printed is not invented; a show without a night or a start is left out and counted in
 * `X-WR-CALDESC`.
 *
 * @param from `YYYY-MM-DD`: recurring shows without a first date begin on their first night on or after it
 */
export function toIcs(shows: readonly Show[], from: string): string {
  return toCalendar(
    shows.map((show) => ({ show, from })),
    { name: 'Karaoke shows' },
    from,
  );
}

/**
 * As {@link toIcs}, for a calendar that is subscribed to: each show has its own beginning and history, so that the same
 * shows give the same bytes whenever they are asked for.
 *
 * @param since `YYYY-MM-DD`: time zones are described from then on, where no show begins earlier
 */
export function toCalendar(
  entries: readonly (CalendarEntry & { show: Show })[],
  { name, refreshSeconds }: CalendarHead,
  since: string,
): string {
  const firstYear = Math.min(
    ...[since, ...entries.map(({ show, from }) => show.schedule.startDate ?? from)].map((date) =>
      Number(date.slice(0, 4)),
    ),
  );
  const calendar = ical({ prodId: '//contactsheet//shows//EN', name: plainText(name) });
  if (refreshSeconds !== undefined) calendar.ttl(refreshSeconds);
  calendar.timezone({ name: null, generator: (zone) => timeZoneComponent(zone, firstYear) });
  const leftOut = entries.filter((entry) => !addShow(calendar, entry.show, entry)).length;
  // As the calendar's description, since own properties would come behind the events, where RFC 5545 allows none.
  if (leftOut > 0) calendar.description(`Left out for want of a night or a start: ${leftOut}`);
  return `${calendar.toString()}\r\n`;
}
