import { describe, expect, it } from '@jest/globals';
import { noSchedule, noVenue, type ShowFacts } from '../../../../src/contract/show.ts';
import { missingFields } from './missing-fields.ts';
import { correctionOf, draftOf } from './show-draft.ts';

function facts(given: Partial<ShowFacts> = {}): ShowFacts {
  return {
    name: null,
    status: 'scheduled',
    venue: { ...noVenue(), name: 'The Rusty Nail' },
    host: { name: 'KJ Leo', company: null },
    schedule: { ...noSchedule(), days: ['FR'], rrule: 'FREQ=WEEKLY;BYDAY=FR', startTime: '21:00' },
    notes: null,
    confidence: 1,
    ...given,
  };
}

describe('a corrected show', () => {
  it('says nothing where nothing was changed, blanks at the ends or not', () => {
    expect(correctionOf(facts(), draftOf(facts()))).toBeNull();
    expect(correctionOf(facts(), { ...draftOf(facts()), venue: ' The Rusty Nail ' })).toBeNull();
  });

  it('says only what is another, and null for what was emptied', () => {
    const draft = { ...draftOf(facts()), city: 'Tampa', host: '', endTime: '01:00' };
    expect(correctionOf(facts(), draft)).toEqual({
      venue: { city: 'Tampa' },
      host: { name: null },
      schedule: { endTime: '01:00' },
    });
  });

  it('repeats changed nights every week, and lets a weekly rule keep what else it says', () => {
    const days = ['SA', 'TH'] as ShowFacts['schedule']['days'];
    expect(correctionOf(facts(), { ...draftOf(facts()), days })).toEqual({ schedule: { days: ['TH', 'SA'] } });
    const monthly = facts({ schedule: { ...noSchedule(), days: ['FR'], rrule: 'FREQ=MONTHLY;BYDAY=1FR' } });
    expect(correctionOf(monthly, { ...draftOf(monthly), days })).toEqual({
      schedule: { days: ['TH', 'SA'], rrule: 'FREQ=WEEKLY;BYDAY=TH,SA' },
    });
    expect(correctionOf(monthly, { ...draftOf(monthly), days: [] })).toEqual({ schedule: { days: [], rrule: null } });
  });
});

describe('what is missing of a show', () => {
  it('is what people need to get there', () => {
    expect(missingFields(facts())).toEqual(['city']);
    expect(missingFields(facts({ venue: noVenue(), schedule: noSchedule() }))).toEqual([
      'venue',
      'night',
      'time',
      'city',
    ]);
    expect(missingFields(facts({ schedule: { ...noSchedule(), startDate: '2026-12-31' } }))).toEqual(['time', 'city']);
  });
});
