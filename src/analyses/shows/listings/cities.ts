import type { Span } from '../places/address.ts';
import { looksLikeTown } from '../places/town.ts';
import type { Draft } from './drafts.ts';
import type { Entry, NamePiece } from './entries.ts';

/** Marks the cities that stand alone: those that some address of the page names, and those the person who asks named. */
export function markKnownCities(entries: readonly Entry[], asked: string | null): void {
  const known = new Set(asked === null ? [] : [cityKey(asked)]);
  for (const { address, line } of entries) {
    if (address?.city != null) known.add(cityKey(line.text.slice(address.city.start, address.city.end)));
  }
  for (const entry of entries) {
    const city = entry.names.find((name) => known.has(cityKey(name.text)));
    if (city === undefined || entry.address?.city != null) continue;
    entry.city = { start: city.start, end: city.end };
    entry.names = entry.names.filter((name) => name !== city);
  }
}

function cityKey(city: string): string {
  return city.toLowerCase().replace(/[^\p{L}]/gu, '');
}

/** The city of a listing whose address names none: known from elsewhere, or where a city stands, beside the venue. */
export function findCity({ own, shared, venue }: Draft): { entry: Entry; span: Span } | null {
  const around = [...(venue === null ? [] : [venue.entry]), ...own, ...shared];
  const known = around.find((entry) => entry.city !== null);
  if (known?.city != null) return { entry: known, span: known.city };
  if (venue?.name == null) return null;
  const street = around.find((entry) => entry.address?.street != null);
  const lines = [...new Set([...own, ...shared])].sort((a, b) =>
    a.line.row !== null || b.line.row !== null ? 0 : a.line.section - b.line.section || a.line.top - b.line.top,
  );
  return (
    besideVenue(venue.entry, venue.name) ??
    below(venue.entry, lines, venue.entry) ??
    (street === undefined ? null : below(street, lines, venue.entry))
  );
}

/** `Nine Lives Lounge, Sapulpa, 10 PM`: the piece behind the name's comma. */
function besideVenue(entry: Entry, name: NamePiece): { entry: Entry; span: Span } | null {
  const next = entry.names.find((piece) => piece.start > name.end);
  if (next === undefined || !/^\s*(?:[,(·•|-]|in\b)\s*$/.test(entry.line.text.slice(name.end, next.start))) return null;
  return looksLikeTown(next.text) ? { entry, span: { start: next.start, end: next.end } } : null;
}

/** A line below the venue or its street that begins with a city: `Wyoming · Hosted by …`. */
function below(above: Entry, own: readonly Entry[], venue: Entry): { entry: Entry; span: Span } | null {
  const index = own.indexOf(above);
  const candidates = own
    .slice(index + 1, index + 3)
    .filter((entry) => entry.line.section === above.line.section && entry.line.top >= above.line.top)
    .filter((entry) => entry !== venue)
    .filter(({ line }) => line.role === null || ['city', 'address', 'other', above.line.role].includes(line.role));
  for (const entry of index < 0 ? [] : candidates) {
    // A reply in a chat or the next paragraph stands apart.
    if (entry.line.row === null && entry.line.gapBefore > 1.2 * entry.line.height) return null;
    const first = entry.names[0];
    if (first === undefined) continue;
    const leads = beginsWith(entry, first) && /^\s*(?:$|[,·•|(-])/.test(entry.line.text.slice(first.end));
    const smaller = entry.line.height <= above.line.height * 1.35;
    return leads && smaller && looksLikeTown(first.text)
      ? { entry, span: { start: first.start, end: first.end } }
      : null;
  }
  return null;
}

/** Nothing but the schedule stands before it: `CANCELLED · Dothan`. */
function beginsWith({ line, phrases }: Entry, name: NamePiece): boolean {
  let before = line.text.slice(0, name.start);
  for (const { start, end } of phrases)
    if (end <= name.start) before = before.slice(0, start) + ' '.repeat(end - start) + before.slice(end);
  return !/[\p{L}\d]/u.test(before) && (name.start <= 1 || /[·•|,]\s*$/.test(before));
}
