import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LLMock } from '@copilotkit/aimock';
import { createGeminiModel } from '../../src/models/gemini/gemini-model.ts';
import { httpFetch } from '../../src/models/http-fetch.ts';
import { startGeminiStandIn } from '../support/gemini-stand-in.ts';
import { failureOf, KEY, question } from './vision-model.contract.ts';

const nodeFetch = globalThis.fetch;
// As in the worker threads.
globalThis.fetch = httpFetch;

const signal = new AbortController().signal;

describe('the gemini adapter against aimock, a stand-in that is not ours', () => {
  let mock: LLMock;
  beforeEach(async () => {
    mock = new LLMock({ port: 0 });
    await mock.start();
  });
  afterEach(() => mock.stop());

  function ask() {
    const model = createGeminiModel({ kind: 'gemini', apiKey: KEY, baseUrl: mock.url, model: 'gemini-2.5-flash' });
    return model.ask(question(), signal);
  }

  it('reads its answer and its usage, and is understood', async () => {
    mock.onMessage('Which venue?', {
      content: '{"venue": "The Anchor"}',
      usage: { promptTokenCount: 301, candidatesTokenCount: 9, totalTokenCount: 310 },
    });
    expect(await ask()).toEqual({ json: { venue: 'The Anchor' }, tokens: { input: 301, output: 9 } });
    const [request] = mock.getRequests();
    expect(request?.path).toBe('/v1beta/models/gemini-2.5-flash:generateContent');
    expect(mock.getRequests()).toHaveLength(1);
  });

  it('skips its thoughts', async () => {
    mock.onMessage('Which venue?', { content: '{"venue": null}', reasoning: 'There is {no} sign.' });
    expect((await ask()).json).toEqual({ venue: null });
  });

  it('tells its truncated, blocked and failed replies', async () => {
    mock.onMessage('Which venue?', { content: '{"venue": "The A', finishReason: 'length' });
    expect((await failureOf(ask())).code).toBe('model.truncated');
    mock.clearFixtures();
    mock.onMessage('Which venue?', { content: '', finishReason: 'content_filter' });
    expect((await failureOf(ask())).code).toBe('model.blocked');
    mock.clearFixtures();
    mock.onMessage('Which venue?', { error: { message: 'slow down', type: 'RESOURCE_EXHAUSTED' }, status: 429 });
    expect((await failureOf(ask())).toData()).toMatchObject({ code: 'model.quotaPerMinute', retryable: true });
    mock.clearFixtures();
    mock.onMessage('Which venue?', { error: { message: 'overloaded', type: 'UNAVAILABLE' }, status: 503 });
    expect((await failureOf(ask())).toData()).toMatchObject({ code: 'model.unavailable', signal: 'load' });
  });
});

describe('what the gemini adapter sends', () => {
  it('is one image with one question, its schema in the dialect, temperature 0, the key in a header', async () => {
    await using standIn = await disposable(startGeminiStandIn({ apiKey: KEY, answer: { venue: null } }));
    const model = createGeminiModel({
      kind: 'gemini',
      apiKey: KEY,
      baseUrl: standIn.baseUrl,
      model: 'gemini-2.5-flash',
    });
    await model.ask(question('a'), signal);
    expect(standIn.asks[0]?.body).toMatchObject({
      contents: [
        {
          role: 'user',
          parts: [{ inlineData: { mimeType: 'image/jpeg', data: 'YQ==' } }, { text: 'Which venue?' }],
        },
      ],
      generationConfig: {
        temperature: 0,
        responseMimeType: 'application/json',
        responseSchema: {
          type: 'object',
          properties: { venue: { type: 'string', nullable: true } },
          required: ['venue'],
          propertyOrdering: ['venue'],
        },
      },
    });
    expect(JSON.stringify(standIn.asks[0]?.body)).not.toContain(KEY);
    expect(JSON.stringify(standIn.asks[0]?.body)).not.toContain('additionalProperties');
    expect(model.name).toBe('gemini:gemini-2.5-flash');
  });

  it('is worded anew wherever anything but the image differs, and the same through the fetch of Node', async () => {
    await using standIn = await disposable(startGeminiStandIn({ answer: { venue: null } }));
    const model = createGeminiModel({ kind: 'gemini', apiKey: KEY, baseUrl: standIn.baseUrl, model: 'm' });
    const { image } = question();
    const odd = { ...question('b'), prompt: 'Où? “Here” @image@ $& \\' };
    const questions = [
      question('a'),
      odd,
      { ...question('c'), maxOutputTokens: 300 },
      { ...question('d'), image: image && { ...image, mimeType: 'image/png' as const } },
      { ...question('e'), image: null },
      { ...question('f'), replyJsonSchema: { type: 'object', properties: { host: { type: 'string' } } } },
      question('g'),
    ];
    for (const each of questions) await model.ask(each, signal);
    globalThis.fetch = nodeFetch;
    for (const each of questions) await model.ask(each, signal).finally(() => (globalThis.fetch = httpFetch));
    const bodies = standIn.asks.map(
      ({ body }) => body as { contents: { parts: unknown[] }[]; generationConfig: unknown },
    );
    const words = bodies.map(({ contents, generationConfig }) => ({ contents, generationConfig }));
    expect(words.slice(questions.length)).toEqual(words.slice(0, questions.length));
    expect(words[1]?.contents[0]?.parts).toEqual([
      { inlineData: { mimeType: 'image/jpeg', data: 'Yg==' } },
      { text: odd.prompt },
    ]);
    expect(words[2]?.generationConfig).toMatchObject({ maxOutputTokens: 300 });
    expect(words[4]?.contents[0]?.parts).toEqual([{ text: 'Which venue?' }]);
    expect(new Set(words.map((each) => JSON.stringify(each))).size).toBe(questions.length);
  });

  it.each(['', '/', '/v1beta', '/v1beta/'])('goes to a base URL that ends in %j', async (end) => {
    await using standIn = await disposable(startGeminiStandIn({ answer: { venue: 'x' } }));
    const model = createGeminiModel({ kind: 'gemini', apiKey: KEY, baseUrl: standIn.baseUrl + end, model: 'models/m' });
    expect((await model.ask(question(), signal)).json).toEqual({ venue: 'x' });
    expect(standIn.asks[0]?.model).toBe('m');
  });

  it('refuses a base URL that could carry a key', () => {
    const config = { kind: 'gemini' as const, apiKey: KEY, baseUrl: `http://x.test/?key=${KEY}`, model: 'm' };
    expect(() => createGeminiModel(config)).toThrow(expect.objectContaining({ code: 'config.invalid' }));
  });
});

async function disposable<T extends { close(): Promise<void> }>(starting: Promise<T>): Promise<T & AsyncDisposable> {
  const started = await starting;
  return Object.assign(started, { [Symbol.asyncDispose]: () => started.close() });
}
