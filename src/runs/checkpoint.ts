import type { FailureData } from '../contract/coded-error.ts';
import { addTokens } from '../engine/unit.ts';
import type { Failure } from '../contract/run.ts';
import type { ImageOutcome, ImageToRead } from './analysis-runner.ts';
import type { Checkpoint, StoredImage } from './run-store.ts';

/** How an image ended, in the form it is stored and shown. */
export function checkpointOf(outcome: ImageOutcome, image: StoredImage | undefined): Checkpoint {
  const { position, observations } = outcome;
  // An image that is read again after it failed has cost what it cost before, too.
  const ms = outcome.ms + (image?.ms ?? 0);
  const attempts = outcome.attempts + (image?.attempts ?? 0);
  const tokens = { ...outcome.tokens };
  if (image) addTokens(tokens, image.tokens);
  if (!outcome.failure) return { position, state: 'done', observations, failure: null, ms, attempts, tokens };
  const { code, detail, retryable, stopsRun } = outcome.failure;
  const failure: Failure = {
    image: image?.name ?? '',
    imageId: image?.imageId ?? null,
    code,
    detail,
    // What stopped the run (a refused key) can be put right, and then the image can be read.
    retryable: retryable || stopsRun,
    attempts,
  };
  return { position, state: 'failed', observations: null, failure, ms, attempts, tokens };
}

/** An image that was not even tried, since what stopped the run would have stopped it, too. */
export function notRead(image: StoredImage, failure: FailureData): Checkpoint {
  const nothing = { observations: [], ms: 0, attempts: 0, tokens: { input: 0, output: 0 }, fingerprint: null };
  return checkpointOf({ position: image.position, failure, ...nothing }, image);
}

/**
 * @param pathOf where the bytes of an image are
 * @param findsBoxes whether of a whole image it is asked where its objects are
 */
export function imageToRead(image: StoredImage, pathOf: (sha256: string) => string, findsBoxes = false): ImageToRead {
  const { position, imageId, name, sha256, sizeBytes, crop, timeMs } = image;
  const frame = timeMs === undefined ? {} : { timeMs };
  return {
    position,
    imageId: imageId ?? '',
    name,
    path: pathOf(sha256 ?? ''),
    sizeBytes,
    ...(crop && { crop }),
    ...frame,
    ...(findsBoxes && !crop && { asks: 'boxes' }),
  };
}
