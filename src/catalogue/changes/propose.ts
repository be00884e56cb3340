import type { Host, Schedule, ShowFacts } from '../../contract/show.ts';
import { orderDays } from '../../merger/clean/schedule.ts';
import { isFormOf } from '../../merger/field-values.ts';
import { nightsOf, patternKey, ruleOf, type Night } from '../../merger/night.ts';
import { compareTimes } from '../../merger/show-time.ts';
import { isDatedCancellation, isOneNight, saysLess } from './match-shows.ts';

/**
 * What is listed, put beside what a record says of it, gives what would be listed: a value that says the same in other or
 * fewer words changes nothing, a missing one takes nothing away.
 */
export function pick(field: string, listed: string | null, said: string | null): string | null {
  if (said === null || listed === null) return said ?? listed;
  return isFormOf(field, said, listed) ? listed : said;
}

function pickHost(listed: Host, said: Host): Host {
  const isKnownAs = (text: string | null, other: string | null): boolean =>
    text !== null && other !== null && isFormOf('host.name', text, other);
  // A company printed where the host's name goes, or the other way round, is no other host.
  const name = isKnownAs(said.name, listed.company) ? null : said.name;
  const company = isKnownAs(said.company, listed.name) ? null : said.company;
  return { name: pick('host.name', listed.name, name), company: pick('host.company', listed.company, company) };
}

type When = Pick<Schedule, 'days' | 'rrule' | 'startDate'>;

/** Nights that a record adds are added; another pattern takes the place of the listed one unless it says less. */
function pickNights(listed: Schedule, said: Schedule): When {
  const { days, rrule, startDate } = listed;
  const [its, own] = [nightsOf(listed), nightsOf(said)];
  const kept: When = { days, rrule, startDate: said.startDate ?? startDate };
  if (own.every(({ day }) => day === null)) {
    return days.length === 0 ? { ...kept, rrule: rrule ?? said.rrule } : { ...kept, startDate };
  }
  if (its.every(({ day }) => day === null))
    return { days: said.days, rrule: said.rrule ?? rrule, startDate: kept.startDate };
  const shared = own.filter(({ day }) => its.some((night) => night.day === day));
  const isSamePattern = shared.every(({ day, pattern }) =>
    its.some((night) => night.day === day && patternKey(night.pattern) === patternKey(pattern)),
  );
  if (!isSamePattern) {
    if (saysLess(own) && shared.length > 0) return { ...kept, startDate };
    return { days: said.days, rrule: said.rrule, startDate: said.startDate };
  }
  const added = own.filter(({ day }) => !its.some((night) => night.day === day));
  if (added.length === 0) return kept;
  const nights: Night[] = [...its, ...added];
  const rule = nights.find(({ pattern }) => pattern.kind !== 'plain') ?? nights[0];
  const weekly = nights.map((night) => (night.pattern.kind === 'plain' && rule ? { ...rule, day: night.day } : night));
  return { ...kept, days: orderDays(nights.flatMap(({ day }) => day ?? [])), rrule: ruleOf(weekly) ?? rrule };
}

function pickEnd(listed: Schedule, said: Schedule): string | null {
  if (said.endTime !== null) return said.endTime;
  // The end of the time it was at before says nothing of the one it is at now.
  return compareTimes(listed, said) === 'disjoint' ? null : listed.endTime;
}

/**
 * Days and dates once each and in order; a last date before the first is none. What only follows from the rest (the next
 * nights, doubts) is not kept: it would be of the day of the run.
 */
export function orderly(schedule: Schedule): Schedule {
  const { warnings: _warnings, next: _next, ...kept } = schedule;
  const { days, startDate, endDate, exceptDates } = kept;
  const isBackwards = startDate !== null && endDate !== null && endDate < startDate;
  return {
    ...kept,
    days: orderDays(days),
    endDate: isBackwards ? null : endDate,
    exceptDates: [...new Set(exceptDates)].sort(),
  };
}

/** One value decides how another is understood (a night without a last date is one night): until nothing changes. */
function pickSchedule(listed: Schedule, said: Schedule, seenOn: string): Schedule {
  let picked = listed;
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const next = pickOnce(picked, said, seenOn);
    if (JSON.stringify(next) === JSON.stringify(picked)) break;
    picked = next;
  }
  return picked;
}

/** More are never needed in earnest. */
const MAX_PASSES = 4;

function pickOnce(listed: Schedule, said: Schedule, seenOn: string): Schedule {
  const when = pickNights(listed, said);
  // Printed again after its last date: it goes on.
  const hasGoneOn = said.endDate === null && listed.endDate !== null && listed.endDate < seenOn && said.rrule !== null;
  const picked = orderly({
    ...listed,
    ...when,
    startTime: said.startTime ?? listed.startTime,
    endTime: pickEnd(listed, said),
    timezone: said.timezone ?? listed.timezone,
    endDate: hasGoneOn ? null : (said.endDate ?? listed.endDate),
    exceptDates: [...listed.exceptDates, ...said.exceptDates],
  });
  const { text: _text, ...rest } = picked;
  const { text: before, ...old } = listed;
  // Two wordings of one schedule are no news.
  const isNews = JSON.stringify(rest) !== JSON.stringify(old);
  return { ...picked, text: isNews ? (said.text ?? before) : (before ?? said.text) };
}

/**
 * What would be listed of a show after a record that speaks of it.
 *
 * @param venue what is decided for the venue over all records at it
 * @param seenOn `YYYY-MM-DD`, when the images were sent
 */
export function propose(
  listed: ShowFacts,
  record: ShowFacts,
  venue: Omit<ShowFacts['venue'], 'phone' | 'website'>,
  seenOn: string,
): ShowFacts {
  const place = {
    ...venue,
    phone: pick('venue.phone', listed.venue.phone, record.venue.phone),
    website: pick('venue.website', listed.venue.website, record.venue.website),
  };
  const head = {
    name: pick('name', listed.name, record.name),
    venue: place,
    host: pickHost(listed.host, record.host),
    notes: pick('notes', listed.notes, record.notes),
    confidence: Math.max(listed.confidence, record.confidence),
  };
  const isOneNightOff = isDatedCancellation(record) && !isOneNight(listed.schedule);
  if (isOneNightOff) {
    const { exceptDates } = listed.schedule;
    const off = record.schedule.startDate === null ? [] : [record.schedule.startDate];
    const schedule = { ...listed.schedule, exceptDates: [...new Set([...exceptDates, ...off])].sort() };
    return { ...head, status: listed.status, schedule };
  }
  return { ...head, status: record.status, schedule: pickSchedule(listed.schedule, record.schedule, seenOn) };
}
