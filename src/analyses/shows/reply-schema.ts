import { z } from 'zod';
import { flag, printed, printedList, share, withAllFields } from '../reply-fields.ts';

const replyShow = z.object({
  name: printed.describe('Name of the event as printed, not the venue'),
  venueName: printed.describe('The bar, club or other place'),
  venueAddress: printed.describe('Street line only'),
  venueCity: printed,
  venueState: printed,
  venuePostcode: printed,
  venueCountry: printed,
  venuePhone: printed,
  venueWebsite: printed,
  hostName: printed.describe('The person who hosts (KJ or DJ), as printed'),
  hostCompany: printed.describe('The company that runs the show'),
  scheduleText: printed.describe('The words that say when, exactly as printed'),
  days: printedList.describe('Two-letter days: MO, TU, WE, TH, FR, SA, SU'),
  startTime: printed.describe('HH:MM, 24 h'),
  endTime: printed.describe('HH:MM, 24 h; null when it says "close"'),
  timezone: printed.describe('Only where printed'),
  startDate: printed.describe('YYYY-MM-DD'),
  endDate: printed.describe('YYYY-MM-DD'),
  exceptDates: printedList.describe('YYYY-MM-DD each'),
  notes: printed,
  cancelled: flag,
  confidence: share.describe('0 to 1'),
});

/** What a vision model answers for one image. Small and flat, so that every service's dialect of JSON schema takes it. */
export const replySchema = z.object({
  shows: z.preprocess(
    (value) => value ?? [],
    z.array(z.preprocess(withAllFields(Object.keys(replyShow.shape)), replyShow)),
  ),
});

export type Reply = z.infer<typeof replySchema>;
export type ReplyShow = Reply['shows'][number];
