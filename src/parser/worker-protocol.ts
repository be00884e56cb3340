import type { Observation, OtherQuestion, RunContext } from '../contract/analysis.ts';
import type { FailureData } from '../contract/coded-error.ts';
import type { AnalysisName } from '../contract/run.ts';
import type { Box } from '../contract/show.ts';
import type { PageText } from '../contract/text-line.ts';
import type { Stage } from '../engine/observer.ts';
import type { Tokens } from '../engine/unit.ts';
import type { EmbeddingUse, EncodedImage, ModelConfig } from '../models/port.ts';

/** What a thread is started with. Holds a key: never logged. */
export interface WorkerData {
  model: ModelConfig;
  /** Name of the BroadcastChannel on which calls are cancelled. */
  cancelChannel: string;
}

/** An image to be read: where its bytes are, and what to call it when speaking to people. */
export interface ImageSource {
  imageId: string;
  /** Display name; never opened. */
  name: string;
  path: string;
}

/** Which question it is, of those of a run. */
export interface WhichQuestion {
  analysis: AnalysisName;
  /** Missing for the analysis' own. */
  asks?: OtherQuestion;
  context: RunContext;
}

/** What every question needs. */
interface Question extends WhichQuestion {
  callId: number;
  /** ms */
  timeoutMs: number;
}

/** Opens images for a service and encodes each, or each crop of one, as it is sent. */
export interface PrepareTask extends Question {
  kind: 'prepare';
  /** One whose crops are wanted, or several whole ones that are small. */
  images: readonly ImageSource[];
  /** Boxes in the one upright image; null for images as a whole. */
  crops: readonly Box[] | null;
  /** Whether to say what the picture looks like; only of a whole image. */
  wantsFingerprint: boolean;
}

/** Asks the service about an image that was prepared. */
export interface AskTask extends Question {
  kind: 'ask';
  image: EncodedImage;
  measured: unknown;
  maxOutputTokens: number | null;
}

/** Asks the service about words: all that the images of a run have said. */
export interface ConcludeTask extends Question {
  kind: 'conclude';
  prompt: string;
  maxOutputTokens: number | null;
}

/** Gives texts their place among others by what they mean. */
export interface EmbedTask {
  kind: 'embed';
  callId: number;
  texts: readonly string[];
  use: EmbeddingUse;
  /** ms */
  timeoutMs: number;
}

/** Reads an image on this machine, from its file to its readings. */
export interface AnalyseTask extends Question {
  kind: 'analyse';
  image: ImageSource;
}

/** Reads the printed text of an image on this machine, so that the answer of a service can be held against it. */
export interface ReadTextTask {
  kind: 'readText';
  callId: number;
  image: ImageSource;
  /** ms */
  timeoutMs: number;
}

/** Finds the printed words that support each field of a service's readings. */
export interface GroundTask {
  kind: 'ground';
  analysis: AnalysisName;
  context: RunContext;
  page: PageText;
  readings: readonly unknown[];
}

/** Makes readings of an answer that was kept. */
export interface InterpretTask extends WhichQuestion {
  kind: 'interpret';
  json: unknown;
  measured: unknown;
}

/** Words a question as a line of a batch's file. */
export interface BatchLineTask extends WhichQuestion {
  kind: 'batchLine';
  image: EncodedImage;
  /** Comes back with the answer. */
  id: string;
  maxOutputTokens: number | null;
}

/** Reads a line of a batch's output, or of its errors. */
export interface BatchAnswerTask extends WhichQuestion {
  kind: 'batchAnswer';
  line: string;
  measured: unknown;
}

export interface MergeTask {
  kind: 'merge';
  analysis: AnalysisName;
  observations: readonly Observation<unknown>[];
  context: RunContext;
}

/** What a thread is given. `ping` asks only whether the thread has loaded. */
export type WorkerTask =
  | { kind: 'ping' }
  | MergeTask
  | InterpretTask
  | BatchLineTask
  | BatchAnswerTask
  | PrepareTask
  | AskTask
  | ConcludeTask
  | EmbedTask
  | AnalyseTask
  | ReadTextTask
  | GroundTask;

/** A task before the pool gives it its number. */
export type Unnumbered<Task> = Omit<Task, 'callId' | 'kind'>;

/** Sent on the cancel channel: the call with this id shall stop at once. */
export interface CancelMessage {
  callId: number;
}

/** An image, or a crop of one, as it would be sent. */
export interface PreparedImage {
  image: EncodedImage;
  /** What is asked about it; missing for the analysis' own question. */
  asks?: OtherQuestion;
  /** Hash of everything that decides the answer: what it is kept under. */
  answerKey: string;
  /** Of the call, estimated. */
  inputTokens: number;
  /** What the analysis measured of it; null where it measures nothing. */
  measured: unknown;
  /** What the picture looks like; null where nobody wants to know, and for crops. */
  fingerprint: string | null;
}

export type StageTimes = Partial<Record<Stage, number>>;

/** What a task gives beside how it went. */
export interface Readings {
  readings: unknown[];
}
export interface PrintedText {
  page: PageText;
}
export interface WordedLine {
  line: string;
}
export interface Answer extends Readings {
  /** The reply, checked against the schema. */
  json: unknown;
  stageMs: StageTimes;
}
export interface Vectors {
  /** What made them: those of two names cannot be compared. Null where no model for it is set up; there are none then. */
  model: string | null;
  vectors: number[][];
}
export interface PreparedImages {
  /** One for each image, or one for each crop, in their order: one that cannot be prepared fails alone. */
  prepared: ({ ok: true; value: PreparedImage } | { ok: false; failure: FailureData })[];
  /** One for each image that was opened. */
  stageMs: StageTimes[];
}

/** What a thread answers: always plain data, since what it throws would lose class and code on the way. */
export type WorkerReply<Content> = { threadId: number; tokens: Tokens } & (
  ({ ok: true } & Content) | { ok: false; failure: FailureData }
);
