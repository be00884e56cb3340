import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ValueStore } from '../runs/run-store.ts';

const STORED_HASH = 'admin.tokenHash';

/**
 * Who may act as admin: those with the token of `ADMIN_TOKEN`, or, where none is set, the one made at first start. Only
 * its SHA-256 is kept; the token has 256 bits of its own, so a slow hash would add nothing.
 */
export class AdminAccess {
  readonly #hash: Buffer;
  /** The token that was made just now; null where there was one already. To be printed once. */
  readonly newToken: string | null;

  private constructor(hash: Buffer, newToken: string | null) {
    this.#hash = hash;
    this.newToken = newToken;
  }

  static async open(values: ValueStore, configuredToken: string | null): Promise<AdminAccess> {
    if (configuredToken !== null) return new AdminAccess(sha256(configuredToken), null);
    const stored = await values.get(STORED_HASH);
    if (typeof stored === 'string') return new AdminAccess(Buffer.from(stored, 'hex'), null);
    const token = randomBytes(32).toString('base64url');
    await values.put(STORED_HASH, sha256(token).toString('hex'));
    return new AdminAccess(sha256(token), token);
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
