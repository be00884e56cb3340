import { WEEKDAYS, type Schedule, type Weekday } from '../../../contract/show.ts';
import { nameOfDate, nameOfTime, ordinalName, VOCABULARY, type Language } from './vocabulary.ts';

/**
 * A schedule in plain words: `Every Tuesday and Thursday, 9 PM – 1 AM, starting May 3, 2026`. Reading the words again
 * gives the same rule, times and dates.
 *
 * @returns null where nothing is known of when, or the rule is one that has no words here (`BYMONTHDAY`)
 */
export function scheduleInWords(schedule: Schedule, language: Language): string | null {
  const nights = nightsInWords(schedule, language);
  if (nights === null) return null;
  const parts = [nights, timesInWords(schedule, language), ...datesInWords(schedule, language)];
  const words = parts.filter((part) => part !== '').join(', ');
  return words === '' ? null : words.charAt(0).toUpperCase() + words.slice(1);
}

/** Empty where no night is known. */
function nightsInWords({ rrule, days, startDate, endDate }: Schedule, language: Language): string | null {
  const { day } = VOCABULARY[language];
  if (rrule !== null) return ruleInWords(rrule, days, language);
  const names = days.map((each) => day[each]);
  if (startDate === null || startDate !== endDate) return joined(names, language);
  const date = nameOfDate(startDate, language);
  if (names.length === 0) return date;
  return language === 'en' ? `${joined(names, language)}, ${date}` : `${joined(names, language)} ${date}`;
}

function ruleInWords(rrule: string, known: readonly Weekday[], language: Language): string | null {
  const parts = new Map(rrule.split(';').map((part) => part.split('=', 2) as [string, string | undefined]));
  if ([...parts.keys()].some((name) => !['FREQ', 'INTERVAL', 'BYDAY', 'WKST'].includes(name))) return null;
  const weeks = Number(parts.get('INTERVAL') ?? '1');
  const entries = (parts.get('BYDAY') ?? known.join(',')).split(',').filter((entry) => entry !== '');
  switch (parts.get('FREQ')) {
    case 'DAILY':
      return weeks === 1 && !parts.has('BYDAY') ? VOCABULARY[language].everyNight : null;
    case 'WEEKLY':
      return weeklyInWords(entries, weeks, language);
    case 'MONTHLY':
      return weeks === 1 ? monthlyInWords(entries, language) : null;
    case undefined:
    default:
      return null;
  }
}

function weeklyInWords(entries: readonly string[], weeks: number, language: Language): string | null {
  const days = WEEKDAYS.filter((day) => entries.includes(day));
  if (days.length === 0 || days.length !== new Set(entries).size) return null;
  const { everyNight, day, days: plural } = VOCABULARY[language];
  if (weeks === 1 && days.length === WEEKDAYS.length) return everyNight;
  const isRun =
    days.length > 2 && WEEKDAYS.indexOf(days[0] ?? 'MO') + days.length - 1 === WEEKDAYS.indexOf(days.at(-1) ?? 'MO');
  const [first, last] = [day[days[0] ?? 'MO'], day[days.at(-1) ?? 'MO']];
  if (language === 'en') {
    const list = isRun
      ? `${first} through ${last}`
      : joined(
          days.map((each) => day[each]),
          language,
        );
    if (weeks === 1) return `every ${list}`;
    return weeks === 2 ? `every other ${list}` : `every ${weeks} weeks on ${list}`;
  }
  if (isRun && weeks === 1) return `de ${first} a ${last}`;
  const list = joined(
    days.map((each) => plural[each]),
    language,
  );
  if (weeks === 1) return `todos los ${list}`;
  return `cada ${weeks === 2 ? 'dos' : weeks} semanas los ${list}`;
}

/** Each weekday with its places in the month; `1st and 3rd Monday of the month and last Friday of the month`. */
function monthlyInWords(entries: readonly string[], language: Language): string | null {
  const places = new Map<Weekday, string[]>();
  for (const entry of entries) {
    const [, ordinal, code] = /^(-?\d)([A-Z]{2})$/.exec(entry) ?? [];
    const day = WEEKDAYS.find((each) => each === code);
    const name = ordinal === undefined ? undefined : ordinalName(Number(ordinal), language);
    if (day === undefined || name === undefined) return null;
    places.set(day, [...(places.get(day) ?? []), name]);
  }
  const { day: dayName, ofTheMonth } = VOCABULARY[language];
  const nights = [...places].map(([day, names]) => `${joined(names, language)} ${dayName[day]} ${ofTheMonth}`);
  return nights.length === 0 ? null : joined(nights, language);
}

function timesInWords({ startTime, endTime }: Schedule, language: Language): string {
  const { untilTime, toTime } = VOCABULARY[language];
  if (startTime === null) return endTime === null ? '' : `${untilTime} ${nameOfTime(endTime, language)}`;
  const start = nameOfTime(startTime, language);
  return endTime === null ? start : `${start} ${toTime} ${nameOfTime(endTime, language)}`;
}

function datesInWords({ rrule, startDate, endDate, exceptDates }: Schedule, language: Language): string[] {
  const { from, until, except } = VOCABULARY[language];
  const isOneNight = rrule === null && startDate !== null && startDate === endDate;
  const named = (word: string, date: string | null): string[] =>
    date === null || isOneNight ? [] : [`${word} ${nameOfDate(date, language)}`];
  const left = exceptDates.map((date) => nameOfDate(date, language));
  return [
    ...named(from, startDate),
    ...named(until, endDate),
    ...(left.length === 0 ? [] : [`${except} ${joined(left, language)}`]),
  ];
}

function joined(words: readonly string[], language: Language): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} ${VOCABULARY[language].and} ${last}`;
}
