import { checkedOptions, holdsAgainstPrint } from '../analyses/options.ts';
import { findAnalysis } from '../analyses/registry.ts';
import { checkExportable, exportRun } from '../catalogue/exports/export-run.ts';
import { readConfig, type ModelChoice } from '../config/config.ts';
import { keepHeapsSmall } from '../config/small-heap.ts';
import type { RunContext } from '../contract/analysis.ts';
import { CodedError } from '../contract/coded-error.ts';
import { EXPORT_FORMATS, type AnalysisName, type ExportFormat, type RunResult } from '../contract/run.ts';
import { DEFAULT_SETTINGS, type Settings } from '../contract/settings.ts';
import { ImageThreads } from '../gallery/image-threads.ts';
import { picturesFrom } from '../gallery/pictures.ts';
import { openReader, type OpenReader } from '../open-reader.ts';
import { LEFT_FOR_LATER } from '../runs/left-for-later.ts';
import { analyse } from './analyse.ts';
import { withDetections } from './detections-file.ts';
import { estimate, estimateInWords } from './estimate-command.ts';
import { findImages, type FoundImages } from './find-images.ts';
import { withoutVideo } from './found-video.ts';
import { fetchUrls } from './fetch-urls.ts';
import { endAtOnce, onInterrupt } from './interrupts.ts';
import { optionsOf } from './options-argument.ts';
import { checkOut, printed, writtenTo } from './output.ts';
import { progressBar } from './progress-bar.ts';
import { report } from './report.ts';

export const OUTPUT_FORMATS = ['table', ...EXPORT_FORMATS] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

export interface ParseOptions {
  analysis: AnalysisName;
  model?: ModelChoice;
  sequential?: boolean;
  workers?: number;
  maxInFlight?: number;
  cache?: boolean;
  ground?: 'on' | 'off';
  /** Asks in batches, at half the price. */
  batch?: boolean;
  estimate?: boolean;
  /** A file with boxes: COCO JSON, or a list of `{ image, box }`. */
  detections?: string;
  /** What the analysis is to go by: JSON, or the name of a file with it. */
  options?: string;
  dataDir?: string;
  format: OutputFormat;
  out?: string;
  timezone?: string;
  city?: string;
  state?: string;
}

/** Of a table that goes into a pipe or a file: wide enough that nothing of an ordinary show is cut. */
const COLUMNS_OF_NO_TERMINAL = 160;

/** Exit codes of the contract. */
export const EXIT = { allRead: 0, someFailed: 1, nothingDone: 2 } as const;

/**
 * Reads the images that the arguments name and prints the result; progress goes to stderr.
 *
 * @returns the exit code
 * @throws CodedError where nothing could be done
 */
export async function parse(args: readonly string[], options: ParseOptions): Promise<number> {
  keepHeapsSmall();
  const config = readConfig({ model: options.model, dataDir: options.dataDir });
  if (config.modelProblem) throw new CodedError('model.notConfigured', config.modelProblem);
  // Before anything is paid for.
  if (options.format !== 'table') checkExportable(options.analysis, options.format);
  const told = checkedOptions(options.analysis, await optionsOf(options.options));
  if (options.out !== undefined) await checkOut(options.out);
  const fresh = options.cache === false;
  const given = await findImages(args, (urls) => fetchUrls(urls, { config, fresh }));
  const { found: images, video } = await withoutVideo(given, options.analysis, config.dataDir);
  const found = options.detections === undefined ? images : await withDetections(images, options.detections);
  if (found.skipped > 0) process.stderr.write(`${found.skipped} other files are no images and were passed over.\n`);
  if (found.images.length === 0 && !video) throw new CodedError('upload.empty', 'There is no image to read there.');

  const settings: Settings = {
    ...DEFAULT_SETTINGS,
    maxConcurrentWorkers: options.workers ?? DEFAULT_SETTINGS.maxConcurrentWorkers,
    maxInFlight: options.maxInFlight ?? DEFAULT_SETTINGS.maxInFlight,
  };
  const reader = await openReader(config, { maxInFlight: options.maxInFlight });
  if (options.estimate) return sayEstimate(reader, found, settings, options, told);
  if (reader.kept?.problem) process.stderr.write(`${reader.kept.problem}\n`);
  const stop = new AbortController();
  // Batches are left to do their work: the same command takes their answers.
  const hearNoMore = onInterrupt(() => stop.abort(LEFT_FOR_LATER), endAtOnce);
  const progress = progressBar('{value}/{total} images, {failed} failed, {about} {left} s left');
  try {
    const { result, readings } = await analyse({
      analysis: options.analysis,
      mode: options.sequential ? 'sequential' : 'parallel',
      settings,
      context: { ...contextOf(options), ...told },
      found,
      video,
      runner: reader.runner,
      signal: stop.signal,
      useKept: (options.cache ?? true) && config.cacheHours > 0,
      ground: holdsAgainstPrint(
        findAnalysis(options.analysis),
        options.ground && options.ground === 'on',
        config.ground ?? true,
      ),
      batch: options.batch ?? false,
      onWaiting: sayWaiting(),
      onProgress: ({ totalImages, processedImages, failedImages, estimatedTimeRemaining, timeRemainingIsAtLeast }) =>
        progress.show(totalImages, processedImages, {
          failed: failedImages,
          about: timeRemainingIsAtLeast ? 'at least' : 'about',
          left: Math.ceil(estimatedTimeRemaining / 1_000),
        }),
    });
    progress.stop();
    const delivered = await deliver(result, readings, found, options);
    return delivered ? exitCode(result) : Math.max(exitCode(result), EXIT.someFailed);
  } finally {
    progress.stop();
    await reader.close();
    hearNoMore();
  }
}

function contextOf({ timezone, city, state }: ParseOptions): Omit<RunContext, 'startedAt'> {
  return { timezone: timezone ?? null, city: city ?? null, state: state ?? null, notes: null };
}

async function sayEstimate(
  reader: OpenReader,
  found: FoundImages,
  settings: Settings,
  options: ParseOptions,
  told: { options?: unknown },
): Promise<number> {
  try {
    const { analysis, batch } = options;
    const mode = options.sequential ? 'sequential' : 'parallel';
    const context = { ...contextOf(options), ...told };
    const said = await estimate(reader.runner, { analysis, mode, settings, context, found, batch });
    const text = options.format === 'json' ? `${JSON.stringify(said, null, 2)}\n` : estimateInWords(said);
    const done = options.out === undefined ? await printed(text) : await writtenTo(options.out, text);
    return done ? EXIT.allRead : EXIT.someFailed;
  } finally {
    await reader.close();
  }
}

function exitCode({ progress, state }: RunResult): number {
  const read = progress.processedImages - progress.failedImages;
  if (read === 0) return EXIT.nothingDone;
  return read === progress.totalImages && state === 'completed' ? EXIT.allRead : EXIT.someFailed;
}

/** @returns whether the result is where it was asked for */
async function deliver(
  result: RunResult,
  readings: number,
  found: FoundImages,
  { format, out }: ParseOptions,
): Promise<boolean> {
  const columns = (out === undefined ? process.stdout.columns : undefined) ?? COLUMNS_OF_NO_TERMINAL;
  const text = format === 'table' ? report(result, readings, columns) : await fileOf(result, format, found);
  return out === undefined ? printed(text) : writtenTo(out, text);
}

async function fileOf(result: RunResult, format: ExportFormat, found: FoundImages): Promise<string | Uint8Array> {
  const paths = new Map(found.images.map(({ imageId, position }) => [imageId, found.paths[position] ?? '']));
  // Threads are started by the first picture that is asked for.
  const threads = new ImageThreads();
  try {
    const picture = picturesFrom(threads, (imageId) => Promise.resolve(paths.get(imageId) ?? ''));
    const { body } = await exportRun(result, format, { picture });
    return typeof body !== 'string' || body.endsWith('\n') ? body : `${body}\n`;
  } finally {
    await threads.close();
  }
}

/** Each thing that is waited for is said once. */
function sayWaiting(): (what: string | null) => void {
  let said: string | null = null;
  return (what) => {
    if (what !== null && what !== said) process.stderr.write(`\n${what}\n`);
    said = what;
  };
}
