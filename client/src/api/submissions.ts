import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ShowFacts } from '../../../src/contract/show.ts';
import type { Submission, Suggestion } from '../../../src/contract/suggestion.ts';
import { rememberToken, tokenOf } from './access-tokens.ts';
import { call } from './http.ts';
import { queryKeys } from './query-keys.ts';
import { runAccess, runPath } from './runs.ts';

/** A correction names only what should be another. */
export type Correction = Partial<Pick<ShowFacts, 'name' | 'status' | 'notes'>> & {
  venue?: Partial<ShowFacts['venue']>;
  host?: Partial<ShowFacts['host']>;
  schedule?: Partial<ShowFacts['schedule']>;
};

export interface SuggestionGiven {
  recordId: string;
  confirm?: true;
  record?: Correction;
}

/** While images are read, and while a person has yet to look at them. */
const READING_MS = 3_000;
const PENDING_MS = 30_000;
const TOKEN = /^[\w-]{16,200}$/;

/** What became of a sent run; looked at again until it is settled. */
export function useSubmission(runId: string) {
  return useQuery({
    queryKey: queryKeys.submission(runId),
    queryFn: ({ signal }) => call<Submission>(runPath(runId, '/submission'), { token: runAccess(runId), signal }),
    refetchInterval: ({ state: { data } }) => {
      if (data?.state === 'reading') return READING_MS;
      return data?.state === 'pending' ? PENDING_MS : false;
    },
  });
}

/** What was said of the shows so far. @param isAsked false while the run is read: there is nothing to be said yet */
export function useSuggestions(runId: string, { isAsked }: { isAsked: boolean }) {
  return useQuery({
    queryKey: queryKeys.suggestions(runId),
    queryFn: ({ signal }) => call<Suggestion[]>(runPath(runId, '/suggestions'), { token: runAccess(runId), signal }),
    enabled: isAsked,
  });
}

/** Confirms a show of a run, or says how it should be. */
export function useSuggest(runId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: SuggestionGiven) =>
      call<Suggestion[]>(runPath(runId, '/suggestions'), { method: 'POST', body, token: runAccess(runId) }),
    onSuccess: (suggestions) => client.setQueryData(queryKeys.suggestions(runId), suggestions),
  });
}

/**
 * The address of the status of a run, for its sender alone. The token is in the part that browsers never send: not to our
 * server, not to others as where a visitor came from.
 */
export function submissionPath(runId: string): string {
  const token = tokenOf(runId);
  return `/submit/${encodeURIComponent(runId)}${token === null ? '' : `#${token}`}`;
}

/** Keeps the token that came with such an address. @param hash with its `#` */
export function takeToken(runId: string, hash: string): void {
  const token = hash.slice(1);
  if (TOKEN.test(token) && tokenOf(runId) !== token) rememberToken(runId, token);
}
