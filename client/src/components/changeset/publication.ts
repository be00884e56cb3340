import { type ChangesetItem, ITEM_KINDS, type ItemKind } from '../../../../src/contract/catalogue.ts';

/** What becomes of items that nobody decided on. */
export const RESTS = ['leave', 'clean', 'all'] as const;
export type Rest = (typeof RESTS)[number];

/** Whether publishing would change the catalogue by this item, as the server decides it. */
export function isPublished({ kind, decision, isClean }: ChangesetItem, rest: Rest): boolean {
  if (decision !== null) return decision.action !== 'skip';
  if (kind === 'notSeen') return false;
  return rest === 'all' || (rest === 'clean' && isClean);
}

export interface PublicationCounts {
  published: number;
  /** Of those published, the ones with edits. */
  edited: number;
  skipped: number;
  /** Left as they are, since nobody decided. */
  left: number;
  cleanUndecided: number;
  undecided: number;
}

export function countPublication(items: readonly ChangesetItem[], rest: Rest): PublicationCounts {
  const asked = items.filter(({ kind }) => kind !== 'notSeen');
  const undecided = asked.filter(({ decision }) => decision === null);
  const published = items.filter((item) => isPublished(item, rest));
  return {
    published: published.length,
    edited: published.filter(({ decision }) => decision?.action === 'edit').length,
    skipped: asked.filter(({ decision }) => decision?.action === 'skip').length,
    left: undecided.filter((item) => !isPublished(item, rest)).length,
    cleanUndecided: undecided.filter(({ isClean }) => isClean).length,
    undecided: undecided.length,
  };
}

/** In the order of the page: what changes the list most comes first. */
export function byKind(items: readonly ChangesetItem[]): { kind: ItemKind; items: ChangesetItem[] }[] {
  return ITEM_KINDS.map((kind) => ({ kind, items: items.filter((item) => item.kind === kind) })).filter(
    (group) => group.items.length > 0,
  );
}
