import { create } from 'zustand';
import type { Advice, PerformanceSample } from '../../../src/contract/performance.ts';
import { followEvents, type ConnectionState } from '../api/event-stream.ts';
import { fetchPerformance } from '../api/performance.ts';

interface PerformanceState {
  /** Oldest first; the last ten minutes. */
  samples: readonly PerformanceSample[];
  advice: readonly Advice[];
  connection: ConnectionState;
  /** Nothing could be asked. */
  error: unknown;
  isLoaded: boolean;
}

const NOTHING: PerformanceState = { samples: [], advice: [], connection: 'connecting', error: null, isLoaded: false };
const SPAN_MS = 600_000;

/** How the server does, second by second. */
export const usePerformanceStore = create<PerformanceState>(() => NOTHING);

/** Asks for the last ten minutes and follows what comes. @returns stops following */
export function followPerformance(): () => void {
  usePerformanceStore.setState(NOTHING);
  const stopped = new AbortController();
  fetchPerformance(stopped.signal).then(
    ({ samples, advice }) =>
      usePerformanceStore.setState((state) => ({
        samples: withSamples(samples, state.samples),
        advice: state.advice.length > 0 ? state.advice : advice,
        error: null,
        isLoaded: true,
      })),
    (error: unknown) => {
      if (!stopped.signal.aborted) usePerformanceStore.setState({ error, isLoaded: true });
    },
  );
  const stop = followEvents({
    path: '/api/performance/events',
    onEvent: ({ type, data }) => {
      if (type === 'advice') usePerformanceStore.setState({ advice: data as Advice[], error: null });
      if (type !== 'sample') return;
      usePerformanceStore.setState((state) => ({
        samples: withSamples(state.samples, [data as PerformanceSample]),
        error: null,
      }));
    },
    onState: (connection) => usePerformanceStore.setState({ connection }),
    onRefused: (error) => usePerformanceStore.setState({ error, connection: 'ended' }),
  });
  return () => {
    stopped.abort();
    stop();
  };
}

/** Samples of ten minutes, oldest first, those told twice once. */
export function withSamples(
  known: readonly PerformanceSample[],
  more: readonly PerformanceSample[],
): PerformanceSample[] {
  const last = known.at(-1)?.at ?? '';
  const newer = more.filter(({ at }) => at > last);
  const all = newer.length === more.length ? [...known, ...newer] : unique([...known, ...more]);
  const newestMs = Date.parse(all.at(-1)?.at ?? '');
  return all.filter(({ at }) => Date.parse(at) > newestMs - SPAN_MS);
}

function unique(samples: readonly PerformanceSample[]): PerformanceSample[] {
  const byTime = new Map(samples.map((sample) => [sample.at, sample]));
  return [...byTime.values()].sort((a, b) => a.at.localeCompare(b.at));
}
