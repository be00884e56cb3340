import type { DatePhrase } from './date-phrases.ts';
import type { DayPhrase } from './day-phrases.ts';
import type { SchedulePhrase } from './phrases.ts';

type Part = SchedulePhrase[];

/**
 * The schedules that one text states, each as its phrases: `Mon-Thu 8-12, Fri & Sat 9-1` is two, whether the hours stand
 * behind the days or before them. What stands before the first or behind the last of them (`thru Labor Day`) is said of
 * all. Nights with the same hours stay one schedule.
 */
export function splitNights(phrases: readonly SchedulePhrase[]): SchedulePhrase[][] {
  const core = phrases.filter((phrase) => isWhen(phrase) || isTime(phrase));
  const parts = joinSameHours(cutParts(core)).flatMap(splitMonthly).flatMap(splitDates);
  if (parts.length < 2) return [[...phrases]];
  const rest = phrases.filter((phrase) => !core.includes(phrase));
  return parts.map((part) =>
    [...part, ...rest.filter((phrase) => belongs(phrase, part, parts))].sort((left, right) => left.start - right.start),
  );
}

function isWhen(phrase: SchedulePhrase): phrase is DayPhrase | DatePhrase {
  return (phrase.kind === 'days' && !phrase.excluded) || isOneNight(phrase);
}

function isOneNight(phrase: SchedulePhrase): phrase is DatePhrase {
  return phrase.kind === 'date' && phrase.relation === 'on';
}

function isTime(phrase: SchedulePhrase): boolean {
  return phrase.kind === 'time' && !phrase.decoy && phrase.startTime !== null;
}

/** A part has its days and its hours; the next one begins with what the present one has already. */
function cutParts(core: readonly SchedulePhrase[]): Part[] {
  const parts: Part[] = [];
  let part: Part = [];
  core.forEach((phrase, place) => {
    const isFull = part.some(isWhen) && part.some(isTime);
    const other = isTime(phrase) ? isWhen : isTime;
    const timeFirst = part.findIndex(isTime) < part.findIndex(isWhen);
    // `(8-12) Fridays 9-1`: a second time in a row is no other night, nor are days without a time of their own.
    const beginsNext = isFull && isTime(phrase) === timeFirst && core.slice(place + 1).some(other);
    if (beginsNext) {
      parts.push(part);
      part = [];
    }
    part.push(phrase);
  });
  return [...parts, part].filter((each) => each.length > 0);
}

function hoursOf(part: Part): string {
  const time = part.find((phrase) => phrase.kind === 'time' && phrase.startTime !== null);
  return time?.kind === 'time' ? `${time.startTime ?? ''}-${time.endTime ?? ''}-${String(time.openEnd)}` : '';
}

/** Days that repeat alike can share a rule. */
function kindOf(part: Part): string {
  const days = part.filter((phrase) => phrase.kind === 'days');
  if (days.length === 0 || part.some(isOneNight) || days.some((phrase) => phrase.once)) return 'once';
  return days.map((phrase) => (phrase.ordinals.length > 0 ? 'monthly' : `every ${phrase.intervalWeeks}`)).join();
}

function joinSameHours(parts: readonly Part[]): Part[] {
  const joined: Part[] = [];
  for (const part of parts) {
    const same = joined.find(
      (other) => kindOf(part) !== 'once' && kindOf(other) === kindOf(part) && hoursOf(other) === hoursOf(part),
    );
    if (same === undefined) joined.push([...part]);
    else same.push(...part);
  }
  return joined;
}

/** `Thursdays & 1st Saturdays 9-1`: no single rule says both. */
function splitMonthly(part: Part): Part[] {
  const days = part.filter((phrase) => phrase.kind === 'days' && !phrase.excluded);
  const monthly = days.filter((phrase) => phrase.kind === 'days' && phrase.ordinals.length > 0);
  const weekly = days.filter((phrase) => !monthly.includes(phrase));
  const named = new Set(monthly.flatMap((phrase) => (phrase.kind === 'days' ? phrase.days : [])));
  const isOther = weekly.every((phrase) => phrase.kind === 'days' && phrase.days.every((day) => !named.has(day)));
  if (monthly.length === 0 || weekly.length === 0 || !isOther) return [part];
  return [weekly, monthly].map((kept) => part.filter((phrase) => !days.includes(phrase) || kept.includes(phrase)));
}

/** `Sat 8/16 & Sat 8/30 9pm`: two nights, unless the days are said to repeat (then the first date is where they begin). */
function splitDates(part: Part): Part[] {
  const dates = part.filter(isOneNight);
  const days = part.filter((phrase) => phrase.kind === 'days');
  if (dates.length < 2 || days.some((phrase) => phrase.repeats)) return [part];
  return dates.map((date, place) => {
    const own = days.length === dates.length ? days[place] : undefined;
    return part.filter(
      (phrase) =>
        phrase === date || (!isOneNight(phrase) && (phrase.kind !== 'days' || own === undefined || phrase === own)),
    );
  });
}

/** Within the reach of a part its own, before the first and behind the last everybody's. */
function belongs(phrase: SchedulePhrase, part: Part, parts: readonly Part[]): boolean {
  const starts = parts.map((each) => Math.min(...each.map(({ start }) => start)));
  const ends = parts.map((each) => Math.max(...each.map(({ end }) => end)));
  if (phrase.start >= Math.max(...ends) || phrase.start < Math.min(...starts)) return true;
  const own = starts[parts.indexOf(part)] ?? 0;
  const next = Math.min(...starts.filter((start) => start > own));
  return phrase.start >= own && phrase.start < next;
}
