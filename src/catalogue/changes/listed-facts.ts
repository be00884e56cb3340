import type { FieldChange, FieldValue } from '../../contract/catalogue.ts';
import type { ShowFacts } from '../../contract/show.ts';
import type { HostRow, SharedVenue, ShowRow, VenueRow } from '../catalogue-store.ts';

/** The fields that a venue's shows have in common. */
export const SHARED_FIELDS = ['name', 'address', 'city', 'state', 'postcode', 'country'] as const;

const READ: Readonly<Record<string, (facts: ShowFacts) => FieldValue>> = {
  name: (facts) => facts.name,
  status: (facts) => facts.status,
  'venue.name': ({ venue }) => venue.name,
  'venue.address': ({ venue }) => venue.address,
  'venue.city': ({ venue }) => venue.city,
  'venue.state': ({ venue }) => venue.state,
  'venue.postcode': ({ venue }) => venue.postcode,
  'venue.country': ({ venue }) => venue.country,
  'venue.phone': ({ venue }) => venue.phone,
  'venue.website': ({ venue }) => venue.website,
  'host.name': ({ host }) => host.name,
  'host.company': ({ host }) => host.company,
  'schedule.text': ({ schedule }) => schedule.text,
  'schedule.days': ({ schedule }) => schedule.days,
  'schedule.rrule': ({ schedule }) => schedule.rrule,
  'schedule.startTime': ({ schedule }) => schedule.startTime,
  'schedule.endTime': ({ schedule }) => schedule.endTime,
  'schedule.timezone': ({ schedule }) => schedule.timezone,
  'schedule.startDate': ({ schedule }) => schedule.startDate,
  'schedule.endDate': ({ schedule }) => schedule.endDate,
  'schedule.exceptDates': ({ schedule }) => schedule.exceptDates,
  notes: (facts) => facts.notes,
};

/** What differs, field by field, in the order of a record's fields; the confidence is no field. */
export function changesBetween(old: ShowFacts, next: ShowFacts): FieldChange[] {
  return Object.entries(READ)
    .map(([field, read]) => ({ field, old: read(old), new: read(next) }))
    .filter((change) => JSON.stringify(change.old) !== JSON.stringify(change.new));
}

/** Of how many fields two records say the same, nulls left out. */
export function agreements(a: ShowFacts, b: ShowFacts): number {
  return Object.values(READ).filter((read) => {
    const [left, right] = [read(a), read(b)];
    return left !== null && JSON.stringify(left) === JSON.stringify(right);
  }).length;
}

export function sharedOf(venue: SharedVenue): SharedVenue {
  const { name, address, city, state, postcode, country } = venue;
  return { name, address, city, state, postcode, country };
}

/** What is published of a show, as one record. */
export function factsOf(show: ShowRow, venue: VenueRow, host: HostRow | null): ShowFacts {
  const { name, status, phone, website, schedule, notes, confidence } = show;
  return {
    name,
    status,
    venue: { ...sharedOf(venue), phone, website },
    host: { name: host?.name ?? null, company: host?.company ?? null },
    schedule,
    notes,
    confidence,
  };
}
