import pino, { type DestinationStream, type Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { errorFields } from './log-error.ts';

const STDERR = 2;
/** Lines that wait for a reader which does not read. More are lost: better than all memory, or a server that waits. */
const MOST_WAITING_BYTES = 4 * 2 ** 20;
/** A shorter one would be found in words that are none of it. */
const SHORTEST_SECRET = 8;

/**
 * The log of the server: JSON lines on stderr, so that stdout keeps what is printed for people.
 *
 * Written without waiting: a reader that has stopped reading (a paused pager, a full disk) must not stop the server. What
 * is not written yet is written when the process exits. No transport, which would be a thread of its own.
 */
export function openServerLog(config: Config): Logger {
  const stderr = pino.destination({ dest: STDERR, sync: false, maxLength: MOST_WAITING_BYTES });
  return pino(
    {
      level: config.logLevel,
      // Neither process id nor host name: who collects the lines knows where they are from.
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: errorFields },
    },
    withoutSecrets(stderr, secretsOf(config)),
  );
}

/**
 * The last net under the rule that no key is ever logged: what a library puts into the message of an error is not in
 * our hands, and services do repeat keys in their refusals.
 */
export function withoutSecrets(destination: DestinationStream, secrets: readonly string[]): DestinationStream {
  const written = secrets
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .map((secret) => JSON.stringify(secret).slice(1, -1));
  if (written.length === 0) return destination;
  return {
    write(line) {
      let clean = line;
      for (const secret of written) clean = clean.replaceAll(secret, '[secret]');
      destination.write(clean);
    },
  };
}

function secretsOf({ model, adminToken, databaseUrl }: Config): string[] {
  const apiKey = model && 'apiKey' in model ? model.apiKey : null;
  return [apiKey, adminToken, databaseUrl, passwordOf(databaseUrl)].filter((secret) => secret !== null);
}

function passwordOf(databaseUrl: string | null): string | null {
  const url = databaseUrl === null ? null : URL.parse(databaseUrl);
  return url && url.password !== '' ? decodeURIComponent(url.password) : null;
}
