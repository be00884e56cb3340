import fc from 'fast-check';
import type { Show, Weekday } from '../../contract/show.ts';
import { mergeShows } from '../../merger/merge-shows.ts';
import { images, type Told } from '../../merger/readings.fixture.ts';
import type { AliasRow, Catalogue, EvidenceRow, HostRow, RowWrite, ShowRow, VenueRow } from '../catalogue-store.ts';
import type { AppliedItem, PublicationContext } from './applied-item.ts';
import { computeItems, type ComputedItem } from './compute-items.ts';
import { planPublication } from './plan-publication.ts';

/** When the images of a test were sent. */
export const SEEN_AT = '2026-08-15T12:00:00.000Z';
export const SEEN_ON = SEEN_AT.slice(0, 10);

const maybe = <T>(values: readonly T[]): fc.Arbitrary<T | null> => fc.option(fc.constantFrom(...values), { nil: null });
const DAYS: Weekday[][] = [['TU'], ['FR'], ['SA'], ['WE', 'TH', 'FR', 'SA'], ['FR', 'SA'], []];
const DATES: Partial<Record<Weekday, string>> = {
  TU: '2026-08-18',
  WE: '2026-08-19',
  FR: '2026-08-21',
  SA: '2026-08-22',
};

/** Readings of few venues, nights and hosts in many wordings, so that they meet, contradict and mislead. */
const told: fc.Arbitrary<Told> = fc
  .record({
    venue: maybe(['Krackpots', 'KRACK POTS', 'The Krackpots', 'Krakpots', 'The Boat', 'Boat Bar', 'Sociedad Cantina']),
    address: maybe(['12 Main St', '12 MAIN STREET, Suite 4', '119 E Main Street', '7 Lake Ave']),
    city: maybe(['Tampa', 'TAMPA', 'Orlando']),
    state: maybe(['FL', 'GA']),
    phone: fc.constantFrom(undefined, '(813) 555-0144', '(813) 555-0199'),
    host: maybe(['KJ Ann', 'Ann', 'ANN LEE', 'Bob Day']),
    company: maybe(['Sing Co', 'Party Pipes']),
    start: maybe(['17:00', '20:00', '21:00', '22:00']),
    end: maybe(['19:00', '23:00', '01:00']),
    days: fc.constantFrom(...DAYS),
    kind: fc.constantFrom('weekly', 'weekly', 'weekly', 'bare', 'first', 'first and third', 'dated'),
    status: fc.constantFrom('scheduled' as const, 'scheduled' as const, 'scheduled' as const, 'cancelled' as const),
    endDate: fc.constantFrom(undefined, undefined, undefined, '2026-08-01', '2026-09-30'),
    notes: fc.constantFrom(undefined, 'Cash prizes', '21+'),
    confidence: fc.constantFrom(0.5, 0.8, 0.95, 1),
  })
  .map(({ kind, ...rest }) => ({ ...rest, ...ruleOfKind(kind, rest.days[0]) }));

function ruleOfKind(kind: string, day: Weekday | undefined): Told {
  if (day === undefined || kind === 'weekly') return {};
  if (kind === 'bare') return { rrule: null };
  if (kind === 'dated') return { days: [day], rrule: null, date: DATES[day], endDate: undefined };
  return { days: [day], rrule: kind === 'first' ? `FREQ=MONTHLY;BYDAY=1${day}` : `FREQ=MONTHLY;BYDAY=1${day},3${day}` };
}

/** The shows of a run over a pile of images. */
export const runOfPile: fc.Arbitrary<Show[]> = fc
  .array(fc.array(told, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 6 })
  .map((all) => mergeShows(images(...all)));

/** The shows of a run whose images say this. */
export function runOf(...imagesTold: Told[][]): Show[] {
  return mergeShows(images(...imagesTold));
}

export const EMPTY: Catalogue = { venues: [], hosts: [], shows: [], aliases: [] };

let made = 0;

export function context(changesetId = `changeset_${(made += 1)}`): PublicationContext {
  return {
    changesetId,
    runId: `run_of_${changesetId}`,
    seenAt: SEEN_AT,
    now: '2026-08-16T08:00:00.000Z',
    newId: (kind) => `${kind}_${String((made += 1)).padStart(6, '0')}`,
  };
}

/** A catalogue after some writes, in memory. */
export function written(catalogue: Catalogue, writes: readonly RowWrite[]): Catalogue {
  const rowsAfter = <Row extends { id: string }>(table: RowWrite['table'], rows: readonly Row[]): Row[] => {
    const own = writes.filter((write) => write.table === table);
    const kept = rows.filter(({ id }) => !own.some((write) => write.id === id));
    const added = own.flatMap(({ after }) =>
      after === null ? [] : [after as VenueRow & HostRow & ShowRow & AliasRow & EvidenceRow],
    );
    return [...kept, ...(added as unknown as Row[])].sort((a, b) => (a.id < b.id ? -1 : 1));
  };
  return {
    venues: rowsAfter('venues', catalogue.venues),
    hosts: rowsAfter('hosts', catalogue.hosts),
    shows: rowsAfter('shows', catalogue.shows),
    aliases: rowsAfter('aliases', catalogue.aliases),
  };
}

/** Every item that changes something, accepted. */
export function allOf(items: readonly ComputedItem[]): AppliedItem[] {
  return items.filter(({ kind }) => kind !== 'notSeen').map((item) => ({ item, edit: null }));
}

/** The catalogue after a run of which everything is accepted. */
export function publishedRun(catalogue: Catalogue, records: readonly Show[]): Catalogue {
  const items = computeItems(catalogue, records, SEEN_ON);
  return written(catalogue, planPublication(catalogue, allOf(items), context()).writes);
}
