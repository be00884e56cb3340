import { z } from 'zod';

/** How models say "nothing" in words. */
const NOTHING =
  /^(?:n\/?a|none|null|nil|unknown|undefined|not (?:available|specified|provided|listed|given|stated|printed|shown)|tbd|tba|-+|\?+|)$/i;

/** Text or null; "N/A" is null, a number is its digits, a list is joined: models vary, the record does not. */
const printed = z.preprocess(toText, z.string().nullable());
const printedList = z.preprocess(toTexts, z.array(z.string()));
const flag = z.preprocess(toFlag, z.boolean());
const share = z.preprocess(toShare, z.number().nullable());

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
  shows: z.preprocess((value) => value ?? [], z.array(z.preprocess(withAllFields, replyShow))),
});

export type Reply = z.infer<typeof replySchema>;
export type ReplyShow = Reply['shows'][number];

/** A field that a model leaves out says nothing: null, empty or false. */
function withAllFields(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const missing = Object.fromEntries(Object.keys(replyShow.shape).map((key) => [key, null]));
  return { ...missing, ...value };
}

function toText(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (Array.isArray(value)) return toText(value.filter((item) => typeof item === 'string').join(', '));
  if (typeof value !== 'string') return value;
  const text = value.trim();
  return NOTHING.test(text) ? null : text;
}

function toTexts(value: unknown): unknown {
  const items: unknown[] = Array.isArray(value)
    ? value
    : typeof value === 'string'
      ? value.split(/\s*[,;/&]\s*/)
      : value === null || value === undefined
        ? []
        : [value];
  return items.map(toText).filter((item) => item !== null);
}

function toFlag(value: unknown): unknown {
  if (typeof value === 'string') return /^(?:true|yes|y|1|cancell?ed)$/i.test(value.trim());
  return value === 1 || value === true;
}

/** A share; `95`, `"95%"` and `"0.95"` are the same, words are null. */
function toShare(value: unknown): unknown {
  const words = typeof value === 'string' ? value.trim() : value;
  const number = typeof words === 'string' ? Number.parseFloat(words) : words;
  if (typeof number !== 'number' || !Number.isFinite(number)) return null;
  const share = number > 1 || (typeof words === 'string' && words.endsWith('%')) ? number / 100 : number;
  return Math.max(0, Math.min(1, share));
}
