import { isIPv6 } from 'node:net';

export interface Allowance {
  /** At once, and again over an hour. */
  perHour: number;
}

interface Bucket {
  left: number;
  atMs: number;
}

const HOUR_MS = 3_600_000;
/** Addresses remembered; the ones not heard of for longest are forgotten first. */
const ADDRESSES_REMEMBERED = 10_000;

/**
 * How much each remote address may still do: a bucket that fills up over an hour. In memory, so a restart forgives all.
 * Behind a proxy all visitors have the proxy's address unless the server is told to trust what it says (`TRUST_PROXY`).
 */
export class AddressAllowance {
  readonly #perHour: number;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  constructor({ perHour }: Allowance, now: () => number = Date.now) {
    this.#perHour = perHour;
    this.#now = now;
  }

  /** @returns whether it was still allowed; what was not takes nothing */
  take(address: string, amount: number): boolean {
    const key = networkOf(address);
    const atMs = this.#now();
    const before = this.#buckets.get(key);
    const filled = before ? before.left + ((atMs - before.atMs) / HOUR_MS) * this.#perHour : this.#perHour;
    const left = Math.min(this.#perHour, filled);
    const allowed = amount <= left;
    // Set anew, so that the map stays in the order of last use.
    this.#buckets.delete(key);
    this.#buckets.set(key, { left: allowed ? left - amount : left, atMs });
    const [oldest] = this.#buckets.keys();
    if (this.#buckets.size > ADDRESSES_REMEMBERED && oldest !== undefined) this.#buckets.delete(oldest);
    return allowed;
  }
}

/** One household has 2^64 addresses of IPv6, and may not have as many allowances. */
function networkOf(address: string): string {
  if (!isIPv6(address) || address.toLowerCase().startsWith('::ffff:')) return address;
  const [head = '', tail = ''] = address.split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => '0');
  return [...first, ...zeros, ...last].slice(0, 4).join(':');
}
