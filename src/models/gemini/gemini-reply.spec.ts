import { describe, expect, it } from '@jest/globals';
import { answerOf, readGeminiReply } from './gemini-reply.ts';

const USAGE = { promptTokenCount: 100, candidatesTokenCount: 20, thoughtsTokenCount: 5 };

function response(candidate: object) {
  return { candidates: [candidate], usageMetadata: USAGE };
}

describe('readGeminiReply', () => {
  it('joins the parts without the thoughts, and counts thoughts as output', () => {
    const parts = [{ text: 'Let me see [', thought: true }, { text: '{"a"' }, { functionCall: {} }, { text: ': 1}' }];
    const reply = readGeminiReply(response({ content: { parts }, finishReason: 'STOP' }));
    expect(reply).toEqual({
      text: '{"a": 1}',
      finishReason: 'STOP',
      blockReason: null,
      tokens: { input: 100, output: 25 },
    });
    expect(answerOf(reply)).toEqual({ json: { a: 1 }, tokens: { input: 100, output: 25 } });
  });

  it.each([null, 1, 'x', [], {}, { candidates: 'x' }, { candidates: [] }])('finds no candidate in %j', (body) => {
    const reply = readGeminiReply(body);
    expect(reply).toEqual({ text: '', finishReason: null, blockReason: null, tokens: { input: 0, output: 0 } });
    expect(() => answerOf(reply)).toThrow(expect.objectContaining({ code: 'model.emptyReply', retryable: true }));
  });
});

describe('answerOf', () => {
  const text = (words: string) => ({ content: { parts: [{ text: words }] } });
  const cases: [string, object, string, boolean][] = [
    ['an empty STOP', { content: {}, finishReason: 'STOP' }, 'model.emptyReply', true],
    ['blanks only', { ...text(' \n'), finishReason: 'STOP' }, 'model.emptyReply', true],
    ['MAX_TOKENS', { ...text('{"a": [1,'), finishReason: 'MAX_TOKENS' }, 'model.truncated', true],
    ['MAX_TOKENS without a word', { finishReason: 'MAX_TOKENS' }, 'model.truncated', true],
    [
      'MAX_TOKENS that could be repaired',
      { ...text('{"a": [1,]}'), finishReason: 'MAX_TOKENS' },
      'model.truncated',
      true,
    ],
    ['SAFETY', { finishReason: 'SAFETY' }, 'model.blocked', false],
    ['SAFETY after some words', { ...text('{"a": 1}'), finishReason: 'SAFETY' }, 'model.blocked', false],
    ['RECITATION', { finishReason: 'RECITATION' }, 'model.blocked', false],
    ['PROHIBITED_CONTENT', { finishReason: 'PROHIBITED_CONTENT' }, 'model.blocked', false],
    ['OTHER', { finishReason: 'OTHER' }, 'model.emptyReply', true],
    ['MALFORMED_RESPONSE', { ...text('{"a" 1 2'), finishReason: 'MALFORMED_RESPONSE' }, 'model.truncated', true],
  ];
  it.each(cases)('tells %s', (_, candidate, code, retryable) => {
    expect(() => answerOf(readGeminiReply(response(candidate)))).toThrow(expect.objectContaining({ code, retryable }));
  });

  it('takes a reply that is whole although blanks ran on to the limit', () => {
    const reply = readGeminiReply(response({ ...text(`{"a": 1}${'\n'.repeat(50)}`), finishReason: 'MAX_TOKENS' }));
    expect(answerOf(reply).json).toEqual({ a: 1 });
  });

  it('tells a blocked question, and a reason it does not know', () => {
    for (const blockReason of ['SAFETY', 'PROHIBITED_CONTENT', 'SOMETHING_NEW']) {
      const reply = readGeminiReply({ promptFeedback: { blockReason } });
      expect(() => answerOf(reply)).toThrow(expect.objectContaining({ code: 'model.blocked', retryable: false }));
    }
  });
});
