import type { RunContext } from '../../contract/analysis.ts';
import type { EvidenceFields, Schedule, ShowReading, Weekday } from '../../contract/show.ts';
import { isTimeZone } from '../../contract/time-zone.ts';
import { UNSTATED_CONFIDENCE } from '../reply-fields.ts';
import { regionCode } from './places/regions.ts';
import type { Reply, ReplyShow } from './reply-schema.ts';
import { inCalendarOrder } from './schedule/day-words.ts';
import { readSchedule, readSchedules, type ScheduleReading } from './schedule/read-schedule.ts';

/** The words and the model's own reading of them differ: one of the two is wrong. */
const DISAGREEMENT = 0.8;

/**
 * Turns a vision model's reply into readings. The words it copied are read by the same rules as printed text; its own
 * days, times and dates fill what those words leave open, and a disagreement lowers the confidence.
 */
export function readingsFromReply(reply: Reply, context: RunContext): ShowReading[] {
  return reply.shows.filter(saysSomething).flatMap((show) => toReadings(show, context));
}

function saysSomething(show: ReplyShow): boolean {
  const where = show.venueName ?? show.venueAddress;
  const when = show.scheduleText ?? show.startTime ?? show.startDate ?? show.days[0];
  return (
    where !== null ||
    (when !== undefined && (show.hostName ?? show.hostCompany) !== null) ||
    (show.name !== null && when !== undefined)
  );
}

/** One for each schedule that the copied words state: a model that puts all nights of a bar into one show loses hours. */
function toReadings(show: ReplyShow, context: RunContext): ShowReading[] {
  const stated = show.scheduleText === null ? [] : readSchedules(show.scheduleText, context);
  const meant = stated.length > 1 ? meantOf(stated, ownSchedule(show, context).days) : null;
  if (meant === null) return [toReading(show, mergeSchedules(show, stated, context))];
  const timezone = zoneOf(show, context);
  return meant.map(({ cancelled, openEnd: _openEnd, ...schedule }) => {
    const reading = toReading(show, { schedule: { ...schedule, timezone }, disagrees: false, cancelled });
    return { ...reading, fields: withoutWhen(reading.fields, schedule.text) };
  });
}

/**
 * Which of several stated schedules a model's own days mean: all of them, or those that have exactly these days between
 * them. Null where the days fit none.
 */
function meantOf(stated: readonly ScheduleReading[], days: readonly Weekday[]): ScheduleReading[] | null {
  const own = new Set(days);
  const fitting = stated.filter((schedule) => days.length === 0 || schedule.days.every((day) => own.has(day)));
  const covered = inCalendarOrder(fitting.flatMap((schedule) => schedule.days));
  return fitting.length > 0 && (days.length === 0 || covered.join() === days.join()) ? fitting : null;
}

/** The model's own hours are those of another night perhaps: the words are the evidence. */
function withoutWhen(fields: EvidenceFields, text: string | null): EvidenceFields {
  const kept = Object.entries(fields).filter(([field]) => !/^schedule\.(?:days|startTime|endTime)$/.test(field));
  return { ...Object.fromEntries(kept), ...(text === null ? {} : { 'schedule.text': { text, box: null } }) };
}

interface MergedSchedule {
  schedule: Schedule;
  disagrees: boolean;
  cancelled: boolean;
}

function toReading(show: ReplyShow, { schedule, disagrees, cancelled }: MergedSchedule): ShowReading {
  const confidence = (show.confidence ?? UNSTATED_CONFIDENCE) * (disagrees ? DISAGREEMENT : 1);
  return {
    name: show.name,
    status: show.cancelled || cancelled ? 'cancelled' : 'scheduled',
    venue: {
      name: show.venueName,
      address: show.venueAddress,
      city: show.venueCity,
      state: show.venueState === null ? null : (regionCode(show.venueState) ?? show.venueState),
      postcode: show.venuePostcode,
      country: show.venueCountry,
      phone: show.venuePhone,
      website: show.venueWebsite,
    },
    host: { name: show.hostName, company: show.hostCompany },
    schedule,
    notes: show.notes,
    confidence: Math.round(confidence * 1000) / 1000,
    fields: evidenceOf(show),
  };
}

function mergeSchedules(show: ReplyShow, stated: readonly ScheduleReading[], context: RunContext): MergedSchedule {
  const own = ownSchedule(show, context);
  const read = show.scheduleText === null ? null : readSchedule(show.scheduleText, context);
  if (read === null) return { schedule: own, disagrees: false, cancelled: false };
  const { cancelled, openEnd, ...words } = read;
  const several = stated.length > 1;
  const disagrees = !several && (differ(words.startTime, own.startTime) || differDays(words.days, own.days));
  // Words that state several nights with hours of their own are split by the model; its own answer says which it means.
  const preferOwn = several && own.days.length > 0;
  const days = preferOwn || words.days.length === 0 ? own.days : words.days;
  const schedule: Schedule = {
    text: words.text,
    days,
    rrule: preferOwn || words.days.length === 0 ? own.rrule : words.rrule,
    startTime: preferOwn ? (own.startTime ?? words.startTime) : (words.startTime ?? own.startTime),
    endTime: preferOwn ? own.endTime : (words.endTime ?? (openEnd ? null : own.endTime)),
    timezone: own.timezone,
    startDate: words.startDate ?? own.startDate,
    endDate: words.endDate ?? own.endDate,
    exceptDates: words.exceptDates.length > 0 ? words.exceptDates : own.exceptDates,
  };
  return { schedule, disagrees, cancelled };
}

/** The schedule from the fields that the model filled in itself. */
function ownSchedule(show: ReplyShow, context: RunContext): Schedule {
  const days = show.days.map((day) => toDays(day, context));
  const start = timeOf(show.startTime, context);
  const end = timeOf(show.endTime, context);
  const listed = inCalendarOrder(days.flat());
  const oneNight = show.startDate !== null && show.startDate === show.endDate;
  return {
    text: show.scheduleText,
    days: listed,
    rrule: listed.length === 0 || oneNight ? null : `FREQ=WEEKLY;BYDAY=${listed.join(',')}`,
    startTime: start,
    endTime: end,
    timezone: zoneOf(show, context),
    startDate: isoDate(show.startDate),
    endDate: isoDate(show.endDate),
    exceptDates: show.exceptDates.map(isoDate).filter((date) => date !== null),
  };
}

/** What the run was told wins: a model names a zone that is not printed. */
function zoneOf({ timezone }: ReplyShow, context: RunContext): string | null {
  return context.timezone ?? (timezone !== null && isTimeZone(timezone) ? timezone : null);
}

function toDays(word: string, context: RunContext): Weekday[] {
  const code = /^(MO|TU|WE|TH|FR|SA|SU)$/i.exec(word.trim())?.[1]?.toUpperCase();
  return code === undefined ? readSchedule(word, context).days : [code as Weekday];
}

/** `21:00`, `9 PM`, `24:00`; a bare `9:00` of a model is a 24-hour clock as it was asked for. */
function timeOf(words: string | null, context: RunContext): string | null {
  if (words === null) return null;
  const plain = /^(\d{1,2}):(\d{2})(?::\d{2})?$/.exec(words.trim());
  if (plain === null) return readSchedule(words, context).startTime;
  const hour = Number(plain[1]) % 24;
  return Number(plain[1]) > 24 || Number(plain[2]) > 59 ? null : `${String(hour).padStart(2, '0')}:${plain[2] ?? '00'}`;
}

function isoDate(words: string | null): string | null {
  const found = words === null ? null : /^(\d{4})-(\d{2})-(\d{2})(?:T.*)?$/.exec(words.trim());
  if (found === null) return null;
  const iso = found.slice(1, 4).join('-');
  const at = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(iso) ? iso : null;
}

function differ(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a !== b;
}

function differDays(a: readonly Weekday[], b: readonly Weekday[]): boolean {
  return a.length > 0 && b.length > 0 && a.join() !== b.join();
}

function evidenceOf(show: ReplyShow): EvidenceFields {
  const printed: Record<string, string | null> = {
    name: show.name,
    'venue.name': show.venueName,
    'venue.address': show.venueAddress,
    'venue.city': show.venueCity,
    'venue.state': show.venueState,
    'venue.postcode': show.venuePostcode,
    'venue.country': show.venueCountry,
    'venue.phone': show.venuePhone,
    'venue.website': show.venueWebsite,
    'host.name': show.hostName,
    'host.company': show.hostCompany,
    'schedule.text': show.scheduleText,
    'schedule.days': show.days.length === 0 ? null : show.days.join(', '),
    'schedule.startTime': show.startTime,
    'schedule.endTime': show.endTime,
    'schedule.startDate': show.startDate,
    'schedule.endDate': show.endDate,
    notes: show.notes,
  };
  return Object.fromEntries(
    Object.entries(printed).flatMap(([field, text]) => (text === null ? [] : [[field, { text, box: null }]])),
  );
}
