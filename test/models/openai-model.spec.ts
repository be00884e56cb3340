import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createOpenAiModel } from '../../src/models/openai/openai-model.ts';
import { startOpenAiStandIn } from '../support/openai-stand-in.ts';
import type { OpenAiStandIn } from '../support/openai-stand-in.ts';
import type { StandInAsk, StandInFault } from '../support/stand-in-types.ts';
import { failureOf, KEY, question } from './vision-model.contract.ts';

const signal = new AbortController().signal;

/** A refusal as servers word it. */
function badRequest(message: string, status = 400): StandInFault {
  return { kind: 'http', status, body: { error: { message, type: 'invalid_request_error', param: null, code: null } } };
}

describe('the openai adapter', () => {
  let standIn: OpenAiStandIn;
  beforeEach(async () => {
    standIn = await startOpenAiStandIn({ answer: { venue: 'The Anchor' } });
  });
  afterEach(() => standIn.close());

  function open(apiKey: string | null = null) {
    return createOpenAiModel({ kind: 'openai', apiKey, baseUrl: standIn.baseUrl, model: 'm' });
  }

  function bodyOf(ask: StandInAsk | undefined) {
    return ask?.body as { response_format: { type: string }; temperature?: number; messages: unknown };
  }

  it('sends the image as data URL, the schema strict, and no key where it has none', async () => {
    await open().ask(question('a'), signal);
    await open(KEY).ask(question('a'), signal);
    expect(standIn.asks.map(({ key }) => key)).toEqual([null, KEY]);
    expect(standIn.asks[0]?.body).toMatchObject({
      model: 'm',
      temperature: 0,
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image_url', image_url: { url: 'data:image/jpeg;base64,YQ==' } },
            { type: 'text', text: 'Which venue?' },
          ],
        },
      ],
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'reply', strict: true, schema: { required: ['venue'], additionalProperties: false } },
      },
    });
  });

  it.each([
    [400, "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model."],
    [422, "[{'loc': ['body', 'response_format', 'type'], 'msg': 'unexpected value'}]"],
  ])('falls back once where the server refuses json_schema with %i', async (status, message) => {
    standIn.set({
      script: (_, ask) =>
        bodyOf(ask).response_format.type === 'json_schema' ? badRequest(message, status) : undefined,
    });
    const model = open();
    expect((await model.ask(question(), signal)).json).toEqual({ venue: 'The Anchor' });
    expect((await model.ask(question(), signal)).json).toEqual({ venue: 'The Anchor' });
    const formats = standIn.asks.map((ask) => bodyOf(ask).response_format.type);
    expect(formats).toEqual(['json_schema', 'json_object', 'json_object']);
    expect(standIn.asks[1]?.prompt).toMatch(/^Which venue\?[^]*"venue"/);
  });

  it('falls back for every call that was under way when the refusal came', async () => {
    standIn.set({
      latencyMs: 50,
      script: (_, ask) =>
        bodyOf(ask).response_format.type === 'json_schema' ? badRequest('no response_format') : undefined,
    });
    const model = open();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => model.ask(question(`${index}`), signal)),
    );
    expect(answers).toHaveLength(20);
  });

  it('does without a temperature where the model takes none', async () => {
    const message = "Unsupported value: 'temperature' does not support 0 with this model.";
    standIn.set({ script: (_, ask) => (bodyOf(ask).temperature === undefined ? undefined : badRequest(message)) });
    expect((await open().ask(question(), signal)).json).toEqual({ venue: 'The Anchor' });
  });

  it('does not fall back for ever', async () => {
    standIn.set({ script: () => badRequest('response_format and temperature are wrong') });
    const failure = await failureOf(open().ask(question(), signal));
    expect(failure.toData()).toMatchObject({ code: 'model.requestRefused', retryable: false });
    expect(standIn.calls).toHaveLength(3);
  });

  it.each([
    [
      'a text model of llama.cpp',
      badRequest('image input is not supported - hint: provide the mmproj', 500),
      'model.requestRefused',
      true,
    ],
    ['a broken image', badRequest('Failed to load image or audio file'), 'image.unreadable', false],
    ['a small context', badRequest('the request exceeds the available context size'), 'model.requestRefused', false],
    ['a model that still loads', badRequest('Loading model', 503), 'model.unavailable', false],
    [
      'an unknown model of Ollama',
      badRequest("model 'm' not found, try pulling it first", 404),
      'model.notFound',
      true,
    ],
    ['a 402', badRequest('Insufficient credits', 402), 'model.accountEmpty', false],
    ['a 401', badRequest('Incorrect API key provided: sk-***', 401), 'model.keyRefused', true],
    [
      'an error inside a 200',
      { kind: 'http', status: 200, body: { error: { code: 429, message: 'slow down' } } },
      'model.quotaPerMinute',
      false,
    ],
  ] as [string, StandInFault, string, boolean][])('tells %s', async (_, fault, code, stopsRun) => {
    standIn.set({ script: () => fault });
    expect((await failureOf(open(KEY).ask(question(), signal))).toData()).toMatchObject({ code, stopsRun });
  });

  it('asks whether the server is running, naming its host and nothing else of the address', async () => {
    const model = open();
    const { port } = standIn;
    await standIn.close();
    const { message } = await failureOf(model.ask(question(), signal));
    expect(message).toContain(`is the server at 127.0.0.1:${port} running?`);
    expect(message).not.toContain('/v1/');
  });
});
