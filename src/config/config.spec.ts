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
    });
  });

  it('auto prefers gemini where a key is set, then openai where a base URL is set', () => {
    const openai = { OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1', OPENAI_MODEL: 'llava' };
    expect(readConfig({}, { GEMINI_API_KEY: 'k', ...openai }).model?.kind).toBe('gemini');
    expect(readConfig({}, openai).model).toMatchObject({ kind: 'openai', model: 'llava', apiKey: null });
    expect(readConfig({}, { ...openai, MODEL: 'local' }).model?.kind).toBe('local');
  });

  it('an empty variable is one that is not set', () => {
    expect(readConfig({}, { PORT: '', GEMINI_API_KEY: '', MODEL: '', LOG_LEVEL: '' })).toMatchObject({
      port: 3000,
      model: { kind: 'local' },
      logLevel: 'info',
    });
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
});
