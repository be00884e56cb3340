import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { pause, send } from './stand-in-http.ts';
import type { StandInDialect } from './stand-in-types.ts';

const DIMENSIONS = 64;

/** A vector that texts with the same words share: what models of meaning do, as far as words go. */
export function vectorOfWords(text: string): number[] {
  const vector = Array.from({ length: DIMENSIONS }, () => 0.001);
  for (const word of text.toLowerCase().match(/[a-z]+/g) ?? []) {
    const place = createHash('sha256').update(word).digest().readUInt16BE(0) % DIMENSIONS;
    vector[place] = (vector[place] ?? 0) + 1;
  }
  const length = Math.hypot(...vector);
  return vector.map((part) => part / length);
}

/** Answers a request for vectors, and notes its texts. */
export async function embed(
  { texts, reply }: NonNullable<ReturnType<StandInDialect['embed']>>,
  embedded: string[][],
  response: ServerResponse,
  latencyMs = 0,
): Promise<void> {
  embedded.push(texts);
  await pause(latencyMs, response);
  send(response, reply(texts.map(vectorOfWords)));
}
