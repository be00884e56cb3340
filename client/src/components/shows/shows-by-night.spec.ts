import { describe, expect, it } from '@jest/globals';
import type { ListedShow } from '../../../../src/contract/catalogue.ts';
import { noSchedule, noVenue, type Schedule } from '../../../../src/contract/show.ts';
import { showsByNight } from './shows-by-night.ts';

const NOW = Date.parse('2026-11-27T21:30:00-05:00');

function show(id: string, schedule: Partial<Schedule>, status: ListedShow['status'] = 'scheduled'): ListedShow {
  return {
    id,
    name: id,
    status,
    venue: { ...noVenue(), id: `venue_${id}` },
    host: { name: null, company: null, id: null },
    schedule: { ...noSchedule(), timezone: 'America/New_York', ...schedule },
    notes: null,
    confidence: 1,
    firstListedAt: '2026-11-01T00:00:00Z',
    lastConfirmedAt: '2026-11-01T00:00:00Z',
    changedAt: '2026-11-01T00:00:00Z',
  };
}
const weekly = (days: Schedule['days'], startTime: string | null, endTime: string | null = null) => ({
  days,
  rrule: `FREQ=WEEKLY;BYDAY=${days.join(',')}`,
  startTime,
  endTime,
});
const idsOf = (groups: ReturnType<typeof showsByNight>) =>
  groups.map(({ key, entries }) => [key, entries.map(({ show: { id } }) => id)]);

describe('shows by night', () => {
  const shows = [
    show('sunday and tonight', weekly(['FR', 'SU'], '22:00')),
    show('on now', weekly(['FR'], '21:00', '01:00')),
    show('later tonight', weekly(['FR'], '23:00')),
    show('over', weekly(['FR'], '17:00', '19:00')),
    show('first Friday', {
      days: ['FR'],
      rrule: 'FREQ=MONTHLY;BYDAY=1FR',
      startTime: '20:00',
      next: ['2027-01-01T20:00:00-05:00'],
    }),
    show('no saying', { text: 'twice a month', next: [] }),
    show('off', weekly(['FR'], '21:00', '23:00'), 'cancelled'),
  ];

  it('has what is on first, then each night of this week, what comes later, and what nobody can date', () => {
    expect(idsOf(showsByNight(shows, NOW, null))).toEqual([
      ['now', ['on now']],
      [0, ['off', 'sunday and tonight', 'later tonight']],
      [2, ['sunday and tonight']],
      ['later', ['over', 'first Friday']],
      ['unknown', ['no saying']],
    ]);
  });

  it('marks what starts first from now on, and never what is off', () => {
    const marked = showsByNight(shows, NOW, null).flatMap(({ key, entries }) =>
      entries.filter(({ isNext }) => isNext).map((entry) => [key, entry.show.id]),
    );
    expect(marked).toEqual([[0, 'sunday and tonight']]);
  });

  it('has the night that is asked for alone', () => {
    expect(idsOf(showsByNight(shows.slice(0, 3), NOW, 'SU'))).toEqual([
      [2, ['sunday and tonight']],
      ['unknown', ['on now', 'later tonight']],
    ]);
  });
});
