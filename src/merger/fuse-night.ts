import type { Conflict, ShowStatus } from '../contract/show.ts';
import { chooseValue } from './field-values.ts';
import type { Choice } from './field-values.ts';
import { bySpecificity, patternKey, ruleOf } from './night.ts';
import type { Night, Pattern } from './night.ts';
import { fieldOf, statementsOf } from './stated.ts';
import type { Stated } from './stated.ts';

/** One night as one reading states it. */
export interface NightStatement {
  stated: Stated;
  night: Night;
}

/** What decides whether two nights are printed as one line of the list: a choice for each field. */
export interface NightFacts {
  pattern: Pattern;
  ruleConflict: Conflict['values'] | null;
  startTime: Choice;
  endTime: Choice;
  hostName: Choice;
  startDate: Choice;
  endDate: Choice;
  status: ShowStatus;
  statusConflict: Conflict['values'] | null;
  exceptDates: string[];
}

function isRecurring(pattern: Pattern): boolean {
  return pattern.kind !== 'date' && pattern.kind !== 'plain';
}

interface PatternGroup {
  pattern: Pattern;
  imageIds: Set<string>;
}

/**
 * The pattern of a night: a printed rule before a bare weekday or a date (which is one of its nights), among rules the
 * better supported, then the more telling. A part of a rule (`1st Monday` of `1st & 3rd`) supports the whole.
 */
function choosePattern(statements: readonly NightStatement[]): {
  pattern: Pattern;
  conflict: Conflict['values'] | null;
} {
  const groups = new Map<string, PatternGroup>();
  for (const { stated, night } of statements) {
    const key = `${night.pattern.kind === 'plain' ? 'plain' : 'told'}|${patternKey(night.pattern)}`;
    const group = groups.get(key) ?? { pattern: night.pattern, imageIds: new Set<string>() };
    group.imageIds.add(stated.imageId);
    groups.set(key, group);
  }
  const all = [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
  const rules = all.filter(({ pattern }) => isRecurring(pattern));
  const first = (rules.length > 0 ? rules : all).map((group) => ({ ...group, imageIds: supportOf(group, all) }));
  first.sort((a, b) => b.imageIds.size - a.imageIds.size || compareTelling(a.pattern, b.pattern));
  const ranked =
    rules.length > 0
      ? first
      : first.sort((a, b) => Number(b.pattern.kind === 'date') - Number(a.pattern.kind === 'date'));
  const pattern = ranked[0]?.pattern ?? { kind: 'plain', interval: 1, ordinals: [], date: null, extra: '' };
  const disagreeing = ranked.filter((group) => isRecurring(group.pattern) && !isPartOf(group.pattern, pattern));
  const day = statements[0]?.night.day ?? null;
  const values = [{ pattern, imageIds: ranked[0]?.imageIds ?? new Set<string>() }, ...disagreeing].map((group) => ({
    value: ruleOf([{ day, pattern: group.pattern }]) ?? '',
    imageIds: [...group.imageIds].sort(),
  }));
  return { pattern, conflict: disagreeing.length > 0 && isRecurring(pattern) ? values : null };
}

function compareTelling(a: Pattern, b: Pattern): number {
  return bySpecificity(a, b) || b.ordinals.length - a.ordinals.length || (patternKey(a) < patternKey(b) ? -1 : 1);
}

function isPartOf(part: Pattern, whole: Pattern): boolean {
  if (patternKey(part) === patternKey(whole)) return true;
  return (
    part.kind === 'ordinal' &&
    whole.kind === 'ordinal' &&
    part.ordinals.every((ordinal) => whole.ordinals.includes(ordinal))
  );
}

function supportOf(group: PatternGroup, all: readonly PatternGroup[]): Set<string> {
  const behind = all.filter((other) => isRecurring(other.pattern) && isPartOf(other.pattern, group.pattern));
  return new Set([group, ...behind].flatMap((other) => [...other.imageIds]));
}

/** The end is taken from those that agree on the start, so that no span comes out that nobody printed. */
function chooseEnd(readings: readonly Stated[], startTime: string | null): Choice {
  const all = chooseValue('schedule.endTime', statementsOf(readings, 'schedule.endTime'));
  const agreeing = readings.filter(
    ({ facts }) => facts.schedule.startTime === startTime || facts.schedule.startTime === null,
  );
  const { value } = chooseValue('schedule.endTime', statementsOf(agreeing, 'schedule.endTime'));
  return value === null ? all : { value, conflict: withFirst(all.conflict, value) };
}

function withFirst(conflict: Conflict['values'] | null, value: string): Conflict['values'] | null {
  return conflict === null ? null : [...conflict].sort((a, b) => Number(b.value === value) - Number(a.value === value));
}

interface StatusChoice {
  status: ShowStatus;
  statusConflict: Conflict['values'] | null;
}

/**
 * A cancellation is later than the announcement it takes back, so it is kept unless it says less of when than the
 * announcement does (one without a date does not cancel a dated night). One night of a recurring show that is called
 * off does not cancel the show: its date becomes an exception.
 */
function chooseStatus(statements: readonly NightStatement[], pattern: Pattern): StatusChoice {
  const imagesSaying = (status: ShowStatus): string[] =>
    [
      ...new Set(statements.filter(({ stated }) => stated.facts.status === status).map(({ stated }) => stated.imageId)),
    ].sort();
  const cancelledBy = imagesSaying('cancelled');
  const scheduledBy = imagesSaying('scheduled');
  const isDated = (status: ShowStatus): boolean =>
    statements.some(({ stated, night }) => stated.facts.status === status && night.pattern.kind === 'date');
  const ofTheShow = statements.filter(
    ({ stated, night }) => stated.facts.status === 'cancelled' && !isOffNight(night.pattern, pattern),
  );
  const isCancelled =
    ofTheShow.length > 0 && (scheduledBy.length === 0 || isDated('cancelled') || !isDated('scheduled'));
  const status = isCancelled || scheduledBy.length === 0 ? 'cancelled' : 'scheduled';
  if (cancelledBy.length === 0 || scheduledBy.length === 0) return { status, statusConflict: null };
  const values = [
    { value: 'cancelled', imageIds: cancelledBy },
    { value: 'scheduled', imageIds: scheduledBy },
  ];
  return { status, statusConflict: withFirst(values, status) };
}

function isOffNight(night: Pattern, show: Pattern): boolean {
  return night.kind === 'date' && isRecurring(show);
}

function chooseExceptions(statements: readonly NightStatement[], pattern: Pattern): string[] {
  const printed = statements.flatMap(({ stated }) => stated.facts.schedule.exceptDates);
  const off = statements.filter(
    ({ stated, night }) => stated.facts.status === 'cancelled' && isOffNight(night.pattern, pattern),
  );
  const anyScheduled = statements.some(({ stated }) => stated.facts.status === 'scheduled');
  const offDates = anyScheduled ? off.flatMap(({ night }) => night.pattern.date ?? []) : [];
  return [...new Set([...printed, ...offDates])].sort();
}

/** Decides the facts of one night of one show from all that is said of it. */
export function fuseNight(statements: readonly NightStatement[]): NightFacts {
  const { pattern, conflict } = choosePattern(statements);
  const readings = statements.map(({ stated }) => stated);
  // A date that is one night of a recurring show is not the show's first.
  const ofPattern = statements.filter(({ night }) => !isOffNight(night.pattern, pattern)).map(({ stated }) => stated);
  // A night called off says nothing of the others' times.
  const ofTimes = ofPattern.length > 0 ? ofPattern : readings;
  const choose = (field: string, from: readonly Stated[]): Choice => chooseValue(field, statementsOf(from, field));
  const timed = ofTimes.some(({ facts }) => fieldOf(facts, 'schedule.startTime') !== null) ? ofTimes : readings;
  const startTime = choose('schedule.startTime', timed);
  return {
    pattern,
    ruleConflict: conflict,
    startTime:
      startTime.value === null
        ? startTime
        : { ...startTime, conflict: withFirst(choose('schedule.startTime', readings).conflict, startTime.value) },
    endTime: chooseEnd(readings, startTime.value),
    hostName: choose('host.name', readings),
    startDate: choose('schedule.startDate', ofPattern),
    endDate: choose('schedule.endDate', ofPattern),
    ...chooseStatus(statements, pattern),
    exceptDates: chooseExceptions(statements, pattern),
  };
}
