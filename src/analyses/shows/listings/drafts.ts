import type { Entry } from './entries.ts';
import { daysOf, groupNights, hasDay, isDayOff, timesOf } from './nights.ts';
import { bestName, SURE_VENUE, type VenueMark } from './venues.ts';

/** One show as lines: its own, and those it shares with its neighbours (a venue's heading, a day's heading). */
export interface Draft {
  own: Entry[];
  shared: Entry[];
  venue: VenueMark | null;
}

type Marks = ReadonlyMap<Entry, VenueMark>;

/** A lone venue needs less than one among many: nothing else on the flyer competes. */
const LONE_VENUE = 0.5;

/** Tells the listings of one post apart. */
export function draftListings(entries: readonly Entry[], marks: Marks): Draft[] {
  const venues = distinctVenues(entries, marks);
  if (venues.length <= 1) return singleVenue(entries, venues[0] ?? loneVenue(entries), marks);
  const inRows = venues.filter((mark) => mark.entry.line.row !== null).length;
  if (inRows >= 0.6 * venues.length && inRows >= 2) return draftRows(entries, marks);
  return draftRunning(entries, marks);
}

/** Marks of different venues; a name that is printed twice counts once. */
function distinctVenues(entries: readonly Entry[], marks: Marks): VenueMark[] {
  const seen = new Map<string, VenueMark>();
  for (const entry of entries) {
    const mark = marks.get(entry);
    if (mark === undefined) continue;
    const key = venueKey(mark);
    const known = [...seen.keys()].find((other) => sameName(other, key));
    if (known === undefined) seen.set(key, mark);
    else if ((seen.get(known)?.score ?? 0) < mark.score) seen.set(known, mark);
  }
  return [...seen.values()];
}

function venueKey(mark: VenueMark): string {
  const { address, line } = mark.entry;
  const street = address?.street == null ? '' : line.text.slice(address.street.start, address.street.end);
  return (mark.name?.text ?? street)
    .toLowerCase()
    .replace(/[^\p{L}\d]/gu, '')
    .replace(/^the/, '');
}

function sameName(a: string, b: string): boolean {
  return a === b || (a.length > 5 && b.length > 5 && (a.includes(b) || b.includes(a)));
}

function loneVenue(entries: readonly Entry[]): VenueMark | null {
  let best: VenueMark | null = null;
  entries.forEach((_, index) => {
    const mark = bestName(entries, index);
    if (mark !== null && mark.score >= LONE_VENUE && (best === null || mark.score > best.score)) best = mark;
  });
  return best;
}

function singleVenue(entries: readonly Entry[], venue: VenueMark | null, marks: Marks): Draft[] {
  const nights = groupNights(entries);
  const groups = nights.groups.filter((group) => !isFreeRow(group, nights.groups, marks));
  return groups.map((own) => ({ own, shared: [...nights.shared, ...headingOf(entries, groups, own)], venue }));
}

/** A row of a week's table with nothing but its day and some words (`FRI | Rest your voice`, `SUN | No karaoke`). */
function isFreeRow(group: readonly Entry[], groups: readonly Entry[][], marks: Marks): boolean {
  if (group.some((entry) => entry.line.row === null)) return false;
  const timed = groups.filter((other) => other.some((entry) => timesOf(entry).length > 0)).length;
  const says = group.some((entry) => timesOf(entry).length > 0 || entry.hosts.length > 0 || marks.has(entry));
  return !says && timed >= 2;
}

/** Lines of the venue that were read into another night's group: the address under the last night serves all. */
function headingOf(entries: readonly Entry[], groups: readonly Entry[][], own: Entry[]): Entry[] {
  const plain = (entry: Entry): boolean => !hasDay(entry) && timesOf(entry).length === 0 && entry.hosts.length === 0;
  return groups
    .filter((group) => group !== own)
    .flat()
    .filter((entry) => entries.includes(entry) && plain(entry) && entry.address !== null);
}

function draftRows(entries: readonly Entry[], marks: Marks): Draft[] {
  const preamble = entries.filter((entry) => entry.line.row === null);
  const rows = Map.groupBy(
    entries.filter((entry) => entry.line.row !== null),
    (entry) => `${entry.line.section}/${entry.line.row}`,
  );
  const drafts: Draft[] = [];
  let lastDay: Entry[] = [];
  for (const row of rows.values()) {
    const venues = inOneRow(row, distinctVenues(row, marks));
    if (row.some(hasDay)) lastDay = row.filter(hasDay);
    const inherited = row.some(hasDay) ? [] : lastDay;
    if (venues.length > 1) drafts.push(...splitAtVenues(row, venues, [...preamble, ...inherited]));
    else drafts.push(...nightsOf(row, venues[0] ?? bestOf(row), [...preamble, ...inherited]));
  }
  return drafts;
}

/** A row with one hour has one venue: another name in it is a town or a slogan. */
function inOneRow(row: readonly Entry[], venues: VenueMark[]): VenueMark[] {
  const times = new Set(row.flatMap(timesOf));
  const streets = row.filter((entry) => entry.address?.street != null).length;
  return venues.length > 1 && times.size <= 1 && streets <= 1 ? [strongest(venues)] : venues;
}

function bestOf(entries: readonly Entry[]): VenueMark | null {
  const mark = loneVenue(entries);
  return mark !== null && mark.score >= LONE_VENUE ? mark : null;
}

function nightsOf(entries: readonly Entry[], venue: VenueMark | null, shared: readonly Entry[]): Draft[] {
  const nights = groupNights(entries);
  const groups = nights.groups.length > 0 ? nights.groups : [[...nights.shared]];
  return groups
    .filter((own) => !own.some(isDayOff))
    .map((own) => ({ own, shared: [...nights.shared, ...shared], venue }));
}

/** Listings one under another: each begins with its day or with its venue, whichever the page keeps to. */
function draftRunning(entries: readonly Entry[], marks: Marks): Draft[] {
  const byVenue = cut(entries, beginsVenue(entries, marks));
  const byDay = cut(entries, beginsDay(entries, marks));
  const venueFirst = fitness(byVenue, marks) > fitness(byDay, marks);
  const { preamble, sections } = venueFirst ? byVenue : byDay;
  return sections.flatMap((section) => {
    const venues = distinctVenues(section, marks);
    const real = venueFirst ? venues.slice(0, 1) : backed(section, marks, venues);
    if (real.length > 1) return splitAtVenues(section, real, preamble);
    return nightsOf(section, real[0] ?? bestOf(section), preamble);
  });
}

interface Cut {
  preamble: Entry[];
  sections: Entry[][];
}

function cut(entries: readonly Entry[], begins: (entry: Entry) => boolean): Cut {
  const preamble: Entry[] = [];
  const sections: Entry[][] = [];
  for (const entry of entries) {
    if (begins(entry)) sections.push([entry]);
    else (sections.at(-1) ?? preamble).push(entry);
  }
  return { preamble, sections };
}

function beginsVenue(entries: readonly Entry[], marks: Marks): (entry: Entry) => boolean {
  const starts = new Set<Entry>();
  let last = '';
  let dayed = false;
  for (const entry of entries) {
    const mark = marks.get(entry);
    const key = mark === undefined ? last : venueKey(mark);
    // The same venue again behind its night is its next listing (a directory has an entry for each night).
    if (mark !== undefined && (last === '' || !sameName(last, key) || (dayed && !hasDay(entry)))) {
      starts.add(entry);
      dayed = false;
    }
    last = key;
    dayed ||= hasDay(entry);
  }
  return (entry) => starts.has(entry);
}

function beginsDay(entries: readonly Entry[], marks: Marks): (entry: Entry) => boolean {
  const starts = new Set<Entry>();
  let current = { days: new Set<string>(), full: false };
  for (const entry of entries) {
    if (hasDay(entry)) {
      const days = daysOf(entry);
      const more = days.some((day) => !current.days.has(day));
      // "Weekly event, every Wednesday" below a listing says its night again.
      const again = !more && timesOf(entry).length === 0 && !marks.has(entry) && entry.names.length > 0;
      if (starts.size === 0 || (current.full && !again) || (more && entry.line.gapBefore > entry.line.height)) {
        starts.add(entry);
        current = { days: new Set(days), full: false };
      } else days.forEach((day) => current.days.add(day));
    }
    if (marks.has(entry) || timesOf(entry).length > 0) current.full = true;
  }
  return (entry) => starts.has(entry);
}

/** How well a way of cutting fits: sections that have both a day and a venue, and white space where they begin. */
function fitness({ preamble, sections }: Cut, marks: Marks): number {
  if (sections.length === 0) return -1;
  const complete = sections.filter(
    (section) => section.some(hasDay) && section.some((entry) => marks.has(entry)),
  ).length;
  const crowded = sections.filter((section) => distinctVenues(section, marks).length > 1).length;
  const white = whiteness(sections);
  const lost = preamble.some((entry) => marks.has(entry)) ? 0.5 : 0;
  // A day's heading before the first and at the end of the others: it heads what follows.
  const headed = [preamble, ...sections.slice(0, -1)].every((part) => isDayHeading(part.at(-1))) ? 0.5 : 0;
  const early = preamble.filter(hasDay).length > 0 && preamble.some((entry) => timesOf(entry).length > 0) ? 0.2 : 0;
  return complete / sections.length - (0.3 * crowded) / sections.length + white - lost - early - headed;
}

/** A day on a line of its own. */
function isDayHeading(entry: Entry | undefined): boolean {
  return entry !== undefined && hasDay(entry) && entry.names.length === 0 && timesOf(entry).length === 0;
}

/** From -0.5 to 0.5: whether the white above the sections is wider than the white inside them. */
function whiteness(sections: readonly Entry[][]): number {
  const finite = (gaps: number[]): number[] => gaps.filter((gap) => Number.isFinite(gap));
  const starts = finite(sections.slice(1).map((section) => relativeGap(section[0])));
  const inside = finite(sections.flatMap((section) => section.slice(1).map((entry) => relativeGap(entry))));
  if (starts.length === 0 || inside.length === 0) return 0;
  return Math.max(-0.5, Math.min(0.5, mean(starts) - mean(inside)));
}

function relativeGap(entry: Entry | undefined): number {
  return entry === undefined ? 0 : entry.line.gapBefore / entry.line.height;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Among several "venues" under one day, those with nothing of their own are slogans, unless none has anything. */
function backed(section: readonly Entry[], marks: Marks, venues: VenueMark[]): VenueMark[] {
  if (venues.length < 2) return venues;
  const parts = partsAt(section, venues);
  const supported = venues.filter((_, index) =>
    (parts.parts[index] ?? []).some(
      (entry) => entry.address !== null || timesOf(entry).length > 0 || entry.hosts.length > 0,
    ),
  );
  if (supported.length === 0) return venues.some((mark) => mark.score < SURE_VENUE + 1) ? [strongest(venues)] : venues;
  if (supported.length === 1 && marks.size > 0)
    return [strongest([...supported, ...venues.filter((mark) => mark.score > (supported[0]?.score ?? 0) + 1)])];
  return supported;
}

function strongest(venues: readonly VenueMark[]): VenueMark {
  return venues.reduce((best, mark) => (mark.score > best.score ? mark : best));
}

function partsAt(section: readonly Entry[], venues: readonly VenueMark[]): { lead: Entry[]; parts: Entry[][] } {
  const starts = new Set(venues.map((mark) => mark.entry));
  const { preamble, sections } = cut(section, (entry) => starts.has(entry));
  return { lead: preamble, parts: sections };
}

/** `MONDAY` above several venues: each is a show of that day. */
function splitAtVenues(section: readonly Entry[], venues: readonly VenueMark[], shared: readonly Entry[]): Draft[] {
  const { lead, parts } = partsAt(section, venues);
  const heading = lead.length > 0 ? lead : section.slice(0, 1);
  return parts.flatMap((part) => {
    const venue = venues.find((mark) => part.includes(mark.entry)) ?? null;
    const extra = part.some(hasDay) ? shared : [...heading.filter((entry) => !part.includes(entry)), ...shared];
    return nightsOf(part, venue, extra);
  });
}
