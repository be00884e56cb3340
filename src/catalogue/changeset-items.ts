import { randomBytes } from 'node:crypto';
import type { ChangesetItem, ChangesetSummary } from '../contract/catalogue.ts';
import type { Suggestion } from '../contract/suggestion.ts';
import { CodedError } from '../contract/coded-error.ts';
import type { Show } from '../contract/show.ts';
import { canonicalJson } from '../merger/stated.ts';
import type { ListedChangeset, Reshape, StoredChangeset, StoredItem } from './catalogue-store.ts';
import { sourcesOf } from './changes/reshaping.ts';
import type { ComputedItem } from './changes/compute-items.ts';

export function summaryOf(changeset: ListedChangeset): ChangesetSummary {
  const { id, runId, audience, state, version, createdAt, publishedAt, undoneAt, counts, undecided } = changeset;
  return { id, runId, audience, state, version, createdAt, publishedAt, undoneAt, counts, undecided };
}

/** An item as it is kept and shown, not decided yet. */
export function asItem({ venueId: _id, venueGroup: _group, ...item }: ComputedItem): StoredItem {
  return { ...item, decision: null };
}

/** Items with what the sender of their run says of them. */
export function withSuggestions(
  items: readonly StoredItem[],
  suggestions: readonly Suggestion[],
  reshaping: readonly Reshape[],
): ChangesetItem[] {
  const newestFirst = [...suggestions].sort((a, b) => (a.at < b.at ? 1 : -1));
  return items.map((item) => {
    const sources = sourcesOf(item.id, reshaping);
    const said = newestFirst.find(({ recordId }) => sources.includes(recordId));
    return { ...item, suggestion: said ? { record: said.record, confirm: said.confirm, at: said.at } : null };
  });
}

/** What a reviewer sees of an item and decides by: where it is the same, the decision holds. */
export function isSameToReviewer(a: Omit<StoredItem, 'decision'>, b: Omit<StoredItem, 'decision'>): boolean {
  const seen = ({ kind, showId, changes, proposed }: Omit<StoredItem, 'decision'>): string =>
    canonicalJson([kind, kind === 'new' ? null : showId, changes, proposed]);
  return seen(a) === seen(b);
}

/** Items with the decisions of before, where they are the same to a reviewer; what is to be skipped is skipped anyway. */
export function withDecisions(items: readonly StoredItem[], before: readonly StoredItem[]): StoredItem[] {
  const known = new Map(before.map((item) => [item.id, item]));
  return items.map((item) => {
    const old = known.get(item.id);
    const holds = old !== undefined && (old.decision?.action === 'skip' || isSameToReviewer(old, item));
    return holds ? { ...item, decision: old.decision } : item;
  });
}

/** The records of the run that the items were made of. */
export function recordsOf(items: readonly StoredItem[]): Show[] {
  return items.flatMap(({ record }) => record ?? []);
}

/** `YYYY-MM-DD`, when the images were sent. */
export function dateOf({ seenAt }: StoredChangeset): string {
  return seenAt.slice(0, 10);
}

/** May be decided on and published: not published yet, or undone. */
export function isOpen({ state }: Pick<StoredChangeset, 'state'>): boolean {
  return state !== 'published';
}

/** @throws CodedError `changeset.wrongState` where it is published already */
export function refuseClosed({ state }: StoredChangeset, wanted: string): void {
  if (state !== 'published') return;
  throw new CodedError('changeset.wrongState', `This changeset is published already and cannot be ${wanted} again.`);
}

/** @throws CodedError `changeset.stale` where it is not as the caller has seen it */
export function refuseOther({ version }: StoredChangeset, seen: number | undefined): void {
  if (seen === undefined || seen === version) return;
  throw new CodedError(
    'changeset.stale',
    `You have seen version ${seen} of this changeset; it is at version ${version} by now. Look at it again.`,
  );
}

export function staleItems(itemIds: readonly string[]): CodedError {
  const shown = itemIds.slice(0, 5).join(', ');
  const rest = itemIds.length > 5 ? ` and ${itemIds.length - 5} more` : '';
  return new CodedError(
    'changeset.stale',
    `The catalogue has changed since you looked: ${shown}${rest} would now do something else. Look at the changeset again.`,
  );
}

export function notFound(): CodedError {
  return new CodedError('changeset.notFound', 'There is no such changeset.');
}

/** An id that was never given before. */
export function newId(kind: 'venue' | 'host' | 'show' | 'alias'): string {
  return `${kind}_${randomBytes(9).toString('hex')}`;
}
