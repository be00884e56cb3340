import type { Observation } from '../contract/analysis.ts';
import type { Box } from '../contract/show.ts';
import type { Outcome } from '../engine/unit.ts';
import type { ImageOutcome, ImageToRead } from '../runs/analysis-runner.ts';
import type { ReadUnit } from './remote-reader.ts';

/** How a unit ended, in the words of the run it belongs to. */
export function imageOutcome(outcome: Outcome<ImageToRead, ReadUnit>): ImageOutcome {
  const { ms, attempts, tokens } = outcome;
  const { position, imageId, name, crop, timeMs, asks } = outcome.unit.payload;
  const head = { position, ms, attempts, tokens };
  if (!outcome.ok) return { ...head, observations: [], failure: outcome.failure, fingerprint: null };
  const { readings, fingerprint } = outcome.value;
  if (asks === 'boxes') return { ...head, observations: [], boxes: readings as Box[], failure: null, fingerprint };
  const observations = readings.map((reading, index): Observation<unknown> => ({
    imageId,
    image: name,
    index,
    ...(crop && { crop }),
    ...(timeMs !== undefined && { timeMs }),
    reading,
  }));
  return { ...head, observations, failure: null, fingerprint };
}
