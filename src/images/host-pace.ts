import { setTimeout as delay } from 'node:timers/promises';

export interface HostPaceOptions {
  /** Requests to one host within any minute. */
  perMinute: number;
  /** Ms, ever growing. */
  now?: () => number;
  /** @throws where `signal` is aborted meanwhile */
  wait?: (ms: number, signal?: AbortSignal) => Promise<unknown>;
}

const MINUTE_MS = 60_000;
/** Hosts remembered before those that were not asked for a minute are forgotten. */
const HOSTS_REMEMBERED = 1_000;

interface Host {
  /** When requests of the last minute began, oldest first. */
  starts: number[];
  /** It has asked for a rest until then. */
  restUntil: number;
}

/**
 * How fast each host is asked: so many requests within any minute (a rolling one, not one of the clock), and none while it
 * rests. A host that asks one request to wait (`Retry-After`) is left alone by all of them, or each would be refused once.
 */
export class HostPace {
  readonly #perMinute: number;
  readonly #now: () => number;
  readonly #wait: (ms: number, signal?: AbortSignal) => Promise<unknown>;
  readonly #hosts = new Map<string, Host>();

  constructor({ perMinute, now = () => performance.now(), wait = timer }: HostPaceOptions) {
    this.#perMinute = perMinute;
    this.#now = now;
    this.#wait = wait;
  }

  /** Resolves at a moment at which the host may be asked; whether it still may then is for {@link take} to say. */
  async ready(host: string, signal?: AbortSignal): Promise<void> {
    for (let waitMs = this.#waitMs(host); waitMs > 0; waitMs = this.#waitMs(host)) {
      // Timers may come a little early; a whole millisecond keeps this from turning without end.
      await this.#wait(Math.ceil(waitMs), signal);
    }
  }

  /** @returns whether a request may begin now; it then counts as begun */
  take(host: string): boolean {
    if (this.#waitMs(host) > 0) return false;
    this.#of(host).starts.push(this.#now());
    return true;
  }

  /** How long the host still rests, ms; 0 where it does not. */
  restMs(host: string): number {
    return Math.max(0, this.#of(host).restUntil - this.#now());
  }

  /** Nobody asks this host for so long. */
  rest(host: string, ms: number): void {
    const of = this.#of(host);
    of.restUntil = Math.max(of.restUntil, this.#now() + ms);
  }

  #waitMs(host: string): number {
    const { starts, restUntil } = this.#of(host);
    const now = this.#now();
    while (starts.length > 0 && (starts[0] ?? 0) <= now - MINUTE_MS) starts.shift();
    const place = starts[starts.length - this.#perMinute];
    return Math.max(restUntil - now, place === undefined ? 0 : place + MINUTE_MS - now);
  }

  #of(host: string): Host {
    const known = this.#hosts.get(host);
    if (known) return known;
    if (this.#hosts.size >= HOSTS_REMEMBERED) this.#forget();
    const of = { starts: [], restUntil: -Infinity };
    this.#hosts.set(host, of);
    return of;
  }

  #forget(): void {
    const now = this.#now();
    for (const [host, { starts, restUntil }] of this.#hosts) {
      if (restUntil <= now && (starts.at(-1) ?? -Infinity) <= now - MINUTE_MS) this.#hosts.delete(host);
    }
  }
}

function timer(ms: number, signal?: AbortSignal): Promise<unknown> {
  return delay(ms, undefined, { signal });
}
