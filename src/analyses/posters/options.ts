import { z } from 'zod';
import {
  DEFAULT_POSTER_OPTIONS,
  ELEMENT_KINDS,
  PRESET_BOXES,
  ZONE_PRESETS,
  type PosterOptions,
  type ZonePreset,
} from '../../contract/poster.ts';
import type { Box } from '../../contract/show.ts';

const MOST_ZONES = 20;
const LONGEST_NAME = 60;
/** What rounding may leave over at the poster's edge. */
const ROUNDING = 1e-6;

const fraction = z
  .number({ error: 'must be a number from 0 to 1' })
  .min(0, 'must be at least 0')
  .max(1, 'must be at most 1');

const box = z
  .tuple([fraction, fraction, fraction, fraction], {
    error: 'must be [x, y, width, height] in fractions of the poster, 0 to 1',
  })
  .refine(([, , width, height]) => width > 0 && height > 0, 'must have a width and a height above 0')
  .refine(
    ([x, y, width, height]) => x + width <= 1 + ROUNDING && y + height <= 1 + ROUNDING,
    'must lie within the poster: x + width and y + height at most 1',
  );

const ownZone = z.strictObject({
  name: z
    .string({ error: 'must be a name' })
    .trim()
    .min(1, 'must not be empty')
    .max(LONGEST_NAME, `must have at most ${LONGEST_NAME} characters`),
  box,
});

const zone = z.union([z.enum(ZONE_PRESETS), ownZone], {
  error: ({ input }) =>
    typeof input === 'string' || typeof input !== 'object'
      ? `must be a preset (${ZONE_PRESETS.join(', ')}) or { "name", "box" }`
      : 'must be { "name": …, "box": [x, y, width, height] }, in fractions of the poster and within it',
});

/** What a run of posters may be told; gives the defaults for `{}`, and takes what it gave. */
export const posterOptionsSchema: z.ZodType<PosterOptions> = z.strictObject(
  {
    zones: z
      .array(zone, { error: 'must be a list of zones' })
      .min(1, 'must have at least one zone')
      .max(MOST_ZONES, `must have at most ${MOST_ZONES} zones`)
      .refine((zones) => new Set(zones.map(nameOf)).size === zones.length, 'must not have two zones of one name')
      .default(DEFAULT_POSTER_OPTIONS.zones),
    keepClear: z
      .array(z.enum(ELEMENT_KINDS, { error: `must be one of ${ELEMENT_KINDS.join(', ')}` }), {
        error: 'must be a list of kinds',
      })
      .min(1, 'must have at least one kind')
      .default(DEFAULT_POSTER_OPTIONS.keepClear),
    minOverlap: fraction.default(DEFAULT_POSTER_OPTIONS.minOverlap),
    minConfidence: fraction.default(DEFAULT_POSTER_OPTIONS.minConfidence),
  },
  {
    error: ({ code }) =>
      code === 'invalid_type' ? 'must be an object such as { "zones": ["bottom-bar"] }' : undefined,
  },
);

/** @param options as the schema gave them; missing in runs that were told nothing */
export function optionsOf(options: unknown): PosterOptions {
  const known = posterOptionsSchema.safeParse(options ?? {});
  return known.success ? known.data : DEFAULT_POSTER_OPTIONS;
}

/** The zones with what they cover. */
export function zonesOf({ zones }: PosterOptions): { name: string; boxes: Box[] }[] {
  return zones.map((each) =>
    typeof each === 'string'
      ? { name: each, boxes: PRESET_BOXES[each].map((own): Box => [...own]) }
      : { name: each.name, boxes: [each.box] },
  );
}

function nameOf(each: ZonePreset | { name: string }): string {
  return typeof each === 'string' ? each : each.name;
}
