import type { PageText } from '../contract/text-line.ts';

/** Upright pixels without metadata: 8-bit RGB, interleaved, `width * height * 3` bytes. */
export interface RawImage {
  data: Uint8Array;
  width: number;
  height: number;
}

/** An upright image without metadata, encoded for sending. */
export interface EncodedImage {
  bytes: Uint8Array;
  mimeType: 'image/jpeg' | 'image/png' | 'image/webp';
  width: number;
  height: number;
}

/** How large and in which form a vision model wants its images: what pays, no more. */
export interface ImageNeeds {
  mimeType: EncodedImage['mimeType'];
  /** Longer side at most, pixels; smaller images are never enlarged. */
  maxSide: number;
  /** 1..100 for lossy types. */
  quality: number;
}

export interface VisionQuestion {
  prompt: string;
  /** Null for a question about words alone. */
  image: EncodedImage | null;
  /** JSON Schema (2020-12) of the reply; each adapter turns it into its service's dialect. */
  replyJsonSchema: Record<string, unknown>;
  /** The most that the answer may have, thoughts and all, so that the call cannot cost more; null for the model's own limit. */
  maxOutputTokens: number | null;
}

export interface VisionAnswer {
  /** The reply, parsed as JSON; not yet checked against the schema (the worker does that, the same for all models). */
  json: unknown;
  tokens: { input: number; output: number };
}

/**
 * A model that looks at an image and answers in JSON (`gemini`, `openai`). Makes exactly one request per `ask`: no
 * retries of its own (the engine knows more), and any number of asks may be under way at once.
 */
export interface VisionModel {
  readonly kind: 'vision';
  /** `gemini` or `openai` with the model's own name, e.g. `gemini:gemini-2.5-flash`; shown in results. */
  readonly name: string;
  readonly imageNeeds: ImageNeeds;
  /** Everything about the model and how it is asked that decides its answers; says nothing of the key. */
  readonly identity: string;
  /**
   * @throws CodedError with a `model.*` code; an aborted signal stops the request at the socket and rejects with the
   * signal's reason.
   */
  ask(question: VisionQuestion, signal: AbortSignal): Promise<VisionAnswer>;
  /** Null where no model for it is set up. */
  readonly embedding: EmbeddingModel | null;
  /** Missing where the service takes no batches. */
  readonly batch?: BatchWording;
  close(): Promise<void>;
}

/** How a question is put in a batch, and its answer read. */
export interface BatchWording {
  /** One line of the file. @param id comes back with the answer */
  line(question: VisionQuestion, id: string): string;
  /** @throws CodedError as {@link VisionModel.ask} */
  answer(line: string, question: Pick<VisionQuestion, 'replyJsonSchema'>): VisionAnswer;
}

/** Where texts of like meaning come to lie near each other, by the cosine. Exactly one request per call, as with `ask`. */
export interface EmbeddingModel {
  /** With everything that decides its vectors: those of two names cannot be compared. */
  readonly name: string;
  /** Texts that one request takes. */
  readonly mostTexts: number;
  /**
   * @param use a question is looked for among documents
   * @returns one vector for each text, in their order, all of the same length
   * @throws CodedError as `ask`
   */
  embed(texts: readonly string[], use: EmbeddingUse, signal: AbortSignal): Promise<number[][]>;
}

export type EmbeddingUse = 'document' | 'question';

/** A model that reads the text of an image on this machine. Not safe for concurrent reads: one at a time. */
export interface TextReader {
  readonly kind: 'text';
  readonly name: string;
  /** Looks at the signal between inferences: a native inference under way cannot be interrupted. */
  read(image: RawImage, signal: AbortSignal): Promise<PageText>;
  close(): Promise<void>;
}

export type Model = VisionModel | TextReader;

/** What a worker needs to make its model; plain data, since it crosses into the thread. Never logged: it holds a key. */
export type ModelConfig =
  | { kind: 'local' }
  | { kind: 'gemini'; apiKey: string; baseUrl: string | null; model: string; embeddingModel?: string }
  | { kind: 'openai'; apiKey: string | null; baseUrl: string; model: string; embeddingModel?: string };
