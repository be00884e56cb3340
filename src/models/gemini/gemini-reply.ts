import { CodedError } from '../../contract/coded-error.ts';
import { paidFor } from '../call-failure.ts';
import type { VisionAnswer } from '../port.ts';
import { parseReplyJson, replyTruncated } from '../reply-json.ts';

/** Why the service withheld an answer, in words. */
const BLOCK_REASONS: Readonly<Record<string, string>> = {
  SAFETY: 'its safety filter objected',
  IMAGE_SAFETY: 'its safety filter objected to the picture',
  RECITATION: 'the answer would have repeated protected text',
  IMAGE_RECITATION: 'the answer would have repeated a protected picture',
  PROHIBITED_CONTENT: 'it takes the picture for prohibited content',
  IMAGE_PROHIBITED_CONTENT: 'it takes the picture for prohibited content',
  BLOCKLIST: 'a word on its block list occurs',
  SPII: 'it found sensitive personal data',
  LANGUAGE: 'it does not support the language',
  MODEL_ARMOR: 'a filter of the account objected',
};

/** The parts of a `generateContent` response that we read; every one of them may be missing. */
interface GeminiResponse {
  candidates?: { content?: { parts?: { text?: unknown; thought?: unknown }[] }; finishReason?: string }[];
  promptFeedback?: { blockReason?: string };
  usageMetadata?: Record<string, unknown>;
}

/** What a response holds, before it is judged. */
export interface GeminiReply {
  /** The text parts of the first candidate, without its thoughts. */
  text: string;
  /** null where there is no candidate. */
  finishReason: string | null;
  /** Set where the question itself was blocked. */
  blockReason: string | null;
  /** Thoughts are billed, and counted here, as output. */
  tokens: { input: number; output: number };
}

/** Reads a response's parts itself: the SDK's `text()` glues thoughts into the answer and throws on blocks. */
export function readGeminiReply(response: unknown): GeminiReply {
  const { candidates, promptFeedback, usageMetadata: usage } = asResponse(response);
  const candidate = Array.isArray(candidates) ? candidates[0] : undefined;
  const parts = Array.isArray(candidate?.content?.parts) ? candidate.content.parts : [];
  const spoken = parts.filter((part) => part.thought !== true && typeof part.text === 'string');
  return {
    text: spoken.map((part) => part.text).join(''),
    finishReason: candidate ? (candidate.finishReason ?? 'STOP') : null,
    blockReason: promptFeedback?.blockReason ?? null,
    tokens: {
      input: count(usage?.['promptTokenCount']),
      output: count(usage?.['candidatesTokenCount']) + count(usage?.['thoughtsTokenCount']),
    },
  };
}

/**
 * @throws CodedError `model.blocked` (never again), `model.truncated`, `model.emptyReply` or `model.replyInvalid` (these
 * can be retried).
 */
export function answerOf(reply: GeminiReply): VisionAnswer {
  return paidFor(reply.tokens, () => readAnswer(reply));
}

function readAnswer(reply: GeminiReply): VisionAnswer {
  const { finishReason, blockReason, tokens } = reply;
  if (blockReason !== null && reply.text === '') throw blocked(blockReason);
  if (finishReason === null) throw empty('Gemini answered without any content.');
  if (Object.hasOwn(BLOCK_REASONS, finishReason)) throw blocked(finishReason);
  if (finishReason === 'MAX_TOKENS') return { json: completeJson(reply.text), tokens };
  if (reply.text.trim() === '') throw empty('Gemini ended its answer before it began.');
  return { json: parseReplyJson(reply.text), tokens };
}

/** At the token limit only a reply that is whole as it stands counts (models then write blanks up to the limit). */
function completeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw replyTruncated();
  }
}

function blocked(reason: string): CodedError {
  const why = BLOCK_REASONS[reason] ?? 'it did not say why';
  return new CodedError(
    'model.blocked',
    `Gemini declined to read this image: ${why}. Type this one in by hand, or try another model.`,
  );
}

function empty(whatHappened: string): CodedError {
  return new CodedError('model.emptyReply', `${whatHappened} Trying again often helps.`, { retryable: true });
}

function asResponse(response: unknown): GeminiResponse {
  return typeof response === 'object' && response !== null ? response : {};
}

function count(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}
