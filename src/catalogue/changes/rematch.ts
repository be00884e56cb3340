import { CodedError } from '../../contract/coded-error.ts';
import type { Show, ShowFacts } from '../../contract/show.ts';
import type { Catalogue, SharedVenue } from '../catalogue-store.ts';
import { computeItems, type ComputedItem } from './compute-items.ts';
import { SHARED_FIELDS } from './listed-facts.ts';
import type { AppliedItem } from './applied-item.ts';

/** An item with what shall be listed of it. */
export interface SettledItem {
  item: ComputedItem;
  edit: ShowFacts | null;
  final: ShowFacts;
  /** The record before any edit: what was printed. */
  printed: Show | null;
}

/**
 * Looks for the edited ones among the unlisted once more. A corrected name of a venue holds for all records at it, and
 * may name one that is listed.
 */
export function rematched(catalogue: Catalogue, applied: readonly AppliedItem[], seenOn: string): SettledItem[] {
  const editedGroups = new Set(
    applied.flatMap(({ item, edit }) => (edit !== null && item.showId === null ? (item.venueGroup ?? []) : [])),
  );
  const isOpen = ({ item, edit }: AppliedItem): boolean =>
    item.showId === null && (edit !== null || (item.venueGroup !== null && editedGroups.has(item.venueGroup)));
  const open = applied.filter(isOpen);
  const taken = new Set(applied.filter((each) => !isOpen(each)).flatMap(({ item }) => item.showId ?? []));
  const free = { ...catalogue, shows: catalogue.shows.filter(({ id }) => !taken.has(id)) };
  const corrections = correctionsByGroup(open);
  const records = open.map((each) => recordOf(each, corrections));
  const again = new Map(computeItems(free, records, seenOn).map((item) => [item.id, item]));
  return applied.flatMap((each): SettledItem[] => {
    const { item, edit } = each;
    const printed = item.record;
    if (!isOpen(each)) {
      const final = edit ?? item.proposed;
      return final === null ? [] : [{ item, edit, final, printed }];
    }
    const found = again.get(item.id);
    if (!found?.proposed) return [];
    // What was printed stays the record: the evidence is of that.
    return [{ item: { ...found, record: printed }, edit, final: found.proposed, printed }];
  });
}

type Corrections = Map<string, Map<keyof SharedVenue, { value: string | null; itemId: string }>>;

function correctionsByGroup(open: readonly AppliedItem[]): Corrections {
  const corrections: Corrections = new Map();
  for (const { item, edit } of open) {
    if (edit === null || item.proposed === null || item.venueGroup === null) continue;
    const ofGroup = corrections.get(item.venueGroup) ?? new Map();
    for (const field of SHARED_FIELDS) {
      const value = edit.venue[field];
      if (value === item.proposed.venue[field]) continue;
      const before = ofGroup.get(field);
      if (before !== undefined && before.value !== value) throw contradiction(field, before.itemId, item.id);
      ofGroup.set(field, { value, itemId: item.id });
    }
    corrections.set(item.venueGroup, ofGroup);
  }
  return corrections;
}

export function contradiction(field: string, itemId: string, otherId: string): CodedError {
  return new CodedError(
    'changeset.conflict',
    `The edits of ${itemId} and ${otherId} give one venue two values for ${field}: make them agree.`,
  );
}

function recordOf({ item, edit }: AppliedItem, corrections: Corrections): Show {
  const facts = edit ?? item.proposed ?? item.record;
  if (facts === null) throw new CodedError('internal', 'An item that is not listed has no record.');
  const venue = { ...facts.venue };
  for (const [field, { value }] of corrections.get(item.venueGroup ?? '') ?? []) venue[field] = value;
  const { evidence, conflicts } = item.record ?? { evidence: [], conflicts: [] };
  return { ...facts, venue, id: item.id, evidence, conflicts };
}
