import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { checkedBaseUrl, isSendableKey, redactedCause, underSignal } from './call-failure.ts';

describe('redactedCause', () => {
  it('keeps what helps and loses the secret everywhere in the chain', () => {
    const inner = Object.assign(new Error('header "s3cret" is invalid'), {
      code: 'ECONNRESET',
      headers: { key: 's3cret' },
    });
    const outer = new TypeError('fetch of ?key=s3cret failed', { cause: inner });
    const copy = redactedCause(outer, ['s3cret', null, '']);
    expect(copy).toMatchObject({ name: 'TypeError', message: 'fetch of ?key=[key] failed' });
    expect(copy.cause).toMatchObject({ code: 'ECONNRESET', message: 'header "[key]" is invalid' });
    expect(inspect(copy, { depth: 10, showHidden: true })).not.toContain('s3cret');
  });

  it('copes with loops and with what is no error', () => {
    const loop = new Error('loop');
    loop.cause = loop;
    expect(redactedCause(loop, []).message).toBe('loop');
    expect(redactedCause('s3cret text', ['s3cret']).message).toBe('[key] text');
    expect(redactedCause(undefined, []).message).toBe('undefined');
  });
});

describe('checkedBaseUrl', () => {
  it.each(['nothing', 'ftp://x.test', 'http://user:pass@x.test', 'http://x.test/?key=1', ''])(
    'refuses %j',
    (baseUrl) => {
      expect(() => checkedBaseUrl(baseUrl, 'GEMINI_BASE_URL')).toThrow(
        expect.objectContaining({ code: 'config.invalid', message: expect.stringContaining('GEMINI_BASE_URL') }),
      );
    },
  );

  it('takes an address with a path', () => {
    expect(checkedBaseUrl('https://x.test:8080/proxy/', 'X').pathname).toBe('/proxy/');
  });
});

describe('isSendableKey', () => {
  it('knows what a header can carry', () => {
    expect(isSendableKey('AIza-_0')).toBe(true);
    for (const key of ['', ' ', 'a b', 'a\n', '“quoted”']) expect(isSendableKey(key)).toBe(false);
  });
});

describe('underSignal', () => {
  it("rejects with the signal's reason only where it was aborted", async () => {
    const controller = new AbortController();
    const trouble = new Error('trouble');
    await expect(underSignal(controller.signal, () => Promise.reject(trouble))).rejects.toBe(trouble);
    const waiting = underSignal(
      controller.signal,
      (own) => new Promise((_, reject) => own.addEventListener('abort', reject)),
    );
    controller.abort('enough');
    await expect(waiting).rejects.toBe('enough');
  });
});
