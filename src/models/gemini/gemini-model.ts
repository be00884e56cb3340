import { GoogleGenerativeAI } from '@google/generative-ai';
import type { GenerateContentRequest, Part, ResponseSchema } from '@google/generative-ai';
import { CodedError } from '../../contract/coded-error.ts';
import { checkedBaseUrl, isSendableKey, underSignal } from '../call-failure.ts';
import { GEMINI_IMAGE_NEEDS } from '../image-needs.ts';
import type { EncodedImage, ModelConfig, VisionAnswer, VisionModel, VisionQuestion } from '../port.ts';
import { KEY_REFUSED_DETAIL, toGeminiFailure } from './gemini-errors.ts';
import { createGeminiEmbedding } from './gemini-embedding.ts';
import { answerOf, readGeminiReply } from './gemini-reply.ts';
import { toGeminiSchema } from './gemini-schema.ts';
import type { GeminiSchema } from './gemini-schema.ts';

const GENERATION_CONFIG = { temperature: 0, candidateCount: 1, responseMimeType: 'application/json' } as const;

/**
 * A Gemini model. One request per ask; connections are kept alive and pooled without a cap by Node's own `fetch`.
 * The key travels in a header, never in an address.
 *
 * @throws CodedError `config.invalid` where the base URL is not a plain http(s) address.
 */
export function createGeminiModel(config: Extract<ModelConfig, { kind: 'gemini' }>): VisionModel {
  const { apiKey } = config;
  const modelName = config.model.replace(/^models\//, '');
  const endpoint = config.baseUrl === null ? {} : readEndpoint(config.baseUrl);
  const client = new GoogleGenerativeAI(apiKey);
  const model = client.getGenerativeModel({ model: config.model }, endpoint);
  const schemaOf = schemaCache();

  async function request(question: VisionQuestion, signal: AbortSignal): Promise<VisionAnswer> {
    const content = toRequest(question, schemaOf(question.replyJsonSchema));
    const { response } = await model.generateContent(content, { signal });
    return answerOf(readGeminiReply(response));
  }

  return {
    kind: 'vision',
    name: `gemini:${config.model}`,
    imageNeeds: GEMINI_IMAGE_NEEDS,
    identity: JSON.stringify(['gemini', config.baseUrl, modelName, GEMINI_IMAGE_NEEDS, GENERATION_CONFIG]),
    async ask(question, signal) {
      if (!isSendableKey(apiKey)) throw new CodedError('model.keyRefused', KEY_REFUSED_DETAIL, { stopsRun: true });
      return underSignal(signal, (own) =>
        request(question, own).catch((thrown: unknown) => {
          throw toGeminiFailure(thrown, apiKey, modelName);
        }),
      );
    },
    embedding: createGeminiEmbedding(client, config, endpoint),
    async close() {},
  };
}

/** People set base URLs with and without the API's version; the SDK adds its own, so it is taken off. */
function readEndpoint(baseUrl: string): { baseUrl: string; apiVersion?: string } {
  const url = checkedBaseUrl(baseUrl, 'GEMINI_BASE_URL');
  const path = url.pathname.replace(/\/+$/, '');
  const version = /\/(v1(?:alpha|beta)?)$/.exec(path)?.[1];
  if (version === undefined) return { baseUrl: url.origin + path };
  return { baseUrl: url.origin + path.slice(0, -version.length - 1), apiVersion: version };
}

function toRequest(question: VisionQuestion, schema: GeminiSchema): GenerateContentRequest {
  const text = { text: question.prompt };
  return {
    contents: [{ role: 'user', parts: question.image ? [inlineData(question.image), text] : [text] }],
    generationConfig: {
      ...GENERATION_CONFIG,
      ...(question.maxOutputTokens === null ? {} : { maxOutputTokens: question.maxOutputTokens }),
      // The SDK's own type is older than the API: it knows neither `anyOf` nor `propertyOrdering`, but passes them on.
      responseSchema: schema as unknown as ResponseSchema,
    },
  };
}

function inlineData({ bytes, mimeType }: EncodedImage): Part {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  return { inlineData: { mimeType, data } };
}

/** Every image of a run brings the same schema object: it is converted once. */
function schemaCache(): (schema: Record<string, unknown>) => GeminiSchema {
  const converted = new WeakMap<Record<string, unknown>, GeminiSchema>();
  return (schema) => {
    const known = converted.get(schema);
    if (known !== undefined) return known;
    const fresh = toGeminiSchema(schema);
    converted.set(schema, fresh);
    return fresh;
  };
}
