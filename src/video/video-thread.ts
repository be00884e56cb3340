/**
 * The script of a thread that takes one video apart: what it is, and its frames, one after another. A thread for each video:
 * what it holds goes with it. Free of the framework and of decorators: Node runs this source file as it is.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { EncodedPacketSink, VideoSampleSink, type VideoSample } from 'mediabunny';
import { CodedError } from '../contract/coded-error.ts';
import { timesAt } from './candidate-times.ts';
import { FileGrowth } from './file-growth.ts';
import { FrameChooser, intervalOf, type Chosen, type Verdict } from './frame-chooser.ts';
import { greyOf, jpegOf } from './frame-pixels.ts';
import { signsOf } from './frame-signs.ts';
import { openVideo, type OpenedVideo } from './open-video.ts';
import { VideoBytes } from './video-bytes.ts';
import { checkVideoDuration, damaged, damagedAt, unknownCodec } from './video-limits.ts';
import type { VideoThreadData, VideoThreadMessage, VideoThreadOrder } from './video-messages.ts';

/** Frames that were made and not yet taken. */
const MOST_WAITING = 3;
/** Up to here all pictures are decoded; of longer videos those at and about the key frames only. */
const ALL_UP_TO_MS = 10 * 60_000;
const ALIVE_EVERY_MS = 1_000;
/** A video whose last picture is so near to the end that it claims is whole. */
const END_TOLERANCE_MS = 1_000;

const { task, path, sizeBytes, isGrowing, settings } = workerData as VideoThreadData;
const port = parentPort;
if (!port) throw new Error('To be run as a thread.');

let stopped = false;
let waiting = 0;
let taken: () => void = () => undefined;
let lastToldMs = 0;
const growth = new FileGrowth((bytes) => tell({ kind: 'needs', bytes }));

function tell(message: VideoThreadMessage): void {
  lastToldMs = performance.now();
  port?.postMessage(message);
}

port.on('message', (order: VideoThreadOrder) => {
  if (order.kind === 'grown') growth.grew(order.bytes);
  if (order.kind === 'taken') waiting -= 1;
  if (order.kind === 'stop') {
    stopped = true;
    growth.stop();
  }
  taken();
});

/** The next frame is made when one of those before was taken: a long video never lies in memory as a whole. */
async function roomForFrame(): Promise<void> {
  while (waiting >= MOST_WAITING && !stopped) {
    await new Promise<void>((resolve) => (taken = resolve));
  }
}

async function work(bytes: VideoBytes): Promise<void> {
  const opened = await openVideo(bytes, settings.limits);
  try {
    tell({ kind: 'info', info: opened.info });
    if (task === 'frames') await new FrameMaker(opened).run(bytes);
  } finally {
    opened.input.dispose();
  }
}

class FrameMaker {
  readonly #opened: OpenedVideo;
  readonly #chooser: FrameChooser;
  /** The picture that is the best so far, and the last one, which is not judged yet. */
  #held: VideoSample | null = null;
  #pending: VideoSample | null = null;
  #index = 0;
  #endMs = 0;

  constructor(opened: OpenedVideo) {
    this.#opened = opened;
    this.#chooser = new FrameChooser({ ...settings, durationMs: opened.info.durationMs });
  }

  async run(bytes: VideoBytes): Promise<void> {
    // Loaded here, since it takes three times as long as to read what a video is.
    const { registerDecoders } = await import('./decoder-library.ts');
    registerDecoders();
    const { track, info } = this.#opened;
    if (!(await track.canDecode())) throw unknownCodec(info.codec);
    const failure = await this.#look().then(
      () => null,
      (error: unknown) => error ?? damaged(),
    );
    await this.#act(this.#chooser.last(), null);
    await this.#make(this.#chooser.close());
    this.#hold(null);
    if (failure instanceof CodedError) throw failure;
    if (failure !== null) throw damagedAt(this.#endMs, failure);
    if (stopped) return;
    if (this.#endMs + END_TOLERANCE_MS < info.durationMs && (await bytes.isCutOff(info.kind))) {
      throw damagedAt(this.#endMs);
    }
  }

  async #look(): Promise<void> {
    for await (const sample of this.#pictures()) {
      if (stopped) {
        sample.close();
        return;
      }
      await this.#lookAt(sample);
      if (performance.now() - lastToldMs > ALIVE_EVERY_MS) tell({ kind: 'alive' });
    }
  }

  async #lookAt(sample: VideoSample): Promise<void> {
    try {
      const timeMs = Math.round(sample.timestamp * 1_000);
      checkVideoDuration(timeMs, settings.limits);
      const signs = signsOf(await greyOf(sample));
      await this.#act(this.#chooser.offer({ timeMs, signs }), sample);
    } catch (error) {
      sample.close();
      throw error;
    }
  }

  /** Acts on what was said of the pending picture; `next` takes its place. */
  async #act({ chosen, isBest }: Verdict, next: VideoSample | null): Promise<void> {
    await this.#make(chosen);
    if (chosen !== null) this.#hold(null);
    if (isBest) this.#hold(this.#pending);
    else this.#pending?.close();
    this.#pending = next;
  }

  /** What there is to choose from, in order of time. */
  async *#pictures(): AsyncGenerator<VideoSample> {
    const { track, info } = this.#opened;
    // The graphics card's decoders differ from one machine to the next: the same video is to give the same frames.
    const sink = new VideoSampleSink(track, { hardwareAcceleration: 'prefer-software' });
    const isLong = info.durationMs > ALL_UP_TO_MS;
    let dueMs = 0;
    for await (const sample of isLong ? sink.samplesAtTimestamps(this.#sparseTimes()) : sink.samples()) {
      if (sample === null) continue;
      this.#endMs = Math.max(this.#endMs, Math.round((sample.timestamp + sample.duration) * 1_000));
      const timeMs = sample.timestamp * 1_000;
      if (timeMs < 0 || timeMs + 1 < dueMs) {
        sample.close();
        if (stopped) return;
        continue;
      }
      dueMs = isLong ? 0 : (Math.floor((timeMs + 1) / settings.stepMs) + 1) * settings.stepMs;
      yield sample;
    }
  }

  /** Seconds. */
  async *#sparseTimes(): AsyncGenerator<number> {
    const { info } = this.#opened;
    const mostMs = intervalOf({ ...settings, durationMs: info.durationMs }) / 2;
    for await (const timeMs of timesAt(this.#keyTimes(), mostMs, info.durationMs)) yield timeMs / 1_000;
  }

  async *#keyTimes(): AsyncGenerator<number> {
    const packets = new EncodedPacketSink(this.#opened.track);
    const options = { metadataOnly: true };
    let packet = await packets.getFirstKeyPacket(options);
    while (packet !== null && !stopped) {
      yield packet.timestamp * 1_000;
      packet = await packets.getNextKeyPacket(packet, options);
    }
  }

  async #make(chosen: Chosen | null): Promise<void> {
    if (chosen === null || this.#held === null) return;
    await roomForFrame();
    if (stopped) return;
    const picture = await jpegOf(this.#held, settings.maxSide);
    const { candidate, fromMs, reason } = chosen;
    waiting += 1;
    tell({ kind: 'frame', frame: { index: this.#index, timeMs: candidate.timeMs, fromMs, reason, ...picture } });
    this.#index += 1;
  }

  #hold(sample: VideoSample | null): void {
    this.#held?.close();
    this.#held = sample;
  }
}

try {
  const bytes = await VideoBytes.open(path, sizeBytes, isGrowing ? (needed) => growth.until(needed) : null);
  try {
    await work(bytes);
  } finally {
    await bytes.close();
  }
  tell({ kind: 'end' });
} catch (error) {
  const failure = error instanceof CodedError ? error : damaged(error);
  const { cause = error } = failure;
  tell({
    kind: 'failed',
    failure: failure.toData(),
    cause: cause instanceof Error ? (cause.stack ?? cause.message) : null,
  });
} finally {
  port.close();
}
