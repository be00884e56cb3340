import { createHash } from 'node:crypto';
import type { Analysis, RunContext } from '../contract/analysis.ts';
import { CodedError, toFailureData } from '../contract/coded-error.ts';
import { toCrops } from '../images/crops.ts';
import { fingerprintOf } from '../images/fingerprint.ts';
import { encodePixels, openImage, toEncoded, toRaw } from '../images/open-image.ts';
import { estimateInputTokens } from '../models/input-tokens.ts';
import type { ModelConfig, VisionModel } from '../models/port.ts';
import { imageQuestion, replyJsonSchema, type ImageQuestion } from './questions.ts';
import type { PreparedImage, PreparedImages, PrepareTask, StageTimes } from './worker-protocol.ts';

/**
 * Opens each image once, and encodes it, or each crop of the one, as the model needs it.
 *
 * @throws CodedError as {@link openImage} where crops are wanted; whole images and single crops fail alone
 */
export async function prepareImages(
  task: PrepareTask,
  model: VisionModel,
  config: ModelConfig,
  signal: AbortSignal,
): Promise<PreparedImages> {
  const asked = imageQuestion(task);
  const question = questionOf(task, model, config, asked);
  const [first] = task.images;
  const stageMs = task.images.map((): StageTimes => ({}));
  if (task.crops === null || first === undefined) {
    const prepared: PreparedImages['prepared'] = [];
    // One after another: other tasks have images open at the same time, and many at once take memory.
    for (const [place, { path }] of task.images.entries()) {
      const timed = stopwatch(stageMs[place] ?? {});
      prepared.push(
        await wholeImage(path, model, { asked, wantsFingerprint: task.wantsFingerprint }, signal, timed).then(
          (whole) => ({ ok: true as const, value: question(whole) }),
          (error: unknown) => ({ ok: false as const, failure: toFailureData(signal.aborted ? signal.reason : error) }),
        ),
      );
    }
    return { prepared, stageMs };
  }
  const timed = stopwatch(stageMs[0] ?? {});
  const opened = await openImage(first.path);
  timed('open');
  signal.throwIfAborted();
  const crops = await toCrops(opened, task.crops, model.imageNeeds);
  timed('encode');
  return {
    prepared: crops.map((crop) =>
      crop.ok ? { ok: true, value: question({ image: crop.image, fingerprint: null, measured: null }) } : crop,
    ),
    stageMs,
  };
}

/** An image or a crop as it is sent, and what is known of its pixels. */
type LookedAt = Pick<PreparedImage, 'image' | 'fingerprint' | 'measured'>;

async function wholeImage(
  path: string,
  { imageNeeds }: VisionModel,
  { asked: { measure }, wantsFingerprint }: { asked: ImageQuestion; wantsFingerprint: boolean },
  signal: AbortSignal,
  timed: (stage: 'open' | 'scale' | 'encode') => void,
): Promise<LookedAt> {
  const opened = await openImage(path);
  timed('open');
  signal.throwIfAborted();
  if (!wantsFingerprint && !measure) {
    const image = await toEncoded(opened, imageNeeds);
    timed('encode');
    return { image, fingerprint: null, measured: null };
  }
  const pixels = await toRaw(opened, { maxSide: imageNeeds.maxSide });
  const fingerprint = wantsFingerprint ? await fingerprintOf(pixels) : null;
  const measured = (await measure?.(pixels)) ?? null;
  timed('scale');
  signal.throwIfAborted();
  const image = await encodePixels(pixels, imageNeeds);
  timed('encode');
  return { image, fingerprint, measured };
}

/** Images from this size on are handed over to the main thread, smaller ones copied. */
export const HANDED_OVER_FROM_BYTES = 32 * 1024;

/** What is asked about every image of a run alike. */
interface Asked {
  prompt: string;
  schemaCharacters: number;
  /** Of model, analysis, prompt and schema. */
  hash: Buffer;
}

/** Of the runs that are under way: a few at a time. */
const asked = new Map<string, Asked>();
const MOST_ASKED = 50;

/** Made once for each run. */
export function askedOf(context: RunContext, model: VisionModel, question: ImageQuestion): Asked {
  const name = JSON.stringify([question.name, context]);
  const known = asked.get(name);
  if (known) return known;
  const prompt = question.prompt(context);
  const schema = JSON.stringify(replyJsonSchema(question));
  const hash = createHash('sha256')
    .update(JSON.stringify([model.identity, question.name, prompt, schema]))
    .digest();
  if (asked.size >= MOST_ASKED) asked.clear();
  const fresh = { prompt, schemaCharacters: schema.length, hash };
  asked.set(name, fresh);
  return fresh;
}

function questionOf(
  task: PrepareTask,
  model: VisionModel,
  config: ModelConfig,
  question: ImageQuestion,
): (looked: LookedAt) => PreparedImage {
  const { prompt, schemaCharacters, hash } = askedOf(task.context, model, question);
  return ({ image, fingerprint, measured }) => ({
    image: { ...image, bytes: ownBytes(image.bytes) },
    ...(task.asks && { asks: task.asks }),
    answerKey: createHash('sha256').update(hash).update(image.mimeType).update(image.bytes).digest('base64url'),
    inputTokens: estimateInputTokens({ model: config, image, promptCharacters: prompt.length, schemaCharacters }),
    measured,
    fingerprint,
  });
}

/**
 * Memory of the image library's own cannot be handed over to another thread, so it is copied into some that can be; a
 * small image is copied on its way instead, which takes less time than handing over.
 */
function ownBytes(bytes: Uint8Array): Uint8Array {
  const isCopiedAlone = bytes.byteLength < HANDED_OVER_FROM_BYTES && bytes.byteLength === bytes.buffer.byteLength;
  return isCopiedAlone ? bytes : new Uint8Array(bytes);
}

function stopwatch(stageMs: StageTimes): (stage: 'open' | 'scale' | 'encode') => void {
  let last = performance.now();
  return (stage) => {
    const now = performance.now();
    stageMs[stage] = now - last;
    last = now;
  };
}

/** The reply of a model, checked. @throws CodedError `model.replyInvalid` */
export function checkedReply(analysis: Pick<Analysis, 'replySchema'>, json: unknown): unknown {
  const reply = analysis.replySchema.safeParse(json);
  if (reply.success) return reply.data;
  throw new CodedError('model.replyInvalid', 'The model answered, but not in the form it was asked for.', {
    retryable: true,
    cause: reply.error,
  });
}
