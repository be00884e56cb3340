import { describe, expect, it } from '@jest/globals';
import type { Told } from '../../merger/readings.fixture.ts';
import type { Catalogue } from '../catalogue-store.ts';
import { computeItems, type ComputedItem } from './compute-items.ts';
import { EMPTY, publishedRun, runOf, SEEN_ON } from './piles.fixture.ts';

const OWL: Told = { venue: 'The Owl', address: '12 Main St', city: 'Tampa', state: 'FL' };
const FRIDAY: Told = { ...OWL, days: ['FR'], start: '20:00', end: '00:00', host: 'DJ Ann' };

function itemsOf(listed: Catalogue, ...told: Told[]): ComputedItem[] {
  return computeItems(listed, runOf(told), SEEN_ON);
}

function listing(...told: Told[]): Catalogue {
  return publishedRun(EMPTY, runOf(told));
}

function changesOf(listed: Catalogue, told: Told): Record<string, unknown> {
  const [item] = itemsOf(listed, told);
  return Object.fromEntries((item?.changes ?? []).map(({ field, old, new: next }) => [field, [old, next]]));
}

function kindsOf(items: readonly ComputedItem[]): string[] {
  return items.map(({ kind }) => kind);
}

describe('computeItems', () => {
  it('lists everything as new against an empty catalogue', () => {
    const items = itemsOf(EMPTY, FRIDAY, { ...FRIDAY, days: ['SA'], start: '21:00' });
    expect(kindsOf(items)).toEqual(['new', 'new']);
    expect(items.every(({ isClean }) => isClean)).toBe(true);
  });

  it('confirms what is printed again in other words', () => {
    const again = { ...FRIDAY, venue: 'OWL', address: '12 Main Street', host: 'Ann', rrule: null };
    expect(kindsOf(itemsOf(listing(FRIDAY), again))).toEqual(['confirmed']);
  });

  it('takes another time on the same night for a change, not for another show', () => {
    const moved = { ...FRIDAY, start: '21:00', end: '01:00' };
    expect(changesOf(listing(FRIDAY), moved)).toEqual({
      'schedule.startTime': ['20:00', '21:00'],
      'schedule.endTime': ['00:00', '01:00'],
    });
    expect(changesOf(listing(FRIDAY), { ...FRIDAY, start: '14:00', end: null })).toEqual({
      'schedule.startTime': ['20:00', '14:00'],
      'schedule.endTime': ['00:00', null],
    });
  });

  it('takes two times of one night in one run for two shows', () => {
    const items = itemsOf(listing(FRIDAY), FRIDAY, { ...FRIDAY, start: '14:00', end: '16:00' });
    expect(kindsOf(items)).toEqual(['new', 'confirmed']);
  });

  it('tells field by field what is other', () => {
    const listed = listing(FRIDAY);
    expect(changesOf(listed, { ...FRIDAY, host: 'DJ Bob' })).toEqual({ 'host.name': ['DJ Ann', 'DJ Bob'] });
    expect(changesOf(listed, { ...FRIDAY, phone: '(813) 555-0144' })).toEqual({
      'venue.phone': [null, '(813) 555-0144'],
    });
    expect(changesOf(listed, { ...FRIDAY, days: ['FR', 'SA'] })).toEqual({
      'schedule.days': [['FR'], ['FR', 'SA']],
      'schedule.rrule': ['FREQ=WEEKLY;BYDAY=FR', 'FREQ=WEEKLY;BYDAY=FR,SA'],
    });
    expect(changesOf(listed, { ...FRIDAY, rrule: 'FREQ=MONTHLY;BYDAY=1FR,3FR' })).toEqual({
      'schedule.rrule': ['FREQ=WEEKLY;BYDAY=FR', 'FREQ=MONTHLY;BYDAY=1FR,3FR'],
    });
  });

  it('lets what is not printed stand', () => {
    const listed = listing({ ...FRIDAY, days: ['FR', 'SA'], phone: '(813) 555-0144', notes: '21+' });
    expect(kindsOf(itemsOf(listed, { venue: 'The Owl', city: 'Tampa', days: ['FR'], start: '20:00' }))).toEqual([
      'confirmed',
    ]);
  });

  it('tells a cancelled show, and one night off from a show that is off', () => {
    const listed = listing(FRIDAY);
    const off = itemsOf(listed, { ...FRIDAY, status: 'cancelled' });
    expect(kindsOf(off)).toEqual(['cancelled']);
    expect(off[0]?.isClean).toBe(false);
    const night = { ...FRIDAY, status: 'cancelled' as const, rrule: null, date: '2026-08-21' };
    expect(changesOf(listed, night)).toEqual({ 'schedule.exceptDates': [[], ['2026-08-21']] });
  });

  it('lists as not seen only shows of venues that the run speaks of', () => {
    const boat: Told = {
      venue: 'The Boat',
      address: '7 Lake Ave',
      city: 'Tampa',
      state: 'FL',
      days: ['SA'],
      start: '21:00',
    };
    const listed = listing(FRIDAY, { ...FRIDAY, days: ['MO'], start: '19:00', host: 'KJ Leo' }, boat);
    const items = itemsOf(listed, FRIDAY);
    expect(kindsOf(items)).toEqual(['confirmed', 'notSeen']);
    expect(items[1]?.listed?.schedule.days).toEqual(['MO']);
  });

  it('keeps two branches of one chain apart', () => {
    const orlando = { ...FRIDAY, city: 'Orlando', address: '99 Lake Ave' };
    expect(kindsOf(itemsOf(listing(FRIDAY), orlando))).toEqual(['new']);
  });

  it('lets a show that is printed after its last date go on', () => {
    const listed = listing({ ...FRIDAY, endDate: '2026-08-01' });
    expect(changesOf(listed, FRIDAY)).toEqual({ 'schedule.endDate': ['2026-08-01', null] });
  });

  it('says what a person should look at', () => {
    const [hardToRead] = itemsOf(EMPTY, { ...FRIDAY, confidence: 0.4 });
    expect(hardToRead?.warnings).toEqual(['It was hard to read.']);
    const [placeless] = itemsOf(EMPTY, { host: 'DJ Ann', days: ['FR'] });
    expect(placeless?.warnings).toEqual(['No venue is named.', 'No start is known.']);
  });
});
