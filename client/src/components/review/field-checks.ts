import type { FieldValue } from '../../../../src/contract/catalogue.ts';
import type { ShowFacts } from '../../../../src/contract/show.ts';
import { FIELDS, valueAt, type FieldPath } from './record-fields.ts';

/** Why a value would be refused; each has its words in `review:check`. */
export type FieldProblem = 'time' | 'date' | 'timezone' | 'rule' | 'order' | 'tooLong';

/** The server's own bound. */
const MAX_TEXT = 2_000;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const FREQUENCY = /(?:^|;)FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)(?:;|$)/;
const RULE = /^[A-Z]+=[A-Z0-9,+-]+(?:;[A-Z]+=[A-Z0-9,+-]+)*$/;

/** Checks one field as it is typed; null where the server would take it. */
export function problemOf(path: FieldPath, facts: ShowFacts): FieldProblem | null {
  const value = valueAt(facts, path);
  if (value === null) return null;
  const check = CHECKS[path];
  if (check !== undefined) return check(value, facts);
  return typeof value === 'string' && value.length > MAX_TEXT ? 'tooLong' : null;
}

const timeProblem = (value: FieldValue): FieldProblem | null =>
  typeof value === 'string' && TIME.test(value) ? null : 'time';

const CHECKS: Partial<Record<FieldPath, (value: FieldValue, facts: ShowFacts) => FieldProblem | null>> = {
  'schedule.startTime': timeProblem,
  'schedule.endTime': timeProblem,
  'schedule.startDate': (value) => (isDate(value) ? null : 'date'),
  'schedule.endDate': (value, { schedule: { startDate } }) => {
    if (!isDate(value)) return 'date';
    return startDate !== null && value < startDate ? 'order' : null;
  },
  'schedule.exceptDates': (value) => (Array.isArray(value) && value.every(isDate) ? null : 'date'),
  'schedule.timezone': (value) => (isTimeZone(value) ? null : 'timezone'),
  'schedule.rrule': (value) => (typeof value === 'string' && RULE.test(value) && FREQUENCY.test(value) ? null : 'rule'),
};

export function problemsOf(facts: ShowFacts): Map<FieldPath, FieldProblem> {
  return new Map(
    FIELDS.flatMap((path): [FieldPath, FieldProblem][] => {
      const problem = problemOf(path, facts);
      return problem === null ? [] : [[path, problem]];
    }),
  );
}

/** A day that is in the calendar: no 30th of February. */
function isDate(value: FieldValue): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}

function isTimeZone(value: FieldValue): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: String(value) });
    return true;
  } catch {
    return false;
  }
}
