import { CodedError } from '../contract/coded-error.ts';
import type { StoredItem } from './catalogue-store.ts';
import { isSameToReviewer } from './changeset-items.ts';
import type { AppliedItem } from './changes/applied-item.ts';
import type { ComputedItem } from './changes/compute-items.ts';

/** How a changeset is to be published. */
export interface PublishRequest {
  /** Items that nobody decided on are accepted too. */
  acceptRest?: boolean;
  /** Those of them that need no person's eye are accepted. */
  acceptClean?: boolean;
  /** The version that was seen; another one is refused. */
  version?: number;
}

function isWanted({ kind, decision, isClean }: StoredItem, request: PublishRequest): boolean {
  if (decision !== null) return decision.action !== 'skip';
  // That a show was not seen is no reason to change it.
  if (kind === 'notSeen') return false;
  return request.acceptRest === true || (request.acceptClean === true && isClean);
}

/**
 * The items to be published, as the catalogue now is.
 *
 * @param before as the reviewer has seen them
 * @param now reckoned anew
 * @returns in `changed`, the ids of items to be published that have become something else
 * @throws CodedError `changeset.undecided` where nothing is to be published and not all is skipped
 */
export function itemsToApply(
  before: readonly StoredItem[],
  now: readonly ComputedItem[],
  request: PublishRequest,
): { applied: AppliedItem[]; changed: string[] } {
  const current = new Map(now.map((item) => [item.id, item]));
  const wanted = before.filter((item) => isWanted(item, request));
  const isLeftOpen = before.some(({ kind, decision }) => decision === null && kind !== 'notSeen');
  if (wanted.length === 0 && isLeftOpen) {
    throw new CodedError(
      'changeset.undecided',
      'No item is accepted. Decide on items first, or publish with acceptClean or acceptRest.',
    );
  }
  const changed = wanted.filter((item) => {
    const found = current.get(item.id);
    return found === undefined || !isSameToReviewer(item, found);
  });
  const applied = wanted.flatMap(({ id, decision }): AppliedItem[] => {
    const item = current.get(id);
    return item === undefined ? [] : [{ item, edit: decision?.record ?? null }];
  });
  return { applied, changed: changed.map(({ id }) => id) };
}

/** For the audit log. */
export function published(applied: readonly AppliedItem[], request: PublishRequest): Record<string, unknown> {
  const counts: Record<string, number> = {};
  for (const { item, edit } of applied) {
    const kind = edit === null ? item.kind : 'edited';
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return { counts, acceptRest: request.acceptRest ?? false, acceptClean: request.acceptClean ?? false };
}
