import { setTimeout as delay } from 'node:timers/promises';

const ASK_EVERY_MS = 10;

/**
 * Resolves once it is so.
 *
 * @throws Error with `what` where it is not within `limitMs`: a test then fails by its own words, not by jest's limit
 */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  what: string | (() => string),
  limitMs = 20_000,
): Promise<void> {
  const limit = Date.now() + limitMs;
  while (!(await isSo())) {
    if (Date.now() > limit) throw new Error(`Not within ${limitMs} ms: ${typeof what === 'string' ? what : what()}`);
    await delay(ASK_EVERY_MS);
  }
}
