import { createHash } from 'node:crypto';
import type { Observation } from '../contract/analysis.ts';
import { WEEKDAYS } from '../contract/show.ts';
import type { Show, ShowReading, Weekday } from '../contract/show.ts';
import { fuseNight } from './fuse-night.ts';
import { fuseShow, fuseVenue } from './fuse.ts';
import type { ShowDraft } from './fuse.ts';
import { groupNights } from './group-nights.ts';
import type { NightShow } from './group-nights.ts';
import { foldText, nameForm } from './name-form.ts';
import { nightsOf } from './night.ts';
import { placeNightless, placeVenueless } from './place-readings.ts';
import { identifyShows } from './show-identity.ts';
import { canonicalJson, stateAll } from './stated.ts';
import type { Stated } from './stated.ts';
import { venueForm } from './venue-form.ts';
import { identifyVenues } from './venue-identity.ts';

/**
 * Makes one clean list of shows from what each image says: cleans every field, finds which readings speak of one venue
 * and of one night there, keeps the better value of each field, and shows disagreements as conflicts.
 *
 * Pure: any order of `observations` gives the same list, repetitions change nothing.
 *
 * @returns shows ordered by first night of the week (from Monday), start and venue; shows without a night come last
 */
export function mergeShows(observations: readonly Observation<ShowReading>[]): Show[] {
  const stated = stateAll(observations);
  const venues = byVenue(stated).map((readings) => ({ readings, drafts: draftsOf(readings) }));
  const shows = placeVenueless(venues).flatMap(({ readings, drafts }) => {
    const venue = fuseVenue(readings);
    return drafts.map((draft) => fuseShow(draft, venue));
  });
  return withIds(shows.sort(compareShows)).sort((a, b) => compareShows(a, b) || compareText(a.id, b.id));
}

function byVenue(stated: readonly Stated[]): Stated[][] {
  const forms = stated.map(({ facts, rank }) => venueForm(facts.venue, nameless(facts.host, facts.venue.city, rank)));
  const venues = identifyVenues(forms);
  const groups = new Map<number, Stated[]>();
  stated.forEach((reading, place) => {
    const venue = venues[place] ?? -1;
    const group = groups.get(venue);
    if (group === undefined) groups.set(venue, [reading]);
    else group.push(reading);
  });
  return [...groups.values()];
}

/** Stands in for a venue that is not printed: the same host in the same city is taken to be at the same place. */
function nameless({ name, company }: ShowReading['host'], city: string | null, rank: number): string {
  return name === null && company === null ? `reading ${rank}` : canonicalJson([name, company, city]);
}

function draftsOf(readings: readonly Stated[]): ShowDraft[] {
  const nights = readings.flatMap((stated) => nightsOf(stated.facts.schedule).map((night) => ({ stated, night })));
  const dated: NightShow[] = WEEKDAYS.flatMap((day) => showsOf(day, nights));
  const drafts: ShowDraft[] = groupNights(dated).map((group) => ({ nights: group, further: [] }));
  return placeNightless(drafts, showsOf(null, nights));
}

function showsOf(day: Weekday | null, nights: readonly NightShow['statements'][number][]): NightShow[] {
  const ofDay = nights.filter(({ night }) => night.day === day);
  const groups = identifyShows(
    ofDay.map(({ stated, night }) => ({ imageId: stated.imageId, facts: stated.facts, night })),
  );
  return groups.map((group) => {
    const statements = group.flatMap((place) => ofDay[place] ?? []);
    return { day, statements, facts: fuseNight(statements) };
  });
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareShows(a: Show, b: Show): number {
  const firstNight = ({ schedule }: Show): number =>
    schedule.days[0] === undefined ? WEEKDAYS.length : WEEKDAYS.indexOf(schedule.days[0]);
  const start = ({ schedule }: Show): string => schedule.startTime ?? '~';
  const place = ({ venue }: Show): string =>
    `${foldText(venue.name ?? '~')}|${venue.city ?? ''}|${venue.address ?? ''}`;
  return (
    firstNight(a) - firstNight(b) ||
    compareText(start(a), start(b)) ||
    compareText(place(a), place(b)) ||
    compareText(canonicalJson(factsOf(a)), canonicalJson(factsOf(b))) ||
    compareText(canonicalJson(a.evidence), canonicalJson(b.evidence))
  );
}

function factsOf({ name, status, venue, host, schedule, notes, confidence }: Show): unknown {
  return [name, status, venue, host, schedule, notes, confidence];
}

/** What names a show: its venue, nights and start, so that an id survives better values of the other fields. */
function identityOf({ venue, schedule, host }: Show): string {
  const place = venue.name === null ? (venue.address ?? venue.phone ?? host.name ?? '') : nameForm(venue.name).whole;
  const date = schedule.rrule === null ? (schedule.startDate ?? '') : schedule.rrule;
  return canonicalJson([place, foldText(venue.city ?? ''), schedule.days, date, schedule.startTime]);
}

function withIds(shows: readonly Show[]): Show[] {
  const seen = new Map<string, number>();
  return shows.map((show) => {
    const identity = identityOf(show);
    const before = seen.get(identity) ?? 0;
    seen.set(identity, before + 1);
    const text = before === 0 ? identity : `${identity}#${before}`;
    return { ...show, id: `show_${createHash('sha256').update(text).digest('hex').slice(0, 16)}` };
  });
}
