import { z } from 'zod';
import { CodedError } from '../contract/coded-error.ts';
import { WEEKDAYS, type Weekday } from '../contract/show.ts';
import { foldText } from '../merger/name-form.ts';
import { stateCode } from '../merger/clean/state-codes.ts';
import type { ShowQuery, VenueQuery } from './catalogue-store.ts';
import { readCursor } from './listed-shows.ts';

export const DEFAULT_LIMIT = 50;
export const MAX_LIMIT = 200;
export const LIST_FORMATS = ['json', 'csv'] as const;
export type ListFormat = (typeof LIST_FORMATS)[number];

const text = z.string().max(200).optional();
const limit = z.coerce.number().int().min(1).max(MAX_LIMIT).default(DEFAULT_LIMIT);

const showQuerySchema = z.strictObject({
  city: text,
  state: text,
  day: text,
  time: z
    .string()
    .regex(/^([01]?\d|2[0-3]):[0-5]\d$/, 'must be a time of day as HH:MM')
    .optional(),
  q: text,
  venue: text,
  host: text,
  limit,
  cursor: z.string().max(2_000).optional(),
  format: z.enum(LIST_FORMATS).default('json'),
});
const feedQuerySchema = showQuerySchema.omit({ limit: true, cursor: true, format: true });
const venueQuerySchema = showQuerySchema.pick({ city: true, state: true, q: true, limit: true, cursor: true });
const changesetsQuerySchema = z.strictObject({
  state: z.enum(['pending', 'published', 'undone']).optional(),
  limit,
  before: text,
});
const auditQuerySchema = z.strictObject({
  changesetId: text,
  limit,
  before: z.coerce.number().int().min(1).optional(),
});

/** @throws CodedError `request.invalid`, naming the parameter; an unknown one is refused, since it would filter nothing */
export function parsed<T>(schema: z.ZodType<T>, given: unknown): T {
  const { success, data, error } = schema.safeParse(given);
  if (success) return data;
  const sentences = error.issues.slice(0, 5).map(({ path, message }) => {
    const where = path.map(String).join('.').slice(0, 100);
    return where === '' ? message : `${where}: ${message}`;
  });
  throw new CodedError('request.invalid', `${sentences.join('; ')}.`);
}

const DAY_WORDS: Readonly<Record<string, Weekday>> = Object.fromEntries(
  ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].flatMap((name, at) => {
    const day = WEEKDAYS[at] ?? 'MO';
    return [
      [name, day],
      [name.slice(0, 3), day],
      [name.slice(0, 2), day],
    ];
  }),
);

function daysOf(words: string): Weekday[] {
  return words.split(',').map((word) => {
    const day = DAY_WORDS[word.trim().toLowerCase()];
    if (day === undefined) {
      throw new CodedError('request.invalid', `day: write ${WEEKDAYS.join(', ')}, or several with commas between.`);
    }
    return day;
  });
}

function wordsOf(words: string): string[] {
  return foldText(words)
    .split(' ')
    .filter((word) => word !== '');
}

type Filters = z.infer<typeof feedQuerySchema>;

function filtersOf({ city, state, day, time, q, venue, host }: Filters): Omit<ShowQuery, 'limit'> {
  const [hours = 0, minutes = 0] = time?.split(':').map(Number) ?? [];
  return {
    ...(city && { cityKey: foldText(city) }),
    ...(state && { state: stateCode(state) ?? state }),
    ...(day && { days: daysOf(day) }),
    ...(time && { timeMinutes: hours * 60 + minutes }),
    ...(q && { words: wordsOf(q) }),
    ...(venue && (venue.startsWith('venue_') ? { venueId: venue } : { venueWords: wordsOf(venue) })),
    ...(host && (host.startsWith('host_') ? { hostId: host } : { hostWords: wordsOf(host) })),
  };
}

/** The query of `GET /api/shows`. */
export function showQueryOf(given: unknown): { query: ShowQuery; format: ListFormat } {
  const { limit: size, cursor, format, ...filters } = parsed(showQuerySchema, given);
  const types = ['string', 'string', 'number', 'number', 'string'] as const;
  const after = cursor ? { after: readCursor(cursor, types) } : {};
  return { query: { ...filtersOf(filters), limit: size, ...after }, format };
}

/** The query of a feed, and words that say what it is of. */
export function feedQueryOf(given: unknown): { query: Omit<ShowQuery, 'limit'>; words: string[] } {
  const filters = parsed(feedQuerySchema, given);
  const { city, state, day, q } = filters;
  return {
    query: filtersOf(filters),
    words: [city, state, day, q].flatMap((word) => word || []),
  };
}

/** The query of `GET /api/venues`. */
export function venueQueryOf(given: unknown): VenueQuery {
  const { limit: size, cursor, ...filters } = parsed(venueQuerySchema, given);
  const { cityKey, state, words } = filtersOf(filters);
  const after = cursor ? { after: readCursor(cursor, ['string', 'string', 'string']) } : {};
  return { limit: size, ...(cityKey && { cityKey }), ...(state && { state }), ...(words && { words }), ...after };
}

export function changesetsQueryOf(given: unknown): z.infer<typeof changesetsQuerySchema> {
  return parsed(changesetsQuerySchema, given);
}

export function auditQueryOf(given: unknown): z.infer<typeof auditQuerySchema> {
  return parsed(auditQuerySchema, given);
}
