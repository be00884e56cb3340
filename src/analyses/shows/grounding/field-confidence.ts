import type { EvidenceFields, ShowReading } from '../../../contract/show.ts';
import type { PrintedPlace } from '../../grounding/printed-page.ts';
import type { Opinion } from './second-opinion.ts';

/** What is known of one field of a model's reading. */
export interface Finding {
  field: string;
  /** Where it is printed; null for nowhere. */
  place: PrintedPlace | null;
  opinion: Opinion;
  /** What the model says of the whole reading, 0..1. */
  modelConfidence: number;
}

/** How the words stand on the page. */
type Print = 'same' | 'slips' | 'nowhere';

/**
 * How often a field was right, by how its words stand on the page and what the reader of printed text says of it. Counted
 * on drawn images (seeds 501 to 503) with a model that errs (test/support/erring-model.ts), and then taken lower: images
 * that people take are worse, and so is what is read there. docs/decisions/0018-evidence.md has the counts.
 */
const RIGHT: Readonly<Record<Print, Readonly<Record<Opinion, number>>>> = {
  same: { agrees: 0.98, silent: 0.91, alone: 0.86, none: 0.88, differs: 0.18 },
  slips: { agrees: 0.95, silent: 0.87, alone: 0.8, none: 0.8, differs: 0.18 },
  nowhere: { agrees: 0.8, silent: 0.08, alone: 0.1, none: 0.2, differs: 0.03 },
};

/** Read like the same: one letter that looks alike in a name of medium length. */
const SAME_FROM = 0.97;
/** The model that says this much of a reading says nothing new: they nearly all do. */
const USUAL_MODEL_CONFIDENCE = 0.9;
/** Models know little of their own errors. */
const WEIGHT_OF_MODEL = 0.3;
const MOST = 0.99;

/** 0..1: how sure it is that the image says what the model read in this field. */
export function confidenceOfField({ place, opinion, modelConfidence }: Finding): number {
  const print: Print = place === null ? 'nowhere' : place.likeness >= SAME_FROM ? 'same' : 'slips';
  const told = logOdds(modelConfidence) - logOdds(USUAL_MODEL_CONFIDENCE);
  const odds = Math.exp(logOdds(RIGHT[print][opinion]) + WEIGHT_OF_MODEL * told);
  return rounded(Math.min(MOST, odds / (1 + odds)));
}

/** A line read with less than this is mostly right, but no longer nearly always. */
const SURE_READER = 0.85;

/**
 * 0..1, of a field that the reader of printed text read itself.
 *
 * @param certainty 0..1: how sure the recogniser was of the line, and the rules of what the words are
 */
export function confidenceOfPrint(certainty: number): number {
  if (certainty >= SURE_READER) return rounded(0.93 + 0.05 * ((certainty - SURE_READER) / (1 - SURE_READER)));
  return rounded(Math.max(0.05, 0.93 - (SURE_READER - certainty) * 1.2));
}

/** What makes a show; the rest is further detail. */
const TELLING = ['venue.name', 'venue.address', 'venue.city', 'schedule.days', 'schedule.startTime', 'host.name'];

/** 0..1, of a reading as a whole: from its fields, lowered for what a listing should say and this one does not. */
export function confidenceOfShow({ venue, schedule }: ShowReading, fields: EvidenceFields): number {
  const known = TELLING.flatMap((field) => fields[field]?.confidence ?? []);
  if (known.length === 0) return 0;
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  let whole = 0.5 * Math.min(...known) + 0.5 * mean;
  if (venue.name === null) whole *= 0.6;
  if (venue.address === null && venue.city === null) whole *= 0.9;
  if (schedule.days.length === 0) whole *= 0.65;
  if (schedule.startTime === null) whole *= 0.75;
  return rounded(whole);
}

function logOdds(share: number): number {
  const kept = Math.min(0.99, Math.max(0.02, share));
  return Math.log(kept / (1 - kept));
}

function rounded(share: number): number {
  return Math.round(share * 1_000) / 1_000;
}
