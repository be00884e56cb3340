import { WEEKDAYS, type ShowFacts, type Weekday } from '../../../../src/contract/show.ts';
import type { Correction } from '../../api/submissions.ts';

/** A show as a form holds it: no value is an empty text. */
export interface ShowDraft {
  name: string;
  venue: string;
  address: string;
  city: string;
  state: string;
  days: Weekday[];
  startTime: string;
  endTime: string;
  host: string;
  company: string;
  notes: string;
}

export function draftOf({ name, venue, schedule, host, notes }: ShowFacts): ShowDraft {
  return {
    name: name ?? '',
    venue: venue.name ?? '',
    address: venue.address ?? '',
    city: venue.city ?? '',
    state: venue.state ?? '',
    days: schedule.days,
    startTime: schedule.startTime ?? '',
    endTime: schedule.endTime ?? '',
    host: host.name ?? '',
    company: host.company ?? '',
    notes: notes ?? '',
  };
}

/**
 * What a draft says otherwise than the show; null where it says the same. Nights that were changed are taken for every
 * week: a rule of the first Friday says nothing of a Monday.
 */
export function correctionOf(show: ShowFacts, draft: ShowDraft): Correction | null {
  const before = draftOf(show);
  const changed = <Key extends string>(names: Readonly<Partial<Record<keyof ShowDraft, Key>>>) =>
    Object.fromEntries(
      Object.entries(names).flatMap(([field, name]) => {
        const [old, now] = [before[field as keyof ShowDraft], draft[field as keyof ShowDraft]];
        if (typeof now !== 'string') return [];
        return now.trim() === old ? [] : [[name, now.trim() === '' ? null : now.trim()]];
      }),
    ) as Partial<Record<Key, string | null>>;
  const correction: Correction = {
    ...changed({ name: 'name', notes: 'notes' }),
    ...filled('venue', changed({ venue: 'name', address: 'address', city: 'city', state: 'state' })),
    ...filled('host', changed({ host: 'name', company: 'company' })),
    ...filled('schedule', { ...changed({ startTime: 'startTime', endTime: 'endTime' }), ...nights(show, draft.days) }),
  };
  return Object.keys(correction).length === 0 ? null : correction;
}

function nights({ schedule }: ShowFacts, given: readonly Weekday[]): { days?: Weekday[]; rrule?: string | null } {
  const days = WEEKDAYS.filter((day) => given.includes(day));
  if (days.join() === WEEKDAYS.filter((day) => schedule.days.includes(day)).join()) return {};
  // The server keeps what a weekly rule says beside its days (every other week).
  if (schedule.rrule?.startsWith('FREQ=WEEKLY')) return { days };
  return { days, rrule: days.length === 0 ? null : `FREQ=WEEKLY;BYDAY=${days.join(',')}` };
}

function filled<Name extends string, Part extends object>(name: Name, part: Part): Partial<Record<Name, Part>> {
  return Object.keys(part).length === 0 ? {} : ({ [name]: part } as Record<Name, Part>);
}
