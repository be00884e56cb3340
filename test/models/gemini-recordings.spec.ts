import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CodedError } from '../../src/contract/coded-error.ts';
import { createGeminiModel } from '../../src/models/gemini/gemini-model.ts';
import { readGeminiReply } from '../../src/models/gemini/gemini-reply.ts';
import type { VisionAnswer } from '../../src/models/port.ts';
import { startGeminiStandIn } from '../support/gemini-stand-in.ts';
import type { GeminiStandIn } from '../support/gemini-stand-in.ts';
import { KEY, question } from './vision-model.contract.ts';

interface RecordedPart {
  text?: string;
  thought?: boolean;
}
interface RecordedBody {
  candidates: { finishReason: string; content?: { parts?: RecordedPart[] } }[];
  usageMetadata: { promptTokenCount: number; candidatesTokenCount?: number; thoughtsTokenCount?: number };
}
interface Recording {
  name: string;
  status: number;
  body: RecordedBody;
}

const folder = new URL('../../../shared/data/gemini-recordings/', import.meta.url);
const withShared = existsSync(folder) ? describe : describe.skip;
const recordings = existsSync(folder) ? readRecordings() : [];

/** Every non-streaming generateContent interaction. */
function readRecordings(): Recording[] {
  return readdirSync(folder).flatMap((file) => {
    const { interactions } = JSON.parse(readFileSync(new URL(encodeURIComponent(file), folder), 'utf8')) as {
      interactions: { request: { url: string }; response: { statusCode: number; bodySegments: [RecordedBody] } }[];
    };
    return interactions
      .filter(({ request }) => request.url.endsWith(':generateContent'))
      .map(({ response }, index) => ({
        name: `${file.replace(/\.json$/, '')} #${index}`,
        status: response.statusCode,
        body: response.bodySegments[0],
      }));
  });
}

withShared('recordings of the real service', () => {
  let standIn: GeminiStandIn;
  beforeAll(async () => {
    standIn = await startGeminiStandIn();
  });
  afterAll(() => standIn.close());

  async function ask({ status, body }: Recording): Promise<VisionAnswer | CodedError> {
    standIn.set({ script: () => ({ kind: 'http', status, body }) });
    const model = createGeminiModel({ kind: 'gemini', apiKey: KEY, baseUrl: standIn.baseUrl, model: 'm' });
    return model.ask(question(), new AbortController().signal).catch((thrown: unknown) => {
      if (thrown instanceof CodedError) return thrown;
      throw thrown;
    });
  }

  it('are there', () => {
    expect(recordings.length).toBeGreaterThan(30);
  });

  it.each(recordings)('$name', async (recording) => {
    const { candidates, usageMetadata: usage } = recording.body;
    const [candidate] = candidates;
    const spoken = (candidate?.content?.parts ?? []).filter((part) => part.text !== undefined && !part.thought);
    const text = spoken.map((part) => part.text).join('');
    const tokens = {
      input: usage.promptTokenCount,
      output: (usage.candidatesTokenCount ?? 0) + (usage.thoughtsTokenCount ?? 0),
    };
    expect(readGeminiReply(recording.body)).toMatchObject({ text, tokens, finishReason: candidate?.finishReason });

    const result = await ask(recording);
    if (isJson(text)) expect(result).toEqual({ json: JSON.parse(text), tokens });
    else if (candidate?.finishReason === 'MAX_TOKENS') expect(result).toMatchObject({ code: 'model.truncated' });
    else if (text.trim() === '') expect(result).toMatchObject({ code: 'model.emptyReply' });
    else expect(result).toMatchObject({ code: 'model.replyInvalid', retryable: true });
  });

  it('hold two replies by a schema, both read', async () => {
    const bySchema = recordings.filter(({ name }) => name.includes('with_given_valid_json_schema'));
    expect(bySchema).toHaveLength(2);
    for (const recording of bySchema) {
      const result = await ask(recording);
      expect(result).toMatchObject({ json: { simpleString: expect.any(String), simpleBoolean: expect.any(Boolean) } });
    }
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
