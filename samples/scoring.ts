import type { Show, Weekday } from '../src/contract/show.ts';
import { calibrationOf, type Calibration, type Verdict } from './calibration.ts';
import type { MergedShow } from './truth.ts';
import { similarity, sameAddress, sameName, sameText } from './sameness.ts';

/** The scored fields, in the order of the table. */
export const FIELDS = ['venue', 'address', 'city', 'days', 'start', 'end', 'host'] as const;
export type Field = (typeof FIELDS)[number];

export interface Tally {
  right: number;
  /** Given, but wrong or not in the truth. */
  extra: number;
  /** In the truth, but missing or wrong. */
  missed: number;
}

export interface Rates extends Tally {
  /** 0..1; 1 where nothing was given. */
  precision: number;
  /** 0..1; 1 where nothing was to be found. */
  recall: number;
  f1: number;
}

/** One difference between truth and result. */
export interface Miss {
  field: Field | 'show';
  images: string[];
  show: string;
  expected: string | null;
  came: string | null;
}

export interface Score {
  fields: Record<Field, Rates>;
  /** A show counts where venue, days and start agree. */
  merged: Rates;
  /** Of the matched shows, those with the right status; not part of any threshold. */
  statusRight: number;
  matched: number;
  /** Shows with evidence in a picture that holds no listing. */
  fromNegatives: number;
  misses: Miss[];
  /** Whether the confidences of the fields say how often they are right. */
  calibration: Calibration;
}

/** A truth show and the result show it was matched with; one of the two may be missing. */
interface Pair {
  truth: MergedShow | null;
  result: Show | null;
}

/**
 * Scores merged shows against the truth's merged shows. Pure.
 *
 * @param negatives file names of pictures without a listing: no show may have evidence there
 */
export function scoreShows(
  truth: readonly MergedShow[],
  result: readonly Show[],
  negatives: ReadonlySet<string>,
): Score {
  const pairs = matchShows(truth, result);
  const misses: Miss[] = [];
  const fields = Object.fromEntries(
    FIELDS.map((field) => [field, rates(sum(pairs.map((pair) => tallyField(field, pair, misses))))]),
  ) as Record<Field, Rates>;
  const merged = rates(sum(pairs.map((pair) => tallyShow(pair, misses))));
  const both = pairs.filter(({ truth: one, result: other }) => one && other);
  return {
    fields,
    merged,
    statusRight: both.filter((pair) => pair.truth?.status === pair.result?.status).length,
    matched: both.length,
    fromNegatives: result.filter((show) => show.evidence.some(({ image }) => negatives.has(image))).length,
    misses,
    calibration: calibrationOf(pairs.flatMap((pair) => verdictsOf(pair, truth))),
  };
}

/** Where the contract keeps what is scored. */
const PATHS: Record<Field, readonly string[]> = {
  venue: ['venue.name'],
  address: ['venue.address'],
  city: ['venue.city'],
  days: ['schedule.days'],
  start: ['schedule.startTime'],
  end: ['schedule.endTime'],
  host: ['host.name', 'host.company'],
};

/**
 * Of each field that the result fills in, whether it is right. A show that was split off another is held against the same
 * truth: that it is one too many is counted elsewhere, and does not make its hours wrong. Of a show that is like none,
 * every field is wrong.
 */
function verdictsOf({ truth, result }: Pair, all: readonly MergedShow[]): Verdict[] {
  if (!result) return [];
  const pair = { truth: truth ?? likest(result, all), result };
  return FIELDS.flatMap((field) => {
    const said = PATHS[field].flatMap((path) => result.confidences?.[path] ?? []);
    if (said.length === 0 || valueOf(field, result) === null) return [];
    return [{ field, confidence: Math.max(...said), isRight: agrees(field, pair) || isFromElsewhere(field, pair) }];
  });
}

function likest(result: Show, all: readonly MergedShow[]): MergedShow | null {
  const ranked = all.map((truth) => ({ truth, likeness: likeness(truth, result) }));
  const best = ranked.sort((a, b) => b.likeness - a.likeness)[0];
  return best !== undefined && best.likeness > 0 ? best.truth : null;
}

/** Matches best pairs first, by venue name (or address) and shared days; what is left stays alone. */
function matchShows(truth: readonly MergedShow[], result: readonly Show[]): Pair[] {
  const candidates = truth
    .flatMap((one) => result.map((other) => ({ truth: one, result: other, likeness: likeness(one, other) })))
    .filter((pair) => pair.likeness > 0)
    .sort((a, b) => b.likeness - a.likeness);
  const taken = new Set<MergedShow | Show>();
  const pairs: Pair[] = [];
  for (const pair of candidates) {
    if (taken.has(pair.truth) || taken.has(pair.result)) continue;
    taken.add(pair.truth).add(pair.result);
    pairs.push(pair);
  }
  const missing = truth.filter((one) => !taken.has(one)).map((one) => ({ truth: one, result: null }));
  const surplus = result.filter((one) => !taken.has(one)).map((one) => ({ truth: null, result: one }));
  return [...pairs, ...missing, ...surplus];
}

/** 0 where two shows cannot be the same; else larger for more that agrees. */
function likeness(truth: MergedShow, result: Show): number {
  const name = similarity(truth.venue.name, result.venue.name);
  const address = sameAddress(truth.venue.address, result.venue.address);
  const images = new Set(truth.images);
  const seen = result.evidence.filter(({ image }) => images.has(image)).length / Math.max(1, result.evidence.length);
  const days = overlap(truth.schedule.days, result.schedule.days);
  const start = truth.schedule.startTime === result.schedule.startTime;
  const place = name >= 0.6 || address;
  // A show with a misread venue is still recognised by its night and hour, on an image that has it.
  if (!place && !(seen > 0 && days > 0 && start)) return 0;
  if (days === 0 && !(seen > 0 && start)) return 0;
  return 2 * name + (address ? 0.5 : 0) + days + (start ? 0.5 : 0) + 0.5 * seen;
}

/** Shared days as a part of all days of both, 0..1. */
function overlap(one: readonly Weekday[], other: readonly Weekday[]): number {
  const all = new Set([...one, ...other]);
  return all.size === 0 ? 0 : one.filter((day) => other.includes(day)).length / all.size;
}

function tallyField(field: Field, pair: Pair, misses: Miss[]): Tally {
  const { truth, result } = pair;
  const expected = truth ? valueOf(field, truth) : null;
  const came = result && !isFromElsewhere(field, pair) ? valueOf(field, result) : null;
  const tally = field === 'days' ? tallyDays(pair) : tallyValue(expected, came, agrees(field, pair));
  if (truth && result && tally.extra + tally.missed > 0) misses.push(missOf(field, pair, expected, came));
  return tally;
}

function tallyValue(expected: string | null, came: string | null, right: boolean): Tally {
  if (right) return { right: expected === null ? 0 : 1, extra: 0, missed: 0 };
  return { right: 0, extra: came === null ? 0 : 1, missed: expected === null ? 0 : 1 };
}

function tallyDays({ truth, result }: Pair): Tally {
  const expected = new Set(truth?.schedule.days);
  const came = new Set(result?.schedule.days);
  const right = [...expected].filter((day) => came.has(day)).length;
  return { right, extra: came.size - right, missed: expected.size - right };
}

function tallyShow(pair: Pair, misses: Miss[]): Tally {
  const { truth, result } = pair;
  const days = tallyDays(pair);
  const right =
    truth !== null &&
    result !== null &&
    agrees('venue', pair) &&
    agrees('start', pair) &&
    days.extra + days.missed === 0;
  if (!truth || !result) misses.push(missOf('show', pair, truth && describe(truth), result && describe(result)));
  return { right: right ? 1 : 0, extra: result && !right ? 1 : 0, missed: truth && !right ? 1 : 0 };
}

function agrees(field: Field, { truth, result }: Pair): boolean {
  if (!truth || !result) return false;
  switch (field) {
    case 'venue':
      return sameName(truth.venue.name, result.venue.name);
    case 'address':
      return sameAddress(truth.venue.address, result.venue.address);
    case 'city':
      return sameText(truth.venue.city, result.venue.city);
    case 'days':
      return overlap(truth.schedule.days, result.schedule.days) === 1;
    case 'start':
      return truth.schedule.startTime === result.schedule.startTime;
    case 'end':
      return truth.schedule.endTime === result.schedule.endTime;
    case 'host':
      return sameHost(truth, result);
  }
}

/** Whether a value was filled in, rightly, from other shows at this venue: that is neither asked for nor wrong. */
function isFromElsewhere(field: Field, { truth, result }: Pair): boolean {
  if (!truth || !result) return false;
  const { address, city } = truth.elsewhere;
  if (field === 'address') return address !== null && sameAddress(address, result.venue.address);
  return field === 'city' && city !== null && sameText(city, result.venue.city);
}

/** A host is right by its person or by its firm: which of the two a name is, is not always to be seen. */
function sameHost(truth: MergedShow, result: Show): boolean {
  const expected = [truth.host.name, truth.host.company].filter((name) => name !== null);
  const came = [result.host.name, result.host.company].filter((name) => name !== null);
  if (expected.length === 0 || came.length === 0) return expected.length === came.length;
  return expected.some((name) => came.some((other) => sameName(name, other)));
}

function valueOf(field: Field, show: MergedShow | Show): string | null {
  switch (field) {
    case 'venue':
      return show.venue.name;
    case 'address':
      return show.venue.address;
    case 'city':
      return show.venue.city;
    case 'days':
      return show.schedule.days.join(' ') || null;
    case 'start':
      return show.schedule.startTime;
    case 'end':
      return show.schedule.endTime;
    case 'host':
      return [show.host.name, show.host.company].filter(Boolean).join(' | ') || null;
  }
}

function missOf(field: Miss['field'], { truth, result }: Pair, expected: string | null, came: string | null): Miss {
  const images = truth?.images ?? result?.evidence.map(({ image }) => image) ?? [];
  return { field, images: [...new Set(images)], show: truth?.id ?? result?.id ?? '', expected, came };
}

function describe(show: MergedShow | Show): string {
  const { venue, schedule } = show;
  return [venue.name ?? '(no venue)', schedule.days.join(' '), schedule.startTime ?? '(no start)'].join(', ');
}

function sum(tallies: readonly Tally[]): Tally {
  const total: Tally = { right: 0, extra: 0, missed: 0 };
  for (const { right, extra, missed } of tallies) {
    total.right += right;
    total.extra += extra;
    total.missed += missed;
  }
  return total;
}

/** Precision, recall and their harmonic mean. */
export function rates(tally: Tally): Rates {
  const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);
  const { right, extra, missed } = tally;
  return {
    ...tally,
    precision: share(right, right + extra),
    recall: share(right, right + missed),
    f1: share(2 * right, 2 * right + extra + missed),
  };
}
