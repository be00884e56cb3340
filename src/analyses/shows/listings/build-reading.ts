import type { RunContext } from '../../../contract/analysis.ts';
import { noVenue, type Box, type EvidenceFields, type ShowReading, type Weekday } from '../../../contract/show.ts';
import { around, type PageSize } from '../../grounding/boxes.ts';
import { isPersonName } from '../hosts/first-names.ts';
import { isCompany } from '../hosts/host-phrases.ts';
import type { Span } from '../places/address.ts';
import { countryOfRegion } from '../places/regions.ts';
import { hasPlaceWord, venueScore } from '../places/venue-score.ts';
import { scheduleOf } from '../schedule/read-schedule.ts';
import { wordsOfPhrase, type SchedulePhrase } from '../schedule/phrases.ts';
import { confidenceOfPrint, confidenceOfShow } from '../grounding/field-confidence.ts';
import { findCity } from './cities.ts';
import type { Draft } from './drafts.ts';
import type { Entry } from './entries.ts';
import { evidenceOf } from './evidence.ts';
import { hasDay, timesOf } from './nights.ts';
import type { PageLine } from './page-lines.ts';
import { letters, repaired, tidyName } from './printed-words.ts';

/** What the readings of one post share. */
export interface PostFacts {
  header: readonly PageLine[];
  page: PageSize;
  context: RunContext;
}

/** A name in the text that is less sure than this gives way to the name of the page that posted. */
const WEAK_VENUE = 2;

/** A piece of an entry that became a field. */
interface Source {
  entry: Entry;
  span: Span;
}

/** Turns a draft into a reading; null is left where nothing is printed. */
export function buildReading(draft: Draft, facts: PostFacts): ShowReading {
  const reading = emptyReading(facts.context);
  const used = new Sources(facts.page);
  readVenue(draft, reading, used, facts);
  readHost(draft, reading, used);
  readWhen(draft, reading, used, facts);
  reading.fields = used.fields;
  reading.confidence = confidenceOfShow(reading, used.fields);
  return reading;
}

function emptyReading(context: RunContext): ShowReading {
  return {
    name: null,
    status: 'scheduled',
    venue: noVenue(),
    host: { name: null, company: null },
    schedule: { ...scheduleOf([], context), timezone: context.timezone },
    notes: null,
    confidence: 0,
    fields: {},
  };
}

/** Collects the evidence of fields as they are read. */
class Sources {
  readonly fields: EvidenceFields = {};
  readonly page: PageSize;

  constructor(page: PageSize) {
    this.page = page;
  }

  note(field: string, evidence: { text: string; box: Box | null; confidence: number }, weight = 1): void {
    const { text, box, confidence } = evidence;
    this.fields[field] = { text, box, grounded: true, confidence: confidenceOfPrint(confidence * weight) };
  }

  /** Notes the evidence and returns the words as printed. */
  take(field: string, { entry, span }: Source): string {
    const evidence = evidenceOf(entry.line, span, this.page);
    this.note(field, evidence);
    return evidence.text;
  }
}

function readVenue(draft: Draft, reading: ShowReading, used: Sources, facts: PostFacts): void {
  const { venue } = reading;
  const { own, shared } = draft;
  const hasStreet = [...own, ...shared].some((entry) => entry.address?.street != null);
  const poster =
    draft.venue?.name == null || draft.venue.score < WEAK_VENUE ? headerVenue(facts, hasStreet, used) : null;
  if (poster !== null) venue.name = poster;
  else if (draft.venue?.name != null)
    venue.name = tidyName(used.take('venue.name', { entry: draft.venue.entry, span: draft.venue.name }));
  const around = draft.venue === null ? [] : [draft.venue.entry];
  const entries = [...around, ...own, ...shared];
  readAddress(entries, venue, used);
  if (venue.city === null) readCity(draft, venue, used);
  const phone = entries.find((entry) => entry.phone !== null);
  if (phone?.phone != null) venue.phone = used.take('venue.phone', { entry: phone, span: phone.phone });
  const site = entries.find((entry) => entry.website !== null);
  if (site?.website != null) venue.website = used.take('venue.website', { entry: site, span: site.website });
}

function readAddress(entries: readonly Entry[], venue: ShowReading['venue'], used: Sources): void {
  const entry = entries.find((one) => one.address?.street != null) ?? entries.find((one) => one.address?.city != null);
  const tail = entries.find(
    (one) => one !== entry && one.address !== null && one.address.street === null && one.address.city !== null,
  );
  if (entry?.address == null) return;
  const { street, city, state, postcode } = entry.address;
  const source =
    city === null && state === null && tail?.address != null
      ? { ...tail.address, entry: tail }
      : { city, state, postcode, entry };
  if (street !== null) venue.address = repaired(used.take('venue.address', { entry, span: street }));
  if (source.city !== null) venue.city = used.take('venue.city', { entry: source.entry, span: source.city });
  if (source.state !== null) {
    used.take('venue.state', { entry: source.entry, span: source.state });
    venue.state = source.state.code;
    venue.country = countryOfRegion(source.state.code);
  }
  const zip = source.postcode ?? postcode;
  if (zip !== null)
    venue.postcode = used.take('venue.postcode', { entry: source.postcode === null ? entry : source.entry, span: zip });
}

function readCity(draft: Draft, venue: ShowReading['venue'], used: Sources): void {
  const found = findCity(draft);
  if (found !== null) venue.city = used.take('venue.city', found);
}

/** The page that posted, where the post names no place: a bar posts of its own nights, under its own name. */
function headerVenue({ header, page }: PostFacts, hasStreet: boolean, used: Sources): string | null {
  for (const line of header) {
    const name = line.text.split(/\s[·•]\s/)[0]?.trim() ?? '';
    if (/\b(?:fans?|group|community|lovers|singers|calendar|karaoke|friends|things to do|events)\b/i.test(name))
      continue;
    const isPlace = hasPlaceWord(name) && venueScore(name) >= 3;
    if (!isPlace && !(venueScore(name) >= 1 && !isPersonName(name) && (hasStreet || /'s$|^the\s/i.test(name))))
      continue;
    const logical = { text: line.text, parts: [{ line, start: 0 }] };
    const evidence = evidenceOf(logical, { start: 0, end: name.length }, page);
    used.note('venue.name', evidence, 0.8);
    return tidyName(evidence.text);
  }
  return null;
}

function readHost({ own, shared }: Draft, reading: ShowReading, used: Sources): void {
  const ownHosts = own.flatMap((entry) => entry.hosts.map((host) => ({ entry, host })));
  const others = shared.flatMap((entry) => entry.hosts.map((host) => ({ entry, host })));
  const candidates = [...ownHosts, ...(ownHosts.length > 0 ? [] : others)];
  const isVenue = ({ entry, host }: (typeof candidates)[number]): boolean =>
    host.name !== null &&
    letters(entry.line.text.slice(host.name.start, host.name.end)) === letters(reading.venue.name ?? '');
  const byTrust = candidates
    .filter((candidate) => !isVenue(candidate))
    .toSorted((a, b) => Number(b.host.sure) - Number(a.host.sure));
  const person = byTrust.find(({ host }) => host.name !== null);
  const company = byTrust.find(({ host }) => host.company !== null);
  if (person?.host.name != null)
    reading.host.name = tidyName(used.take('host.name', { entry: person.entry, span: person.host.name }));
  if (company?.host.company != null)
    reading.host.company = tidyName(used.take('host.company', { entry: company.entry, span: company.host.company }));
  if (reading.host.company === null) readLoneCompany([...own, ...shared], reading, used);
}

/** `Big Tony Productions presents`: a company that stands alone. */
function readLoneCompany(entries: readonly Entry[], reading: ShowReading, used: Sources): void {
  for (const entry of entries) {
    for (const name of entry.names) {
      const sure =
        /\b(?:productions|entertainment|enterprises|mobile djs?|dj services?)\b/i.test(name.text) &&
        isCompany(name.text);
      if (!sure || name.text.split(' ').length > 5 || tidyName(name.text) === reading.venue.name) continue;
      reading.host.company = tidyName(used.take('host.company', { entry, span: name }));
      return;
    }
  }
}

function readWhen(draft: Draft, reading: ShowReading, used: Sources, { context }: PostFacts): void {
  const { own, shared } = draft;
  const dayed = own.some(hasDay) ? own : [...own, ...shared.filter(hasDay).slice(0, 1)];
  const timed = own.some((entry) => timesOf(entry).length > 0)
    ? own
    : [...own, ...shared.filter((entry) => timesOf(entry).length > 0)];
  const sources = [
    ...phrasesOf(dayed, (phrase) => phrase.kind !== 'time'),
    ...phrasesOf(timed, (phrase) => phrase.kind === 'time' && !phrase.decoy),
  ];
  const phrases = sources.map(({ phrase }) => phrase);
  const { cancelled, openEnd: _, ...schedule } = scheduleOf(phrases, context);
  reading.schedule = schedule;
  if (cancelled) reading.status = 'cancelled';
  noteWhen(sources, reading, used);
}

function noteWhen(sources: readonly PhraseSource[], reading: ShowReading, used: Sources): void {
  const { schedule } = reading;
  const day = sources.find(({ phrase }) => (phrase.kind === 'days' && !phrase.excluded) || phrase.kind === 'date');
  if (day !== undefined) used.take('schedule.days', { entry: day.entry, span: day.phrase });
  for (const { entry, phrase } of sources) {
    if (phrase.kind === 'cancelled') used.take('status', { entry, span: phrase });
    if (phrase.kind === 'date' && phrase.relation === 'on') used.take('schedule.startDate', { entry, span: phrase });
    if (phrase.kind !== 'time') continue;
    if (phrase.startTime !== null && phrase.startTime === schedule.startTime && phrase.startSpan !== null)
      used.take('schedule.startTime', { entry, span: toSpan(phrase.startSpan) });
    if (phrase.endSpan !== null && phrase.endTime === schedule.endTime)
      used.take('schedule.endTime', { entry, span: toSpan(phrase.endSpan) });
  }
  const text = wordsOf(sources, schedule.days, used);
  schedule.text = text;
}

/** The printed words of the schedule, each once, in the order of the page. */
function wordsOf(sources: readonly PhraseSource[], days: readonly Weekday[], used: Sources): string | null {
  const first = sources[0];
  if (first === undefined) return null;
  const pieces: string[] = [];
  const noted = { ...used.fields };
  let confidence = 1;
  for (const { entry, phrase } of sources) {
    const words = used.take('schedule.text', { entry, span: wordsOfPhrase(entry.line.text, phrase) });
    confidence = Math.min(confidence, used.fields['schedule.text']?.confidence ?? 1);
    const repeated = pieces.some((piece) => piece.toLowerCase() === words.toLowerCase());
    if (!repeated && !(phrase.kind === 'days' && days.length > 0 && pieces.some((piece) => piece.includes(words))))
      pieces.push(words);
  }
  Object.assign(used.fields, noted);
  const boxes = sources.map(({ entry, phrase }) => evidenceOf(entry.line, phrase, used.page).box);
  const text = pieces.join(' ');
  used.fields['schedule.text'] = { text, box: around(boxes.filter((box) => box !== null)), grounded: true, confidence };
  return text;
}

interface PhraseSource {
  entry: Entry;
  phrase: SchedulePhrase;
}

function phrasesOf(entries: readonly Entry[], wanted: (phrase: SchedulePhrase) => boolean): PhraseSource[] {
  return entries.flatMap((entry) => entry.phrases.filter(wanted).map((phrase) => ({ entry, phrase })));
}

function toSpan([start, end]: [number, number]): Span {
  return { start, end };
}
