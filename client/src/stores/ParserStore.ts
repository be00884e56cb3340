import { create } from 'zustand';
import type { ApiError } from '../api/api-error.ts';
import { followEvents, type ConnectionState } from '../api/event-stream.ts';
import { runAccess, runPath } from '../api/runs.ts';
import type { PerformanceSample } from '../../../src/contract/performance.ts';
import type { BatchProgress, ImageEvent } from '../../../src/contract/run.ts';
import type { Show } from '../../../src/contract/show.ts';

/** How an image ended, as an event told it. */
export type EndedImage = Pick<ImageEvent, 'ok' | 'ms' | 'code'>;

/** A record of an analysis other than `shows`; what else it has, that analysis says. */
export interface FoundRecord {
  id: string;
}

/** The live state of one run: what its events have told so far. What is asked for (its result) is in `api/runs.ts`. */
export interface ParserState {
  runId: string | null;
  connection: ConnectionState;
  /** The server does not let this run be followed: it is not there, or not for us. */
  refusal: ApiError | null;
  progress: BatchProgress | null;
  /** By {@link imageKey}. */
  endedImages: ReadonlyMap<string, EndedImage>;
  /** By id, the newest first. */
  shows: ReadonlyMap<string, Show>;
  /** Records of other analyses, by id, the newest first. */
  records: ReadonlyMap<string, FoundRecord>;
  /** Goes up at each end of the run: a run whose failed images are read again ends more than once. */
  ends: number;
  /** It has ended, and nothing was told since. */
  hasEnded: boolean;
  /** The last second of the process; null until one was told. */
  sample: PerformanceSample | null;
}

const NOTHING: ParserState = {
  runId: null,
  connection: 'connecting',
  refusal: null,
  progress: null,
  endedImages: new Map(),
  shows: new Map(),
  records: new Map(),
  ends: 0,
  hasEnded: false,
  sample: null,
};

/** Events are taken in together: 500 images told in a burst must not draw the page 500 times. */
const GATHER_MS = 80;

export const useParserStore = create<ParserState>(() => NOTHING);

/** Images without bytes of their own (those that could not be stored) are told apart by name alone. */
export function imageKey({ imageId, image }: { imageId: string | null; image: string }): string {
  return `${imageId ?? ''}/${image}`;
}

interface StreamEvent {
  type: string;
  data: unknown;
}

/** Follows a run from its first event. @returns stops following, and forgets it */
export function followRun(runId: string): () => void {
  useParserStore.setState({ ...NOTHING, runId });
  let gathered: StreamEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const takeIn = () => {
    timer = undefined;
    const events = gathered;
    gathered = [];
    useParserStore.setState((state) => afterEvents(state, events));
  };
  const stop = followEvents({
    path: runPath(runId, '/events'),
    token: runAccess(runId),
    onEvent: ({ type, data }) => {
      gathered.push({ type, data });
      timer ??= setTimeout(takeIn, GATHER_MS);
    },
    onState: (connection) => useParserStore.setState({ connection }),
    onRefused: (refusal) => useParserStore.setState({ refusal, connection: 'ended' }),
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}

/** Follows the process second by second (the admin's). @returns stops following */
export function followSamples(): () => void {
  return followEvents({
    path: '/api/performance/events',
    onEvent: ({ type, data }) => {
      if (type === 'sample') useParserStore.setState({ sample: data as PerformanceSample });
    },
    onState: (connection) => {
      if (connection !== 'open') useParserStore.setState({ sample: null });
    },
    onRefused: () => useParserStore.setState({ sample: null }),
  });
}

/** Images that are about to be read again are pending again. */
export function forgetFailures(): void {
  useParserStore.setState(({ endedImages }) => ({ endedImages: withoutFailures(endedImages) }));
}

/** What is known after some more events. Pure; events told twice change nothing. */
export function afterEvents(state: ParserState, events: readonly StreamEvent[]): ParserState {
  let { progress, ends, hasEnded } = state;
  let endedImages = new Map(state.endedImages);
  const shows: Show[] = [];
  const records: FoundRecord[] = [];
  const gone = new Set<string>();
  for (const { type, data } of events) {
    if (hasEnded && type !== 'done') {
      // Its failed images are read again: how they ended before is history.
      endedImages = withoutFailures(endedImages);
      hasEnded = false;
    }
    if (type === 'progress') progress = data as BatchProgress;
    else if (type === 'done') {
      ends += 1;
      hasEnded = true;
    } else if (type === 'image') {
      const { ok, ms, code, ...of } = data as ImageEvent;
      endedImages.set(imageKey(of), { ok, ms, ...(code !== undefined && { code }) });
    } else if (type === 'record') {
      const { supersedes = [], ...record } = data as (Show | FoundRecord) & { supersedes?: string[] };
      for (const id of supersedes) gone.add(id);
      gone.delete(record.id);
      if ('venue' in record) shows.push(record);
      else records.push(record);
    }
  }
  return {
    ...state,
    progress,
    ends,
    hasEnded,
    endedImages,
    shows: withFound(state.shows, shows, gone),
    records: withFound(state.records, records, gone),
  };
}

function withoutFailures(endedImages: ReadonlyMap<string, EndedImage>): Map<string, EndedImage> {
  return new Map([...endedImages].filter(([, { ok }]) => ok));
}

/** A changed record keeps its place: a list that jumps cannot be read. New ones come first. */
function withFound<Found extends FoundRecord>(
  known: ReadonlyMap<string, Found>,
  found: readonly Found[],
  gone: ReadonlySet<string>,
): ReadonlyMap<string, Found> {
  if (found.length === 0 && gone.size === 0) return known;
  const changed = new Map(found.map((record) => [record.id, record]));
  const isNew = [...changed.values()].filter(({ id }) => !known.has(id)).toReversed();
  const kept = [...known.values()].map((record) => changed.get(record.id) ?? record);
  return new Map([...isNew, ...kept].filter(({ id }) => !gone.has(id)).map((record) => [record.id, record]));
}
