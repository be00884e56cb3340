import request, { type Test } from 'supertest';
import { runResultSchema } from '../../src/contract/schemas.ts';
import type { RunResult } from '../../src/contract/run.ts';
import type { Settings } from '../../src/contract/settings.ts';

export const PARSER_PATHS = {
  sequential: '/api/parser/analyze-screenshots',
  parallel: '/api/parser/analyze-screenshots-parallel',
  adminSequential: '/api/parser/analyze-admin-screenshots',
  adminParallel: '/api/parser/analyze-admin-screenshots-parallel',
} as const;

export interface NamedFile {
  name: string;
  bytes: Buffer;
}

export function named(images: readonly Buffer[]): NamedFile[] {
  return images.map((bytes, index) => ({ name: `image-${index}.png`, bytes }));
}

/** A multipart request with these files under `screenshots`. */
export function upload(url: string, path: string, files: readonly NamedFile[], token?: string): Test {
  let call = request(url).post(path);
  if (token !== undefined) call = call.set('Authorization', `Bearer ${token}`);
  for (const { name, bytes } of files) call = call.attach('screenshots', bytes, { filename: name });
  return call;
}

/** Checks that this is a RunResult to the letter. */
export function asRunResult(body: unknown): RunResult {
  return runResultSchema.strict().parse(body);
}

/** Starts a run in the background. */
export async function startAsync(
  url: string,
  path: string,
  files: readonly NamedFile[],
  token?: string,
): Promise<{ runId: string; runToken: string }> {
  const { body } = await upload(url, path, files, token).set('Prefer', 'respond-async').expect(202);
  return body as { runId: string; runToken: string };
}

export async function getRun(url: string, runId: string, token: string): Promise<RunResult> {
  const { body } = await request(url).get(`/api/runs/${runId}`).set('Authorization', `Bearer ${token}`).expect(200);
  return asRunResult(body);
}

/** Steers a run as the admin. */
export async function steer(
  url: string,
  runId: string,
  step: 'pause' | 'resume' | 'cancel' | 'retry-failed',
  adminToken: string,
): Promise<RunResult> {
  const { body } = await request(url)
    .post(`/api/runs/${runId}/${step}`)
    .set('Authorization', `Bearer ${adminToken}`)
    .expect(200);
  return asRunResult(body);
}

export async function putSettings(url: string, adminToken: string, changes: Partial<Settings>): Promise<void> {
  await request(url).put('/api/admin/settings').set('Authorization', `Bearer ${adminToken}`).send(changes).expect(200);
}

/** Asks until the run is as wanted. */
export async function runUntil(
  url: string,
  runId: string,
  token: string,
  wanted: (run: RunResult) => boolean,
  limitMs = 30_000,
): Promise<RunResult> {
  const limit = Date.now() + limitMs;
  for (;;) {
    const run = await getRun(url, runId, token);
    if (wanted(run)) return run;
    if (Date.now() > limit) throw new Error(`The run is still ${run.state}: ${JSON.stringify(run.progress)}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}
