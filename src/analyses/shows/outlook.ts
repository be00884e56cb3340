import type { RunContext } from '../../contract/analysis.ts';
import type { Schedule, Show } from '../../contract/show.ts';
import { zoneOfPlace } from './places/time-zones.ts';
import { dateInZone } from './schedule/dates.ts';
import { nextDates } from './schedule/next-dates.ts';
import { scheduleWarnings } from './schedule/warnings.ts';

/** How many coming nights a show is told with. */
const NIGHTS_AHEAD = 4;

type OutlookContext = Pick<RunContext, 'timezone' | 'city' | 'state' | 'startedAt'>;

/**
 * A merged show with what follows from its schedule: the time zone of its venue, the next nights counted from the run's
 * start, and what a person should look at. Pure, like the merge before it.
 */
export function withOutlook(show: Show, context: OutlookContext): Show {
  const timezone = zoneOf(show, context);
  const schedule: Schedule = { ...show.schedule, timezone };
  const today = dateInZone(context.startedAt, timezone) ?? context.startedAt.slice(0, 10);
  return withNext(
    { ...show, schedule: { ...schedule, warnings: scheduleWarnings(schedule, today) } },
    context.startedAt,
  );
}

/**
 * A show whose next nights are counted from another moment: a result that is asked for weeks later must not tell of
 * nights that have been. Costs next to nothing where none of them has.
 *
 * @param now RFC 3339
 */
export function refreshed(show: Show, now: string): Show {
  const { next, timezone } = show.schedule;
  const today = dateInZone(now, timezone);
  const isCurrent = next !== undefined && (next[0] === undefined || today === null || next[0].slice(0, 10) >= today);
  return isCurrent ? show : withNext(show, now);
}

function withNext(show: Show, now: string): Show {
  const { schedule } = show;
  const options = { from: now, count: NIGHTS_AHEAD, timezone: schedule.timezone };
  const nights = show.status === 'cancelled' ? [] : nextDates(schedule, options);
  return { ...show, schedule: { ...schedule, next: nights.map(({ startsAt }) => startsAt) } };
}

/** What the run was told wins, then what is printed, then where the venue is, then where the pile is said to be from. */
function zoneOf({ schedule, venue }: Show, { timezone, city, state }: OutlookContext): string | null {
  return timezone ?? schedule.timezone ?? zoneOfPlace(venue) ?? zoneOfPlace({ city, state, country: venue.country });
}
