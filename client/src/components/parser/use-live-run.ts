import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { RunImage } from '../../../../src/contract/run-images.ts';
import type { BatchProgress, RunResult } from '../../../../src/contract/run.ts';
import type { Show } from '../../../../src/contract/show.ts';
import { isOver, useRun, useRunImages } from '../../api/runs.ts';
import { queryKeys } from '../../api/query-keys.ts';
import { followRun, followSamples, useParserStore, type FoundRecord } from '../../stores/ParserStore.ts';

export interface LiveRun {
  run: RunResult | undefined;
  images: readonly RunImage[];
  progress: BatchProgress | undefined;
  /** Newest first while the run is under way; as the result has them after. */
  shows: readonly Show[];
  /** Of any other analysis, in the same way. */
  records: readonly FoundRecord[];
  isOver: boolean;
  isLost: boolean;
  error: unknown;
}

/** How long failures are gathered before their reasons are asked for. */
const REASONS_MS = 1_500;
/** How long images that a run has gained are gathered. */
const NEW_MS = 300;

/**
 * One run, live: its events as they come, and beside them what only an answer tells (figures, state, reasons of failures),
 * asked again when the events say that there is something new, and after a lost connection.
 */
export function useLiveRun(runId: string): LiveRun {
  const client = useQueryClient();
  const { data: run, error } = useRun(runId, { isWatched: true });
  const { data: images, error: imagesError } = useRunImages(runId);
  const connection = useParserStore((state) => state.connection);
  const refusal = useParserStore((state) => state.refusal);
  const ends = useParserStore((state) => state.ends);
  const progress = useParserStore((state) => state.progress);
  const liveShows = useParserStore((state) => state.shows);
  const liveRecords = useParserStore((state) => state.records);
  const over = isOver(run?.state);
  const failed = progress?.failedImages ?? 0;
  const total = progress?.totalImages ?? 0;
  const known = images?.images.length;
  const hasNew = known !== undefined && total > known;

  // A run that is over and is read again (retry failed) is followed anew: its stream had ended.
  const following = run === undefined ? 'unknown' : over ? 'over' : 'live';
  useEffect(() => (following === 'live' ? followRun(runId) : undefined), [runId, following]);
  useEffect(() => (following === 'live' ? followSamples() : undefined), [following]);

  useEffect(() => {
    if (ends > 0) void client.invalidateQueries({ queryKey: queryKeys.run(runId) });
  }, [client, runId, ends]);
  useEffect(() => {
    if (connection === 'open') void client.invalidateQueries({ queryKey: queryKeys.run(runId) });
  }, [client, runId, connection]);
  useEffect(() => {
    if (failed === 0) return;
    const timer = setTimeout(() => void client.invalidateQueries({ queryKey: queryKeys.runImages(runId) }), REASONS_MS);
    return () => clearTimeout(timer);
  }, [client, runId, failed]);

  // Of a video, frames become images of the run while it is under way.
  useEffect(() => {
    if (!hasNew) return;
    const timer = setTimeout(() => void client.invalidateQueries({ queryKey: queryKeys.runImages(runId) }), NEW_MS);
    return () => clearTimeout(timer);
    // Asked once for each number that was told: an answer that has fewer than were told is not asked for again at once.
  }, [client, runId, hasNew, total]);

  return {
    run,
    images: images?.images ?? [],
    progress: over ? run?.progress : (progress ?? run?.progress),
    shows: over || liveShows.size === 0 ? (run?.shows ?? []) : [...liveShows.values()],
    records: over || liveRecords.size === 0 ? ((run?.records ?? []) as FoundRecord[]) : [...liveRecords.values()],
    isOver: over,
    isLost: following === 'live' && connection === 'lost',
    error: refusal ?? error ?? imagesError,
  };
}
