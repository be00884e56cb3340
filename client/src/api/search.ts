import { useQuery } from '@tanstack/react-query';
import type { FoundImage } from '../../../src/contract/search.ts';
import { call, withQuery } from './http.ts';
import { queryKeys } from './query-keys.ts';
import { runAccess, runPath } from './runs.ts';

const MOST_FOUND = 8;
/** What was found stays true until more is described, and each question costs a call of a model. */
const KEPT_MS = 60_000;

/** Images of a run by what they are about, the nearest first. Nothing is asked while the question is empty. */
export function useRunSearch(runId: string, question: string, described: number) {
  return useQuery({
    queryKey: queryKeys.runSearch(runId, question, described),
    queryFn: ({ signal }) =>
      call<FoundImage[]>(withQuery(runPath(runId, '/search'), { q: question, limit: MOST_FOUND }), {
        token: runAccess(runId),
        signal,
      }),
    enabled: question !== '',
    staleTime: KEPT_MS,
  });
}
