import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toJson, toNullableJson, toText } from './json.ts';

describe('toJson', () => {
  it('leaves JSON that PostgreSQL takes as it is', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), (value) => {
        fc.pre(!JSON.stringify(value).includes('\\u0000'));
        expect(toJson(value)).toBe(JSON.stringify(value));
      }),
    );
  });

  it('replaces NUL and lone surrogates, and nothing else', () => {
    const strings = fc.array(
      fc.constantFrom('\\', 'u', '0000', 'd800', '\0', '\uD83D', '\uDE00', '\n', '"', 'é', '😀'),
    );
    fc.assert(
      fc.property(strings, (parts) => {
        const text = parts.join('');
        expect(JSON.parse(toJson({ [text]: [text] }))).toEqual({ [toText(text)]: [toText(text)] });
      }),
    );
  });

  it('writes what JSON cannot say as null', () => {
    expect(toJson(undefined)).toBe('null');
    expect(toJson(null)).toBe('null');
    expect(toNullableJson(undefined)).toBeNull();
    expect(toNullableJson(null)).toBeNull();
    expect(toNullableJson([])).toBe('[]');
  });
});
