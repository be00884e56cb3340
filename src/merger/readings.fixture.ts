import type { Observation } from '../contract/analysis.ts';
import type { Host, Schedule, Show, ShowReading, ShowStatus, Venue, Weekday } from '../contract/show.ts';

/** A reading in few words, for tests. */
export interface Told {
  name?: string;
  status?: ShowStatus;
  venue?: string | null;
  address?: string | null;
  city?: string | null;
  state?: string | null;
  postcode?: string;
  phone?: string;
  website?: string;
  host?: string | null;
  company?: string | null;
  days?: Weekday[];
  rrule?: string | null;
  start?: string | null;
  end?: string | null;
  date?: string;
  endDate?: string;
  text?: string;
  notes?: string;
  confidence?: number;
}

/** Weekly on the given days unless a rule or a date is told. */
function scheduleOf(told: Told): Schedule {
  const days = told.days ?? [];
  const weekly = days.length > 0 && told.date === undefined ? `FREQ=WEEKLY;BYDAY=${days.join(',')}` : null;
  return {
    text: told.text ?? null,
    days,
    rrule: told.rrule === undefined ? weekly : told.rrule,
    startTime: told.start ?? null,
    endTime: told.end ?? null,
    timezone: null,
    startDate: told.date ?? null,
    endDate: told.endDate ?? null,
    exceptDates: [],
  };
}

/** A full reading from what is told; the rest is null. */
export function readingOf(told: Told): ShowReading {
  const venue: Venue = {
    name: told.venue ?? null,
    address: told.address ?? null,
    city: told.city ?? null,
    state: told.state ?? null,
    postcode: told.postcode ?? null,
    country: null,
    phone: told.phone ?? null,
    website: told.website ?? null,
  };
  const host: Host = { name: told.host ?? null, company: told.company ?? null };
  return {
    name: told.name ?? null,
    status: told.status ?? 'scheduled',
    venue,
    host,
    schedule: scheduleOf(told),
    notes: told.notes ?? null,
    confidence: told.confidence ?? 0.8,
    fields: {},
  };
}

/** Observations of several images, each with its readings. */
export function images(...readingsOfImages: Told[][]): Observation<ShowReading>[] {
  return readingsOfImages.flatMap((readings, image) =>
    readings.map((told, index) => ({
      imageId: `img_${String(image + 1).padStart(3, '0')}`,
      image: `${image + 1}.png`,
      index,
      reading: readingOf(told),
    })),
  );
}

/** A show in one line: nights, start–end, venue, host. */
export function lineOf({ schedule, venue, host, status }: Show): string {
  const when = schedule.startDate !== null && schedule.rrule === null ? schedule.startDate : schedule.days.join('+');
  const rule =
    schedule.rrule?.startsWith('FREQ=MONTHLY') === true ? schedule.rrule.slice('FREQ=MONTHLY;BYDAY='.length) : when;
  const shown = [rule, `${schedule.startTime ?? '?'}-${schedule.endTime ?? '?'}`, venue.name ?? '?', host.name ?? ''];
  return `${shown.join(' ').trim()}${status === 'cancelled' ? ' CANCELLED' : ''}`;
}
