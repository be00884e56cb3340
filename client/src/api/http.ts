import { errorOf, unreachable } from './api-error.ts';
import { adminToken, signOut } from './session.ts';

export interface CallOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Sent as JSON. */
  body?: unknown;
  /** Of a run or a pile; without it the admin's token is sent where there is one. */
  token?: string | null;
  signal?: AbortSignal;
}

/**
 * Asks the server, and gives its JSON (undefined for an answer without content). The caller says its type: what comes is
 * the server's own contract, checked there.
 *
 * @throws ApiError
 */
export async function call<Answer>(path: string, options: CallOptions = {}): Promise<Answer> {
  const response = await send(path, options);
  if (response.status === 204) return undefined as Answer;
  return (await response.json().catch((cause: unknown) => {
    throw unreachable(cause);
  })) as Answer;
}

/** @throws ApiError */
export async function send(path: string, { method = 'GET', body, token, signal }: CallOptions = {}): Promise<Response> {
  const headers = new Headers({ Accept: 'application/json', ...authorization(token) });
  if (body !== undefined) headers.set('Content-Type', 'application/json');
  const response = await fetch(path, {
    method,
    headers,
    cache: 'no-store',
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause;
    throw unreachable(cause);
  });
  if (response.ok) return response;
  // A token that was made anew on the server: whoever holds the old one is asked again.
  if (response.status === 401 && !token && adminToken() !== null) signOut({ wasRefused: true });
  throw errorOf(response.status, await response.text().catch(() => ''));
}

/** Header of a call with this token, else with the admin's. Characters that no header takes are refused as a token would. */
export function authorization(token: string | null | undefined = null): Record<string, string> {
  const used = token ?? adminToken();
  return used !== null && /^[!-~]+$/.test(used) ? { Authorization: `Bearer ${used}` } : {};
}

/** A path with a query; what is undefined or null is left out. */
export function withQuery(path: string, query: Record<string, string | number | null | undefined>): string {
  const given = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined || value === null || value === '' ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
}
