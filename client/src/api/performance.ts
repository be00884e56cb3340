import { useQuery } from '@tanstack/react-query';
import type { Performance } from '../../../src/contract/performance.ts';
import type { RunTimeline } from '../../../src/contract/timeline.ts';
import { call } from './http.ts';
import { queryKeys } from './query-keys.ts';
import { runAccess, runPath } from './runs.ts';

const WATCH_MS = 5_000;

/** The last ten minutes of the process. */
export function fetchPerformance(signal: AbortSignal): Promise<Performance> {
  return call<Performance>('/api/performance', { signal });
}

/** The calls of a run. @param isWatched asks again and again: the run is under way */
export function useTimeline(runId: string | null, { isWatched }: { isWatched: boolean }) {
  return useQuery({
    queryKey: queryKeys.timeline(runId ?? ''),
    queryFn: ({ signal }) =>
      call<RunTimeline>(runPath(runId ?? '', '/timeline'), { token: runAccess(runId ?? ''), signal }),
    enabled: runId !== null,
    refetchInterval: isWatched ? WATCH_MS : false,
  });
}
