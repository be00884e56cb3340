/**
 * The worker script: one thread of the pool. Opens an image, asks the model, checks the answer, and returns plain data.
 * Free of the framework and of decorators, so that Node runs this source file as it is.
 */
import { BroadcastChannel, threadId, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { findAnalysis } from '../analyses/registry.ts';
import type { Analysis, RunContext } from '../contract/analysis.ts';
import { CodedError, toFailureData } from '../contract/coded-error.ts';
import { openImage, toEncoded, toRaw, type OpenedImage } from '../images/open-image.ts';
import { openModel } from '../models/open-model.ts';
import type { Model, TextReader, VisionModel } from '../models/port.ts';
import type { CancelMessage, WorkerData, WorkerReply, WorkerTask } from './worker-protocol.ts';

/** Longer side that the local reader is given, px: small print of a 12-megapixel photo is still readable at it. */
const TEXT_READER_MAX_SIDE = 2_800;

const { model: modelConfig, cancelChannel } = dataOfThisThread(workerData);
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

export default async function work(task: WorkerTask): Promise<WorkerReply> {
  const tokens = { input: 0, output: 0 };
  if (task.kind === 'ping') return ready();
  if (task.kind === 'merge') return merged(task);
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(timeoutError(task.timeoutMs)), task.timeoutMs);
  underWay.set(task.callId, controller);
  if (cancelledEarly.includes(task.callId)) controller.abort(new CodedError('run.cancelled', 'The run was cancelled.'));
  try {
    const readings = await analyse(task, tokens, controller.signal);
    return { ok: true, threadId, tokens, readings };
  } catch (error) {
    // An adapter may wrap the abort in an error of its own; the reason given to the signal is the true one.
    const cause: unknown = controller.signal.aborted ? controller.signal.reason : error;
    if (cause instanceof CodedError && cause.tokens) Object.assign(tokens, cause.tokens);
    return { ok: false, threadId, tokens, failure: toFailureData(cause) };
  } finally {
    clearTimeout(timer);
    underWay.delete(task.callId);
  }
}

/** Loads the model, so that the first image does not have to wait for it. */
async function ready(): Promise<WorkerReply> {
  const tokens = { input: 0, output: 0 };
  try {
    await theModel();
    return { ok: true, threadId, tokens, readings: [] };
  } catch (error) {
    return { ok: false, threadId, tokens, failure: toFailureData(error) };
  }
}

function merged({ analysis, observations, context }: Extract<WorkerTask, { kind: 'merge' }>): WorkerReply {
  const tokens = { input: 0, output: 0 };
  try {
    return { ok: true, threadId, tokens, readings: findAnalysis(analysis).merge(observations, context) };
  } catch (error) {
    return { ok: false, threadId, tokens, failure: toFailureData(error) };
  }
}

async function analyse(
  task: Extract<WorkerTask, { kind: 'analyse' }>,
  tokens: { input: number; output: number },
  signal: AbortSignal,
): Promise<unknown[]> {
  const analysis = findAnalysis(task.analysis);
  const model = await theModel();
  signal.throwIfAborted();
  const opened = await openImage(task.image.path);
  signal.throwIfAborted();
  return model.kind === 'text'
    ? readText(model, analysis, opened, task.context, signal)
    : askModel(model, analysis, opened, task.context, tokens, signal);
}

/** Opened once in each thread; a failure is not kept, so that the next image may find it mended. */
function theModel(): Promise<Model> {
  modelOpened ??= openModel(modelConfig).catch((error: unknown) => {
    modelOpened = null;
    throw error;
  });
  return modelOpened;
}

async function readText(
  reader: TextReader,
  analysis: Analysis,
  opened: OpenedImage,
  context: RunContext,
  signal: AbortSignal,
): Promise<unknown[]> {
  if (!analysis.fromText) {
    throw new CodedError('model.notConfigured', `The analysis "${analysis.name}" needs a vision model.`, {
      stopsRun: true,
    });
  }
  const pixels = await toRaw(opened, { maxSide: TEXT_READER_MAX_SIDE });
  signal.throwIfAborted();
  return analysis.fromText(await reader.read(pixels, signal), context);
}

async function askModel(
  model: VisionModel,
  analysis: Analysis,
  opened: OpenedImage,
  context: RunContext,
  tokens: { input: number; output: number },
  signal: AbortSignal,
): Promise<unknown[]> {
  const image = await toEncoded(opened, model.imageNeeds);
  signal.throwIfAborted();
  const answer = await model.ask(
    { prompt: analysis.prompt(context), image, replyJsonSchema: replyJsonSchema(analysis) },
    signal,
  );
  Object.assign(tokens, answer.tokens);
  const reply = analysis.replySchema.safeParse(answer.json);
  if (reply.success) return analysis.fromReply(reply.data, context);
  throw new CodedError('model.replyInvalid', 'The model answered, but not in the form it was asked for.', {
    retryable: true,
    cause: reply.error,
  });
}

const schemas = new Map<string, Record<string, unknown>>();

function replyJsonSchema(analysis: Analysis): Record<string, unknown> {
  const known = schemas.get(analysis.name);
  if (known) return known;
  const schema: Record<string, unknown> = { ...z.toJSONSchema(analysis.replySchema, { io: 'input' }) };
  schemas.set(analysis.name, schema);
  return schema;
}

function timeoutError(timeoutMs: number): CodedError {
  const code = modelConfig.kind === 'local' ? 'image.timeout' : 'model.timeout';
  const who = modelConfig.kind === 'local' ? 'Reading this image' : 'The model did not answer about this image:';
  return new CodedError(code, `${who} took longer than ${Math.round(timeoutMs / 100) / 10} s and was given up.`, {
    retryable: true,
    signal: modelConfig.kind === 'local' ? null : 'load',
  });
}

function dataOfThisThread(data: unknown): WorkerData {
  if (typeof data === 'object' && data !== null && 'model' in data && 'cancelChannel' in data) {
    return data as WorkerData;
  }
  throw new Error('gemini-image-worker runs only as a thread of the pool');
}
