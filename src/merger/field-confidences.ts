import type { ShowFacts } from '../contract/show.ts';
import { isSameValue } from './field-values.ts';
import { fieldOf } from './stated.ts';
import type { Stated } from './stated.ts';

/** A second image that says the same helps less than its own confidence tells: images copy from each other. */
const WEIGHT_OF_MORE = 0.5;
/** One that says otherwise takes away as much as it is sure of itself. */
const WEIGHT_OF_OTHERS = 0.7;
/** Never quite sure, and never quite without hope, however many images say the one or the other. */
const [LEAST, MOST] = [0.005, 0.995];

/** Fields that are a venue's own, and so are decided over all its shows. */
const OF_VENUE = /^venue\.(?:name|address|city|state|postcode|country)$/;

/**
 * How sure each field of a merged show is, 0..1: the confidence of the surest image that says so, raised by each further
 * one and lowered by each that says something else. Only of fields that some image was judged on.
 *
 * @param own the readings of this show
 * @param ofVenue those of all shows at its venue, which the fields of the venue are taken from
 */
export function fuseFieldConfidences(
  facts: Omit<ShowFacts, 'confidence'>,
  own: readonly Stated[],
  ofVenue: readonly Stated[],
): Record<string, number> {
  const whole: ShowFacts = { ...facts, confidence: 0 };
  const fields = new Set([...own, ...ofVenue].flatMap((reading) => Object.keys(reading.fields)));
  return Object.fromEntries(
    [...fields].sort().flatMap((field) => {
      const value = field === 'status' ? facts.status : fieldOf(whole, field);
      const readings = OF_VENUE.test(field) ? ofVenue : own;
      const confidence = value === null ? null : fusedConfidence(field, value, readings);
      return confidence === null ? [] : [[field, confidence] as const];
    }),
  );
}

function fusedConfidence(field: string, value: string, readings: readonly Stated[]): number | null {
  const [agreeing, others] = [new Map<string, number>(), new Map<string, number>()];
  for (const { imageId, facts, fields } of readings) {
    const stated = field === 'status' ? facts.status : fieldOf(facts, field);
    const confidence = fields[field]?.confidence;
    if (stated === null || confidence === undefined) continue;
    const side = isSame(field, stated, value) ? agreeing : others;
    side.set(imageId, Math.max(side.get(imageId) ?? 0, confidence));
  }
  // In one order, since sums of fractions depend on it.
  const sure = [...agreeing.values()].sort((a, b) => b - a).map(logOdds);
  const [first, ...further] = sure;
  if (first === undefined) return null;
  const more = further.reduce((sum, odds) => sum + Math.max(0, odds), 0);
  // An image on both sides (two rows that were taken for one show) speaks for neither.
  const against = [...others]
    .filter(([imageId]) => !agreeing.has(imageId))
    .map(([, confidence]) => logOdds(confidence))
    .sort((a, b) => b - a);
  const less = against.reduce((sum, odds) => sum + Math.max(0, odds), 0);
  const odds = Math.exp(first + WEIGHT_OF_MORE * more - WEIGHT_OF_OTHERS * less);
  return Math.round(Math.max(LEAST, Math.min(MOST, odds / (1 + odds))) * 1_000) / 1_000;
}

/** The nights of one reading are a part of those of the merged show, or the other way round. */
function isSame(field: string, stated: string, value: string): boolean {
  if (field !== 'schedule.days') return isSameValue(field, stated, value);
  const [a, b] = [stated.split(', '), value.split(', ')];
  return a.every((day) => b.includes(day)) || b.every((day) => a.includes(day));
}

function logOdds(share: number): number {
  const kept = Math.min(0.99, Math.max(0.01, share));
  return Math.log(kept / (1 - kept));
}
