import type { RunContext } from '../../../contract/analysis.ts';
import type { Box, EvidenceFields, FieldEvidence, ShowReading } from '../../../contract/show.ts';
import type { PageText } from '../../../contract/text-line.ts';
import { PrintedPage, type PrintedPlace } from '../../grounding/printed-page.ts';
import { readListings } from '../listings/from-text.ts';
import { regionCode, regionName } from '../places/regions.ts';
import { confidenceOfField, confidenceOfShow, type Finding } from './field-confidence.ts';
import { PrintedTimes, scheduleWords } from './printed-times.ts';
import { opinionOn, pairUp } from './second-opinion.ts';
import { readSchedule } from '../schedule/read-schedule.ts';

/**
 * Finds the printed words that support each field of a model's readings in the text of the image. A field that is found
 * gets its box; one that is found nowhere is marked `grounded: false`; what is not printed by nature (a time zone, a
 * state that was concluded) is not judged. Each judged field gets a confidence, and the reading's own follows from them.
 *
 * Of words that stand in the image more than once those count that are nearest to the rest of the same reading.
 *
 * @returns the readings with their boxes as fractions of `page`
 */
export function groundReadings(page: PageText, readings: readonly ShowReading[], context: RunContext): ShowReading[] {
  if (readings.length === 0) return [];
  const printed = new PrintedPage(page);
  const times = new PrintedTimes(printed, context);
  const others = readListings(page, context);
  const paired = pairUp(readings, others);
  return readings.map((reading, index) => {
    const other = paired[index] ?? null;
    const opinions = new Map(
      Object.keys(reading.fields).map((field) => [field, opinionOn(field, reading, other, others.length > 0)]),
    );
    const candidates = candidatesOf(reading, printed, times, context);
    // What is printed over several places (a day above, hours below) the other reader has put together already.
    for (const [field, places] of candidates) {
      const known = places.length === 0 && opinions.get(field) === 'agrees' ? placeOf(other?.fields[field]) : null;
      if (known !== null) candidates.set(field, [known]);
    }
    const chosen = chooseNear(candidates, printed);
    const fields: EvidenceFields = {};
    for (const [field, evidence] of Object.entries(reading.fields)) {
      const place = chosen.get(field);
      if (place === undefined) fields[field] = evidence;
      else {
        const opinion = opinions.get(field) ?? 'none';
        fields[field] = groundedEvidence(evidence, { field, place, opinion, modelConfidence: reading.confidence });
      }
    }
    return { ...reading, fields, confidence: confidenceOfShow(reading, fields) };
  });
}

function placeOf(evidence: FieldEvidence | undefined): PrintedPlace | null {
  if (evidence?.box == null) return null;
  return { text: evidence.text, box: evidence.box, likeness: 1, readerConfidence: evidence.confidence ?? 1 };
}

function groundedEvidence(evidence: FieldEvidence, finding: Finding): FieldEvidence {
  const { field, place } = finding;
  const judged = { grounded: place !== null, confidence: confidenceOfField(finding) };
  if (place === null) return { ...evidence, box: null, ...judged };
  // A model's own form of an hour or a day (`21:00`) is not what is printed there (`9 PM`).
  const isOwnForm = field.startsWith('schedule.') && field !== 'schedule.text';
  return { text: isOwnForm ? place.text : evidence.text, box: roundedBox(place.box), ...judged };
}

/** Fractions of an image need no more than a hundredth of a pixel. */
function roundedBox([x, y, width, height]: Box): Box {
  const round = (share: number): number => Math.round(Math.min(1, Math.max(0, share)) * 100_000) / 100_000;
  const [left, top] = [round(x), round(y)];
  return [left, top, round(Math.min(width, 1 - left)), round(Math.min(height, 1 - top))];
}

/** Where each judged field may be printed: an empty list for nowhere, no entry for what is not judged. */
type Candidates = Map<string, PrintedPlace[]>;

function candidatesOf(reading: ShowReading, page: PrintedPage, times: PrintedTimes, context: RunContext): Candidates {
  const { venue, schedule } = reading;
  const candidates: Candidates = new Map();
  for (const [field, { text }] of Object.entries(reading.fields)) {
    if (WORDED.has(field)) candidates.set(field, page.find(wordsOf(field, text)));
  }
  if (venue.state !== null && reading.fields['venue.state'] !== undefined) {
    const places = [regionCode(venue.state), regionName(venue.state), venue.state].flatMap((words) =>
      words === null ? [] : page.find(words),
    );
    if (places.length > 0) candidates.set('venue.state', places);
  }
  const words = scheduleWords(page, reading);
  const read = schedule.text === null ? null : readSchedule(schedule.text, context);
  const orWords = (places: PrintedPlace[], isSaid: boolean): PrintedPlace[] =>
    places.length > 0 || !isSaid ? places : words;
  if (schedule.text !== null) candidates.set('schedule.text', words);
  if (schedule.days.length > 0)
    candidates.set(
      'schedule.days',
      orWords(times.days(schedule.days), read !== null && read.days.join() === schedule.days.join()),
    );
  if (schedule.startTime !== null)
    candidates.set(
      'schedule.startTime',
      orWords(times.starts(schedule.startTime), read?.startTime === schedule.startTime),
    );
  if (schedule.endTime !== null)
    candidates.set('schedule.endTime', orWords(times.ends(schedule.endTime), read?.endTime === schedule.endTime));
  for (const field of ['startDate', 'endDate'] as const) {
    const date = schedule[field];
    if (date !== null) candidates.set(`schedule.${field}`, orWords(times.dates(field, date), read?.[field] === date));
  }
  return candidates;
}

/** Fields whose words are copied from the image. */
const WORDED: ReadonlySet<string> = new Set([
  'name',
  'venue.name',
  'venue.address',
  'venue.city',
  'venue.postcode',
  'venue.phone',
  'venue.website',
  'host.name',
  'host.company',
]);

function wordsOf(field: string, text: string): string {
  if (field === 'venue.website')
    return text
      .replace(/^https?:\/\//i, '')
      .replace(/^www\./i, '')
      .replace(/\/$/, '');
  if (field === 'venue.phone') return text.replace(/^\+?1[-. (]+(?=\d{3})/, '');
  return text;
}

/** What says most of where on the page a listing is comes first. */
const ANCHORS = [
  'venue.name',
  'venue.address',
  'host.name',
  'host.company',
  'schedule.text',
  'venue.phone',
  'schedule.days',
];
/** So many heights of a line one step of likeness is worth. */
const LIKENESS_WORTH = 40;

/** For each judged field the place that reads like it and stands with the others; null for nowhere. */
function chooseNear(candidates: Candidates, page: PrintedPage): Map<string, PrintedPlace | null> {
  const chosen = new Map<string, PrintedPlace | null>();
  const anchorField = ANCHORS.find((field) => (candidates.get(field)?.length ?? 0) > 0);
  const anchors = anchorField === undefined ? [] : (candidates.get(anchorField) ?? []);
  const rest = [...candidates].filter(([field, places]) => field !== anchorField && places.length > 0);
  const anchor = least(anchors, (place) =>
    rest.reduce(
      (sum, [, places]) => {
        const nearest = least(places, (other) => costFrom(place.box, other, page));
        return sum + (nearest === null ? 0 : Math.min(FAR, costFrom(place.box, nearest, page)));
      },
      (1 - place.likeness) * LIKENESS_WORTH,
    ),
  );
  const days = least(candidates.get('schedule.days') ?? [], (place) => costFrom(anchor?.box ?? null, place, page));
  for (const [field, places] of candidates) {
    if (field === anchorField) chosen.set(field, anchor);
    else if (field === 'schedule.days') chosen.set(field, days);
    else {
      // An hour stands with its day, which may be a row of several under one venue.
      const near = /Time$/.test(field) ? (days?.box ?? anchor?.box) : anchor?.box;
      chosen.set(
        field,
        least(places, (place) => costFrom(near ?? null, place, page)),
      );
    }
  }
  return chosen;
}

/** Beyond this many heights of a line one place is as good as another: a heading, a footer. */
const FAR = 30;

function costFrom(anchor: Box | null, place: PrintedPlace, page: PrintedPage): number {
  const unlike = (1 - place.likeness) * LIKENESS_WORTH;
  return unlike + (anchor === null ? 0 : page.distance(anchor, place.box));
}

function least<Item>(items: readonly Item[], costOf: (item: Item) => number): Item | null {
  let best: { item: Item; cost: number } | null = null;
  for (const item of items) {
    const cost = costOf(item);
    if (best === null || cost < best.cost) best = { item, cost };
  }
  return best?.item ?? null;
}
