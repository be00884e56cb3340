import { describe, expect, it } from '@jest/globals';
import { isFromThisMachine } from './metrics-access.guard.ts';

const asks = (remoteAddress: string | undefined, headers: Record<string, string> = { host: 'localhost:3000' }) =>
  isFromThisMachine({ socket: { remoteAddress }, headers });

describe('a request for the metrics', () => {
  it.each(['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1'])('from %s comes from this machine', (address) => {
    expect(asks(address)).toBe(true);
  });

  it.each(['10.0.0.4', '192.168.1.9', '128.0.0.1', '::ffff:10.0.0.4', 'fe80::1', '::', '0.0.0.0', '', 'localhost'])(
    'from %j does not',
    (address) => {
      expect(asks(address)).toBe(false);
    },
  );

  it('of a connection that is gone does not', () => {
    expect(asks(undefined)).toBe(false);
  });

  it.each(['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'forwarded', 'x-real-ip', 'via'])(
    'with the header %s came through a proxy',
    (header) => {
      expect(asks('127.0.0.1', { host: 'localhost', [header]: '' })).toBe(false);
    },
  );

  it.each(['localhost', 'LOCALHOST:9090', '127.0.0.1:3000', '127.1.2.3', '[::1]:3000', '[::1]'])(
    'to %s asks for this machine',
    (host) => {
      expect(asks('127.0.0.1', { host })).toBe(true);
    },
  );

  it.each(['contactsheet.example', 'localhost.evil.example', '127.0.0.1.evil.example', '10.0.0.4:3000', ''])(
    'to %j asks for a name that may have been bent to this machine',
    (host) => {
      expect(asks('127.0.0.1', { host })).toBe(false);
    },
  );
});
