import type { RunContext } from '../contract/analysis.ts';
import type { RunEstimate } from '../contract/estimate.ts';
import type { AnalysisName, ProcessingMode } from '../contract/run.ts';
import type { Settings } from '../contract/settings.ts';
import type { KaraokeParserService } from '../parser/karaoke-parser.service.ts';
import { estimateRun, sizesOf } from '../parser/run-estimate.ts';
import type { FoundImages } from './find-images.ts';

export interface EstimateOptions {
  analysis: AnalysisName;
  mode: ProcessingMode;
  settings: Settings;
  context: Omit<RunContext, 'startedAt'>;
  found: FoundImages;
  /** Whether the questions would go out in batches. */
  batch?: boolean;
}

/** What `parse` would take over these images. Asks no model anything. */
export async function estimate(parser: KaraokeParserService, options: EstimateOptions): Promise<RunEstimate> {
  const { found, ...pile } = options;
  const sizes = await sizesOf(
    found.images.map(({ sha256, crop }, at) => ({ path: found.paths[at] ?? '', sha256, ...(crop && { crop }) })),
  );
  return estimateRun(parser, { ...pile, sizes });
}

/** The estimate for people. */
export function estimateInWords(estimate: RunEstimate): string {
  const { images, unreadable, duplicates, calls, objectsPerImage, tokens, costUsd, seconds, model, priceDate } =
    estimate;
  const notAsked = [
    ...(unreadable > 0 ? [`${unreadable} cannot be read`] : []),
    ...(duplicates > 0 ? [`${duplicates} with the same bytes as another`] : []),
  ];
  const rows: [string, string][] = [
    ['images', [String(images), ...notAsked].join(', ')],
    ['model', model],
    [
      'calls',
      `${calls}${objectsPerImage === undefined ? '' : `, if an image has ${objectsPerImage} objects to ask about`}`,
    ],
    ['tokens', `about ${tokens.input} in, ${tokens.output} out`],
    ['cost', costInWords(costUsd, priceDate)],
    ['time', estimate.batch ? 'within 24 hours, as a batch' : `about ${Math.max(1, Math.round(seconds))} s`],
  ];
  return `${rows.map(([name, value]) => `${name.padEnd(12)} ${value}`).join('\n')}\n`;
}

function costInWords(costUsd: number | null, priceDate: string): string {
  if (costUsd === null) return 'not known: the price of this model is not in the table';
  return costUsd === 0 ? 'nothing' : `about $${costUsd.toFixed(costUsd < 0.1 ? 4 : 2)} (prices of ${priceDate})`;
}
