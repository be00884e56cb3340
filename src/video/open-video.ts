import { Input, MP4, QTFF, WEBM, type InputVideoTrack } from 'mediabunny';
import { CodedError } from '../contract/coded-error.ts';
import type { VideoBytes } from './video-bytes.ts';
import { kindOfVideo, VIDEO_HEAD_BYTES, type VideoKind } from './video-kind.ts';
import {
  checkVideoBytes,
  checkVideoDuration,
  checkVideoPixels,
  damaged,
  noPicture,
  notVideo,
  unknownCodec,
  type VideoLimits,
} from './video-limits.ts';
import type { VideoInfo } from './video-messages.ts';

export interface OpenedVideo {
  input: Input;
  track: InputVideoTrack;
  info: VideoInfo;
}

/**
 * Reads what a file says of itself, and checks it before any picture is decoded. Threads only.
 *
 * @throws CodedError `video.unreadable`, `video.noPicture`, `video.tooLong`, `video.tooLarge`
 */
export async function openVideo(bytes: VideoBytes, limits: VideoLimits): Promise<OpenedVideo> {
  checkVideoBytes(bytes.sizeBytes, limits);
  const kind = kindOfVideo(await bytes.read(0, Math.min(VIDEO_HEAD_BYTES, bytes.sizeBytes)));
  if (kind === null) throw notVideo();
  const input = new Input({ formats: [MP4, QTFF, WEBM], source: bytes.source() });
  try {
    const track = await pictureOf(input, kind, bytes);
    return { input, track, info: await infoOf(input, track, kind, limits) };
  } catch (error) {
    input.dispose();
    throw error instanceof CodedError ? error : damaged(error);
  }
}

async function pictureOf(input: Input, kind: VideoKind, bytes: VideoBytes): Promise<InputVideoTrack> {
  const track = await input.getPrimaryVideoTrack();
  if (track !== null) return track;
  const hasTracks = (await input.getTracks()).length > 0;
  if (hasTracks || (kind !== 'webm' && (await bytes.hasBox('moov')))) throw noPicture();
  throw damaged();
}

async function infoOf(input: Input, track: InputVideoTrack, kind: VideoKind, limits: VideoLimits): Promise<VideoInfo> {
  const codec = await track.getCodec();
  if (codec === null) throw unknownCodec(await codecName(track));
  const [width, height] = [await track.getDisplayWidth(), await track.getDisplayHeight()];
  checkVideoPixels(width, height, limits);
  checkVideoPixels(await track.getCodedWidth(), await track.getCodedHeight(), limits);
  // Without it in the header all of the file has to be gone through.
  const claimed = (await track.getDurationFromMetadata()) ?? (await input.getDurationFromMetadata());
  const durationMs = Math.round((claimed ?? (await track.computeDuration())) * 1_000);
  if (!(durationMs > 0)) throw damaged();
  checkVideoDuration(durationMs, limits);
  return { kind, durationMs, width, height, codec, rotation: await track.getRotation() };
}

/** For people; what a file says there is not to be trusted. */
async function codecName(track: InputVideoTrack): Promise<string> {
  const name = await track.getInternalCodecId();
  return typeof name === 'string' && /^[\w/. -]{1,40}$/.test(name) ? name : 'unknown';
}
