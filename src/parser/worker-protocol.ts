import type { Observation, RunContext } from '../contract/analysis.ts';
import type { FailureData } from '../contract/coded-error.ts';
import type { AnalysisName } from '../contract/run.ts';
import type { ModelConfig } from '../models/port.ts';

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

/**
 * What a thread is given: an image to read, or observations to merge. `ping` asks only whether the thread has loaded.
 */
export type WorkerTask =
  | { kind: 'ping' }
  | { kind: 'merge'; analysis: AnalysisName; observations: readonly Observation<unknown>[]; context: RunContext }
  | {
      kind: 'analyse';
      callId: number;
      image: ImageSource;
      analysis: AnalysisName;
      context: RunContext;
      timeoutMs: number;
    };

/** Sent on the cancel channel: the call with this id shall stop at once. */
export interface CancelMessage {
  callId: number;
}

/** What a thread answers: always plain data, since what it throws would lose class and code on the way. */
export type WorkerReply = { threadId: number; tokens: { input: number; output: number } } & (
  { ok: true; readings: unknown[] } | { ok: false; failure: FailureData }
);
