import { startModelStandIn } from './model-stand-in.ts';
import type {
  AnsweredFault,
  HttpReply,
  ModelStandIn,
  StandInDialect,
  StandInOptions,
  StandInTokens as Tokens,
} from './stand-in-types.ts';

export type GeminiStandInOptions = StandInOptions;

export interface GeminiStandIn extends ModelStandIn {
  /** What `GEMINI_BASE_URL` takes. */
  readonly baseUrl: string;
}

/** Speaks `POST /v1beta/models/:model:generateContent`, errors worded as the service words them. */
export async function startGeminiStandIn(options: GeminiStandInOptions = {}): Promise<GeminiStandIn> {
  const standIn = await startModelStandIn(geminiDialect, options);
  return Object.assign(standIn, { baseUrl: standIn.origin });
}

const TYPE = 'type.googleapis.com/google.rpc.';

interface QuotaName {
  quotaId: string;
  quotaMetric: string;
}

const METRIC_PREFIX = 'generativelanguage.googleapis.com/generate_content_free_tier_';
const QUOTAS = {
  requestsPerMinute: {
    quotaId: 'GenerateRequestsPerMinutePerProjectPerModel-FreeTier',
    quotaMetric: `${METRIC_PREFIX}requests`,
  },
  inputTokensPerMinute: {
    quotaId: 'GenerateContentInputTokensPerModelPerMinute-FreeTier',
    quotaMetric: `${METRIC_PREFIX}input_token_count`,
  },
  requestsPerDay: {
    quotaId: 'GenerateRequestsPerDayPerProjectPerModel-FreeTier',
    quotaMetric: `${METRIC_PREFIX}requests`,
  },
} as const satisfies Record<string, QuotaName>;

const geminiDialect: StandInDialect = {
  read(path, body) {
    const model = /^\/v1(?:alpha|beta)?\/(?:models|tunedModels)\/([^:/?]+):generateContent(?:\?|$)/.exec(path)?.[1];
    if (model === undefined) return null;
    const { contents = [] } = body as { contents?: { parts?: GeminiPart[] }[] };
    const parts = contents.flatMap((content) => content.parts ?? []);
    const data = parts.find((part) => part.inlineData !== undefined)?.inlineData?.data;
    return {
      model: decodeURIComponent(model),
      prompt: parts.map((part) => part.text ?? '').join(''),
      image: data === undefined ? null : Buffer.from(data, 'base64'),
    };
  },
  embed(path, body) {
    if (!/^\/v1(?:alpha|beta)?\/models\/[^:/?]+:batchEmbedContents(?:\?|$)/.test(path)) return null;
    const { requests = [] } = body as { requests?: { content: { parts: { text: string }[] } }[] };
    return {
      texts: requests.map(({ content }) => content.parts.map(({ text }) => text).join('')),
      reply: (vectors) => ({
        status: 200,
        body: JSON.stringify({ embeddings: vectors.map((values) => ({ values })) }),
      }),
    };
  },
  keyOf(headers) {
    const key = headers['x-goog-api-key'];
    return typeof key === 'string' ? key : null;
  },
  answer(text, ask, tokens) {
    return candidate({ content: { parts: [{ text }], role: 'model' }, finishReason: 'STOP' }, ask.model, tokens);
  },
  fault(fault, ask, tokens) {
    return geminiFault(fault, ask.model, tokens);
  },
  modelNotFound(model) {
    const message = `models/${model} is not found for API version v1beta, or is not supported for generateContent. Call ListModels to see the list of available models and their supported methods.`;
    return error(404, 'NOT_FOUND', message);
  },
  pathNotFound() {
    return { status: 404, body: '' };
  },
};

interface GeminiPart {
  text?: string;
  inlineData?: { data: string };
}

function geminiFault(fault: AnsweredFault, model: string, tokens: Tokens): HttpReply {
  switch (fault.kind) {
    case 'quotaPerMinute': {
      const { unit = 'requests', limit = 5, retryDelayMs = 17_401 } = fault;
      return quota(QUOTAS[`${unit}PerMinute`], limit, retryDelayMs, model);
    }
    case 'quotaPerDay':
      return quota(QUOTAS.requestsPerDay, fault.limit ?? 20, 17_401, model);
    case 'unavailable':
      return unavailable(fault.status ?? 503);
    case 'keyRefused':
      return keyRefused();
    case 'accountEmpty':
      return error(402, 'RESOURCE_EXHAUSTED', 'Your Prepay credit balance is depleted.');
    case 'truncated': {
      const text = fault.text ?? '{"shows": [{"name": "Karaoke at the';
      return candidate({ content: { parts: [{ text }], role: 'model' }, finishReason: 'MAX_TOKENS' }, model, tokens);
    }
    case 'blocked':
      return blocked(fault, model, tokens);
    case 'empty':
      return candidate({ content: { role: 'model' }, finishReason: 'STOP' }, model, { ...tokens, output: 0 });
    case 'noCandidate':
      return response({}, model, { ...tokens, output: 0 });
  }
}

function blocked(fault: Extract<AnsweredFault, { kind: 'blocked' }>, model: string, tokens: Tokens): HttpReply {
  const reason = fault.reason ?? (fault.at === 'prompt' ? 'PROHIBITED_CONTENT' : 'SAFETY');
  const spent = { ...tokens, output: 0 };
  if (fault.at === 'prompt') return response({ promptFeedback: { blockReason: reason } }, model, spent);
  return candidate({ finishReason: reason }, model, spent);
}

function candidate(content: object, model: string, tokens: Tokens): HttpReply {
  return response({ candidates: [{ ...content, index: 0 }] }, model, tokens);
}

function response(content: object, model: string, { input, output }: Tokens): HttpReply {
  const usageMetadata = {
    promptTokenCount: input,
    ...(output > 0 ? { candidatesTokenCount: output } : {}),
    totalTokenCount: input + output,
    promptTokensDetails: [{ modality: 'IMAGE', tokenCount: input }],
  };
  return { status: 200, body: JSON.stringify({ ...content, usageMetadata, modelVersion: model }) };
}

function error(code: number, status: string, message: string, details?: unknown[]): HttpReply {
  return { status: code, body: JSON.stringify({ error: { code, message, status, ...(details ? { details } : {}) } }) };
}

function unavailable(status: 500 | 502 | 503 | 504): HttpReply {
  const words = {
    500: ['INTERNAL', 'An internal error has occurred. Please retry.'],
    502: ['INTERNAL', 'Bad gateway.'],
    503: ['UNAVAILABLE', 'The model is overloaded. Please try again later.'],
    504: ['DEADLINE_EXCEEDED', 'Deadline expired before operation could complete.'],
  } as const;
  const [name, message] = words[status];
  return error(status, name, message);
}

function keyRefused(): HttpReply {
  const message = 'API key not valid. Please pass a valid API key.';
  return error(400, 'INVALID_ARGUMENT', message, [
    {
      '@type': `${TYPE}ErrorInfo`,
      reason: 'API_KEY_INVALID',
      domain: 'googleapis.com',
      metadata: { service: 'generativelanguage.googleapis.com' },
    },
    { '@type': `${TYPE}LocalizedMessage`, locale: 'en-US', message },
  ]);
}

/**
 * The wait is in the body only, never in a Retry-After header; a daily quota carries a short one, too. What is null is
 * not said anywhere.
 */
function quota({ quotaId, quotaMetric }: QuotaName, limit: number | null, retryMs: number | null, model: string) {
  const limitInWords = limit === null ? '' : ` limit: ${limit},`;
  const retryInWords = retryMs === null ? '' : `\nPlease retry in ${inWords(retryMs)}.`;
  const message =
    'You exceeded your current quota, please check your plan and billing details. For more information on this error, ' +
    'head to: https://ai.google.dev/gemini-api/docs/rate-limits. To monitor your current usage, head to: ' +
    `https://ai.dev/rate-limit. \n* Quota exceeded for metric: ${quotaMetric},${limitInWords} model: ${model}` +
    retryInWords;
  const violation = {
    quotaMetric,
    quotaId,
    quotaDimensions: { location: 'global', model },
    ...(limit === null ? {} : { quotaValue: String(limit) }),
  };
  return error(429, 'RESOURCE_EXHAUSTED', message, [
    {
      '@type': `${TYPE}Help`,
      links: [
        { description: 'Learn more about Gemini API quotas', url: 'https://ai.google.dev/gemini-api/docs/rate-limits' },
      ],
    },
    { '@type': `${TYPE}QuotaFailure`, violations: [violation] },
    ...(retryMs === null ? [] : [{ '@type': `${TYPE}RetryInfo`, retryDelay: `${Math.floor(retryMs / 1000)}s` }]),
  ]);
}

function inWords(ms: number): string {
  return ms < 1_000 ? `${ms.toFixed(3)}ms` : `${(ms / 1_000).toFixed(6)}s`;
}
