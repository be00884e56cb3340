import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpReply, StandInFault } from './stand-in-types.ts';

/** The body as text. @throws where the caller goes away while it is sending */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  await ended(request, (chunk) => chunks.push(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

/** Lets the body pass unread. @throws where the caller goes away while it is sending */
export async function drainBody(request: IncomingMessage): Promise<void> {
  await ended(request, () => {});
}

/** By events: an async iterator over the body costs more than all else that a stand-in does for a tiny call. */
function ended(request: IncomingMessage, onChunk: (chunk: Buffer) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    request.on('data', onChunk);
    request.once('end', resolve);
    request.once('error', reject);
    request.once('close', () => reject(new Error('The caller went away.')));
  });
}

export function send(response: ServerResponse, { status, headers = {}, body }: HttpReply): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=UTF-8',
    'content-length': Buffer.byteLength(body),
    ...headers,
  });
  response.end(body);
}

/** Waits, but no longer than the connection lives: a closed stand-in must leave no timer behind. */
export async function pause(ms: number, response: ServerResponse): Promise<void> {
  if (ms <= 0) return;
  await new Promise<void>((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      response.off('close', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    response.once('close', end);
  });
}

/** What a service says before it does any work. */
export function isImmediate(
  fault: StandInFault,
): fault is Extract<StandInFault, { kind: 'quotaPerMinute' | 'quotaPerDay' | 'keyRefused' | 'accountEmpty' }> {
  return ['quotaPerMinute', 'quotaPerDay', 'keyRefused', 'accountEmpty'].includes(fault.kind);
}

export function bodyText(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}
