import { Histogram, type Registry } from 'prom-client';

/** How often the loop is asked. */
const EVERY_MS = 20;
/** Longer than this it was a machine asleep, not a loop that was busy. */
const MOST_MS = 60_000;
const BUCKETS_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * Measures how long what happens has to wait for the event loop, as a Prometheus histogram that only ever grows.
 *
 * Not prom-client's own `nodejs_eventloop_lag_p99_seconds` and the like: those are emptied by each scrape, so two
 * Prometheus servers take each other's samples, and a scrape right after another reads a minimum of 292 years and a mean
 * that is no number.
 */
export class EventLoopDelay {
  readonly #histogram: Histogram;
  readonly #timer: NodeJS.Timeout;
  #due = performance.now() + EVERY_MS;

  constructor(registry: Registry) {
    this.#histogram = new Histogram({
      name: 'contactsheet_event_loop_delay_seconds',
      help: 'How long an event had to wait for the event loop of the main thread.',
      buckets: BUCKETS_S,
      registers: [registry],
    });
    this.#timer = setInterval(() => this.#sample(performance.now()), EVERY_MS);
    // It must not keep a process that has ended its work.
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /**
   * A loop that was held up for two seconds answered one late timer, but held up everything that came in these two
   * seconds: each time that was missed counts with what an event of that moment had to wait.
   */
  #sample(now: number): void {
    const lateMs = Math.min(Math.max(0, now - this.#due), MOST_MS);
    for (let ms = lateMs; ms >= 0; ms -= EVERY_MS) this.#histogram.observe(ms / 1_000);
    this.#due = now + EVERY_MS;
  }
}
