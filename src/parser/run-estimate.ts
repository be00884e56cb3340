import type { RunContext } from '../contract/analysis.ts';
import { CodedError } from '../contract/coded-error.ts';
import type { RunEstimate } from '../contract/estimate.ts';
import type { AnalysisName, ProcessingMode } from '../contract/run.ts';
import type { Settings } from '../contract/settings.ts';
import { readImageSize, type PixelSize } from '../images/read-size.ts';
import { PRICE_TABLE_DATE } from '../models/prices.ts';
import type { KaraokeParserService } from './karaoke-parser.service.ts';

export interface PileToEstimate {
  analysis: AnalysisName;
  mode: ProcessingMode;
  settings: Settings;
  context: Omit<RunContext, 'startedAt'>;
  /** Null for one that cannot be read, or has the same bytes as another. */
  sizes: readonly (PixelSize | 'unreadable' | 'duplicate')[];
}

/** Headers that are read at once: some kinds of files are held in memory whole meanwhile. */
const LANES = 4;

/** What a run over this pile would take. @throws CodedError `model.notConfigured` */
export function estimateRun(parser: KaraokeParserService, pile: PileToEstimate): RunEstimate {
  const { analysis, mode, settings, sizes } = pile;
  const model = parser.modelFor(analysis);
  const readable = sizes.filter((size) => typeof size !== 'string');
  const context = { ...pile.context, startedAt: new Date().toISOString() };
  const { calls, tokens, seconds } = parser.estimate({ analysis, mode, settings, context, sizes: readable });
  const costUsd = parser.costUsd(tokens);
  const budgetUsd = settings.budgetUsdPerRun;
  return {
    analysis,
    mode,
    model,
    images: sizes.length,
    unreadable: sizes.filter((size) => size === 'unreadable').length,
    duplicates: sizes.filter((size) => size === 'duplicate').length,
    calls,
    tokens,
    costUsd: costUsd === null ? null : Number(costUsd.toPrecision(4)),
    seconds: Math.round(seconds * 10) / 10,
    budgetUsd,
    isWithinBudget: budgetUsd === null || costUsd === null ? null : costUsd <= budgetUsd,
    priceDate: PRICE_TABLE_DATE,
  };
}

/** The sizes of image files, from their headers. @param sha256 null where the file could not even be stored */
export async function sizesOf(
  files: readonly { path: string; sha256: string | null }[],
): Promise<PileToEstimate['sizes'][number][]> {
  const seen = new Set<string>();
  const sizes: PileToEstimate['sizes'][number][] = files.map(({ sha256 }) => {
    if (sha256 === null) return 'unreadable';
    if (seen.has(sha256)) return 'duplicate';
    seen.add(sha256);
    return { width: 0, height: 0 };
  });
  let next = 0;
  const lane = async () => {
    for (let at = next++; at < files.length; at = next++) {
      if (typeof sizes[at] === 'string') continue;
      sizes[at] = await readImageSize(files[at]?.path ?? '').catch((error: unknown) => {
        if (error instanceof CodedError) return 'unreadable' as const;
        throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return sizes;
}
