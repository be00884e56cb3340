import { describe, expect, it } from '@jest/globals';
import type { Schedule } from '../contract/show.ts';
import { asItem } from './changeset-items.ts';
import { computeItems } from './changes/compute-items.ts';
import { EMPTY, publishedRun, runOf, SEEN_ON } from './changes/piles.fixture.ts';
import { decisionSchema, decisionsOf } from './decisions.ts';

const OWL = {
  venue: 'The Owl',
  address: '12 Main St',
  city: 'Tampa',
  state: 'FL',
  days: ['FR' as const],
  start: '20:00',
};
const BOTH = runOf([OWL, { ...OWL, days: ['MO'], start: '18:00' }]);
const items = computeItems(publishedRun(EMPTY, BOTH), runOf([OWL]), SEEN_ON).map(asItem);
const [confirmed, notSeen] = items;

function edited(record: object, itemId = confirmed?.id ?? ''): Schedule | undefined {
  const request = decisionSchema.parse({ itemId, action: 'edit', record });
  return decisionsOf(items, [request])[0]?.decision?.record?.schedule;
}

describe('decisionsOf', () => {
  it('takes the last decision on an item, and can take one back', () => {
    const itemId = confirmed?.id ?? '';
    const decided = decisionsOf(items, [
      { itemId, action: 'skip' },
      { itemId, action: 'accept' },
    ]);
    expect(decided).toEqual([{ itemId, decision: { action: 'accept', record: null } }]);
    expect(decisionsOf(items, [{ itemId, action: 'reset' }])[0]?.decision).toBeNull();
  });

  it('lets what an edit leaves out stand, and takes a whole record as well', () => {
    expect(edited({ venue: { name: '  The\u00a0Owl ' } })).toEqual(confirmed?.proposed?.schedule);
    expect(
      edited({ ...confirmed?.record, schedule: { ...confirmed?.proposed?.schedule, endTime: '23:00' } }),
    ).toMatchObject({
      startTime: '20:00',
      endTime: '23:00',
    });
  });

  it('lets days and rule follow each other', () => {
    expect(edited({ schedule: { days: ['FR', 'SA'] } })?.rrule).toBe('FREQ=WEEKLY;BYDAY=FR,SA');
    expect(edited({ schedule: { rrule: 'FREQ=MONTHLY;BYDAY=1TU' } })?.days).toEqual(['TU']);
  });

  it('cancels a show that was not seen by an edit, never by accepting', () => {
    const itemId = notSeen?.id ?? '';
    const request = decisionSchema.parse({ itemId, action: 'edit', record: { status: 'cancelled' } });
    expect(decisionsOf(items, [request])[0]?.decision?.record).toMatchObject({ status: 'cancelled' });
    expect(() => decisionsOf(items, [{ itemId, action: 'accept' }])).toThrow(/skip it, or edit it/);
  });

  it.each([
    ['a rule that is none', { schedule: { rrule: 'BEGIN:VALARM' } }],
    ['a day that does not exist', { schedule: { endDate: '2026-02-30' } }],
    ['an exception that does not exist', { schedule: { exceptDates: ['2026-02-30'] } }],
    ['a zone that is none', { schedule: { timezone: 'Nowhere/City' } }],
    ['a text without end', { notes: 'x'.repeat(3_000) }],
  ])('refuses %s', (_, record) => {
    expect(() => edited(record)).toThrow(expect.objectContaining({ code: 'request.invalid' }));
  });

  it.each([
    ['an unknown field', { venue: { nmae: 'x' } }],
    ['a time that is none', { schedule: { startTime: '25:00' } }],
    ['a number for a name', { venue: { name: 5 } }],
  ])('does not know %s', (_, record) => {
    expect(decisionSchema.safeParse({ itemId: 'x', action: 'edit', record }).success).toBe(false);
  });

  it('refuses an edit without a record, a record without an edit, and an item of another changeset', () => {
    const itemId = confirmed?.id ?? '';
    expect(() => decisionsOf(items, [{ itemId, action: 'edit' }])).toThrow(/needs the edited record/);
    expect(() => decisionsOf(items, [{ itemId, action: 'accept', record: { notes: 'x' } }])).toThrow(
      /not with "accept"/,
    );
    expect(() => decisionsOf(items, [{ itemId: 'show_x', action: 'accept' }])).toThrow(/no such item/);
  });
});
