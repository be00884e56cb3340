import { WEEKDAYS } from '../src/contract/show.ts';
import type { Weekday } from '../src/contract/show.ts';
import type { Random } from './random.ts';
import type { PlannedShow, Place } from './world.ts';

export const FULL_DAY: Record<Weekday, string> = {
  MO: 'Monday',
  TU: 'Tuesday',
  WE: 'Wednesday',
  TH: 'Thursday',
  FR: 'Friday',
  SA: 'Saturday',
  SU: 'Sunday',
};
const SHORT_DAYS: Record<Weekday, readonly string[]> = {
  MO: ['Mon'],
  TU: ['Tues', 'Tue'],
  WE: ['Wed', 'Weds'],
  TH: ['Thurs', 'Thu', 'Thur'],
  FR: ['Fri'],
  SA: ['Sat'],
  SU: ['Sun'],
};
const ORDINALS: Record<number, readonly [string, string]> = {
  1: ['1st', 'First'],
  2: ['2nd', 'Second'],
  3: ['3rd', 'Third'],
  4: ['4th', 'Fourth'],
  [-1]: ['Last', 'Last'],
};

/** The days as a person would write them on a flyer or in a post: `Every Thurs`, `Wed-Sat`, `1st & 3rd Mondays`. */
export function dayPhrase(random: Random, show: PlannedShow): string {
  const first = show.days[0] ?? 'FR';
  if (show.weeks) return monthlyPhrase(random, first, show.weeks);
  if (show.days.length === 7)
    return random.pick(['7 nights a week', 'Every night', 'Nightly', '7 days a week', 'Every night of the week']);
  if (show.days.length === 1) return singleDay(random, first);
  const short = random.chance(0.5);
  const names = show.days.map((day) => (short ? random.pick(SHORT_DAYS[day]) : FULL_DAY[day]));
  if (isRun(show.days) && show.days.length > 2) {
    const joint = random.pick(short ? ['-', ' - ', ' thru ', '-'] : [' - ', ' thru ', ' through ', ' to ']);
    return `${names[0]}${joint}${names[names.length - 1]}`;
  }
  const every = random.pick(['Every ', '', '']);
  return every + names.join(random.pick(short ? [' & ', '/', ' + ', ' & '] : [' & ', ' and ', ' & ']));
}

function singleDay(random: Random, day: Weekday): string {
  const full = FULL_DAY[day];
  const short = random.pick(SHORT_DAYS[day]);
  const forms = [
    full,
    `Every ${full}`,
    `${full}s`,
    `Every ${short}`,
    `${full} Nights`,
    `Every ${full} Night`,
    short,
    `${full} Night`,
    `${short}.`,
    `${short} nights`,
  ];
  return random.pick(forms);
}

function monthlyPhrase(random: Random, day: Weekday, weeks: readonly number[]): string {
  const spelt = random.chance(0.3) ? 1 : 0;
  const ordinals = weeks.map((week) => ORDINALS[week]?.[spelt] ?? '').join(random.pick([' & ', ' and ']));
  const full = FULL_DAY[day];
  const plural = weeks.length > 1 ? `${full}s` : full;
  return `${ordinals} ${random.pick([plural, `${plural} of the month`, `${full} of every month`])}`;
}

function isRun(days: readonly Weekday[]): boolean {
  const from = WEEKDAYS.indexOf(days[0] ?? 'MO');
  return days.every((day, index) => WEEKDAYS[from + index] === day);
}

/** RFC 5545 rule of a show, from its days and weeks. */
export function ruleOf(days: readonly Weekday[], weeks: readonly number[] | null): string {
  if (!weeks) return `FREQ=WEEKLY;BYDAY=${days.join(',')}`;
  return `FREQ=MONTHLY;BYDAY=${weeks.flatMap((week) => days.map((day) => `${week}${day}`)).join(',')}`;
}

export interface TimeWording {
  text: string;
  /** What `text` says, not what the show has. */
  endTime: string | null;
}

type HourStyle = (time: string) => string;

const clock = (time: string, minutes: 'always' | 'needed'): string => {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const twelve = hour % 12 === 0 ? 12 : hour % 12;
  return minutes === 'always' || minute > 0 ? `${twelve}:${String(minute).padStart(2, '0')}` : String(twelve);
};
const half = (time: string): 'am' | 'pm' => (Number(time.slice(0, 2)) < 12 ? 'am' : 'pm');
const STYLES: readonly HourStyle[] = [
  (time) => `${clock(time, 'needed')}${half(time)}`,
  (time) => `${clock(time, 'needed')}${half(time).toUpperCase()}`,
  (time) => `${clock(time, 'needed')} ${half(time).toUpperCase()}`,
  (time) => `${clock(time, 'always')} ${half(time).toUpperCase()}`,
  (time) => `${clock(time, 'always')}${half(time)}`,
  (time) => `${clock(time, 'needed')}${half(time).slice(0, 1)}`,
];
const bare: HourStyle = (time) => clock(time, 'needed');

/** The hours as printed. With `formal`, only forms a page made by software would print. */
export function timePhrase(random: Random, show: PlannedShow, formal = false): TimeWording {
  const style = random.pick(formal ? STYLES.slice(2, 4) : STYLES);
  const { startTime, endTime } = show;
  const startHour = Number(startTime.slice(0, 2));
  const bareAllowed = !formal && startHour >= 18 && startHour <= 23;
  if (endTime === null || (!formal && random.chance(0.12))) {
    const hour = bareAllowed && random.chance(0.25) ? `@ ${bare(startTime)}` : style(startTime);
    return {
      text: hour.startsWith('@') ? hour : random.pick([hour, `@ ${hour}`, `starts at ${hour}`, hour]),
      endTime: null,
    };
  }
  if (endTime === 'close') {
    const close = random.pick(formal ? ['Close'] : ['close', 'Close', 'CLOSE', '?', 'late']);
    const joint = random.pick(formal ? [' - '] : [' - ', ' til ', '-', ' to ', ' until ', " 'til "]);
    return { text: `${style(startTime)}${joint}${close}`, endTime: null };
  }
  if (bareAllowed && random.chance(0.25)) {
    return { text: `${bare(startTime)}${random.pick(['-', ' - ', '-', ' to '])}${bare(endTime)}`, endTime };
  }
  const sameHalf = half(startTime) === half(endTime);
  if (!formal && sameHalf && random.chance(0.4)) return { text: `${bare(startTime)}-${style(endTime)}`, endTime };
  const midnight = endTime === '00:00' && random.chance(0.4);
  const end = midnight ? random.pick(['midnight', 'Midnight']) : style(endTime);
  const joint = random.pick(formal ? [' - ', ' – '] : ['-', ' - ', ' to ', '–', ' - ', ' til ']);
  const range = `${style(startTime)}${joint}${end}`;
  return { text: !formal && random.chance(0.1) ? `from ${range}` : range, endTime };
}

/** The name of a venue as different people spell it. All forms are the same place to a careful reader. */
export function venuePhrase(random: Random, name: string): string {
  let spelt = name;
  if (spelt.includes(' & ') && random.chance(0.4)) spelt = spelt.replace(' & ', random.pick([' and ', ' + ', ' and ']));
  if (/['’]/.test(spelt)) spelt = spelt.replace(/['’]/g, random.pick(["'", '’', '’', '']));
  if (spelt.startsWith('The ') && random.chance(0.35)) spelt = spelt.slice(4);
  return spelt;
}

/** Street line as printed: long or short kind, with or without a full stop and the unit. */
export function streetPhrase(random: Random, place: Place): string {
  const [full, short] = place.streetKind;
  const kind = random.pick([full, short, short, short && short !== full ? `${short}.` : short]);
  const street = `${place.number} ${place.street}${kind ? ` ${kind}` : ''}`;
  return place.unit ? `${street}${random.pick([', ', ' '])}${place.unit}` : street;
}

export function phonePhrase(random: Random, phone: string): string {
  const [area = '', exchange = '', line = ''] = phone.split('-');
  return random.pick([`(${area}) ${exchange}-${line}`, phone, `${area}.${exchange}.${line}`]);
}

export interface HostWording {
  /** With its role words: `Hosted by DJ Mike`. */
  text: string;
  name: string | null;
  company: string | null;
}

const TITLED_LEADS = [
  'Hosted by',
  'w/',
  'with',
  'Host:',
  'w/',
  'Your host',
  'Hosted by',
  '',
  'with your host',
] as const;
const PLAIN_LEADS = [
  'Hosted by',
  'w/',
  'with',
  'Host:',
  'KJ:',
  'Your host',
  'w/ KJ',
  'with DJ',
  'Your KJ is',
  'KJ',
  'hosted by',
  'with your host',
] as const;
const FIRM_LEADS = ['w/', 'with', 'by', 'Hosted by', 'Presented by', 'Brought to you by'] as const;

/** How the host is named, if the show has one; what the words say of person and firm goes along. */
export function hostPhrase(random: Random, show: PlannedShow): HostWording | null {
  if (!show.presenter) return null;
  const { name, company } = show.presenter;
  if (!name) return company ? { text: `${random.pick(FIRM_LEADS)} ${company}`, name: null, company } : null;
  if (company && random.chance(0.6)) {
    const lead = random.pick(['Hosted by', 'with', 'w/']);
    return {
      text: `${lead} ${name}${random.pick([` of ${company}`, ` (${company})`, ` / ${company}`])}`,
      name,
      company,
    };
  }
  // A title alone says who hosts: `KJ Denise` needs no "hosted by".
  const titled = /^(DJ|KJ|VDJ) /.test(name);
  const lead = random.pick(titled ? TITLED_LEADS : PLAIN_LEADS);
  return { text: `${lead} ${name}`.trim(), name, company: null };
}
