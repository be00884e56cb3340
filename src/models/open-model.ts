import type { BatchService } from './batch-port.ts';
import type { Model, ModelConfig } from './port.ts';

/**
 * Makes the model that a thread works with. Each adapter is loaded only when it is the one asked for: the local reader's
 * native library costs 50 MB that a remote run does not need.
 */
export async function openModel(config: ModelConfig): Promise<Model> {
  switch (config.kind) {
    case 'local': {
      const { createLocalTextReader } = await import('./local/text-reader.ts');
      return createLocalTextReader();
    }
    case 'gemini': {
      const { createGeminiModel } = await import('./gemini/gemini-model.ts');
      return createGeminiModel(config);
    }
    case 'openai': {
      const { createOpenAiModel } = await import('./openai/openai-model.ts');
      return createOpenAiModel(config);
    }
  }
}

/** The batches of a model's service. Loaded when they are first asked for: most runs have none. */
export async function openBatches(config: Extract<ModelConfig, { kind: 'openai' }>): Promise<BatchService> {
  const { createOpenAiBatches } = await import('./openai/openai-batches.ts');
  return createOpenAiBatches(config);
}

/** The name a result shows for a model: which service, which model; never a key or an address. */
export function modelName(config: ModelConfig): string {
  return config.kind === 'local' ? 'local' : `${config.kind}:${config.model}`;
}
