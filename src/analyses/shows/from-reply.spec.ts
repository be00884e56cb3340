import { describe, expect, it } from '@jest/globals';
import { readingsFromReply } from './from-reply.ts';
import { replySchema } from './reply-schema.ts';

const CONTEXT = {
  timezone: 'America/Chicago',
  city: null,
  state: null,
  notes: null,
  startedAt: '2025-08-11T12:00:00Z',
};

function readOne(show: Record<string, unknown>) {
  const [reading] = readingsFromReply(replySchema.parse({ shows: [show] }), CONTEXT);
  if (reading === undefined) throw new Error('no reading');
  return reading;
}

describe('a vision model’s reply', () => {
  it('reads the words it copied with our own rules', () => {
    const reading = readOne({
      venueName: 'The Fox Den',
      venueState: 'Florida',
      scheduleText: 'Tues 9p-1a',
      days: ['TU'],
      startTime: '21:00',
      endTime: '01:00',
      hostName: 'KJ Steve',
      confidence: 0.9,
    });
    expect(reading.schedule).toMatchObject({
      text: 'Tues 9p-1a',
      days: ['TU'],
      rrule: 'FREQ=WEEKLY;BYDAY=TU',
      startTime: '21:00',
      endTime: '01:00',
      timezone: 'America/Chicago',
    });
    expect(reading.venue.state).toBe('FL');
    expect(reading.confidence).toBe(0.9);
    expect(reading.fields['schedule.text']).toEqual({ text: 'Tues 9p-1a', box: null });
    expect(reading.fields['venue.address']).toBeUndefined();
  });
  it('fills from the model’s own fields what the words leave open', () => {
    const reading = readOne({
      venueName: 'Bar 9',
      scheduleText: 'Karaoke!',
      days: ['Friday', 'SA'],
      startTime: '9 PM',
      endTime: '24:00',
    });
    expect(reading.schedule).toMatchObject({
      days: ['FR', 'SA'],
      rrule: 'FREQ=WEEKLY;BYDAY=FR,SA',
      startTime: '21:00',
      endTime: '00:00',
    });
  });
  it('trusts a disagreement less, and the printed words more', () => {
    const reading = readOne({
      venueName: 'Bar 9',
      scheduleText: 'Fridays 8-12',
      days: ['FR'],
      startTime: '08:00',
      endTime: '12:00',
      confidence: 1,
    });
    expect(reading.schedule).toMatchObject({ startTime: '20:00', endTime: '00:00' });
    expect(reading.confidence).toBe(0.8);
  });
  it('keeps the model’s choice where the words state several nights', () => {
    const reading = readOne({
      venueName: 'Bar 9',
      scheduleText: 'Mon-Thu 8-12, Fri & Sat 9-1',
      days: ['FR', 'SA'],
      startTime: '21:00',
      endTime: '01:00',
    });
    expect(reading.schedule).toMatchObject({ days: ['FR', 'SA'], startTime: '21:00', endTime: '01:00' });
  });
  it('makes a show of each night where the model put all into one', () => {
    const shows = readingsFromReply(
      replySchema.parse({
        shows: [
          {
            venueName: 'Bar 9',
            scheduleText: 'Mon-Thu 8-12, Fri & Sat 9-1 thru Labor Day',
            days: ['MO', 'TU', 'WE', 'TH', 'FR', 'SA'],
            startTime: '20:00',
            endTime: '00:00',
          },
        ],
      }),
      CONTEXT,
    );
    expect(shows.map(({ schedule }) => schedule)).toMatchObject([
      { days: ['MO', 'TU', 'WE', 'TH'], startTime: '20:00', endTime: '00:00', endDate: '2025-09-01' },
      { days: ['FR', 'SA'], startTime: '21:00', endTime: '01:00', endDate: '2025-09-01' },
    ]);
    expect(shows[1]?.fields['schedule.text']?.text).toBe('Fri & Sat 9-1 thru Labor Day');
    expect(shows[1]?.fields['schedule.startTime']).toBeUndefined();
  });
  it('keeps to the run’s time zone where one is given', () => {
    expect(readOne({ venueName: 'Bar 9', days: ['FR'], timezone: 'America/New_York' }).schedule.timezone).toBe(
      'America/Chicago',
    );
  });
  it('leaves "close" open whatever hour the model makes of it', () => {
    expect(
      readOne({ venueName: 'Bar 9', scheduleText: 'Sat 9pm til close', endTime: '02:00' }).schedule.endTime,
    ).toBeNull();
  });
  it('takes one night, refuses dates that are none', () => {
    expect(
      readOne({ venueName: 'Bar 9', days: ['SA'], startDate: '2025-08-16', endDate: '2025-08-16' }).schedule,
    ).toMatchObject({ rrule: null, startDate: '2025-08-16', endDate: '2025-08-16' });
    expect(
      readOne({ venueName: 'Bar 9', startDate: '2025-02-30', endDate: 'soon', timezone: 'Mars/Base' }).schedule,
    ).toMatchObject({ startDate: null, endDate: null, timezone: 'America/Chicago' });
  });
  it('knows a night called off, from the flag or from the words', () => {
    expect(readOne({ venueName: 'Bar 9', cancelled: true }).status).toBe('cancelled');
    expect(readOne({ venueName: 'Bar 9', scheduleText: 'No karaoke this Tuesday' }).status).toBe('cancelled');
  });
  it('drops shows that say neither where nor when', () => {
    expect(readingsFromReply(replySchema.parse({ shows: [{ notes: 'fun' }, { hostName: 'Al' }] }), CONTEXT)).toEqual(
      [],
    );
  });
});
