import { CodedError } from '../contract/coded-error.ts';

/** Deeper cause chains than this come from a loop. */
const MAX_CAUSES = 5;

/**
 * A copy of what a library threw, fit to be a `cause`: name, message, code and stack, with every secret replaced. Copying
 * rather than passing on prevents a key from reaching a log through a field that some library hangs on its errors
 * (request headers, the URL, a server's message that repeats the key).
 */
export function redactedCause(thrown: unknown, secrets: readonly (string | null)[]): Error {
  return redactedCopy(thrown, secrets, 0);
}

function redactedCopy(thrown: unknown, secrets: readonly (string | null)[], depth: number): Error {
  const source: Record<string, unknown> = typeof thrown === 'object' && thrown !== null ? { ...readable(thrown) } : {};
  const message = typeof source['message'] === 'string' ? source['message'] : String(thrown);
  const nested = source['cause'];
  const copy = new Error(
    redacted(message, secrets),
    nested === undefined || depth >= MAX_CAUSES ? undefined : { cause: redactedCopy(nested, secrets, depth + 1) },
  );
  if (typeof source['name'] === 'string') copy.name = redacted(source['name'], secrets);
  if (typeof source['stack'] === 'string') copy.stack = redacted(source['stack'], secrets);
  if (typeof source['code'] === 'string') Object.assign(copy, { code: redacted(source['code'], secrets) });
  return copy;
}

/** The fields of an error are not enumerable, so a spread alone would miss them. */
function readable(thrown: object): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const name of ['name', 'message', 'code', 'stack', 'cause']) fields[name] = Reflect.get(thrown, name);
  return fields;
}

function redacted(text: string, secrets: readonly (string | null)[]): string {
  let out = text;
  for (const secret of secrets) if (secret !== null && secret !== '') out = out.replaceAll(secret, '[key]');
  return out;
}

/** A key is sent in a header, which takes visible ASCII only; anything else came from a bad paste. */
export function isSendableKey(key: string): boolean {
  return /^[\x21-\x7e]+$/.test(key);
}

/** Details are shown to people: an address with credentials or a query in it must not get there. */
export function hostOf(url: URL): string {
  return url.host;
}

/** @throws CodedError `config.invalid` where `baseUrl` is not an http(s) address without credentials and query. */
export function checkedBaseUrl(baseUrl: string, setting: string): URL {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  const isPlain = url !== null && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search;
  if (!isPlain) {
    throw new CodedError(
      'config.invalid',
      `${setting} must be a web address such as http://127.0.0.1:8080, without a user name, password or "?".`,
    );
  }
  return url;
}

/**
 * Runs one request under a signal of its own that follows `signal`. Libraries add listeners to the signal they get and
 * leave them there; on a signal shared by a run's thousand calls those would pile up.
 *
 * @throws the signal's reason where it was aborted, before or during the request.
 */
export async function underSignal<T>(signal: AbortSignal, request: (own: AbortSignal) => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const own = new AbortController();
  const follow = (): void => own.abort();
  signal.addEventListener('abort', follow, { once: true });
  try {
    return await request(own.signal);
  } catch (thrown) {
    signal.throwIfAborted();
    throw thrown;
  } finally {
    signal.removeEventListener('abort', follow);
  }
}

/** Reads an answer that is paid for whatever it says: a failure carries the tokens along. */
export function paidFor<T>(tokens: { input: number; output: number }, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof CodedError ? error.withTokens(tokens) : error;
  }
}
