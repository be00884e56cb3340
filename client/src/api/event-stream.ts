import { createParser } from 'eventsource-parser';
import { errorOf, unreachable, type ApiError } from './api-error.ts';
import { authorization } from './http.ts';

/** `connecting` before the first answer, `lost` while it tries again, `ended` when all was told. */
export type ConnectionState = 'connecting' | 'open' | 'lost' | 'ended';

export interface StreamOptions {
  path: string;
  /** Of a run; without it the admin's token is sent. */
  token?: string | null;
  /** What was told already, so that it is not told again. */
  lastEventId?: string;
  /** `data` is the event's JSON, parsed. */
  onEvent(event: { type: string; id: string | null; data: unknown }): void;
  onState(state: ConnectionState): void;
  /** The server refuses the stream (401, 404): it is not asked again. */
  onRefused(error: ApiError): void;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;
/** The server sends a comment every 15 s: a connection that is silent for longer is dead, whatever the browser thinks. */
const SILENCE_MS = 40_000;

/**
 * Follows server-sent events by `fetch`, which, unlike `EventSource`, sends a token in a header and can say why it was
 * refused. A lost connection is taken up again after the last event, at once when the machine is back online.
 *
 * @returns stops following
 */
export function followEvents(options: StreamOptions): () => void {
  const stopped = new AbortController();
  void follow(options, stopped.signal);
  return () => stopped.abort();
}

async function follow(options: StreamOptions, stopped: AbortSignal): Promise<void> {
  let lastEventId = options.lastEventId ?? null;
  let waitMs = FIRST_WAIT_MS;
  options.onState('connecting');
  while (!stopped.aborted) {
    const connection = new AbortController();
    const abort = () => connection.abort();
    let endedByServer = false;
    stopped.addEventListener('abort', abort, { once: true });
    try {
      const response = await open(options, lastEventId, connection.signal);
      if (response === null) return options.onState('ended');
      options.onState('open');
      waitMs = FIRST_WAIT_MS;
      await read(response, connection, (event) => {
        if (event.id !== null) lastEventId = event.id;
        if (!stopped.aborted) options.onEvent(event);
      });
      endedByServer = true;
    } catch (error) {
      if (isRefusal(error)) {
        if (!stopped.aborted) options.onRefused(error.refusal);
        return;
      }
    } finally {
      stopped.removeEventListener('abort', abort);
      connection.abort();
    }
    if (stopped.aborted) return;
    // A stream that was told to its end is asked once more, and answers 204: no loss to speak of.
    if (!endedByServer) options.onState('lost');
    // Half of it by chance: all pages of a server that was started again must not come back in the same moment.
    await pause(waitMs * (0.5 + Math.random() / 2), stopped);
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
  }
}

interface Refusal {
  refusal: ApiError;
}
const isRefusal = (thrown: unknown): thrown is Refusal =>
  typeof thrown === 'object' && thrown !== null && 'refusal' in thrown;

/** @returns null where all was told. @throws Refusal for what asking again would not change */
async function open(
  { path, token }: StreamOptions,
  lastEventId: string | null,
  signal: AbortSignal,
): Promise<Response | null> {
  const headers = new Headers({ Accept: 'text/event-stream', ...authorization(token) });
  if (lastEventId !== null) headers.set('Last-Event-ID', lastEventId);
  const response = await fetch(path, { headers, signal, cache: 'no-store' });
  if (response.status === 204) return null;
  if (response.ok) return response;
  const error = errorOf(response.status, await response.text().catch(() => ''));
  if (response.status >= 400 && response.status < 500 && response.status !== 429) {
    throw { refusal: error } satisfies Refusal;
  }
  throw error;
}

async function read(
  response: Response,
  connection: AbortController,
  onEvent: (event: { type: string; id: string | null; data: unknown }) => void,
): Promise<void> {
  if (response.body === null) throw unreachable(null);
  const parser = createParser({
    onEvent: ({ event, id, data }) => onEvent({ type: event ?? 'message', id: id ?? null, data: JSON.parse(data) }),
  });
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  let silence = setTimeout(() => connection.abort(), SILENCE_MS);
  try {
    while (true) {
      const { done, value } = await reader.read();
      if (done) return;
      clearTimeout(silence);
      silence = setTimeout(() => connection.abort(), SILENCE_MS);
      parser.feed(decoder.decode(value, { stream: true }));
    }
  } finally {
    clearTimeout(silence);
  }
}

/** Ends early when following is stopped, or the machine is online again. */
function pause(ms: number, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer);
      globalThis.removeEventListener('online', go);
      stopped.removeEventListener('abort', go);
      resolve();
    };
    const timer = setTimeout(go, ms);
    globalThis.addEventListener('online', go);
    stopped.addEventListener('abort', go);
  });
}
