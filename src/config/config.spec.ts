import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { CodedError } from '../contract/coded-error.ts';
import { readConfig } from './config.ts';

describe('readConfig', () => {
  it('works with nothing set: reads on this machine, on loopback', () => {
    expect(readConfig({}, {})).toMatchObject({
      model: { kind: 'local' },
      port: 3000,
      host: '127.0.0.1',
      maxUploadBytes: 20 * 2 ** 20,
      maxImagesPerRun: { admin: 500, public: 20 },
      databaseUrl: null,
      cacheHours: 168,
      modelRpm: null,
      modelTpm: null,
      ground: null,
      fetchesPerMinute: 600,
    });
  });

  it('holds answers against the print unless it is told not to', () => {
    expect(readConfig({}, { GROUND: 'off' }).ground).toBe(false);
    expect(readConfig({}, { GROUND: '' }).ground).toBeNull();
    expect(() => readConfig({}, { GROUND: 'perhaps' })).toThrow(/GROUND/);
  });

  it('takes what the account allows, and how long answers are kept', () => {
    const read = readConfig({}, { MODEL_RPM: '1000', MODEL_TPM: '4000000', CACHE_HOURS: '0' });
    expect(read).toMatchObject({ modelRpm: 1_000, modelTpm: 4_000_000, cacheHours: 0 });
    expect(readConfig({}, { CACHE_HOURS: '8760' }).cacheHours).toBe(8_760);
    expect(readConfig({}, { CACHE_HOURS: ' ', MODEL_RPM: '', MODEL_TPM: '' })).toMatchObject({
      cacheHours: 168,
      modelRpm: null,
      modelTpm: null,
    });
  });

  it.each([
    ['CACHE_HOURS', ['-1', '8761', '1.5', 'for ever', 'Infinity']],
    ['FETCHES_PER_MINUTE', ['0', '-1', '1.5', 'many', '100001']],
    ['MODEL_RPM', ['0', '-1', '2.5', 'many', 'NaN']],
    ['MODEL_TPM', ['0', '-1', '2.5', '4M', '1_000']],
  ])('%s is a whole number within its bounds', (name, values) => {
    for (const value of values) expect(() => readConfig({}, { [name]: value })).toThrow(`${name}: `);
  });

  it('auto prefers gemini where a key is set, then openai where a base URL is set', () => {
    const openai = { OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1', OPENAI_MODEL: 'llava' };
    expect(readConfig({}, { GEMINI_API_KEY: 'k', ...openai }).model?.kind).toBe('gemini');
    expect(readConfig({}, openai).model).toMatchObject({ kind: 'openai', model: 'llava', apiKey: null });
    expect(readConfig({}, { ...openai, MODEL: 'local' }).model?.kind).toBe('local');
  });

  it('a second model is nobody, or the other one of the two', () => {
    const openai = { OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1', OPENAI_MODEL: 'llava' };
    const both = { GEMINI_API_KEY: 'k', ...openai };
    expect(readConfig({}, both)).toMatchObject({ fallback: null, fallbackProblem: null });
    expect(readConfig({}, { ...both, FALLBACK_MODEL: 'openai' }).fallback).toMatchObject({ kind: 'openai' });
    expect(readConfig({}, { ...both, MODEL: 'openai', FALLBACK_MODEL: 'gemini' }).fallback?.kind).toBe('gemini');
    expect(readConfig({}, { ...both, FALLBACK_MODEL: 'gemini' }).fallbackProblem).toMatch(/the first model already/);
    expect(readConfig({ model: 'openai' }, { ...both, FALLBACK_MODEL: 'openai' })).toMatchObject({
      fallback: null,
      fallbackProblem: null,
    });
    expect(readConfig({}, { GEMINI_API_KEY: 'k', FALLBACK_MODEL: 'openai' }).fallbackProblem).toBe(
      'FALLBACK_MODEL is openai: neither OPENAI_BASE_URL nor OPENAI_API_KEY is set.',
    );
    expect(readConfig({}, { MODEL: 'local', FALLBACK_MODEL: 'openai' }).fallback).toBeNull();
    expect(() => readConfig({}, { FALLBACK_MODEL: 'local' })).toThrow(/FALLBACK_MODEL/);
  });

  it('an empty variable is one that is not set', () => {
    expect(readConfig({}, { PORT: '', GEMINI_API_KEY: '', MODEL: '', LOG_LEVEL: '' })).toMatchObject({
      port: 3000,
      model: { kind: 'local' },
      logLevel: 'info',
    });
  });

  it('so is one of white space, a port too', () => {
    expect(readConfig({}, { PORT: ' ', DATA_DIR: ' ', ADMIN_TOKEN: ' ', GEMINI_API_KEY: ' ' })).toMatchObject({
      port: 3000,
      dataDir: resolve('./data'),
      adminToken: null,
      model: { kind: 'local' },
    });
  });

  it.each(['two words', 'tab\tinside', 'line\nbreak', 'schlüssel', 'bell\u0007', 'nbsp\u00a0x', 'key🔑'])(
    'refuses %j as admin token, in words: no header could carry it',
    (token) => {
      const read = () => readConfig({}, { ADMIN_TOKEN: token });
      expect(read).toThrow(/ADMIN_TOKEN: must have only ASCII.*no white space/);
      expect(read).not.toThrow(token);
    },
  );

  it('takes an admin token of any ASCII punctuation, without the white space around it', () => {
    expect(readConfig({}, { ADMIN_TOKEN: ' a-B_1.~+/=!#$%&*:; ' }).adminToken).toBe('a-B_1.~+/=!#$%&*:;');
  });

  it.each(['GEMINI_BASE_URL', 'OPENAI_BASE_URL'])('%s is http or https', (name) => {
    for (const url of ['ftp://x', 'file:///etc/passwd', 'javascript:alert(1)', 'localhost:11434', 'x']) {
      expect(() => readConfig({}, { [name]: url })).toThrow(`${name}: must be a URL that begins with http`);
    }
    for (const url of ['http://127.0.0.1:11434/v1', 'https://proxy.example/gemini', 'HTTP://[::1]:80']) {
      expect(() => readConfig({}, { [name]: url })).not.toThrow();
    }
  });

  it('says what is missing for the model that was asked for', () => {
    expect(readConfig({}, { MODEL: 'gemini' })).toMatchObject({
      model: null,
      modelProblem: expect.stringContaining('GEMINI_API_KEY'),
    });
    expect(readConfig({}, { MODEL: 'openai' }).modelProblem).toContain('OPENAI_BASE_URL');
  });

  it('names a variable that cannot be used, and never prints its value', () => {
    const read = () => readConfig({}, { PORT: 'secret-value', GEMINI_BASE_URL: 'not a url secret-value' });
    expect(read).toThrow(CodedError);
    expect(read).toThrow(/PORT.*GEMINI_BASE_URL|GEMINI_BASE_URL.*PORT/);
    try {
      read();
    } catch (error) {
      expect(String(error)).not.toContain('secret-value');
    }
  });

  it('fetches from nowhere private and believes no proxy unless told to', () => {
    expect(readConfig({}, {})).toMatchObject({ fetchPrivateAddresses: false, trustedProxies: 0 });
    const told = { FETCH_PRIVATE_ADDRESSES: 'on', TRUST_PROXY: '2' };
    expect(readConfig({}, told)).toMatchObject({ fetchPrivateAddresses: true, trustedProxies: 2 });
    expect(() => readConfig({}, { FETCH_PRIVATE_ADDRESSES: 'yes' })).toThrow(/FETCH_PRIVATE_ADDRESSES/);
    expect(() => readConfig({}, { TRUST_PROXY: 'true' })).toThrow(/TRUST_PROXY/);
  });
});
