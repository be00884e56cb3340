import { describe, expect, it } from '@jest/globals';
import { noSchedule, type Schedule } from '../../../../src/contract/show.ts';
import { nextNights } from './next-nights.ts';

const schedule = (part: Partial<Schedule>): Schedule => ({ ...noSchedule(), startTime: '21:00', ...part });

describe('nextNights', () => {
  it('counts weeks, months and single nights', () => {
    const next = (part: Partial<Schedule>, today = '2026-11-27') => nextNights(schedule(part), today, 2);
    expect(next({ rrule: 'FREQ=WEEKLY;BYDAY=TU,FR' })).toEqual(['2026-11-27T21:00', '2026-12-01T21:00']);
    expect(next({ rrule: 'FREQ=MONTHLY;BYDAY=1FR,-1SA' })).toEqual(['2026-11-28T21:00', '2026-12-04T21:00']);
    expect(next({ rrule: 'FREQ=DAILY', startTime: null })).toEqual(['2026-11-27', '2026-11-28']);
    expect(next({ startDate: '2026-12-31' })).toEqual(['2026-12-31T21:00']);
    expect(next({ startDate: '2026-01-31' })).toEqual([]);
  });

  it('keeps to the first and the last night, and leaves out the exceptions', () => {
    const part = {
      rrule: 'FREQ=WEEKLY;BYDAY=TU',
      startDate: '2026-12-02',
      endDate: '2026-12-22',
      exceptDates: ['2026-12-15'],
    };
    expect(nextNights(schedule(part), '2026-11-27')).toEqual(['2026-12-08T21:00', '2026-12-22T21:00']);
  });

  it('leaves rules it does not know to the server', () => {
    expect(nextNights(schedule({ rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU' }), '2026-11-27')).toBeNull();
    expect(nextNights(schedule({ rrule: 'FREQ=MONTHLY;BYMONTHDAY=3' }), '2026-11-27')).toBeNull();
  });
});
