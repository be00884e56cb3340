import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ValueStore } from '../runs/run-store.ts';

const STORED_HASH = 'admin.tokenHash';

/**
 * Who may act as admin: those with the token of `ADMIN_TOKEN`, or, where none is set, the one made at first start. Only
 * its SHA-256 is kept; the token has 256 bits of its own, so a slow hash would add nothing.
 */
export class AdminAccess {
  readonly #hash: Buffer;
  readonly #values: ValueStore;
  /** The token that was made just now; null where there was one already. To be printed once. */
  readonly newToken: string | null;

  private constructor(values: ValueStore, hash: Buffer, newToken: string | null) {
    this.#values = values;
    this.#hash = hash;
    this.newToken = newToken;
  }

  static async open(values: ValueStore, configuredToken: string | null): Promise<AdminAccess> {
    if (configuredToken !== null) return new AdminAccess(values, sha256(configuredToken), null);
    const stored = await values.get(STORED_HASH);
    if (typeof stored === 'string') return new AdminAccess(values, Buffer.from(stored, 'hex'), null);
    const token = randomBytes(32).toString('base64url');
    return new AdminAccess(values, sha256(token), token);
  }

  /**
   * Keeps a new token for the next starts. To be called after it was shown: a start that fails in between makes another
   * one the next time, rather than keep one that nobody has seen.
   */
  async keep(): Promise<void> {
    if (this.newToken !== null) await this.#values.put(STORED_HASH, this.#hash.toString('hex'));
  }

  /** In the same time whatever the token is. */
  allows(token: string | null): boolean {
    return token !== null && timingSafeEqual(sha256(token), this.#hash);
  }
}

/** The token of an `Authorization: Bearer` header; null where there is none. */
export function bearerToken(header: string | undefined): string | null {
  return /^Bearer +(\S+)\s*$/i.exec(header ?? '')?.[1] ?? null;
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
