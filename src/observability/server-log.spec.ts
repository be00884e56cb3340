import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { withoutSecrets } from './server-log.ts';

describe('withoutSecrets', () => {
  const logged = (secrets: string[], write: (log: pino.Logger) => void) => {
    let text = '';
    write(pino({}, withoutSecrets({ write: (line) => void (text += line) }, secrets)));
    return text;
  };

  it('takes a key out of whatever part of a line it is in, and the line stays JSON', () => {
    const key = 'AIza"with\\quotes';
    const text = logged([key], (log) => log.info({ key, err: new Error(`refused: ${key}`) }, `key ${key}`));
    expect(JSON.parse(text)).toMatchObject({ key: '[secret]', msg: 'key [secret]' });
    expect(text).not.toContain('AIza');
  });

  it('leaves short ones, which would be found in words that are none of it', () => {
    expect(JSON.parse(logged(['e', 'level'], (log) => log.info('seen')))).toMatchObject({ level: 30, msg: 'seen' });
  });
});
