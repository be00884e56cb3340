import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { estimateInputTokens } from './input-tokens.ts';
import type { ModelConfig } from './port.ts';

const gemini = (model: string): ModelConfig => ({ kind: 'gemini', apiKey: 'k', baseUrl: null, model });
const openai = (model: string): ModelConfig => ({ kind: 'openai', apiKey: null, baseUrl: 'http://x/v1', model });
const ofImage = (model: ModelConfig, width: number, height: number): number =>
  estimateInputTokens({ model, image: { width, height }, promptCharacters: 0, schemaCharacters: 0 });

describe('estimateInputTokens', () => {
  it.each([
    ['gemini-2.5-flash', 384, 384, 258],
    ['gemini-2.5-flash', 10, 10, 258],
    // Google's example, 3 × 2, and the whole.
    ['gemini-2.5-flash', 960, 540, 7 * 258],
    ['models/gemini-2.0-flash', 1024, 1024, 5 * 258],
    ['gemini-1.5-pro', 385, 100, 9 * 258],
    // A phone screenshot as it is sent: 2 × 4, and the whole.
    ['gemini-2.5-flash', 945, 2048, 9 * 258],
    ['gemini-3.5-flash-lite', 64, 64, 1089],
    ['gemini-3.5-flash-lite', 1024, 1024, 1089],
    ['gemini-3.5-flash-lite', 1024, 512, 1081],
    ['gemini-3-pro-preview', 2048, 512, 1056],
    ['gemini-4-argon', 945, 2048, 22 * 49],
    ['gemini-flash-latest', 1024, 1024, 1089],
  ])('%s, %i × %i: %i', (model, width, height, tokens) => {
    expect(ofImage(gemini(model), width, height)).toBe(tokens);
    expect(ofImage(openai(`google/${model}`), width, height)).toBe(tokens);
  });

  it.each([
    // The examples of OpenAI's guide.
    ['gpt-4o', 1024, 1024, 765],
    ['gpt-4o-2024-08-06', 2048, 4096, 1105],
    ['gpt-4o', 512, 512, 255],
    ['gpt-4o-mini', 512, 512, 2833 + 5667],
    ['gpt-4.1', 1024, 1024, 765],
    ['gpt-4.1-mini', 1024, 1024, Math.ceil(1024 * 1.62)],
    ['gpt-4.1-mini-2025-04-14', 1800, 2400, Math.ceil(1452 * 1.62)],
    ['gpt-5', 1024, 1024, 70 + 4 * 140],
    ['gpt-5-chat-latest', 1024, 1024, 70 + 4 * 140],
    ['gpt-5.1', 1024, 1024, 70 + 4 * 140],
    ['gpt-5-mini', 1024, 1024, Math.ceil(1024 * 1.62)],
    ['gpt-5-nano', 1024, 1024, Math.ceil(1024 * 2.46)],
    ['gpt-5.1-codex-mini', 1024, 1024, Math.ceil(1024 * 1.62)],
    ['gpt-5.4-mini', 1024, 1024, Math.ceil(1024 * 1.62)],
    ['gpt-5.4', 1080, 1350, 1755],
    ['gpt-5.4', 4000, 4000, 2500 * 1.2],
    ['gpt-5.5', 1792, 1792, Math.ceil(56 * 56 * 1.2)],
    ['gpt-5.6', 8000, 8000, 250 * 250 * 1.2],
    ['o3', 1024, 1024, 75 + 4 * 150],
    ['o4-mini', 1024, 1024, Math.ceil(1024 * 1.72)],
    ['qwen2.5vl', 1120, 1120, 1602],
    ['qwen2.5vl:7b', 827, 1792, 30 * 64 + 2],
    ['llava', 1, 1, 6],
  ])('%s, %i × %i: %i', (model, width, height, tokens) => {
    expect(ofImage(openai(model), width, height)).toBe(tokens);
  });

  it('adds prompt and schema, a token for four characters', () => {
    const image = { width: 100, height: 100 };
    const call = { model: gemini('gemini-2.5-flash'), image, promptCharacters: 4_001, schemaCharacters: 2_000 };
    expect(estimateInputTokens(call)).toBe(258 + 1_501);
  });

  it('reading on this machine has no tokens', () => {
    expect(ofImage({ kind: 'local' }, 1000, 1000)).toBe(0);
  });

  const anyModel = fc.oneof(
    fc.string().map(openai),
    fc.string().map(gemini),
    fc
      .constantFrom('gemini-2.5-flash', 'gemini-3-pro', 'gpt-4o', 'gpt-4o-mini', 'gpt-4.1-nano', 'gpt-5', 'gpt-5.2')
      .map(openai),
    fc.constantFrom('gpt-5.4', 'gpt-5.5', 'gpt-5.6', 'gpt-7', 'o1', 'o4-mini', 'qwen2.5vl').map(openai),
  );
  const side = fc.integer({ min: 1, max: 30_000 });

  it('is a whole number, never 0, and has a bound for what is sent', () => {
    fc.assert(
      fc.property(anyModel, side, side, fc.nat(100_000), (model, width, height, promptCharacters) => {
        const tokens = estimateInputTokens({ model, image: { width, height }, promptCharacters, schemaCharacters: 0 });
        expect(Number.isInteger(tokens)).toBe(true);
        expect(tokens).toBeGreaterThan(0);
        expect(ofImage(model, Math.min(width, 2048), Math.min(height, 2048))).toBeLessThan(60_000);
      }),
    );
  });

  it('twice as large is never clearly cheaper, turned it costs the same', () => {
    fc.assert(
      fc.property(anyModel, side, side, (model, width, height) => {
        const once = ofImage(model, width, height);
        expect(ofImage(model, height, width)).toBe(once);
        expect(ofImage(model, 2 * width, 2 * height)).toBeGreaterThanOrEqual(0.9 * once);
      }),
    );
  });
});
