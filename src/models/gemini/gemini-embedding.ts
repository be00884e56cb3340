import type { EmbedContentRequest, GoogleGenerativeAI, RequestOptions, TaskType } from '@google/generative-ai';
import { underSignal } from '../call-failure.ts';
import { oneForEach } from '../one-for-each.ts';
import type { EmbeddingModel, ModelConfig } from '../port.ts';
import { toGeminiFailure } from './gemini-errors.ts';

/** What a request of `batchEmbedContents` takes. */
const MOST_TEXTS = 100;
/** The model's own 3,072 cost four times the room and are hardly better, says its guide (ai.google.dev/gemini-api/docs/embeddings). */
const DIMENSIONS = 768;
const TASKS = { document: 'RETRIEVAL_DOCUMENT', question: 'RETRIEVAL_QUERY' } as const;

/** Null where the configuration names no model for it. */
export function createGeminiEmbedding(
  client: GoogleGenerativeAI,
  config: Extract<ModelConfig, { kind: 'gemini' }>,
  endpoint: RequestOptions,
): EmbeddingModel | null {
  const { embeddingModel, apiKey } = config;
  if (embeddingModel === undefined) return null;
  const model = client.getGenerativeModel({ model: embeddingModel }, endpoint);
  return {
    name: `gemini:${embeddingModel}:${DIMENSIONS}`,
    mostTexts: MOST_TEXTS,
    async embed(texts, use, signal) {
      const requests = texts.map((text) => ({
        content: { role: 'user', parts: [{ text }] },
        // The SDK's enum has the same words as its values.
        taskType: TASKS[use] as TaskType,
        // The SDK's own type is older than this, but it is passed on.
        outputDimensionality: DIMENSIONS,
        model: `models/${embeddingModel.replace(/^models\//, '')}`,
      })) satisfies EmbedContentRequest[];
      const { embeddings } = await underSignal(signal, (own) =>
        model.batchEmbedContents({ requests }, { signal: own }).catch((thrown: unknown) => {
          throw toGeminiFailure(thrown, apiKey, embeddingModel);
        }),
      );
      return oneForEach(texts, Array.isArray(embeddings) ? embeddings.map(({ values }) => values) : null);
    },
  };
}
