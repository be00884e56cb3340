import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { RunImages } from '../../../src/contract/run-images.ts';
import type { ExportFormat, RunResult, RunState, RunSummary } from '../../../src/contract/run.ts';
import { tokenOf } from './access-tokens.ts';
import { call, send, withQuery } from './http.ts';
import { queryKeys } from './query-keys.ts';
import { adminToken } from './session.ts';

export type RunControl = 'pause' | 'resume' | 'cancel' | 'retry-failed';

const PAGE_SIZE = 50;
const WATCH_MS = 3_000;

export const runPath = (runId: string, part = ''): string => `/api/runs/${encodeURIComponent(runId)}${part}`;

/** The admin reads every run; a visitor, those that were started on this machine. */
export function runAccess(runId: string): string | null {
  return adminToken() ?? tokenOf(runId);
}

export function fetchRun(runId: string, signal?: AbortSignal): Promise<RunResult> {
  return call<RunResult>(runPath(runId), { token: runAccess(runId), ...(signal && { signal }) });
}

export function fetchRunImages(runId: string, signal?: AbortSignal): Promise<RunImages> {
  return call<RunImages>(runPath(runId, '/images'), { token: runAccess(runId), ...(signal && { signal }) });
}

export function useRuns() {
  return useInfiniteQuery({
    queryKey: queryKeys.runs(),
    queryFn: ({ pageParam, signal }) =>
      call<RunSummary[]>(withQuery('/api/runs', { limit: PAGE_SIZE, before: pageParam }), { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => (page.length < PAGE_SIZE ? undefined : page.at(-1)?.runId),
  });
}

/** A run as it stands; with `isWatched` looked at again while it is not over (its events do not tell of every figure). */
export function useRun(runId: string, { isWatched = false } = {}) {
  return useQuery({
    queryKey: queryKeys.run(runId),
    queryFn: ({ signal }) => fetchRun(runId, signal),
    refetchInterval: ({ state }) => (isWatched && !isOver(state.data?.state) ? WATCH_MS : false),
  });
}

export function isOver(state: RunState | undefined): boolean {
  return state === 'completed' || state === 'cancelled' || state === 'failed';
}

export function useRunImages(runId: string) {
  return useQuery({ queryKey: queryKeys.runImages(runId), queryFn: ({ signal }) => fetchRunImages(runId, signal) });
}

/** Pause, resume, cancel, read the failed again. */
export function useRunControl(runId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (control: RunControl) => call<RunResult>(runPath(runId, `/${control}`), { method: 'POST' }),
    onSuccess: async (run) => {
      client.setQueryData(queryKeys.run(runId), run);
      await client.invalidateQueries({ queryKey: queryKeys.runs() });
    },
  });
}

/** The result as a file: fetched, since a link could not carry the token but in its address. */
export async function downloadRun(runId: string, format: ExportFormat): Promise<void> {
  const response = await send(withQuery(runPath(runId, '/export'), { format }), { token: runAccess(runId) });
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = `contactsheet-${runId}.${format}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
