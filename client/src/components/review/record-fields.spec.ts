import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { noSchedule } from '../../../../src/contract/show.ts';
import { problemsOf } from './field-checks.ts';
import { someFacts } from './item.fixture.ts';
import { changedFields, FIELDS, patchOf, valueAt, withValue, type FieldPath } from './record-fields.ts';

const TEXT_FIELDS = FIELDS.filter(
  (path) => path !== 'status' && path !== 'schedule.days' && path !== 'schedule.exceptDates',
);

describe('patchOf', () => {
  it('has what differs and nothing else', () => {
    const base = someFacts();
    const draft = withValue(withValue(base, 'venue.city', 'Troy'), 'notes', 'No cover');
    expect(patchOf(base, draft)).toEqual({ venue: { city: 'Troy' }, notes: 'No cover' });
    expect(patchOf(base, base)).toEqual({});
  });

  it('keeps a value that is taken away apart from one that stays', () => {
    expect(patchOf(someFacts(), withValue(someFacts(), 'venue.address', null))).toEqual({ venue: { address: null } });
  });

  it('laid over the record gives what was edited', () => {
    const edits = fc.array(fc.tuple(fc.constantFrom(...TEXT_FIELDS), fc.option(fc.string())));
    fc.assert(
      fc.property(edits, (all) => {
        const base = someFacts();
        const draft = all.reduce((facts, [path, value]) => withValue(facts, path, value), base);
        const patched = Object.entries(patchOf(base, draft)).reduce<Record<string, unknown>>(
          (facts, [name, part]) => {
            const isGroup = typeof part === 'object' && part !== null && !Array.isArray(part);
            return {
              ...facts,
              [name]: isGroup ? { ...(facts[name] as object), ...(part as object) } : (part as unknown),
            };
          },
          { ...base },
        );
        expect(patched).toEqual(draft);
      }),
    );
  });
});

describe('withValue', () => {
  it('does not touch the record it is given', () => {
    const base = someFacts();
    const copy = structuredClone(base);
    withValue(base, 'venue.name', 'Other');
    expect(base).toEqual(copy);
  });

  it('lets the rule follow the nights, as the server does', () => {
    const rule = (facts = someFacts()) => facts.schedule.rrule;
    expect(rule(withValue(someFacts(), 'schedule.days', ['TU', 'TH']))).toBe('FREQ=WEEKLY;BYDAY=TU,TH');
    expect(rule(withValue(someFacts(), 'schedule.days', []))).toBeNull();
    const once = someFacts({ schedule: { ...noSchedule(), startDate: '2026-05-03' } });
    expect(rule(withValue(once, 'schedule.days', ['SU']))).toBeNull();
    const nothing = someFacts({ schedule: noSchedule() });
    expect(rule(withValue(nothing, 'schedule.days', ['SU']))).toBe('FREQ=WEEKLY;BYDAY=SU');
  });

  it('is found again by its path', () => {
    fc.assert(
      fc.property(fc.constantFrom(...TEXT_FIELDS), fc.string(), (path, value) => {
        expect(valueAt(withValue(someFacts(), path, value), path)).toBe(value);
      }),
    );
    expect(changedFields(someFacts(), withValue(someFacts(), 'status', 'cancelled'))).toEqual(['status']);
  });
});

describe('problemsOf', () => {
  const problem = (path: FieldPath, value: string | string[] | null) =>
    problemsOf(withValue(someFacts(), path, value)).get(path);

  it.each([
    ['schedule.startTime', '24:00', 'time'],
    ['schedule.startTime', '9 PM', 'time'],
    ['schedule.endTime', '01:30', undefined],
    ['schedule.startDate', '2026-02-30', 'date'],
    ['schedule.startDate', '2028-02-29', undefined],
    ['schedule.timezone', 'Mars/Base', 'timezone'],
    ['schedule.timezone', 'America/New_York', undefined],
    ['schedule.rrule', 'every tuesday', 'rule'],
    ['schedule.rrule', 'BYDAY=TU', 'rule'],
    ['schedule.rrule', 'FREQ=MONTHLY;BYDAY=-1FR', undefined],
    ['notes', 'x'.repeat(2_001), 'tooLong'],
    ['notes', null, undefined],
  ] as const)('of %s with %j is %s', (path, value, expected) => {
    expect(problem(path, value)).toBe(expected);
  });

  it('finds a last night before the first, and a date that is none among several', () => {
    const facts = withValue(someFacts(), 'schedule.startDate', '2026-05-03');
    expect(problemsOf(withValue(facts, 'schedule.endDate', '2026-05-02')).get('schedule.endDate')).toBe('order');
    expect(problem('schedule.exceptDates', ['2026-05-03', '2026-13-01'])).toBe('date');
    expect(problemsOf(someFacts()).size).toBe(0);
  });
});
