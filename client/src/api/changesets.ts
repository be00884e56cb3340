import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Changeset, ChangesetPage, ChangesetState, DecisionAction } from '../../../src/contract/catalogue.ts';
import { call, withQuery } from './http.ts';
import { queryKeys } from './query-keys.ts';

/** `record` may leave fields out: they stay as proposed. */
export interface DecisionGiven {
  itemId: string;
  action: DecisionAction | 'reset';
  record?: object;
}

export interface PublishGiven {
  version?: number;
  acceptClean?: boolean;
  acceptRest?: boolean;
}

const path = (id: string, part = ''): string => `/api/changesets/${encodeURIComponent(id)}${part}`;

export function useChangesets(state?: ChangesetState) {
  return useQuery({
    queryKey: queryKeys.changesets(state),
    queryFn: ({ signal }) => call<ChangesetPage>(withQuery('/api/changesets', { state }), { signal }),
  });
}

export function useChangeset(id: string | null) {
  return useQuery({
    queryKey: queryKeys.changeset(id ?? ''),
    queryFn: ({ signal }) => call<Changeset>(path(id ?? ''), { signal }),
    enabled: id !== null,
  });
}

/** The changeset of a run: the one there is, or one made now. */
export function useChangesetOfRun(runId: string) {
  const client = useQueryClient();
  return useQuery({
    queryKey: [...queryKeys.run(runId), 'changeset'],
    queryFn: async () => {
      const changeset = await call<Changeset>('/api/changesets', { method: 'POST', body: { runId } });
      client.setQueryData(queryKeys.changeset(changeset.id), changeset);
      return changeset.id;
    },
    staleTime: Infinity,
  });
}

/** One call that changes a changeset and answers with it. */
function useChange<Given>(id: string, part: string, bodyOf: (given: Given) => unknown) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (given: Given) => call<Changeset>(path(id, part), { method: 'POST', body: bodyOf(given) }),
    onSuccess: async (changeset) => {
      client.setQueryData(queryKeys.changeset(id), changeset);
      await Promise.all([
        client.invalidateQueries({ queryKey: queryKeys.changesets() }),
        client.invalidateQueries({ queryKey: queryKeys.shows() }),
      ]);
    },
    onError: () => client.invalidateQueries({ queryKey: queryKeys.changeset(id) }),
  });
}

export const usePublish = (id: string) => useChange<PublishGiven>(id, '/publish', (given) => given);
export const useUndo = (id: string) => useChange<{ version?: number }>(id, '/undo', (given) => given);
