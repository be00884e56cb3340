import type { ShowStatus, Weekday } from '../src/contract/show.ts';

/** What one image, or the whole pile, says about one show. `null` where it says nothing. */
export interface TruthShow {
  status: ShowStatus;
  venue: {
    name: string | null;
    address: string | null;
    city: string | null;
    state: string | null;
    postcode: string | null;
    phone: string | null;
  };
  host: { name: string | null; company: string | null };
  schedule: { days: Weekday[]; startTime: string | null; endTime: string | null; rrule: string | null };
}

/** A listing as one image prints it. */
export interface ImageShow extends TruthShow {
  /** Id of the show in `merged`. */
  show: string;
}

/** A show of the whole pile with its best values, and the images that print it. */
export interface MergedShow extends TruthShow {
  id: string;
  images: string[];
  /** What only images of other shows say about this venue: a result may fill it in, and need not. */
  elsewhere: { address: string | null; city: string | null };
}

export interface ImageTruth {
  file: string;
  kind: string;
  expect: 'shows' | 'none' | 'unreadable';
  /** How the drawing was spoilt on its way into the file: `rotated 2.1`, `jpeg 40`, … */
  effects: string[];
  shows: ImageShow[];
}

export interface Truth {
  about: Record<string, string>;
  seed: number;
  images: ImageTruth[];
  merged: MergedShow[];
}

/** The conventions that the truth follows, said in the file itself. */
export const ABOUT: Record<string, string> = {
  made: 'Drawn by samples/make.ts. All venues, people, addresses and phone numbers are invented.',
  close: 'An end of "close", "late" or "?" is endTime null: the image names no hour.',
  bareHours:
    'Hours without am or pm are an evening show: a start of 5 to 11 is pm; an end of 12 is 00:00, an end below the start is after midnight ("8-12" is 20:00-00:00, "9-1" is 21:00-01:00), an end above it is pm ("7-11" is 19:00-23:00). One "pm" written after a range holds for both ends where that makes sense ("4-8pm").',
  endTime: 'An endTime at or before the startTime is after midnight; the night belongs to the day it starts on.',
  days: '"7 nights a week", "nightly" are all seven days; "Wed-Sat" is each day from the first to the last.',
  names: 'Names are in the words of that image, but in ordinary case where the image prints capitals.',
  city: 'A city or state that heads the whole list holds for each of its rows; a region in the name of a group ("Gulf Coast") does not.',
  host: 'host.name keeps its DJ, KJ or VDJ where printed right before it; a firm goes to host.company.',
  cancelled: 'A night called off is still a show, with status cancelled.',
  merged:
    'Distinct shows of the whole pile: the best value of each field that at least one of its images prints. What only images of other shows at this venue print is in "elsewhere".',
};
