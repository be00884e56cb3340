import { getJson, runUrl } from './api.js';

const AGAIN_MS = 3_000;
const ENDED = ['completed', 'cancelled', 'failed'];

/**
 * Follows a run to its end. The browser reconnects by itself after most failures and resumes where it was; where it
 * gives up (a proxy's 502, a refused connection), the run is asked for and the stream opened anew, which tells
 * everything again from the start: listeners must bear to be told twice.
 *
 * @param on `state(RunResult)` at each opening, `progress`, `image`, `record` with the event's data,
 *   `connection(isLost)`, `end(RunResult)` once, or `refused(Problem)` once
 * @returns a function that stops following
 */
export function followRun(run, on) {
  let source = null;
  let timer = 0;
  let stopped = false;
  let isTold = false;
  const stop = () => {
    stopped = true;
    clearTimeout(timer);
    source?.close();
  };

  async function look() {
    try {
      const result = await getJson(runUrl(run));
      if (stopped) return null;
      on.connection(false);
      return result;
    } catch (problem) {
      if (stopped) return null;
      if (problem.status >= 400 && problem.status < 500) {
        stop();
        on.refused(problem);
      } else {
        on.connection(true);
        timer = setTimeout(() => void open(), AGAIN_MS);
      }
      return null;
    }
  }

  async function open() {
    source?.close();
    const result = await look();
    if (result === null) return;
    on.state(result);
    source = new EventSource(runUrl(run, '/events'));
    source.onopen = () => on.connection(false);
    for (const type of ['progress', 'image', 'record']) {
      source.addEventListener(type, ({ data }) => on[type](JSON.parse(data)));
    }
    source.addEventListener('done', () => void finish());
    source.onerror = () => {
      // After `done` the server closes the stream: that is no loss.
      if (isTold) return;
      on.connection(true);
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(() => void open(), AGAIN_MS);
    };
  }

  async function finish() {
    isTold = true;
    const result = await look();
    isTold = false;
    // A run whose failed images were tried again has the `done` of its first end in the middle of its events.
    if (result === null || !ENDED.includes(result.state)) return;
    stop();
    on.end(result);
  }

  void open();
  return stop;
}
