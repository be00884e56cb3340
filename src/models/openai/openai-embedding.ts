import type OpenAI from 'openai';
import { underSignal } from '../call-failure.ts';
import { oneForEach } from '../one-for-each.ts';
import type { EmbeddingModel, ModelConfig } from '../port.ts';
import { toOpenAiFailure, type OpenAiTarget } from './openai-errors.ts';

/** OpenAI takes 2,048; servers at home compute them one after another, and a request shall not take minutes. */
const MOST_TEXTS = 100;

/** Null where the configuration names no model for it. */
export function createOpenAiEmbedding(
  client: OpenAI,
  config: Extract<ModelConfig, { kind: 'openai' }>,
  target: OpenAiTarget,
): EmbeddingModel | null {
  const { embeddingModel, baseUrl } = config;
  if (embeddingModel === undefined) return null;
  return {
    name: `openai:${baseUrl}:${embeddingModel}`,
    mostTexts: MOST_TEXTS,
    // No difference between documents and questions in this API.
    async embed(texts, _use, signal) {
      const { data } = await underSignal(signal, (own) =>
        client.embeddings
          .create({ model: embeddingModel, input: [...texts], encoding_format: 'float' }, { signal: own })
          .catch((thrown: unknown) => {
            throw toOpenAiFailure(thrown, { ...target, model: embeddingModel });
          }),
      );
      const vectors = data.toSorted((one, other) => one.index - other.index).map(({ embedding }) => embedding);
      return oneForEach(texts, vectors);
    },
  };
}
