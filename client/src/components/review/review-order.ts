import type { ChangesetItem } from '../../../../src/contract/catalogue.ts';
import type { Show } from '../../../../src/contract/show.ts';
import { asFieldPath, FIELDS, valueAt, type FieldPath } from './record-fields.ts';

/** Why a person should look at an item. `warning` in the words of the server. */
export type Concern =
  | { kind: 'conflict' | 'ungrounded' | 'unsure'; field: FieldPath }
  | { kind: 'hardToRead' | 'suggestion'; field: null }
  | { kind: 'warning'; field: null; text: string };

/** Below this a person should look at what was read; the server's changesets draw the line at the same place. */
export const SURE = 0.7;

/** How much one of each weighs: one image against another is worse than words that are hard to find. */
const WEIGHT: Readonly<Record<Concern['kind'], number>> = {
  conflict: 100,
  ungrounded: 60,
  hardToRead: 45,
  unsure: 40,
  suggestion: 30,
  warning: 20,
};

/** Said by the conflict itself, or by the record's confidence. */
const SAID_OTHERWISE = /^(?:The images differ on |It was hard to read)/;

/** What to look at, the worst first. Nothing of what only confirms, but what its sender says. */
export function concernsOf({ kind, record, proposed, warnings, suggestion }: ChangesetItem): Concern[] {
  const concerns: Concern[] = [];
  if (record !== null && proposed !== null && kind !== 'confirmed') {
    concerns.push(
      ...fieldsOf(record.conflicts.map(({ field }) => field)).map((field) => ({ kind: 'conflict', field }) as const),
      ...ungroundedFields(record).map((field) => ({ kind: 'ungrounded', field }) as const),
      ...(record.confidence < SURE ? [{ kind: 'hardToRead', field: null } as const] : []),
      ...unsureFields(record).map((field) => ({ kind: 'unsure', field }) as const),
    );
  }
  if (suggestion?.record) concerns.push({ kind: 'suggestion', field: null });
  concerns.push(
    ...warnings
      .filter((text) => !SAID_OTHERWISE.test(text))
      .map((text) => ({ kind: 'warning', field: null, text }) as const),
  );
  return concerns;
}

/** Fields whose words were looked for in the images and found in none. */
export function ungroundedFields({ evidence, ...facts }: Show): FieldPath[] {
  return FIELDS.filter((path) => {
    if (valueAt(facts, path) === null) return false;
    const found = evidence.map(({ fields }) => fields[path]?.grounded);
    return found.includes(false) && !found.includes(true);
  });
}

function unsureFields({ confidences = {}, ...facts }: Show): FieldPath[] {
  // The words as printed are kept for people; nothing is reckoned from them.
  return FIELDS.filter((path) => {
    const value = valueAt(facts, path);
    const isEmpty = value === null || (Array.isArray(value) && value.length === 0);
    return path !== 'schedule.text' && !isEmpty && (confidences[path] ?? 1) < SURE;
  });
}

function fieldsOf(paths: readonly string[]): FieldPath[] {
  return [...new Set(paths)].flatMap((path) => asFieldPath(path) ?? []);
}

/** Needs no eye: neither the server nor this page found anything to look at. */
export function isClean(item: ChangesetItem): boolean {
  return item.kind !== 'notSeen' && item.isClean && concernsOf(item).length === 0;
}

/** The worst first; among equals the less sure, then by name. What was not seen comes last: nothing has to be said of it. */
export function worstFirst(items: readonly ChangesetItem[]): ChangesetItem[] {
  const weighed = items.map((item) => ({
    item,
    rank: item.kind === 'notSeen' ? 2 : item.kind === 'confirmed' ? 1 : 0,
    weight: concernsOf(item).reduce((sum, { kind }) => sum + WEIGHT[kind], 0),
    confidence: item.record?.confidence ?? 1,
    // As read, not as edited: an edit must not move its show to another place under the reviewer's eyes.
    name: nameOf({ ...item, decision: null }) ?? '',
  }));
  weighed.sort(
    (a, b) =>
      b.weight - a.weight ||
      a.rank - b.rank ||
      a.confidence - b.confidence ||
      a.name.localeCompare(b.name) ||
      a.item.id.localeCompare(b.item.id),
  );
  return weighed.map(({ item }) => item);
}

/** What an item is called in a list: its venue, or its title. */
export function nameOf({ decision, proposed, listed }: ChangesetItem): string | null {
  const facts = decision?.record ?? proposed ?? listed;
  return facts?.venue.name ?? facts?.name ?? null;
}

export const FILTERS = ['all', 'undecided', 'look', 'decided'] as const;
export type ReviewFilter = (typeof FILTERS)[number];

export function passes(item: ChangesetItem, filter: ReviewFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'undecided':
      return item.decision === null && item.kind !== 'notSeen';
    case 'look':
      return concernsOf(item).length > 0;
    case 'decided':
      return item.decision !== null;
  }
}

/** How far the review is. What was not seen needs no decision. */
export function progressOf(items: readonly ChangesetItem[]): { decided: number; total: number } {
  const asked = items.filter(({ kind }) => kind !== 'notSeen');
  return { decided: asked.filter(({ decision }) => decision !== null).length, total: asked.length };
}

/** The next item to decide after this one, from the top again at the end; null where all are decided. */
export function nextUndecided(items: readonly ChangesetItem[], after: string | null): string | null {
  const at = items.findIndex(({ id }) => id === after);
  const round = [...items.slice(at + 1), ...items.slice(0, Math.max(at, 0))];
  return round.find((item) => passes(item, 'undecided'))?.id ?? null;
}

/** One step in the list; stops at its ends. */
export function neighbour(items: readonly ChangesetItem[], of: string | null, step: 1 | -1): string | null {
  const at = items.findIndex(({ id }) => id === of);
  if (at === -1) return items[0]?.id ?? null;
  return items[Math.min(Math.max(at + step, 0), items.length - 1)]?.id ?? null;
}

/** The next field that the images differ on: in this item first, then in those after it, then from the top. */
export function nextConflict(
  items: readonly ChangesetItem[],
  { itemId, field }: { itemId: string | null; field: FieldPath | null },
): { itemId: string; field: FieldPath } | null {
  const places = items.flatMap((item) =>
    concernsOf(item).flatMap((concern) =>
      concern.kind === 'conflict' ? [{ itemId: item.id, field: concern.field, at: items.indexOf(item) }] : [],
    ),
  );
  const here = places.findIndex((place) => place.itemId === itemId && place.field === field);
  if (here !== -1) return places[(here + 1) % places.length] ?? null;
  const at = items.findIndex(({ id }) => id === itemId);
  return places.find((place) => place.at >= at) ?? places[0] ?? null;
}
