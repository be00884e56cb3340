import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { RunEstimate } from '../../../src/contract/estimate.ts';
import type { Pile, PileStarted } from '../../../src/contract/pile.ts';
import type { AnalysisName, ProcessingMode } from '../../../src/contract/run.ts';
import { rememberToken, tokenOf } from './access-tokens.ts';
import { call } from './http.ts';
import { queryKeys } from './query-keys.ts';
import { adminToken } from './session.ts';

/** What a run from a pile is asked for; what is left out is as the settings say. */
export interface RunWish {
  /** Shows without it. */
  analysis?: AnalysisName;
  /** COCO JSON or a list of `{ image, box }`: each box is asked about by itself. */
  detections?: unknown;
  /** What the analysis is to go by, where it takes options. */
  options?: unknown;
  mode?: ProcessingMode;
  timezone?: string;
  city?: string;
  state?: string;
  notes?: string;
  ground?: 'on' | 'off';
  /** Asks the model again, also what it has answered before. */
  fresh?: boolean;
  /** The questions go out in batches: half the price, within a day. */
  batch?: boolean;
  budgetUsdPerRun?: number | null;
  /** Positions; all without it. */
  only?: number[];
}

/** How often a pile is looked at while files of it are unpacked, drawn or fetched. */
const WATCH_MS = 1_000;

export const pilePath = (pileId: string, part = ''): string => `/api/piles/${encodeURIComponent(pileId)}${part}`;

/** The admin reads every pile; a visitor, those that were begun on this machine. */
export function pileAccess(pileId: string): string | null {
  return adminToken() ?? tokenOf(pileId);
}

/** Begins a pile, and keeps its token on this machine. */
export async function startPile(): Promise<PileStarted> {
  const pile = await call<PileStarted>('/api/piles', { method: 'POST' });
  rememberToken(pile.pileId, pile.pileToken);
  return pile;
}

/** A pile as the server has it; looked at again while something is under way, or `isWatched`. */
export function usePile(pileId: string | null, { isWatched = false } = {}) {
  return useQuery({
    queryKey: queryKeys.pile(pileId ?? ''),
    queryFn: ({ signal }) => call<Pile>(pilePath(pileId ?? ''), { token: pileAccess(pileId ?? ''), signal }),
    enabled: pileId !== null,
    refetchInterval: ({ state }) => (isWatched || (state.data?.underWay ?? 0) > 0 ? WATCH_MS : false),
  });
}

/** Addresses of images, fetched by the server. */
export function useAddUrls() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ pileId, urls }: { pileId: string; urls: string[] }) =>
      call<Pile>(pilePath(pileId, '/urls'), { method: 'POST', body: { urls }, token: pileAccess(pileId) }),
    onSuccess: (pile) => client.setQueryData(queryKeys.pile(pile.pileId), pile),
  });
}

export function useRemoveImage(pileId: string | null) {
  const client = useQueryClient();
  const queryKey = queryKeys.pile(pileId ?? '');
  return useMutation({
    mutationFn: (position: number) =>
      call<undefined>(pilePath(pileId ?? '', `/images/${position}`), {
        method: 'DELETE',
        token: pileAccess(pileId ?? ''),
      }),
    // It goes at once, and comes back where the server says no.
    onMutate: (position) =>
      client.setQueryData<Pile>(
        queryKey,
        (pile) => pile && { ...pile, images: pile.images.filter((image) => image.position !== position) },
      ),
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
}

/** What a run over the pile would take. Asked anew when its images change; the answer before is shown meanwhile. */
export function useEstimate(
  pileId: string | null,
  asked: {
    analysis: AnalysisName;
    mode: ProcessingMode;
    images: readonly number[];
    options?: unknown;
    batch?: boolean;
  },
) {
  return useQuery({
    queryKey: queryKeys.estimate(pileId ?? '', asked),
    queryFn: ({ signal }) =>
      call<RunEstimate>(pilePath(pileId ?? '', '/estimate'), {
        method: 'POST',
        body: { analysis: asked.analysis, mode: asked.mode, options: asked.options, batch: asked.batch },
        token: pileAccess(pileId ?? ''),
        signal,
      }),
    enabled: pileId !== null && asked.images.length > 0,
    placeholderData: (before) => before,
  });
}

/** Starts a run from a pile, and keeps its token on this machine. */
export function useStartRun() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ pileId, wish }: { pileId: string; wish: RunWish }) => {
      const started = await call<{ runId: string; runToken: string }>(pilePath(pileId, '/runs'), {
        method: 'POST',
        body: wish,
        token: pileAccess(pileId),
      });
      rememberToken(started.runId, started.runToken);
      return started.runId;
    },
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.runs() }),
  });
}
