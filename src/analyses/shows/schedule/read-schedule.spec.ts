import { describe, expect, it } from '@jest/globals';
import { readSchedule } from './read-schedule.ts';

const CONTEXT = { timezone: 'America/New_York', startedAt: '2025-08-11T12:00:00Z' };

/** `rule or days | start-end | dates`; `-` for what is not said. */
function inWords(words: string): string {
  const { days, rrule, startTime, endTime, openEnd, startDate, endDate, exceptDates, cancelled } = readSchedule(
    words,
    CONTEXT,
  );
  const rule = rrule?.replace('FREQ=WEEKLY;BYDAY=', '').replace('FREQ=', '') ?? (days.join(',') || '-');
  const dates = [
    startDate === null ? '' : `from ${startDate}`,
    endDate === null ? '' : `to ${endDate}`,
    ...exceptDates.map((date) => `not ${date}`),
    cancelled ? 'off' : '',
  ];
  return [
    rule,
    `${startTime ?? '-'}-${endTime ?? (openEnd ? 'open' : '-')}`,
    ...dates.filter((date) => date !== ''),
  ].join(' ');
}

describe('days', () => {
  it.each([
    ['Tues', 'TU'],
    ['Tuesdays', 'TU'],
    ['TUES.', 'TU'],
    ['every Tues & Thurs', 'TU,TH'],
    ['Mon, Wed + Fri', 'MO,WE,FR'],
    ['Tue/Thu', 'TU,TH'],
    ['Wed–Sat', 'WE,TH,FR,SA'],
    ['Thu thru Sat', 'TH,FR,SA'],
    ['Sun-Thurs', 'MO,TU,WE,TH,SU'],
    ['M-F', 'MO,TU,WE,TH,FR'],
    ['Th-Sa', 'TH,FR,SA'],
    ['nightly', 'MO,TU,WE,TH,FR,SA,SU'],
    ['7 nights a week', 'MO,TU,WE,TH,FR,SA,SU'],
    ['DAYS A WEEK', 'MO,TU,WE,TH,FR,SA,SU'],
    ['every night of the week', 'MO,TU,WE,TH,FR,SA,SU'],
    ['every night except Monday', 'TU,WE,TH,FR,SA,SU'],
    ['weekdays', 'MO,TU,WE,TH,FR'],
    ['weekends', 'SA,SU'],
    ['1st & 3rd Mondays', 'MONTHLY;BYDAY=1MO,3MO'],
    ['first and third Saturday', 'MONTHLY;BYDAY=1SA,3SA'],
    ['Thursdays (2nd & 4th)', 'MONTHLY;BYDAY=2TH,4TH'],
    ['2nd Tues of the month', 'MONTHLY;BYDAY=2TU'],
    ['last Friday of the month', 'MONTHLY;BYDAY=-1FR'],
    ['every other Sunday', 'WEEKLY;INTERVAL=2;BYDAY=SU'],
    ['WEDNESDAYNIGHTS', 'WE'],
    ['Todos los Martes', 'TU'],
    ['Miércoles y Viernes', 'WE,FR'],
    ['jueves a sábado', 'TH,FR,SA'],
  ])('%s', (words, rule) => {
    expect(inWords(words)).toBe(`${rule} ---`);
  });
  it.each([
    'Ruby Tuesday',
    'Rising Sun',
    '5 days a week',
    'two nights a week',
    'closed Mondays',
    'last Friday',
    'DJ Sunday Rose',
    "Monday's Pub",
    'The Sunday Social Club',
    'once None',
    'NEW TIME',
    '',
  ])('no day in "%s"', (words) => {
    expect(inWords(words)).toBe('- ---');
  });
});

describe('times', () => {
  it.each([
    ['8p-12a', '20:00-00:00'],
    ['9p-1a', '21:00-01:00'],
    ['8-12', '20:00-00:00'],
    ['9-1', '21:00-01:00'],
    ['8 to 12', '20:00-00:00'],
    ['7-11 PM', '19:00-23:00'],
    ['4-8pm', '16:00-20:00'],
    ['10-2 AM', '22:00-02:00'],
    ['9PM TIL CLOSE', '21:00-open'],
    ['9PMTIL CLOSE', '21:00-open'],
    ['9p-?', '21:00-open'],
    ['10p–Close', '22:00-open'],
    ['8 to close', '20:00-open'],
    ['9:30 til late', '21:30-open'],
    ['21:00-00:00', '21:00-00:00'],
    ['20:00-24:00', '20:00-00:00'],
    ['19:30-23:30', '19:30-23:30'],
    ['20:00-None', '20:00-open'],
    ['noon–4', '12:00-16:00'],
    ['9 PM - Midnight', '21:00-00:00'],
    ['9 PM - 12 midnight', '21:00-00:00'],
    ['7ish', '19:00--'],
    ['@ 9:30', '21:30--'],
    ['Starts at 9', '21:00--'],
    ['8:00 PM to 11pm (ish)', '20:00-23:00'],
    ['9 p.m. - 1:30 a.m.', '21:00-01:30'],
    ['830-1230', '20:30-00:30'],
    ['9 PM 1 AM', '21:00-01:00'],
    ['1O PM - 2 AM', '22:00-02:00'],
    ['8 PM - 12 PM', '20:00-00:00'],
    ['de 8 a 12', '20:00-00:00'],
    ['Karaoke til 2am', '--02:00'],
    ['Happy hour 4-7pm, karaoke 9-1', '21:00-01:00'],
    ['Doors 7 Show 8', '20:00--'],
    ['Karaoke 9pm-1am · Kitchen open til 11', '21:00-01:00'],
  ])('%s', (words, times) => {
    expect(inWords(words)).toBe(`- ${times}`);
  });
  it.each([
    'Sign up by 9:00 PM',
    'Half price appetizers until 9 PM',
    '$3-5 drinks',
    '2-4-1 wells',
    '727-555-0148',
    'Free pool til 9pm',
    '21+',
    '1st Place $500',
    'Happy hour 4-7',
    'The Midnight Owl',
    'None-None',
  ])('no time in "%s"', (words) => {
    expect(inWords(words)).toBe('- ---');
  });
});

describe('whole schedules', () => {
  it.each([
    ['Tues 9p-1a', 'TU 21:00-01:00'],
    ['Every Thurs @ 9:30', 'TH 21:30--'],
    ['every tuesday 21:00-00:00', 'TU 21:00-00:00'],
    ['fourth Friday 6:00 PM - 10:00 PM', 'MONTHLY;BYDAY=4FR 18:00-22:00'],
    ['this Saturday 8/16', 'SA --- from 2025-08-16 to 2025-08-16'],
    ['Saturday, August 16 @ 9PM', 'SA 21:00-- from 2025-08-16 to 2025-08-16'],
    ['this Friday', 'FR --- from 2025-08-15 to 2025-08-15'],
    ['Tuesdays 7-11 starting Sept 2', 'TU 19:00-23:00 from 2025-09-02'],
    ['Fridays 9-1 thru Aug 29', 'FR 21:00-01:00 to 2025-08-29'],
    ['Thursdays 8pm except Nov 27', 'TH 20:00-- not 2025-11-27'],
    ['Thu, September 4 · weekly event, every Thursday', 'TH --- from 2025-09-04'],
    ['no karaoke this week', '- --- off'],
    ['No show this week', '- --- off'],
    ['Tuesday 9pm, no-show fee $5', 'TU 21:00--'],
    ['Tuesday 9pm CANCELLED', 'TU 21:00-- off'],
  ])('%s', (words, expected) => {
    expect(inWords(words)).toBe(expected);
  });
  it('keeps the words as printed', () => {
    expect(readSchedule(' Tues 9p–1a ', CONTEXT).text).toBe('Tues 9p–1a');
    expect(readSchedule('', CONTEXT).text).toBeNull();
  });
});
