import { describe, expect, it } from '@jest/globals';
import { noSchedule, type Schedule, type Show } from '../../contract/show.ts';
import { renderTable } from './table.ts';
import { widthOf } from './text-width.ts';

function show(venue: string, schedule: Partial<Schedule>, other: Partial<Show> = {}): Show {
  return {
    id: 'show_1',
    name: null,
    status: 'scheduled',
    venue: {
      name: venue,
      address: '12 Main St',
      city: 'Tampa',
      state: 'FL',
      postcode: null,
      country: null,
      phone: null,
      website: null,
    },
    host: { name: 'KJ Ann', company: null },
    schedule: {
      ...noSchedule(),
      days: ['TU'],
      startTime: '21:00',
      endTime: '01:00',
      ...schedule,
    },
    notes: null,
    confidence: 0.9,
    evidence: [{ imageId: 'a', image: 'a.png', fields: {} }],
    conflicts: [],
    ...other,
  };
}

const SHOWS = [
  show('Café Müller', { days: ['WE', 'TH', 'FR', 'SA'] }),
  show('🎤 Sing Sing 卡拉OK', { days: ['MO'], rrule: 'FREQ=MONTHLY;BYDAY=1MO,3MO', endTime: null }),
  show(
    'The Fieldhouse at the Crossover and Beer Garden',
    { days: ['SA'], startDate: '2026-08-15' },
    { status: 'cancelled', conflicts: [{ field: 'schedule.startTime', values: [] }] },
  ),
];

describe('renderTable', () => {
  it('prints nights as people write them', () => {
    const text = renderTable(SHOWS, 200);
    expect(text).toContain('Wed–Sat');
    expect(text).toContain('1st & 3rd Mon');
    expect(text).toContain('Sat 2026-08-15');
    expect(text).toContain('cancelled; differs: start');
  });

  it.each([20, 40, 60, 80, 100, 160])('fits %d columns', (columns) => {
    for (const line of renderTable(SHOWS, columns).split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(columns);
  });

  it('aligns accents, emoji and wide letters', () => {
    const lines = renderTable(SHOWS, 200)
      .split('\n')
      .filter((line) => line.includes('12 Main St'));
    const starts = lines.map((line) => widthOf(line.slice(0, line.indexOf('12 Main St'))));
    expect(new Set(starts).size).toBe(1);
  });

  it('lets nothing through that steers a terminal', () => {
    const text = renderTable([show('\u001b[31mRed\u001b[0m \u001b]0;title\u0007Bar\r\nx\u202e\u009b2J', {})], 120);
    expect(text).toContain('Red Bar x');
    expect(text.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
  });

  it('colours only when asked', () => {
    expect(renderTable(SHOWS, 80)).not.toContain('\u001b');
    expect(renderTable(SHOWS, 80, { colour: true })).toContain('\u001b[1m');
  });
});
