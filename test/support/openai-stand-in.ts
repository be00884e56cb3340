import { startModelStandIn } from './model-stand-in.ts';
import type { AnsweredFault, HttpReply, ModelStandIn, StandInDialect, StandInOptions } from './stand-in-types.ts';

export interface OpenAiStandIn extends ModelStandIn {
  /** What `OPENAI_BASE_URL` takes. */
  readonly baseUrl: string;
}

/** Speaks `POST /v1/chat/completions`, errors worded as api.openai.com words them. */
export async function startOpenAiStandIn(options: StandInOptions = {}): Promise<OpenAiStandIn> {
  const standIn = await startModelStandIn(openAiDialect, options);
  return Object.assign(standIn, { baseUrl: `${standIn.origin}/v1` });
}

interface Part {
  text?: string;
  image_url?: { url: string };
}

const openAiDialect: StandInDialect = {
  read(path, body) {
    if (path !== '/v1/chat/completions') return null;
    const { model = '', messages = [] } = body as { model?: string; messages?: { content: string | Part[] }[] };
    const parts = messages.flatMap(({ content }) => (typeof content === 'string' ? [{ text: content }] : content));
    const url = parts.find((part: Part) => part.image_url !== undefined)?.image_url?.url;
    return {
      model,
      prompt: parts.map((part) => part.text ?? '').join(''),
      image: url === undefined ? null : Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'),
    };
  },
  embed(path, body) {
    if (path !== '/v1/embeddings') return null;
    const { input = [], model = '' } = body as { input?: string[]; model?: string };
    return {
      texts: input,
      reply: (vectors) => {
        const data = vectors.map((embedding, index) => ({ object: 'embedding', index, embedding }));
        const usage = { prompt_tokens: 1, total_tokens: 1 };
        return { status: 200, body: JSON.stringify({ object: 'list', data, model, usage }) };
      },
    };
  },
  keyOf(headers) {
    const header = headers['authorization'];
    return typeof header === 'string' ? header.replace(/^Bearer /, '') : null;
  },
  answer(text, ask, tokens) {
    return completion({ content: text }, 'stop', ask.model, tokens);
  },
  fault(fault, ask, tokens) {
    return openAiFault(fault, ask.model, tokens);
  },
  modelNotFound(model) {
    return error(404, `The model \`${model}\` does not exist or you do not have access to it.`, 'model_not_found');
  },
  pathNotFound() {
    return error(404, 'Invalid URL', null);
  },
};

type Tokens = { input: number; output: number };

function openAiFault(fault: AnsweredFault, model: string, tokens: Tokens): HttpReply {
  switch (fault.kind) {
    case 'quotaPerMinute': {
      const { retryDelayMs = 17_401, limit = 5, unit = 'requests' } = fault;
      const quota = unit === 'requests' ? 'requests per min (RPM)' : 'tokens per min (TPM)';
      const limitInWords = limit === null ? '' : ` Limit ${limit}.`;
      const message = `Rate limit reached for ${model} on ${quota}:${limitInWords} Please try again later.`;
      const reply = error(429, message, 'rate_limit_exceeded');
      if (retryDelayMs === null) return reply;
      return { ...reply, headers: { 'retry-after': String(Math.ceil(retryDelayMs / 1000)) } };
    }
    case 'quotaPerDay': {
      const message = `Rate limit reached for ${model} on requests per day (RPD): Limit ${fault.limit ?? 200}. Please try again in 7m12s.`;
      return { ...error(429, message, 'rate_limit_exceeded'), headers: { 'retry-after': '432' } };
    }
    case 'unavailable':
      return error(fault.status ?? 503, 'The engine is currently overloaded, please try again later', null);
    case 'keyRefused':
      return error(401, 'Incorrect API key provided.', 'invalid_api_key');
    case 'accountEmpty':
      return error(
        429,
        'You exceeded your current quota, please check your plan and billing details.',
        'insufficient_quota',
      );
    case 'truncated':
      return completion({ content: fault.text ?? '{"shows": [{"name": "Karaoke at the' }, 'length', model, tokens);
    case 'blocked':
      return fault.at === 'prompt'
        ? completion({ content: null, refusal: "I'm sorry, I can't help with that." }, 'stop', model, tokens)
        : completion({ content: '' }, 'content_filter', model, tokens);
    case 'empty':
      return completion({ content: '' }, 'stop', model, { ...tokens, output: 0 });
    case 'noCandidate':
      return { status: 200, body: JSON.stringify({ object: 'chat.completion', model, choices: [] }) };
  }
}

function completion(message: object, finishReason: string, model: string, { input, output }: Tokens): HttpReply {
  const body = {
    id: 'chatcmpl-stand-in',
    object: 'chat.completion',
    created: 1_760_000_000,
    model,
    choices: [{ index: 0, message: { role: 'assistant', refusal: null, ...message }, finish_reason: finishReason }],
    usage: { prompt_tokens: input, completion_tokens: output, total_tokens: input + output },
  };
  return { status: 200, body: JSON.stringify(body) };
}

function error(status: number, message: string, code: string | null): HttpReply {
  return { status, body: JSON.stringify({ error: { message, type: code ?? 'server_error', param: null, code } }) };
}
