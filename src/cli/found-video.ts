import { findAnalysis } from '../analyses/registry.ts';
import { CodedError } from '../contract/coded-error.ts';
import type { AnalysisName } from '../contract/run.ts';
import { readHead } from '../images/recognise.ts';
import { imageDirOf, storedImagePath } from '../images/stream-intake.ts';
import type { ArrivingImages } from '../runs/analysis-runner.ts';
import { frameArrivals } from '../runs/frame-arrivals.ts';
import type { RunLedger } from '../runs/run-ledger.ts';
import { framesSource } from '../runs/video-frames.ts';
import { kindOfVideo } from '../video/video-kind.ts';
import type { FoundImages } from './find-images.ts';

/** A video among what was found, and where its frames are kept. */
export interface FoundVideo {
  path: string;
  name: string;
  sizeBytes: number;
  dataDir: string;
}

/**
 * Takes the video out of what was found, where the analysis takes one.
 *
 * @throws CodedError `request.invalid` for more than one
 */
export async function withoutVideo(
  found: FoundImages,
  analysis: AnalysisName,
  dataDir: string,
): Promise<{ found: FoundImages; video: FoundVideo | null }> {
  if (!findAnalysis(analysis).takesVideo) return { found, video: null };
  let video: FoundVideo | null = null;
  const rest: FoundImages = { ...found, images: [], paths: [] };
  for (const image of found.images) {
    const path = found.paths[image.position] ?? '';
    if (image.state === 'pending' && kindOfVideo(await readHead(path)) !== null) {
      if (video) throw new CodedError('request.invalid', `One run takes one video. Read "${image.name}" by itself.`);
      video = { path, name: image.name, sizeBytes: image.sizeBytes, dataDir };
      continue;
    }
    rest.images.push({ ...image, position: rest.images.length });
    rest.paths.push(path);
  }
  return { found: rest, video };
}

/** Its frames, as images that join the run while it goes on. They stay in the data directory, under their content. */
export function framesOfVideo(video: FoundVideo, ledger: RunLedger, signal: AbortSignal): ArrivingImages {
  const { path, name, sizeBytes, dataDir } = video;
  const directory = imageDirOf(dataDir);
  return frameArrivals(
    {
      source: framesSource,
      video: { name, sizeBytes, firstPosition: ledger.count },
      file: path,
      directory,
      pathOf: (sha256) => storedImagePath(directory, sha256),
      count: () => ledger.count,
      add: (image) => Promise.resolve(void ledger.add(image)),
      onEnd: () => Promise.resolve(),
    },
    signal,
  );
}
