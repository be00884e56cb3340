/** Where the next stretch of a video starts that can be decoded without what comes before, ms. */
export type KeyTimes = AsyncIterable<number>;

/**
 * When to look at a long video: at its key frames, each of which costs one picture to decode and nothing besides, and
 * between them where they are further apart than `mostMs`. Encoders put key frames where scenes change.
 *
 * @param keyTimes in order, ms
 * @param endMs of the video
 */
export async function* timesAt(keyTimes: KeyTimes, mostMs: number, endMs: number): AsyncGenerator<number> {
  let from: number | null = null;
  for await (const key of keyTimes) {
    if (from !== null) yield* between(from, key, mostMs);
    from = key;
  }
  yield* between(from ?? 0, Math.max(endMs, (from ?? 0) + 1), mostMs);
}

/** From one key frame up to the next, which is not of it. */
function* between(from: number, until: number, mostMs: number): Generator<number> {
  const parts = Math.max(1, Math.ceil((until - from) / mostMs));
  for (let part = 0; part < parts; part += 1) yield from + ((until - from) * part) / parts;
}
