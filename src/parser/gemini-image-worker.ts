/**
 * The worker script: one thread of the pool. Opens an image, asks the model, checks the answer, and returns plain data.
 * Free of the framework and of decorators, so that Node runs this source file as it is.
 */
import { BroadcastChannel, threadId, workerData } from 'node:worker_threads';
import { move, transferableSymbol, valueSymbol } from 'piscina';
import { findAnalysis } from '../analyses/registry.ts';
import type { PageText } from '../contract/text-line.ts';
import { CodedError, toFailureData } from '../contract/coded-error.ts';
import { openImage, toRaw } from '../images/open-image.ts';
import { httpFetch } from '../models/http-fetch.ts';
import { openModel } from '../models/open-model.ts';
import type { Model, VisionModel } from '../models/port.ts';
import { answerOfLine, wordedLine } from './batch/batch-task.ts';
import { askedOf, checkedReply, HANDED_OVER_FROM_BYTES, prepareImages } from './prepare-image.ts';
import { conclusionOf, imageQuestion, replyJsonSchema } from './questions.ts';
import type {
  AnalyseTask,
  Answer,
  AskTask,
  CancelMessage,
  ConcludeTask,
  EmbedTask,
  GroundTask,
  ImageSource,
  InterpretTask,
  MergeTask,
  PreparedImages,
  PrepareTask,
  PrintedText,
  Readings,
  ReadTextTask,
  Vectors,
  WorkerData,
  WorkerReply,
  WorkerTask,
  WordedLine,
} from './worker-protocol.ts';

/** Longer side that the local reader is given, px: small print of a 12-megapixel photo is still readable at it. */
const TEXT_READER_MAX_SIDE = 2_800;

const { model: modelConfig, cancelChannel } = dataOfThisThread(workerData);
// The SDK takes no `fetch` of one's own; this thread makes no other requests.
globalThis.fetch = httpFetch;
let modelOpened: Promise<Model> | null = null;

const underWay = new Map<number, AbortController>();
/** A cancel can overtake its call, since they come on different channels; the latest few are remembered for that. */
const cancelledEarly: number[] = [];
const CANCELS_REMEMBERED = 1_000;

const cancels = new BroadcastChannel(cancelChannel);
cancels.onmessage = (event: { data: unknown }) => {
  const { callId } = event.data as CancelMessage;
  const controller = underWay.get(callId);
  if (controller) return controller.abort(new CodedError('run.cancelled', 'The run was cancelled.'));
  if (cancelledEarly.includes(callId)) return;
  cancelledEarly.push(callId);
  if (cancelledEarly.length > CANCELS_REMEMBERED) cancelledEarly.shift();
};
// The channel alone shall not keep an idle thread alive.
cancels.unref();

type Content = WordedLine | Readings | Answer | PreparedImages | PrintedText | Vectors;
type Reply = WorkerReply<Content>;
/** Tasks that can be cancelled, and take a bounded time. */
type BoundTask = PrepareTask | AskTask | ConcludeTask | EmbedTask | AnalyseTask | ReadTextTask;
interface Spent {
  input: number;
  output: number;
}

export default async function work(task: WorkerTask): Promise<unknown> {
  switch (task.kind) {
    case 'ping':
      // Loads the model, so that the first image does not have to wait for it.
      return answered(async () => {
        await theModel();
        return { readings: [] };
      });
    case 'merge':
      return answered(() => merged(task));
    case 'interpret':
      return answered(() => interpreted(task));
    case 'batchLine':
      return answered(async () => wordedLine(await theVisionModel(), task));
    case 'batchAnswer':
      return answered(async (tokens) => answerOfLine(await theVisionModel(), task, tokens));
    case 'analyse':
      return underTimeout(task, (_tokens, signal) => readHere(task, signal));
    case 'ask':
      return underTimeout(task, (tokens, signal) => ask(task, tokens, signal));
    case 'conclude':
      return underTimeout(task, (tokens, signal) => conclude(task, tokens, signal));
    case 'embed':
      return underTimeout(task, (_tokens, signal) => embed(task, signal));
    case 'readText':
      return underTimeout(task, async (_tokens, signal) => ({ page: await textOf(task.image, signal) }));
    case 'ground':
      return answered(() => grounded(task));
    case 'prepare':
      return handedOver(await underTimeout(task, (_tokens, signal) => prepare(task, signal)));
  }
}

async function underTimeout(
  task: BoundTask,
  step: (tokens: Spent, signal: AbortSignal) => Promise<Content>,
): Promise<Reply> {
  const { callId, timeoutMs } = task;
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(timeoutError(task)), timeoutMs);
  underWay.set(callId, controller);
  if (cancelledEarly.includes(callId)) controller.abort(new CodedError('run.cancelled', 'The run was cancelled.'));
  try {
    return await answered((tokens) => step(tokens, controller.signal), controller.signal);
  } finally {
    clearTimeout(timer);
    underWay.delete(callId);
  }
}

async function answered(step: (tokens: Spent) => Promise<Content> | Content, signal?: AbortSignal): Promise<Reply> {
  const tokens = { input: 0, output: 0 };
  try {
    return { ok: true, threadId, tokens, ...(await step(tokens)) };
  } catch (error) {
    // An adapter may wrap the abort in an error of its own; the reason given to the signal is the true one.
    const cause: unknown = signal?.aborted ? signal.reason : error;
    if (cause instanceof CodedError && cause.tokens) Object.assign(tokens, cause.tokens);
    return { ok: false, threadId, tokens, failure: toFailureData(cause) };
  }
}

/** Large images go to the main thread without being copied. */
function handedOver(reply: Reply): unknown {
  if (!reply.ok || !('prepared' in reply)) return reply;
  const buffers = reply.prepared.flatMap((each) =>
    each.ok && each.value.image.bytes.byteLength >= HANDED_OVER_FROM_BYTES ? [each.value.image.bytes.buffer] : [],
  );
  if (buffers.length === 0) return reply;
  return move(new Handover(reply, buffers));
}

/** What Piscina asks of a value that is handed over in part. */
class Handover {
  readonly #value: Reply;
  readonly #buffers: ArrayBufferLike[];

  constructor(value: Reply, buffers: ArrayBufferLike[]) {
    this.#value = value;
    this.#buffers = buffers;
  }

  get [transferableSymbol](): ArrayBufferLike[] {
    return this.#buffers;
  }

  get [valueSymbol](): Reply {
    return this.#value;
  }
}

function merged({ analysis, observations, context }: MergeTask): Readings {
  return { readings: findAnalysis(analysis).merge(observations, context) };
}

function interpreted(task: InterpretTask): Readings {
  const question = imageQuestion(task);
  return { readings: question.fromReply(checkedReply(question, task.json), task.context, task.measured) };
}

function grounded({ analysis: name, page, readings, context }: GroundTask): Readings {
  const analysis = findAnalysis(name);
  return { readings: analysis.ground?.(page, readings, context) ?? [...readings] };
}

/** Opened once in each thread; a failure is not kept, so that the next image may find it mended. */
function theModel(): Promise<Model> {
  modelOpened ??= openModel(modelConfig).catch((error: unknown) => {
    modelOpened = null;
    throw error;
  });
  return modelOpened;
}

async function readHere(task: AnalyseTask, signal: AbortSignal): Promise<Readings> {
  const analysis = findAnalysis(task.analysis);
  if (!analysis.fromText) {
    throw new CodedError('model.notConfigured', `The analysis "${analysis.name}" needs a vision model.`, {
      stopsRun: true,
    });
  }
  return { readings: analysis.fromText(await textOf(task.image, signal), task.context) };
}

async function textOf({ path }: ImageSource, signal: AbortSignal): Promise<PageText> {
  const reader = await theModel();
  signal.throwIfAborted();
  if (reader.kind !== 'text') {
    throw new CodedError('internal', 'A vision model was asked as if it were the text reader.', { stopsRun: true });
  }
  const opened = await openImage(path);
  signal.throwIfAborted();
  const pixels = await toRaw(opened, { maxSide: TEXT_READER_MAX_SIDE });
  signal.throwIfAborted();
  return reader.read(pixels, signal);
}

async function prepare(task: PrepareTask, signal: AbortSignal): Promise<PreparedImages> {
  const model = await theVisionModel();
  signal.throwIfAborted();
  return prepareImages(task, model, modelConfig, signal);
}

async function ask(task: AskTask, tokens: Spent, signal: AbortSignal): Promise<Answer> {
  const asked = imageQuestion(task);
  const model = await theVisionModel();
  signal.throwIfAborted();
  const startedAt = performance.now();
  const { image, context, maxOutputTokens, measured } = task;
  const { prompt } = askedOf(context, model, asked);
  const question = { prompt, image, replyJsonSchema: replyJsonSchema(asked) };
  const answer = await model.ask({ ...question, maxOutputTokens }, signal);
  Object.assign(tokens, answer.tokens);
  const answeredAt = performance.now();
  const reply = checkedReply(asked, answer.json);
  const readings = asked.fromReply(reply, context, measured);
  const stageMs = { call: answeredAt - startedAt, check: performance.now() - answeredAt };
  return { readings, json: answer.json, stageMs };
}

async function conclude(task: ConcludeTask, tokens: Spent, signal: AbortSignal): Promise<Answer> {
  const conclusion = conclusionOf(findAnalysis(task.analysis));
  const model = await theVisionModel();
  signal.throwIfAborted();
  const startedAt = performance.now();
  const { prompt, maxOutputTokens } = task;
  const question = { prompt, image: null, replyJsonSchema: replyJsonSchema(conclusion), maxOutputTokens };
  const answer = await model.ask(question, signal);
  Object.assign(tokens, answer.tokens);
  checkedReply(conclusion, answer.json);
  return { readings: [], json: answer.json, stageMs: { call: performance.now() - startedAt } };
}

async function embed({ texts, use }: EmbedTask, signal: AbortSignal): Promise<Vectors> {
  const { embedding } = await theVisionModel();
  if (!embedding) return { model: null, vectors: [] };
  signal.throwIfAborted();
  const vectors: number[][] = [];
  for (let from = 0; from < texts.length; from += embedding.mostTexts) {
    vectors.push(...(await embedding.embed(texts.slice(from, from + embedding.mostTexts), use, signal)));
  }
  return { model: embedding.name, vectors };
}

async function theVisionModel(): Promise<VisionModel> {
  const model = await theModel();
  if (model.kind === 'vision') return model;
  throw new CodedError('internal', 'The text reader was asked as if it were a vision model.', { stopsRun: true });
}

function timeoutError({ kind, timeoutMs }: BoundTask): CodedError {
  const isCall = kind === 'ask' || kind === 'conclude' || kind === 'embed';
  const who = isCall ? `The model did not answer${kind === 'ask' ? ' about this image' : ''}:` : 'Reading this image';
  return new CodedError(
    isCall ? 'model.timeout' : 'image.timeout',
    `${who} took longer than ${Math.round(timeoutMs / 100) / 10} s and was given up.`,
    { retryable: true, signal: isCall ? 'load' : null },
  );
}

function dataOfThisThread(data: unknown): WorkerData {
  if (typeof data === 'object' && data !== null && 'model' in data && 'cancelChannel' in data) {
    return data as WorkerData;
  }
  throw new Error('gemini-image-worker runs only as a thread of the pool');
}
