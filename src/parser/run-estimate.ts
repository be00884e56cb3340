import type { RunContext } from '../contract/analysis.ts';
import { CodedError } from '../contract/coded-error.ts';
import type { RunEstimate } from '../contract/estimate.ts';
import type { AnalysisName, ProcessingMode } from '../contract/run.ts';
import type { Box } from '../contract/show.ts';
import type { Settings } from '../contract/settings.ts';
import { readImageSize, type PixelSize } from '../images/read-size.ts';
import { BATCH_PRICE_SHARE } from '../models/batch-port.ts';
import { PRICE_TABLE_DATE } from '../models/prices.ts';
import type { KaraokeParserService } from './karaoke-parser.service.ts';

export interface PileToEstimate {
  analysis: AnalysisName;
  mode: ProcessingMode;
  settings: Settings;
  context: Omit<RunContext, 'startedAt'>;
  /** Whether the questions would go out in batches. */
  batch?: boolean;
  /** Of each image, or part of one. */
  sizes: readonly ((PixelSize & { isPart?: true }) | 'unreadable' | 'duplicate')[];
}

/** The window that a batch is promised to be answered in. */
const MOST_BATCH_SECONDS = 86_400;

/** Headers that are read at once: some kinds of files are held in memory whole meanwhile. */
const LANES = 4;

/** What a run over this pile would take. @throws CodedError `model.notConfigured`, `request.invalid` */
export function estimateRun(parser: KaraokeParserService, pile: PileToEstimate): RunEstimate {
  const { analysis, mode, settings, sizes, batch = false } = pile;
  const model = parser.modelFor(analysis, { batch });
  const readable = sizes.filter((size) => typeof size !== 'string');
  const context = { ...pile.context, startedAt: new Date().toISOString() };
  const { calls, objectsPerImage, tokens, seconds } = parser.estimate({
    analysis,
    mode,
    settings,
    context,
    sizes: readable,
  });
  const ofCalls = parser.costUsd(tokens);
  const costUsd = ofCalls === null || !batch ? ofCalls : ofCalls * BATCH_PRICE_SHARE;
  const budgetUsd = settings.budgetUsdPerRun;
  return {
    analysis,
    mode,
    model,
    images: sizes.length,
    unreadable: sizes.filter((size) => size === 'unreadable').length,
    duplicates: sizes.filter((size) => size === 'duplicate').length,
    calls,
    ...(objectsPerImage !== null && { objectsPerImage }),
    tokens,
    costUsd: costUsd === null ? null : Number(costUsd.toPrecision(4)),
    seconds: batch ? MOST_BATCH_SECONDS : Math.round(seconds * 10) / 10,
    ...(batch && { batch }),
    budgetUsd,
    isWithinBudget: budgetUsd === null || costUsd === null ? null : costUsd <= budgetUsd,
    priceDate: PRICE_TABLE_DATE,
  };
}

/**
 * The sizes of image files, or of parts of them, from their headers.
 *
 * @param files `sha256`: null where the file could not even be stored; `crop`: the part of it
 */
export async function sizesOf(
  files: readonly { path: string; sha256: string | null; crop?: Box }[],
): Promise<PileToEstimate['sizes'][number][]> {
  const seen = new Set<string>();
  const sizes: PileToEstimate['sizes'][number][] = files.map(({ sha256, crop }) => {
    if (sha256 === null) return 'unreadable';
    if (crop) return { width: 0, height: 0, isPart: true };
    if (seen.has(sha256)) return 'duplicate';
    seen.add(sha256);
    return { width: 0, height: 0 };
  });
  // Parts of one image stand next to each other.
  const read = new Map<string, Promise<PixelSize | 'unreadable'>>();
  const sizeOfFile = (path: string) => {
    const known = read.get(path) ?? sizeOrNone(path);
    read.set(path, known);
    return known;
  };
  let next = 0;
  const lane = async () => {
    for (let at = next++; at < files.length; at = next++) {
      const file = files[at];
      if (file === undefined || typeof sizes[at] === 'string') continue;
      const size = await sizeOfFile(file.path);
      sizes[at] = file.crop && typeof size !== 'string' ? partOf(size, file.crop) : size;
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return sizes;
}

function partOf({ width, height }: PixelSize, [, , wide, high]: Box): PixelSize & { isPart: true } {
  return { width: Math.max(1, Math.round(width * wide)), height: Math.max(1, Math.round(height * high)), isPart: true };
}

function sizeOrNone(path: string): Promise<PixelSize | 'unreadable'> {
  return readImageSize(path).catch((error: unknown) => {
    if (error instanceof CodedError) return 'unreadable';
    throw error;
  });
}
