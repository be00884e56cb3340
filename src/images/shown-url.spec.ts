import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { shownUrl } from './shown-url.ts';

describe('shownUrl', () => {
  it.each([
    ['https://example.com/a/b.jpg?w=300', 'https://example.com/a/b.jpg?w=300'],
    ['https://user:secret@example.com/a.jpg', 'https://example.com/a.jpg'],
    ['http://cdn.example/x?size=2&X-Amz-Signature=abc&Key=k', 'http://cdn.example/x?size=2&X-Amz-Signature=…&Key=…'],
    ['https://example.com/a#access_token=1', 'https://example.com/a'],
    ['http://user:secret@', 'http://'],
    ['no address', 'no address'],
    ['a\nb\u202ec\u0000', 'abc'],
    ['', 'address'],
  ])('%s', (url, shown) => expect(shownUrl(url)).toBe(shown));

  it('shows no password and no token, on one line, whatever is around them', () => {
    const word = fc.stringMatching(/^[a-z]{1,8}$/);
    const cases = fc.property(word, word, fc.webPath(), fc.string({ unit: 'binary' }), (user, host, path, rest) => {
      const secret = 'S3cretV4lue';
      for (const url of [
        `https://${user}:${secret}@${host}.example${path}`,
        `https://${host}.example${path}?token=${secret}&q=1`,
        `http://${user}:${secret}@${host}.example:99999/`,
      ]) {
        expect(shownUrl(url)).not.toContain(secret);
      }
      expect(shownUrl(rest)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
      expect(shownUrl(rest).length).toBeGreaterThan(0);
    });
    fc.assert(cases, { numRuns: 300 });
  });
});
