import request, { type Test } from 'supertest';
import { pileSchema, pileStartedSchema } from '../../src/contract/pile-schemas.ts';
import type { Pile, PileStarted } from '../../src/contract/pile.ts';
import type { NamedFile } from './requests.ts';

const TUS = { 'Tus-Resumable': '1.0.0' };

export async function beginPile(url: string, adminToken?: string): Promise<PileStarted> {
  const call = request(url).post('/api/piles');
  if (adminToken !== undefined) void call.set('Authorization', `Bearer ${adminToken}`);
  const { body } = await call.expect(201);
  return pileStartedSchema.strict().parse(body);
}

export async function getPile(url: string, { pileId, pileToken }: PileStarted): Promise<Pile> {
  const { body } = await withToken(request(url).get(`/api/piles/${pileId}`), pileToken).expect(200);
  return pileSchema.strict().parse(body);
}

/** Asks until nothing is being taken in any more. */
export async function settledPile(url: string, pile: PileStarted, limitMs = 60_000): Promise<Pile> {
  const limit = Date.now() + limitMs;
  for (;;) {
    const seen = await getPile(url, pile);
    if (seen.underWay === 0) return seen;
    if (Date.now() > limit) throw new Error(`Still under way: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

/** Announces a file by the tus protocol. */
export function announce(url: string, { pileId, pileToken }: PileStarted, name: string, sizeBytes: number): Test {
  return withToken(request(url).post(`/api/piles/${pileId}/files`), pileToken)
    .set(TUS)
    .set('Upload-Length', String(sizeBytes))
    .set('Upload-Metadata', `filename ${Buffer.from(name).toString('base64')}`);
}

/** Sends bytes of an announced file. @param location as the announcement gave it */
export function patch(url: string, token: string, location: string, offset: number, bytes: Uint8Array): Test {
  return withToken(request(url).patch(location), token)
    .set(TUS)
    .set('Upload-Offset', String(offset))
    .set('Content-Type', 'application/offset+octet-stream')
    .send(Buffer.from(bytes));
}

/** How far a file is. */
export async function offsetOf(url: string, token: string, location: string): Promise<number> {
  const { headers } = await withToken(request(url).head(location), token).set(TUS).expect(200);
  return Number(headers['upload-offset']);
}

/** Sends a whole file. @returns its address */
export async function sendFile(url: string, pile: PileStarted, { name, bytes }: NamedFile): Promise<string> {
  const { headers } = await announce(url, pile, name, bytes.length).expect(201);
  const location = headers['location'] ?? '';
  if (bytes.length > 0) await patch(url, pile.pileToken, location, 0, bytes).expect(204);
  return location;
}

function withToken(call: Test, token: string): Test {
  return call.set('Authorization', `Bearer ${token}`);
}
