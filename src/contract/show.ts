/** Days as RFC 5545 writes them, in calendar order from Monday. */
export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** A rectangle as fractions (0..1) of the upright image: left, top, width, height. */
export type Box = [x: number, y: number, width: number, height: number];

export interface Venue {
  name: string | null;
  /** Street line only (`1420 Harbor View Blvd, Suite 2`); city, state and postcode have fields of their own. */
  address: string | null;
  city: string | null;
  /** Two-letter code where the country has one (`FL`). */
  state: string | null;
  postcode: string | null;
  country: string | null;
  phone: string | null;
  website: string | null;
}

/** A venue of which nothing is known. */
export function noVenue(): Venue {
  return {
    name: null,
    address: null,
    city: null,
    state: null,
    postcode: null,
    country: null,
    phone: null,
    website: null,
  };
}

export interface Host {
  /** The person who hosts (KJ, DJ), as printed without the words "hosted by". */
  name: string | null;
  company: string | null;
}

export interface Schedule {
  /** As printed: the words the schedule was read from. */
  text: string | null;
  days: Weekday[];
  /** RFC 5545 recurrence rule without the `RRULE:` prefix, e.g. `FREQ=WEEKLY;BYDAY=TU,TH`. */
  rrule: string | null;
  /** `HH:MM`, 24 h. */
  startTime: string | null;
  /** `HH:MM`, 24 h. An end at or before the start is after midnight; the night belongs to the day it starts on. */
  endTime: string | null;
  /** IANA name. */
  timezone: string | null;
  /** `YYYY-MM-DD`. */
  startDate: string | null;
  /** `YYYY-MM-DD`. */
  endDate: string | null;
  /** `YYYY-MM-DD` each. */
  exceptDates: string[];
  /**
   * What a person should look at before believing it, each as `schedule.code: words`. Of merged shows; missing in
   * readings.
   */
  warnings?: string[];
  /**
   * When the next four nights start, or fewer where there are no more or no saying: RFC 3339 with the zone's offset,
   * without an offset where no zone is known, the date alone where no start is. Of merged shows; missing in readings.
   */
  next?: string[];
}

/** A schedule of which nothing is known. */
export function noSchedule(): Schedule {
  return {
    text: null,
    days: [],
    rrule: null,
    startTime: null,
    endTime: null,
    timezone: null,
    startDate: null,
    endDate: null,
    exceptDates: [],
  };
}

export type ShowStatus = 'scheduled' | 'cancelled';

/** Where in an image a field was read: the words as printed, and their place (null where it is not known). */
export interface FieldEvidence {
  text: string;
  box: Box | null;
  /**
   * Whether the words were found in the image by reading its text: `true` where they were (then there is a box), `false`
   * where they were looked for and are nowhere. Missing where nobody looked, or where the field is not printed by nature.
   */
  grounded?: boolean;
  /** 0..1: how sure it is that this image says this of this field. Missing where it was not judged. */
  confidence?: number;
}

/** Keys are paths into the record: `venue.name`, `schedule.startTime`. */
export type EvidenceFields = Record<string, FieldEvidence>;

export interface Evidence {
  imageId: string;
  image: string;
  fields: EvidenceFields;
}

export interface Conflict {
  field: string;
  values: { value: string; imageIds: string[] }[];
}

/** What a show says, whether read off one image or merged from many. */
export interface ShowFacts {
  name: string | null;
  status: ShowStatus;
  venue: Venue;
  host: Host;
  schedule: Schedule;
  notes: string | null;
  /** 0..1 */
  confidence: number;
}

/** One show as one image states it, before merging. */
export interface ShowReading extends ShowFacts {
  fields: EvidenceFields;
}

/** A merged show: the contract's `Show`. */
export interface Show extends ShowFacts {
  id: string;
  evidence: Evidence[];
  conflicts: Conflict[];
  /**
   * By path, 0..1: how sure each field of the merged show is, by all its images together. Of the fields with 0.9 and more
   * at least nine in ten are right. Missing fields were not judged.
   */
  confidences?: Record<string, number>;
}
