import type { ChatCompletion } from 'openai/resources/chat/completions';
import { CodedError } from '../../contract/coded-error.ts';
import { paidFor } from '../call-failure.ts';
import type { VisionAnswer } from '../port.ts';
import { parseReplyJson, replyTruncated } from '../reply-json.ts';

/** What compatible servers really send: any part may be missing. */
type LooseCompletion = { [K in keyof ChatCompletion]?: ChatCompletion[K] | null };

/**
 * @throws CodedError `model.blocked` (never again), `model.truncated`, `model.emptyReply` or `model.replyInvalid` (these
 * can be retried).
 */
export function answerOf(completion: LooseCompletion): VisionAnswer {
  const tokens = tokensOf(completion);
  return paidFor(tokens, () => readAnswer(completion, tokens));
}

function readAnswer(completion: LooseCompletion, tokens: VisionAnswer['tokens']): VisionAnswer {
  const choice = Array.isArray(completion.choices) ? completion.choices[0] : undefined;
  if (choice === undefined) throw empty();
  if (choice.finish_reason === 'content_filter') throw blocked('a content filter objected');
  const message: Partial<typeof choice.message> = choice.message ?? {};
  if (typeof message.refusal === 'string' && message.refusal !== '') throw blocked('it refused');
  const text = typeof message.content === 'string' ? message.content : '';
  if (choice.finish_reason === 'length') return { json: completeJson(text), tokens };
  if (text.trim() === '') throw empty();
  return { json: parseReplyJson(text), tokens };
}

function tokensOf({ usage }: LooseCompletion): VisionAnswer['tokens'] {
  return { input: usage?.prompt_tokens ?? 0, output: usage?.completion_tokens ?? 0 };
}

/** At the token limit only a reply that is whole as it stands counts (models then write blanks up to the limit). */
function completeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw replyTruncated();
  }
}

function blocked(why: string): CodedError {
  return new CodedError(
    'model.blocked',
    `The model declined to read this image: ${why}. Type this one in by hand, or try another model.`,
  );
}

function empty(): CodedError {
  return new CodedError('model.emptyReply', 'The model answered without any content. Trying again often helps.', {
    retryable: true,
  });
}
