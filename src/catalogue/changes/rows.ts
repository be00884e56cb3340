import { WEEKDAYS, type Host, type ShowFacts, type Weekday } from '../../contract/show.ts';
import { hostWords } from '../../merger/host-identity.ts';
import { foldText } from '../../merger/name-form.ts';
import { UNKNOWN_START, type HostRow, type SharedVenue, type ShowRow, type VenueRow } from '../catalogue-store.ts';

const MINUTES_IN_DAY = 1_440;

function searchTextOf(texts: readonly (string | null)[]): string {
  return texts.flatMap((text) => (text === null ? [] : foldText(text))).join(' ');
}

export function venueRow(id: string, venue: SharedVenue): VenueRow {
  const { name, address, city, state, postcode, country } = venue;
  return {
    id,
    name,
    address,
    city,
    state,
    postcode,
    country,
    cityKey: foldText(city ?? ''),
    nameKey: foldText(name ?? ''),
    searchText: searchTextOf([name, address, city, state, postcode]),
  };
}

/**
 * The same for all spellings of one host in one region: `DJ Mike` of Florida is not the one of Texas.
 *
 * @returns null where no host is named
 */
export function hostKey({ name, company }: Host, region: string | null): string | null {
  if (name === null && company === null) return null;
  const words = (text: string | null): string => (text === null ? '' : hostWords(text).join(' '));
  return JSON.stringify([words(name), words(company), foldText(region ?? '')]);
}

export function hostRow(id: string, host: Host, key: string): HostRow {
  const { name, company } = host;
  return { id, name, company, key, searchText: searchTextOf([name, company]) };
}

/** Where hosts are told apart: the state, or the city where none is known. */
export function regionOf(venue: SharedVenue): string | null {
  return venue.state ?? venue.city;
}

function minutesOf(time: string | null): number | null {
  return time === null ? null : Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

/** One bit for each weekday from Monday. */
export function dayBitsOf(days: readonly Weekday[]): number {
  return days.reduce((bits, day) => bits | (1 << WEEKDAYS.indexOf(day)), 0);
}

/** What a show's row holds beside its facts. */
export interface RowPlace {
  id: string;
  venueId: string;
  hostId: string | null;
  firstListedAt: string;
  lastConfirmedAt: string;
  changedAt: string;
}

export function showRow(place: RowPlace, facts: ShowFacts): ShowRow {
  const { name, status, venue, schedule, notes, confidence } = facts;
  const start = minutesOf(schedule.startTime);
  const end = minutesOf(schedule.endTime);
  const { id, venueId, hostId, firstListedAt, lastConfirmedAt, changedAt } = place;
  return {
    id,
    venueId,
    hostId,
    name,
    status,
    phone: venue.phone,
    website: venue.website,
    schedule,
    notes,
    confidence,
    dayBits: dayBitsOf(schedule.days),
    firstDay: schedule.days[0] === undefined ? WEEKDAYS.length : WEEKDAYS.indexOf(schedule.days[0]),
    startMinutes: start ?? UNKNOWN_START,
    endMinutes: start === null || end === null ? null : end <= start ? end + MINUTES_IN_DAY : end,
    searchText: searchTextOf([name, schedule.text, notes]),
    firstListedAt,
    lastConfirmedAt,
    changedAt,
  };
}
