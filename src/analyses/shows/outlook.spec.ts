import { describe, expect, it } from '@jest/globals';
import type { RunContext } from '../../contract/analysis.ts';
import { images, type Told } from '../../merger/readings.fixture.ts';
import { showsAnalysis } from './index.ts';
import { refreshed } from './outlook.ts';

const CONTEXT: RunContext = {
  timezone: null,
  city: null,
  state: null,
  notes: null,
  startedAt: '2025-10-30T02:00:00Z',
};
const BAR: Told = { venue: 'Bar 9', city: 'Austin', state: 'TX', days: ['WE'], start: '21:00', end: '01:00' };

function scheduleOf(told: Told, context: Partial<RunContext> = {}) {
  const [show] = showsAnalysis.merge(images([told]), { ...CONTEXT, ...context });
  if (show === undefined) throw new Error('no show');
  return { ...show.schedule, show };
}

describe('what a merged show is told with', () => {
  it('the zone of its venue, and its next four nights there', () => {
    // Ten at night in New York, an hour less in Texas: Wednesday still.
    const { timezone, next, warnings } = scheduleOf(BAR);
    expect(timezone).toBe('America/Chicago');
    expect(next).toEqual([
      '2025-10-29T21:00:00-05:00',
      '2025-11-05T21:00:00-06:00',
      '2025-11-12T21:00:00-06:00',
      '2025-11-19T21:00:00-06:00',
    ]);
    expect(warnings).toEqual([]);
  });

  it('the zone of the run where one is given, else of the place that the run is said to be from', () => {
    expect(scheduleOf(BAR, { timezone: 'America/Denver' }).timezone).toBe('America/Denver');
    expect(scheduleOf({ ...BAR, state: null }, { state: 'FL', city: 'Pensacola' }).timezone).toBe('America/Chicago');
    expect(scheduleOf({ ...BAR, state: null }).timezone).toBeNull();
    expect(scheduleOf({ ...BAR, state: null }).next?.[0]).toBe('2025-11-05T21:00:00');
  });

  it('what is doubtful', () => {
    const { warnings, next } = scheduleOf({ ...BAR, rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=WE', end: '18:03' });
    expect(warnings?.map((warning) => warning.split(':')[0])).toEqual([
      'schedule.endsBeforeStart',
      'schedule.oddMinutes',
      'schedule.noAnchor',
    ]);
    expect(next).toEqual([]);
  });

  it('no next night where it is cancelled', () => {
    expect(scheduleOf({ ...BAR, status: 'cancelled' }).next).toEqual([]);
  });

  it('other nights when it is asked for later', () => {
    const { show } = scheduleOf(BAR);
    expect(refreshed(show, '2026-06-01T12:00:00Z').schedule.next?.[0]).toBe('2026-06-03T21:00:00-05:00');
    // It is Wednesday still in Texas, then it is not.
    expect(refreshed(show, '2025-10-30T04:59:00Z').schedule.next?.[0]).toBe('2025-10-29T21:00:00-05:00');
    expect(refreshed(show, '2025-10-30T05:01:00Z').schedule.next?.[0]).toBe('2025-11-05T21:00:00-06:00');
  });
});
