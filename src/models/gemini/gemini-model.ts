import { GoogleGenerativeAI } from '@google/generative-ai';
import { CodedError } from '../../contract/coded-error.ts';
import { checkedBaseUrl, isSendableKey, underSignal } from '../call-failure.ts';
import { httpFetch, withBody } from '../http-fetch.ts';
import { GEMINI_IMAGE_NEEDS } from '../image-needs.ts';
import type { ModelConfig, VisionAnswer, VisionModel, VisionQuestion } from '../port.ts';
import { KEY_REFUSED_DETAIL, toGeminiFailure } from './gemini-errors.ts';
import { createGeminiEmbedding } from './gemini-embedding.ts';
import { GENERATION_CONFIG, GeminiWording } from './gemini-question.ts';
import { answerOf, readGeminiReply } from './gemini-reply.ts';

/** What the SDK is given to word where the bytes that are sent are ours. */
const NOTHING = { contents: [] };

/**
 * A Gemini model. One request per ask; in a thread of the pool the SDK's `fetch` is `httpFetch`.
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
  const wording = new GeminiWording();

  async function request(question: VisionQuestion, signal: AbortSignal): Promise<VisionAnswer> {
    // Node's own `fetch` knows nothing of bodies that are put in place.
    const { response } = await (globalThis.fetch === httpFetch
      ? withBody(wording.bytes(question), (customHeaders) => model.generateContent(NOTHING, { signal, customHeaders }))
      : model.generateContent(wording.request(question), { signal }));
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
