import {
  noVenue,
  type Conflict,
  type Evidence,
  type Schedule,
  type Show,
  type ShowFacts,
  type Weekday,
} from '../contract/show.ts';
import { orderDays, weekdayOf } from './clean/schedule.ts';
import { gatherEvidence, venueFields } from './evidence.ts';
import { fuseFieldConfidences } from './field-confidences.ts';
import { chooseValue } from './field-values.ts';
import type { Choice } from './field-values.ts';
import type { NightShow } from './group-nights.ts';
import { nightsOf, ruleOf } from './night.ts';
import type { Night } from './night.ts';
import { fieldOf, statementsOf } from './stated.ts';
import type { Stated } from './stated.ts';

/** The fields that a venue shares with all its shows. A phone or site may be a host's own, so they are not shared. */
const SHARED_FIELDS = ['name', 'address', 'city', 'state', 'postcode', 'country'] as const;
const OWN_FIELDS = ['phone', 'website'] as const;

/** One line of the list before its fields are decided. */
export interface ShowDraft {
  nights: readonly NightShow[];
  /** Readings without a night, or of the venue alone, that belong here. */
  further: readonly Stated[];
}

/** What is known of a venue over all its shows. */
export interface VenueFacts {
  choices: ReadonlyMap<string, Choice>;
  readings: readonly Stated[];
}

/** Decides a venue's shared fields once, so that all its shows print them alike. */
export function fuseVenue(readings: readonly Stated[]): VenueFacts {
  const choices = new Map(
    SHARED_FIELDS.map((field) => [
      `venue.${field}`,
      chooseValue(`venue.${field}`, statementsOf(readings, `venue.${field}`)),
    ]),
  );
  return { choices, readings };
}

/** The readings behind a draft, once each, in order. */
export function readingsOf({ nights, further }: ShowDraft): Stated[] {
  const all = new Set([...nights.flatMap((night) => night.statements.map(({ stated }) => stated)), ...further]);
  return [...all].sort((a, b) => a.rank - b.rank);
}

/** Confidence grows with every image that says so, and falls where images disagree on what makes the show. */
function fuseConfidence(readings: readonly Stated[], conflicts: readonly Conflict[]): number {
  const byImage = new Map<string, number>();
  for (const { imageId, facts } of readings)
    byImage.set(imageId, Math.max(byImage.get(imageId) ?? 0, facts.confidence));
  const values = [...byImage.values()].sort((a, b) => a - b);
  const best = values.at(-1) ?? 0;
  const together = 1 - values.reduce((doubt, value) => doubt * (1 - value), 1);
  const agreed = Math.max(best, Math.min(together, 0.99));
  const isDisputed = conflicts.some(({ field }) => /^(?:status|schedule\.(?:startTime|rrule))$/.test(field));
  return Math.round((isDisputed ? agreed * 0.9 : agreed) * 10_000) / 10_000;
}

/** The words of the reading whose nights are those of the show; better supported, then longer words first. */
function chooseText(readings: readonly Stated[], days: readonly Weekday[]): string | null {
  const isOfSameNights = ({ facts }: Stated): boolean => facts.schedule.days.join() === days.join();
  const same = readings.filter(isOfSameNights).filter(({ facts }) => facts.schedule.text !== null);
  return chooseValue('schedule.text', statementsOf(same.length > 0 ? same : readings, 'schedule.text')).value;
}

function nightsOfDraft(draft: ShowDraft): Night[] {
  if (draft.nights.length > 0) return draft.nights.map(({ day, facts }) => ({ day, pattern: facts.pattern }));
  return draft.further.flatMap(({ facts }) => nightsOf(facts.schedule)).slice(0, 1);
}

/** Values of each field once each, with all images behind them; fields in order. */
export function mergeConflicts(
  choices: readonly (readonly [field: string, values: Conflict['values'] | null])[],
): Conflict[] {
  const byField = new Map<string, Map<string, Set<string>>>();
  for (const [field, values] of choices) {
    for (const { value, imageIds } of values ?? []) {
      const known = byField.get(field) ?? new Map<string, Set<string>>();
      known.set(value, new Set([...(known.get(value) ?? []), ...imageIds]));
      byField.set(field, known);
    }
  }
  return [...byField.entries()]
    .map(([field, values]) => ({
      field,
      values: [...values.entries()].map(([value, imageIds]) => ({ value, imageIds: [...imageIds].sort() })),
    }))
    .sort((a, b) => (a.field < b.field ? -1 : 1));
}

/** The venue's values that this show's own images do not print are backed by the image that prints them best. */
function borrowedEvidence(
  own: readonly Stated[],
  venue: VenueFacts,
): { imageId: string; image: string; fields: Evidence['fields'] }[] {
  return [...venue.choices].flatMap(([field, { value }]) => {
    if (value === null || own.some(({ facts }) => fieldOf(facts, field) !== null)) return [];
    const sources = venue.readings.filter(({ facts }) => fieldOf(facts, field) === value);
    const best = [...sources].sort((a, b) => b.facts.confidence - a.facts.confidence || a.rank - b.rank)[0];
    const found = best === undefined ? undefined : venueFields(best)[field];
    return best === undefined || found === undefined
      ? []
      : [{ imageId: best.imageId, image: best.image, fields: { [field]: found } }];
  });
}

/** Conflicts of the venue that this show's own images take part in, on the side that was not kept. */
function venueConflicts(own: readonly Stated[], venue: VenueFacts): [string, Conflict['values']][] {
  const ownImages = new Set(own.map(({ imageId }) => imageId));
  return [...venue.choices].flatMap(([field, { conflict }]) => {
    const takesPart = conflict?.slice(1).some(({ imageIds }) => imageIds.some((imageId) => ownImages.has(imageId)));
    return conflict !== null && takesPart === true ? [[field, conflict] as [string, Conflict['values']]] : [];
  });
}

function fuseSchedule(draft: ShowDraft, own: readonly Stated[], choose: (field: string) => Choice): Schedule {
  const nights = nightsOfDraft(draft);
  const first = draft.nights[0]?.facts;
  const days = orderDays(nights.flatMap(({ day }) => day ?? []));
  const rrule = ruleOf(weeklyIfAnyIs(nights));
  const startDate = first === undefined ? choose('schedule.startDate').value : first.startDate.value;
  return {
    text: chooseText(own, days),
    days: days.length === 0 && rrule === null && startDate !== null ? [weekdayOf(startDate)] : days,
    rrule,
    startTime: first?.startTime.value ?? choose('schedule.startTime').value,
    endTime: first?.endTime.value ?? choose('schedule.endTime').value,
    timezone: choose('schedule.timezone').value,
    startDate,
    endDate: first === undefined ? choose('schedule.endDate').value : first.endDate.value,
    exceptDates: [...new Set(draft.nights.flatMap(({ facts }) => facts.exceptDates))].sort(),
  };
}

/** A bare `Friday` beside `every Wednesday` in one line is meant weekly too. */
function weeklyIfAnyIs(nights: readonly Night[]): Night[] {
  const weekly = nights.find(({ pattern }) => pattern.kind === 'weekly')?.pattern;
  if (weekly === undefined) return [...nights];
  return nights.map((night) => (night.pattern.kind === 'plain' ? { ...night, pattern: weekly } : night));
}

/** Decides every field of a show. Its `id` is given later, when all shows of the list are known. */
export function fuseShow(draft: ShowDraft, venue: VenueFacts): Show {
  const own = readingsOf(draft);
  const choose = (field: string): Choice => chooseValue(field, statementsOf(own, field));
  const company = choose('host.company');
  const host = choose('host.name');
  const title = choose('name');
  const phoneAndSite = OWN_FIELDS.map((field) => [`venue.${field}`, choose(`venue.${field}`)] as const);
  const perNight = draft.nights.flatMap(({ facts }) => [
    ['schedule.endDate', facts.endDate.conflict] as const,
    ['schedule.rrule', facts.ruleConflict] as const,
    ['schedule.startDate', facts.startDate.conflict] as const,
    ['status', facts.statusConflict] as const,
  ]);
  const schedule = fuseSchedule(draft, own, choose);
  const conflicts = mergeConflicts([
    ...venueConflicts(own, venue),
    ...phoneAndSite.map(([field, { conflict }]) => [field, conflict] as const),
    ['host.company', company.conflict],
    ['host.name', host.conflict],
    ['name', title.conflict],
    ['schedule.startTime', keptFirst(choose('schedule.startTime').conflict, schedule.startTime)],
    ['schedule.endTime', keptFirst(choose('schedule.endTime').conflict, schedule.endTime)],
    ['schedule.timezone', choose('schedule.timezone').conflict],
    ...perNight,
  ]);
  const shared = Object.fromEntries(
    SHARED_FIELDS.map((field) => [field, venue.choices.get(`venue.${field}`)?.value ?? null]),
  );
  const ownFields = Object.fromEntries(phoneAndSite.map(([field, { value }]) => [field.slice('venue.'.length), value]));
  const facts: Omit<ShowFacts, 'confidence'> = {
    name: title.value,
    status: draft.nights[0]?.facts.status ?? own[0]?.facts.status ?? 'scheduled',
    venue: { ...noVenue(), ...shared, ...ownFields },
    host: { name: host.value, company: company.value },
    schedule,
    notes: choose('notes').value,
  };
  const confidences = fuseFieldConfidences(facts, own, venue.readings);
  return {
    id: '',
    ...facts,
    confidence: fuseConfidence(own, conflicts),
    ...(Object.keys(confidences).length > 0 ? { confidences } : {}),
    evidence: gatherEvidence([...own, ...borrowedEvidence(own, venue)]),
    conflicts: conflicts.map(withoutFreeText).filter((conflict) => conflict !== null),
  };
}

function keptFirst(values: Conflict['values'] | null, kept: string | null): Conflict['values'] | null {
  return values === null ? null : [...values].sort((a, b) => Number(b.value === kept) - Number(a.value === kept));
}

/** Two wordings of a title are no disagreement worth a person's time; both are in the evidence. */
function withoutFreeText(conflict: Conflict): Conflict | null {
  return conflict.field === 'name' || conflict.values.length < 2 ? null : conflict;
}
