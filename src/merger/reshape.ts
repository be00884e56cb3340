import type { Observation } from '../contract/analysis.ts';
import {
  noSchedule,
  noVenue,
  WEEKDAYS,
  type Conflict,
  type Evidence,
  type Show,
  type ShowFacts,
  type ShowReading,
  type Weekday,
} from '../contract/show.ts';
import { gatherEvidence } from './evidence.ts';
import { fuseNight } from './fuse-night.ts';
import { fuseShow, fuseVenue, mergeConflicts } from './fuse.ts';
import type { NightShow } from './group-nights.ts';
import { nightsOf } from './night.ts';
import { canonicalJson, fieldOf, stateAll, type Stated } from './stated.ts';

/** As evidence of several texts of one image has it. */
const BETWEEN_TEXTS = ' / ';

/*
 * A person says that records are one show, or that one is two: what this program took them for does not count then, but
 * each field is decided by the same rules from the readings behind them.
 */

/**
 * One show of several. It has all their evidence; where they differ it has a conflict.
 *
 * @param observations of the run; a record whose readings are not among them speaks for itself
 * @returns without an id of its own
 */
export function asOneShow(records: readonly Show[], observations: readonly Observation<ShowReading>[]): Show {
  const inOrder = [...records].sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1));
  const fused = fusedAsOne(inOrder.flatMap((record) => readingsBehind(record, observations)));
  const evidence = gatherEvidence(inOrder.flatMap((record) => record.evidence.flatMap(textByText)));
  return { ...fused, evidence, conflicts: conflictsOf(fused, [fused, ...inOrder]) };
}

/**
 * What the images among `imageIds` say of a show: it has the evidence of these, and no other.
 *
 * @returns without an id of its own
 */
export function partOfShow(
  record: Show,
  imageIds: ReadonlySet<string>,
  observations: readonly Observation<ShowReading>[],
): Show {
  const fused = fusedAsOne(readingsBehind(record, observations).filter(({ imageId }) => imageIds.has(imageId)));
  const evidence = record.evidence.filter(({ imageId }) => imageIds.has(imageId));
  const own = record.conflicts.map(({ field, values }) => ({
    field,
    values: values
      .map(({ value, imageIds: of }) => ({ value, imageIds: of.filter((imageId) => imageIds.has(imageId)) }))
      .filter((each) => each.imageIds.length > 0),
  }));
  return { ...fused, evidence, conflicts: conflictsOf(fused, [fused, { conflicts: own }]) };
}

/** Texts of one image that stand one after another are taken apart, so that none is there twice when they meet again. */
function textByText({ imageId, image, fields }: Evidence): Evidence[] {
  return Object.entries(fields).flatMap(([field, found]) =>
    found.text.split(BETWEEN_TEXTS).map((text) => ({ imageId, image, fields: { [field]: { ...found, text } } })),
  );
}

/** All readings as one show, whatever their nights, times and venues are. */
function fusedAsOne(unordered: readonly Omit<Stated, 'rank'>[]): Show {
  const byText = new Map(unordered.map((each) => [canonicalJson([each.imageId, each.facts, each.fields]), each]));
  const readings = [...byText]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, each], rank): Stated => ({ ...each, rank }));
  const nights = readings.flatMap((stated) => nightsOf(stated.facts.schedule).map((night) => ({ stated, night })));
  const ofDay = (day: Weekday | null): NightShow[] => {
    const statements = nights.filter(({ night }) => night.day === day);
    return statements.length > 0 ? [{ day, statements, facts: fuseNight(statements) }] : [];
  };
  const dated = WEEKDAYS.flatMap(ofDay);
  const further = nights.filter(({ night }) => night.day === null).map(({ stated }) => stated);
  const draft = dated.length > 0 ? { nights: dated, further } : { nights: ofDay(null), further: [] };
  return fuseShow(draft, fuseVenue(readings));
}

/** Values of one field once each, the one that was kept first; a field on which all agree is none. */
function conflictsOf(fused: Show, sources: readonly Pick<Show, 'conflicts'>[]): Conflict[] {
  const all = mergeConflicts(sources.flatMap(({ conflicts }) => conflicts.map(({ field, values }) => [field, values])));
  return all
    .filter(({ values }) => values.length > 1)
    .map(({ field, values }) => {
      const kept = field === 'status' ? fused.status : fieldOf(fused, field);
      return { field, values: [...values].sort((a, b) => Number(b.value === kept) - Number(a.value === kept)) };
    });
}

/** The readings that a record was made of: those that say nothing of their image but what it has as evidence. */
function readingsBehind(record: Show, observations: readonly Observation<ShowReading>[]): Omit<Stated, 'rank'>[] {
  const images = new Map(record.evidence.map((entry) => [entry.imageId, entry]));
  const behind = stateAll(observations.filter(({ imageId }) => images.has(imageId))).filter(({ imageId, fields }) =>
    Object.entries(fields).every(([field, { text }]) => isAmong(text, images.get(imageId)?.fields[field]?.text)),
  );
  const known = new Set(behind.map(({ imageId }) => imageId));
  const others = record.evidence.filter(({ imageId }) => !known.has(imageId));
  return [...behind, ...others.map((entry) => asReading(record, entry))];
}

/** Several texts of one image are kept one after another. */
function isAmong(text: string, kept: string | undefined): boolean {
  return kept !== undefined && (kept === text || kept.split(BETWEEN_TEXTS).includes(text));
}

/** What one image says of a record, going by its evidence: the record's own value where nobody disagreed. */
function asReading(record: Show, { imageId, image, fields }: Evidence): Omit<Stated, 'rank'> {
  const said = (field: string): string | null => {
    const own = record.conflicts.find((conflict) => conflict.field === field)?.values;
    return own?.find(({ imageIds }) => imageIds.includes(imageId))?.value ?? fieldOf(record, field);
  };
  const printed = (field: string): string | null => (fields[field] === undefined ? null : said(field));
  const saysWhen = Object.keys(fields).some((field) => field.startsWith('schedule.'));
  const isOff = record.status === 'cancelled' || fields['status'] !== undefined;
  const facts: ShowFacts = {
    name: printed('name'),
    status: isOff && said('status') !== 'scheduled' ? 'cancelled' : 'scheduled',
    venue: {
      ...noVenue(),
      ...Object.fromEntries(Object.keys(noVenue()).map((part) => [part, printed(`venue.${part}`)])),
    },
    host: { name: printed('host.name'), company: printed('host.company') },
    schedule: saysWhen
      ? {
          ...noSchedule(),
          text: printed('schedule.text'),
          days: record.schedule.days,
          rrule: said('schedule.rrule'),
          startTime: printed('schedule.startTime'),
          endTime: printed('schedule.endTime'),
          startDate: said('schedule.startDate'),
          endDate: said('schedule.endDate'),
          exceptDates: record.schedule.exceptDates,
        }
      : noSchedule(),
    notes: printed('notes'),
    confidence: shareOf(record),
  };
  return { imageId, image, facts, fields };
}

/** So sure is each image by itself, if all together are as sure as the record. */
function shareOf({ confidence, evidence }: Show): number {
  const share = 1 - (1 - Math.min(confidence, 0.99)) ** (1 / Math.max(1, evidence.length));
  return Math.round(share * 10_000) / 10_000;
}
