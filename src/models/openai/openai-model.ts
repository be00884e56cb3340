import type {
  ChatCompletionContentPartImage,
  ChatCompletionCreateParamsNonStreaming,
} from 'openai/resources/chat/completions';
import { checkedBaseUrl, hostOf, isSendableKey, underSignal } from '../call-failure.ts';
import { CodedError } from '../../contract/coded-error.ts';
import { OPENAI_IMAGE_NEEDS } from '../image-needs.ts';
import type { EncodedImage, ModelConfig, VisionAnswer, VisionModel, VisionQuestion } from '../port.ts';
import { createClient } from './openai-client.ts';
import { createOpenAiEmbedding } from './openai-embedding.ts';
import { failureInBatch, failureInBody, refuses, toOpenAiFailure } from './openai-errors.ts';
import type { OpenAiTarget } from './openai-errors.ts';
import { answerOf } from './openai-reply.ts';
import { toStrictSchema, withoutAddedNulls } from './openai-schema.ts';

/** Parts of a request that the server was found to refuse; each costs one further request, once. */
interface Refused {
  jsonSchema: boolean;
  temperature: boolean;
}

/**
 * A model on any OpenAI-compatible server (Ollama, vLLM, llama.cpp, LM Studio, OpenAI). One request per ask, apart from
 * the first asks to a server that turns out to refuse a part of it. Without a key no `Authorization` header is sent.
 *
 * @throws CodedError `config.invalid` where the base URL is not a plain http(s) address.
 */
export function createOpenAiModel(config: Extract<ModelConfig, { kind: 'openai' }>): VisionModel {
  const { model } = config;
  const apiKey = config.apiKey === '' ? null : config.apiKey;
  const target: OpenAiTarget = { apiKey, model, host: hostOf(checkedBaseUrl(config.baseUrl, 'OPENAI_BASE_URL')) };
  const client = createClient(apiKey, config.baseUrl);
  const refused: Refused = { jsonSchema: false, temperature: false };

  async function request(question: VisionQuestion, signal: AbortSignal): Promise<VisionAnswer> {
    for (;;) {
      const sentWith = { ...refused };
      try {
        const completion = await client.chat.completions.create(toRequest(question, model, sentWith), { signal });
        return readAnswer(completion, question, sentWith);
      } catch (thrown) {
        // Compared with what this request was sent with: many may be refused at once, each is to be sent again.
        if (!sentWith.jsonSchema && refuses(thrown, 'response_format')) refused.jsonSchema = true;
        else if (!sentWith.temperature && refuses(thrown, 'temperature')) refused.temperature = true;
        else throw toOpenAiFailure(thrown, target);
      }
    }
  }

  function readAnswer(
    completion: unknown,
    question: Pick<VisionQuestion, 'replyJsonSchema'>,
    sentWith: Refused,
  ): VisionAnswer {
    const body = typeof completion === 'object' && completion !== null ? completion : {};
    const error: unknown = Reflect.get(body, 'error');
    if (!('choices' in body) && error !== undefined && error !== null) throw failureInBody(error, target);
    const answer = answerOf(body);
    if (sentWith.jsonSchema) return answer;
    return { ...answer, json: withoutAddedNulls(answer.json, question.replyJsonSchema) };
  }

  return {
    kind: 'vision',
    name: `openai:${model}`,
    imageNeeds: OPENAI_IMAGE_NEEDS,
    identity: JSON.stringify(['openai', config.baseUrl, model, OPENAI_IMAGE_NEEDS, 'temperature 0']),
    async ask(question, signal) {
      if (apiKey !== null && !isSendableKey(apiKey)) throw unsendableKey();
      return underSignal(signal, (own) => request(question, own));
    },
    batch: {
      line(question, id) {
        const body = toRequest(question, model, refused);
        return JSON.stringify({ custom_id: id, method: 'POST', url: '/v1/chat/completions', body });
      },
      answer(line, question) {
        const { response, error } = asBatchLine(line);
        if (response?.status_code === undefined || response.status_code >= 400) {
          throw failureInBatch(response?.status_code ?? null, response?.body ?? error, target);
        }
        // Whether the line was sent with a schema nobody knows any more; without one there is nothing to take out.
        return readAnswer(response.body, question, { jsonSchema: false, temperature: false });
      },
    },
    embedding: createOpenAiEmbedding(client, config, target),
    async close() {},
  };
}

function unsendableKey(): CodedError {
  const detail =
    'The API key holds characters that no key has. Copy it again into OPENAI_API_KEY, without quotes or blanks.';
  return new CodedError('model.keyRefused', detail, { stopsRun: true });
}

function toRequest(question: VisionQuestion, model: string, refused: Refused): ChatCompletionCreateParamsNonStreaming {
  const text = { type: 'text' as const, text: refused.jsonSchema ? promptWithSchema(question) : question.prompt };
  return {
    model,
    messages: [{ role: 'user', content: question.image ? [imagePart(question.image), text] : [text] }],
    response_format: refused.jsonSchema ? { type: 'json_object' } : strictFormat(question.replyJsonSchema),
    ...(refused.temperature ? {} : { temperature: 0 }),
    // Home servers know only the older name of it.
    ...(question.maxOutputTokens === null ? {} : { max_tokens: question.maxOutputTokens }),
  };
}

function imagePart({ bytes, mimeType }: EncodedImage): ChatCompletionContentPartImage {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  return { type: 'image_url', image_url: { url: `data:${mimeType};base64,${data}` } };
}

function strictFormat(schema: Record<string, unknown>): ChatCompletionCreateParamsNonStreaming['response_format'] {
  return { type: 'json_schema', json_schema: { name: 'reply', schema: toStrictSchema(schema), strict: true } };
}

function promptWithSchema({ prompt, replyJsonSchema }: VisionQuestion): string {
  return `${prompt}\n\nAnswer with one JSON object and nothing else. It follows this JSON Schema:\n${JSON.stringify(replyJsonSchema)}`;
}

/** One line of a batch's output, or of its errors. */
interface BatchLine {
  response?: { status_code?: number; body?: unknown } | null;
  error?: unknown;
}

function asBatchLine(line: string): BatchLine {
  const json: unknown = JSON.parse(line);
  return typeof json === 'object' && json !== null ? json : {};
}
