import { findAnalysis } from '../analyses/registry.ts';
import { CodedError } from '../contract/coded-error.ts';
import type { AnalysisName } from '../contract/run.ts';
import { detectedUnits } from './detected-units.ts';
import { uploadedImages, uploadedVideos } from './image-upload.interceptor.ts';
import type { StartRequest } from './new-run.ts';

/**
 * What a run is to read, of the files that came with a request: images, parts of them, or a video.
 *
 * @param detections as they were sent; undefined for none
 * @param directory where the files are stored
 * @throws CodedError `request.invalid`
 */
export async function runInput(
  files: readonly Express.Multer.File[],
  analysis: AnalysisName,
  detections: unknown,
  directory: string,
): Promise<Pick<StartRequest, 'images' | 'video'>> {
  // To any other analysis a video is an image that cannot be read, and it says so.
  const videos = findAnalysis(analysis).takesVideo ? uploadedVideos(files) : [];
  const [video, another] = videos;
  if (another) throw new CodedError('request.invalid', `One run takes one video. Send "${another.name}" by itself.`);
  const uploaded = uploadedImages(files).filter(({ sha256 }) => video === undefined || sha256 !== video.sha256);
  const images = (await detectedUnits(uploaded, detections, directory)).map((image, position) => ({
    ...image,
    position,
  }));
  if (!video) return { images };
  return { images, video: { ...video, firstPosition: images.length, taken: false } };
}
