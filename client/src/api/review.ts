import { useMutation, useMutationState, useQueryClient } from '@tanstack/react-query';
import type { Changeset, ChangesetItem, Decision } from '../../../src/contract/catalogue.ts';
import type { DecisionGiven } from './changesets.ts';
import { call } from './http.ts';
import { queryKeys } from './query-keys.ts';

/** A decision on its way. `decision` is what the page shows until the server has answered. */
export interface DecisionSent {
  given: DecisionGiven;
  decision: Decision | null;
}

const decideKey = (id: string) => ['changesets', id, 'decide'] as const;

/**
 * Sends decisions one after the other, each tied to the version that the answer before gave: two quick keys must not refuse
 * each other, and what somebody else changed meanwhile is noticed all the same.
 */
export function useDecisions(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationKey: decideKey(id),
    scope: { id: `decide ${id}` },
    mutationFn: (sent: DecisionSent[]) => {
      const version = client.getQueryData<Changeset>(queryKeys.changeset(id))?.version;
      return call<Changeset>(`/api/changesets/${encodeURIComponent(id)}/decisions`, {
        method: 'POST',
        body: { decisions: sent.map(({ given }) => given), ...(version !== undefined && { version }) },
      });
    },
    onSuccess: async (changeset) => {
      client.setQueryData(queryKeys.changeset(id), changeset);
      await client.invalidateQueries({ queryKey: queryKeys.changesets(), refetchType: 'none' });
    },
    onError: () => client.invalidateQueries({ queryKey: queryKeys.changeset(id) }),
  });
}

/** Decisions that the server has not answered yet, oldest first. */
export function useDecisionsUnderWay(id: string): DecisionSent[] {
  return useMutationState({
    filters: { mutationKey: decideKey(id), status: 'pending' },
    select: ({ state }) => state.variables as DecisionSent[] | undefined,
  }).flatMap((sent) => sent ?? []);
}

/** Items as they will be once what is on its way has arrived. */
export function withDecisionsUnderWay(items: readonly ChangesetItem[], sent: readonly DecisionSent[]): ChangesetItem[] {
  if (sent.length === 0) return [...items];
  const last = new Map(sent.map(({ given, decision }) => [given.itemId, decision]));
  return items.map((item) => {
    const decision = last.get(item.id);
    return decision === undefined ? item : { ...item, decision };
  });
}

/** Several records become one, one becomes two, and back. */
export type Regrouping =
  | { kind: 'merge'; itemIds: string[] }
  | { kind: 'split'; itemId: string; imageIds: string[] }
  | { kind: 'unmerge'; itemId: string };

export function useRegroup(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ kind, ...given }: Regrouping) => {
      const version = client.getQueryData<Changeset>(queryKeys.changeset(id))?.version;
      return call<Changeset>(`/api/changesets/${encodeURIComponent(id)}/${kind}`, {
        method: 'POST',
        body: { ...given, ...(version !== undefined && { version }) },
      });
    },
    onSuccess: (changeset) => client.setQueryData(queryKeys.changeset(id), changeset),
    onError: () => client.invalidateQueries({ queryKey: queryKeys.changeset(id) }),
  });
}
