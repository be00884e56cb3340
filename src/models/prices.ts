import type { ModelPrice as TablePrice } from '@pydantic/genai-prices';
import type { ModelConfig } from './port.ts';

/** List prices of one model, in US dollars for one token. */
export interface ModelPrice {
  inputUsdPerToken: number;
  /** What a model thinks is billed like what it says, and is counted in the same number. */
  outputUsdPerToken: number;
}

/**
 * The version of `@pydantic/genai-prices` that is installed, and the day it was published. The table itself carries no
 * date; a spec fails when the version changes, so that the day is changed with it.
 */
export const PRICE_TABLE_VERSION = '0.1.8';
export const PRICE_TABLE_DATE = '2026-09-23';

/**
 * What a model costs by the table that is installed: no request is made, and the table is never told to renew itself.
 * The prices are those of small calls (a long context costs more with some models; ours are far below it), of today
 * (some change by date or hour), without discounts for cached or batched input.
 *
 * Null where the table does not know: a server at home, a new model, a name such as `gemini-flash-latest` that stands for
 * a changing one. Zero is for reading on this machine, and for models that are given away.
 *
 * The table is loaded when it is first asked for (35 ms, 19 MB): a thread that only makes calls has no use for it.
 */
export async function priceOf(config: ModelConfig): Promise<ModelPrice | null> {
  if (config.kind === 'local') return { inputUsdPerToken: 0, outputUsdPerToken: 0 };
  const { calcPrice } = await import('@pydantic/genai-prices');
  const model = config.model.replace(/^models\//, '');
  try {
    return toPrice(calcPrice({ input_tokens: 1, output_tokens: 1 }, model, providerOf(config))?.model_price);
  } catch {
    // An entry of the table that does not fit together is one that is not known.
    return null;
  }
}

type Remote = Exclude<ModelConfig, { kind: 'local' }>;

/** Gemini is Google's, whatever address a proxy has; an OpenAI-compatible server is known by its address alone. */
function providerOf(config: Remote): { providerId: string } | { providerApiUrl: string } {
  if (config.kind === 'gemini') return { providerId: 'google' };
  // The table's patterns know lower case only; an address that is none matches none of them.
  return { providerApiUrl: URL.canParse(config.baseUrl) ? new URL(config.baseUrl).href : 'none:' };
}

function toPrice(price: TablePrice | undefined): ModelPrice | null {
  const input = usdPerToken(price?.['input_mtok']);
  const output = usdPerToken(price?.['output_mtok']);
  return input === null || output === null ? null : { inputUsdPerToken: input, outputUsdPerToken: output };
}

function usdPerToken(perMillion: TablePrice[string]): number | null {
  if (perMillion === undefined) return null;
  return (typeof perMillion === 'number' ? perMillion : perMillion.base) / 1_000_000;
}
