import { open, type FileHandle } from 'node:fs/promises';
import { CustomSource, type Source } from 'mediabunny';
import { VIDEO_HEAD_BYTES, type VideoKind } from './video-kind.ts';
import { damaged } from './video-limits.ts';

const CACHE_BYTES = 8 * 2 ** 20;
/** A file that is nothing but boxes of a few bytes would be walked through for minutes. */
const MOST_BOXES = 10_000;
const SEGMENT = Uint8Array.of(0x18, 0x53, 0x80, 0x67);

/**
 * The bytes of a video file, which may still be being written: then what is not there yet is waited for. `grown` resolves
 * when the file has so many bytes.
 */
export class VideoBytes {
  readonly sizeBytes: number;
  readonly #file: FileHandle;
  readonly #grown: ((bytes: number) => Promise<void>) | null;

  private constructor(file: FileHandle, sizeBytes: number, grown: ((bytes: number) => Promise<void>) | null) {
    this.#file = file;
    this.sizeBytes = sizeBytes;
    this.#grown = grown;
  }

  static async open(
    path: string,
    sizeBytes: number,
    grown: ((bytes: number) => Promise<void>) | null,
  ): Promise<VideoBytes> {
    // One that was given up is said to be by whoever waits for its bytes, and not by the disk.
    await grown?.(Math.min(1, sizeBytes));
    return new VideoBytes(await open(path, 'r'), sizeBytes, grown);
  }

  /** @throws CodedError `video.unreadable` where the file ends before */
  async read(start: number, end: number): Promise<Uint8Array> {
    await this.#grown?.(end);
    const bytes = new Uint8Array(end - start);
    let length = 0;
    while (length < bytes.length) {
      const { bytesRead } = await this.#file.read(bytes, length, bytes.length - length, start + length);
      if (bytesRead === 0) throw damaged();
      length += bytesRead;
    }
    return bytes;
  }

  /** For the library that takes the file apart. */
  source(): Source {
    return new CustomSource({
      getSize: () => this.sizeBytes,
      read: (start, end) => this.read(start, end),
      maxCacheSize: CACHE_BYTES,
      // A file that is still being written is read no further than is needed: what is ahead may take a minute to come.
      prefetchProfile: this.#grown === null ? 'fileSystem' : 'none',
      handleUnhandledError: () => undefined,
    });
  }

  /** Whether a file of boxes has one of this name as a whole: without `moov` it has no table of contents. */
  async hasBox(wanted: string): Promise<boolean> {
    for await (const { name, end } of this.#boxes()) {
      if (name === wanted) return end <= this.sizeBytes;
    }
    return false;
  }

  /** Whether the file ends before its last part does. */
  async isCutOff(kind: VideoKind): Promise<boolean> {
    if (kind === 'webm') return (await this.#segmentEnd()) > this.sizeBytes;
    let until = 0;
    for await (const { end } of this.#boxes()) until = end;
    return until > this.sizeBytes;
  }

  /** Of an MP4 or MOV: size and name come first, then a longer size where it does not fit; 0 is "to the end of the file". */
  async *#boxes(): AsyncGenerator<{ name: string; end: number }> {
    for (let at = 0, boxes = 0; at + 16 <= this.sizeBytes && boxes < MOST_BOXES; boxes += 1) {
      const head = await this.read(at, at + 16);
      const view = new DataView(head.buffer);
      const short = view.getUint32(0);
      const size = short === 1 ? Number(view.getBigUint64(8)) : short === 0 ? this.sizeBytes - at : short;
      if (size < 8) return;
      at += size;
      yield { name: String.fromCharCode(...head.subarray(4, 8)), end: at };
    }
  }

  /** Of a WebM: where its one large part claims to end; 0 where it does not say. */
  async #segmentEnd(): Promise<number> {
    const head = await this.read(0, Math.min(VIDEO_HEAD_BYTES, this.sizeBytes));
    const at = Buffer.from(head.buffer).indexOf(SEGMENT);
    const first = head[at + 4] ?? 0;
    const length = Math.clz32(first) - 23;
    if (at < 0 || length > 8 || at + 4 + length > head.length) return 0;
    const bits = [...head.subarray(at + 4, at + 4 + length)];
    const size = bits.reduce((sum, byte, index) => sum * 256 + (index === 0 ? byte & (0xff >> length) : byte), 0);
    return size === 2 ** (7 * length) - 1 ? 0 : at + 4 + length + size;
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}
