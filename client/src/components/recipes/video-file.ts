/** For the file picker. What a file is, its bytes say: the server looks at them. */
export const ACCEPTED_VIDEOS = 'video/mp4,video/quicktime,video/webm,.mp4,.m4v,.mov,.webm';

export const MOST_VIDEO_MB = 500;
const MOST_VIDEO_BYTES = MOST_VIDEO_MB * 2 ** 20;

const NAMES = /\.(?:mp4|m4v|mov|webm)$/i;
const TYPES = new Set(['video/mp4', 'video/quicktime', 'video/webm', 'video/x-m4v']);

/** Whether this is the video that a run waits for, as far as can be told before it is sent. */
export function isSameVideo({ size }: Pick<File, 'size'>, { sizeBytes }: { sizeBytes: number }): boolean {
  // Names are cleaned on the way, and a phone may name its copy anew: the length alone is certain.
  return size === sizeBytes;
}

export type VideoProblem = 'several' | 'otherKind' | 'empty' | 'tooLarge';

/** Why these files cannot be sent as a video; null where they can. Told before half a gigabyte is sent in vain. */
export function videoProblem(files: readonly Pick<File, 'name' | 'type' | 'size'>[]): VideoProblem | null {
  const [file, another] = files;
  if (file === undefined || another !== undefined) return 'several';
  if (!NAMES.test(file.name) && !TYPES.has(file.type)) return 'otherKind';
  if (file.size === 0) return 'empty';
  return file.size > MOST_VIDEO_BYTES ? 'tooLarge' : null;
}
