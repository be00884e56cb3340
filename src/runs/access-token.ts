import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A token for the sender of a run or a pile. It has 192 bits of its own, so a plain hash of it is safe to keep. */
export function newAccessToken(): { token: string; tokenHash: string } {
  const token = randomBytes(24).toString('base64url');
  return { token, tokenHash: hashOf(token) };
}

/** In the same time whatever the token is. */
export function isTokenOf({ tokenHash }: { tokenHash: string }, token: string): boolean {
  return timingSafeEqual(Buffer.from(hashOf(token), 'hex'), Buffer.from(tokenHash, 'hex'));
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
