import { describe, expect, it } from '@jest/globals';
import type { RunContext } from '../../../contract/analysis.ts';
import type { ShowReading } from '../../../contract/show.ts';
import { pageOf } from '../../grounding/page.fixture.ts';
import { readingsFromReply } from '../from-reply.ts';
import { showsAnalysis } from '../index.ts';
import { replySchema } from '../reply-schema.ts';
import { groundReadings } from './ground-readings.ts';

const CONTEXT: RunContext = {
  timezone: 'America/New_York',
  city: null,
  state: null,
  notes: null,
  startedAt: '2026-03-04T12:00:00Z',
};

const PAGE = pageOf(
  ['KARAOKE THIS WEEK', 100, 50],
  ['Rusty Anchor Tavern', 100, 150],
  ['77 Harbor View Blvd, Tampa, FL 33602', 100, 180],
  ['Tues & Thurs 8-12', 100, 210],
  ['hosted by DJ Marcus Bell', 100, 240],
  ["Zeke's Cantina", 100, 400],
  ['2812 Washington St, Tampa, FL', 100, 430],
  ['Fridays 9pm - 1am', 100, 460],
  ['with KJ Sandra', 100, 490],
);

function readings(...shows: Record<string, unknown>[]): ShowReading[] {
  return readingsFromReply(replySchema.parse({ shows }), CONTEXT);
}

const ANCHOR = {
  venueName: 'Rusty Anchor Tavern',
  venueAddress: '77 Harbor View Boulevard',
  venueCity: 'Tampa',
  venueState: 'Florida',
  days: ['TU', 'TH'],
  startTime: '20:00',
  endTime: '00:00',
  hostName: 'DJ Marcus Bell',
  confidence: 0.9,
};
const ZEKE = {
  venueName: "Zeke's Cantina",
  venueAddress: '2812 Washington St',
  venueCity: 'Tampa',
  venueState: 'FL',
  days: ['FR'],
  startTime: '21:00',
  endTime: '01:00',
  hostName: 'KJ Sandra',
  confidence: 0.9,
};

function grounded(...shows: Record<string, unknown>[]): ShowReading['fields'][] {
  return groundReadings(PAGE, readings(...shows), CONTEXT).map(({ fields }) => fields);
}

describe('groundReadings', () => {
  it('finds hours, days, short forms and states as they are printed', () => {
    const [fields] = grounded(ANCHOR, ZEKE);
    expect(fields?.['schedule.startTime']).toMatchObject({ text: '8', grounded: true });
    expect(fields?.['schedule.endTime']).toMatchObject({ text: '12', grounded: true });
    expect(fields?.['schedule.days']).toMatchObject({ text: 'Tues & Thurs', grounded: true });
    expect(fields?.['venue.address']).toMatchObject({ text: '77 Harbor View Boulevard', grounded: true });
    expect(fields?.['venue.address']?.box?.[1]).toBeCloseTo(0.18, 3);
    expect(fields?.['venue.state']).toMatchObject({ grounded: true });
    for (const { confidence = 0 } of Object.values(fields ?? {})) expect(confidence).toBeGreaterThanOrEqual(0.9);
  });

  it('takes the words that stand with the rest of the listing', () => {
    const [first, second] = grounded(ANCHOR, ZEKE);
    expect(first?.['venue.city']?.box?.[1]).toBeCloseTo(0.18, 3);
    expect(second?.['venue.city']?.box?.[1]).toBeCloseTo(0.43, 3);
  });

  it('marks what is printed nowhere, and is hardly sure of it', () => {
    const [fields] = grounded(
      { ...ANCHOR, venuePhone: '(813) 555-0123', startTime: '21:30', venueCity: 'Largo' },
      ZEKE,
    );
    for (const field of ['venue.phone', 'schedule.startTime', 'venue.city']) {
      expect(fields?.[field]).toMatchObject({ grounded: false, box: null });
      expect(fields?.[field]?.confidence).toBeLessThan(0.2);
    }
    expect(fields?.['venue.name']).toMatchObject({ grounded: true });
  });

  it('is not sure of hosts that were swapped, though they are printed', () => {
    const [first, second] = grounded({ ...ANCHOR, hostName: 'KJ Sandra' }, { ...ZEKE, hostName: 'DJ Marcus Bell' });
    for (const fields of [first, second]) {
      expect(fields?.['host.name']).toMatchObject({ grounded: true });
      expect(fields?.['host.name']?.confidence).toBeLessThan(0.5);
    }
  });

  it('does not judge what is not printed by nature', () => {
    const [fields] = grounded({ ...ANCHOR, venueState: 'GA', venueCountry: 'US', notes: 'a nice place' }, ZEKE);
    for (const field of ['venue.state', 'venue.country', 'notes']) {
      expect(fields?.[field]).toBeDefined();
      expect(fields?.[field]?.grounded).toBeUndefined();
      expect(fields?.[field]?.confidence).toBeUndefined();
    }
  });

  it('keeps the readings, and lowers the confidence of one with an invented field', () => {
    const given = readings({ ...ANCHOR, venueName: 'The Blue Note' }, ZEKE);
    const found = groundReadings(PAGE, given, CONTEXT);
    const facts = ({ fields: _fields, confidence: _confidence, ...rest }: ShowReading): unknown => rest;
    expect(found.map(facts)).toEqual(given.map(facts));
    expect(found[0]?.confidence).toBeLessThan((found[1]?.confidence ?? 0) - 0.2);
  });

  it('finds nothing on a page without text, and takes any page', () => {
    const [fields] = groundReadings(pageOf(), readings(ANCHOR), CONTEXT).map((reading) => reading.fields);
    expect(fields?.['venue.name']).toMatchObject({ grounded: false, box: null });
    expect(groundReadings(PAGE, [], CONTEXT)).toEqual([]);
  });

  it('says boxes of a page that was turned to be read as people see the image', () => {
    const [reading] = showsAnalysis.ground?.({ ...PAGE, turns: 2 }, readings(ANCHOR), CONTEXT) ?? [];
    const box = reading?.fields['venue.name']?.box ?? [0, 0, 0, 0];
    expect(box[1] + box[3]).toBeCloseTo(0.85, 3);
  });
});
