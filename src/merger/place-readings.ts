import { readingsOf } from './fuse.ts';
import type { ShowDraft } from './fuse.ts';
import type { NightShow } from './group-nights.ts';
import { compareHosts } from './host-identity.ts';
import { foldText } from './name-form.ts';
import { nightsOf, patternKey } from './night.ts';
import { compareTimes } from './show-time.ts';
import type { Stated } from './stated.ts';

/**
 * A reading that names no night joins the one show of its venue that it fits (host and time do not speak against it);
 * where it fits several it stays by itself. One that says nothing of when, and nothing of who that is not known, goes
 * with all shows it fits: by itself it would be an empty line in the list.
 */
export function placeNightless(drafts: readonly ShowDraft[], nightless: readonly NightShow[]): ShowDraft[] {
  const further = drafts.map((): Stated[] => []);
  const alone: ShowDraft[] = [];
  for (const night of nightless) {
    const readings = night.statements.map(({ stated }) => stated);
    const homes = homesOf(readings, drafts);
    if (homes.length === 0) alone.push({ nights: [night], further: [] });
    for (const home of homes) further[home]?.push(...readings);
  }
  return [...drafts.map((draft, place) => ({ ...draft, further: further[place] ?? [] })), ...alone];
}

function homesOf(readings: readonly Stated[], drafts: readonly ShowDraft[]): number[] {
  const isMention = readings.every(saysNothingOfWhen);
  if (isMention && readings.every(namesNoHost)) return [...drafts.keys()];
  const fitting = [...drafts.keys()].filter((place) => isFitting(readings, drafts[place]));
  const ofHost = fitting.filter((place) => agreesOnHost(readings, drafts[place]));
  const homes = ofHost.length > 0 ? ofHost : fitting;
  return homes.length === 1 || (isMention && ofHost.length > 0) ? homes : [];
}

function saysNothingOfWhen({ facts }: Stated): boolean {
  const { schedule, notes, status } = facts;
  const parts = [schedule.startTime, schedule.endTime, schedule.startDate, schedule.rrule, notes];
  return parts.every((value) => value === null) && status === 'scheduled';
}

function namesNoHost({ facts }: Stated): boolean {
  return facts.host.name === null && facts.host.company === null;
}

function isFitting(readings: readonly Stated[], draft: ShowDraft | undefined): boolean {
  return draft !== undefined && readingsOf(draft).every((known) => readings.every((reading) => fits(reading, known)));
}

function agreesOnHost(readings: readonly Stated[], draft: ShowDraft | undefined): boolean {
  if (draft === undefined) return false;
  return readingsOf(draft).some((known) =>
    readings.some(({ facts }) => compareHosts(facts.host, known.facts.host) === 'agree'),
  );
}

function fits(reading: Stated, known: Stated): boolean {
  if (reading.facts.status !== known.facts.status) return false;
  if (compareHosts(reading.facts.host, known.facts.host) === 'differ') return false;
  return compareTimes(reading.facts.schedule, known.facts.schedule) !== 'disjoint';
}

/** A venue's readings and what they have been put together to. */
export interface VenueDrafts {
  readings: readonly Stated[];
  drafts: readonly ShowDraft[];
}

/**
 * A reading that prints no venue at all joins the one show that its host has on those nights at that time: nobody hosts
 * two places at once. Where none or several fit it stays by itself.
 */
export function placeVenueless(venues: readonly VenueDrafts[]): VenueDrafts[] {
  const known = venues.filter(({ readings }) => !readings.every(printsNoVenue));
  const placed = known.map(({ readings, drafts }) => ({
    readings: [...readings],
    drafts: drafts.map((draft) => ({ ...draft, further: [...draft.further] })),
  }));
  const left: VenueDrafts[] = [];
  for (const venueless of venues.filter(({ readings }) => readings.every(printsNoVenue))) {
    const stays = venueless.drafts.filter((draft) => {
      const own = readingsOf(draft);
      const homes = known.flatMap((venue, at) =>
        [...venue.drafts.keys()]
          .filter((place) => own.every((reading) => isAtShow(reading, venue, venue.drafts[place])))
          .map((place) => ({ at, place })),
      );
      const [home] = homes;
      if (home === undefined || homes.length > 1) return true;
      placed[home.at]?.readings.push(...own);
      placed[home.at]?.drafts[home.place]?.further.push(...own);
      return false;
    });
    if (stays.length > 0) left.push({ readings: stays.flatMap(readingsOf), drafts: stays });
  }
  return [...placed, ...left];
}

function printsNoVenue({ facts: { venue } }: Stated): boolean {
  return venue.name === null && venue.address === null && venue.phone === null && venue.website === null;
}

function isAtShow(reading: Stated, venue: VenueDrafts, draft: ShowDraft | undefined): boolean {
  const { host, schedule, status } = reading.facts;
  if (draft === undefined || host.name === null || schedule.days.length === 0 || schedule.startTime === null)
    return false;
  const nights = nightsOf(schedule).map(({ day, pattern }) =>
    draft.nights.find(({ day: other, facts }) => other === day && patternKey(facts.pattern) === patternKey(pattern)),
  );
  const isOnNights = nights.every(
    (night) => night?.facts.startTime.value === schedule.startTime && night.facts.status === status,
  );
  return (
    isOnNights && isFitting([reading], draft) && agreesOnHost([reading], draft) && isInCity(reading, venue.readings)
  );
}

function isInCity(reading: Stated, readings: readonly Stated[]): boolean {
  const { city, state } = reading.facts.venue;
  const agrees = (own: string | null, others: readonly (string | null)[]): boolean => {
    const told = others.filter((other) => other !== null).map(foldText);
    return own === null || told.length === 0 || told.includes(foldText(own));
  };
  return (
    agrees(
      city,
      readings.map(({ facts }) => facts.venue.city),
    ) &&
    agrees(
      state,
      readings.map(({ facts }) => facts.venue.state),
    )
  );
}
