import request, { type Test } from 'supertest';
import { changesetPageSchema, changesetSchema } from '../../src/contract/catalogue-schemas.ts';
import type { Changeset } from '../../src/contract/catalogue.ts';
import type { RunResult } from '../../src/contract/run.ts';
import { startGeminiStandIn, type GeminiStandIn } from './gemini-stand-in.ts';
import { picture } from './pictures.ts';
import { asRunResult, PARSER_PATHS, upload } from './requests.ts';
import { removeDirectory, startServerProcess, type ServerProcess } from './server.ts';

/** A listing as a model answers it. */
export type ToldShow = Record<string, unknown>;

export const OWL: ToldShow = {
  venueName: 'The Owl',
  venueAddress: '12 Main St',
  venueCity: 'Tampa',
  venueState: 'FL',
  scheduleText: 'Fridays 8pm - 12am',
  days: ['Fridays'],
  startTime: '8pm',
  endTime: '12am',
  hostName: 'DJ Ann',
};
export const BOAT: ToldShow = {
  venueName: 'The Boat',
  venueAddress: '7 Lake Ave',
  venueCity: 'Orlando',
  venueState: 'FL',
  scheduleText: 'Saturdays 10pm - 2am',
  days: ['Saturdays'],
  startTime: '10pm',
  endTime: '2am',
  hostName: 'KJ Leo',
};

/** A server whose model says of each picture what a test told it to. */
export interface CatalogueServer {
  server: ServerProcess;
  /** One picture that shows these listings, read as a visitor or as the admin. */
  read(shows: ToldShow[], as?: 'visitor' | 'admin'): Promise<RunResult>;
  /** The changeset of a run. */
  changesetOf(runId: string): Promise<Changeset>;
  asAdmin(method: 'get' | 'post', path: string, body?: object): Test;
  stop(): Promise<void>;
}

export async function startCatalogueServer(): Promise<CatalogueServer> {
  let told: ToldShow[] = [];
  let pictures = 0;
  const gemini: GeminiStandIn = await startGeminiStandIn({ answerFor: () => ({ shows: told }), apiKey: 'a-key' });
  gemini.set({ latencyMs: 1 });
  const server = await startServerProcess({ GEMINI_API_KEY: 'a-key', GEMINI_BASE_URL: gemini.baseUrl });
  const asAdmin = (method: 'get' | 'post', path: string, body?: object): Test => {
    const call = request(server.url)[method](path).set('Authorization', `Bearer ${server.adminToken}`);
    return body === undefined ? call : call.send(body);
  };
  return {
    server,
    asAdmin,
    async read(shows, as = 'admin') {
      told = shows;
      const bytes = await picture((pictures += 1));
      const [path, token] =
        as === 'admin' ? [PARSER_PATHS.adminParallel, server.adminToken] : [PARSER_PATHS.parallel, undefined];
      const call = upload(server.url, path, [{ name: `flyer-${pictures}.png`, bytes }], token);
      return asRunResult((await call.field('timezone', 'America/New_York').expect(200)).body);
    },
    async changesetOf(runId) {
      const { body } = await asAdmin('get', '/api/changesets').expect(200);
      const found = changesetPageSchema
        .strict()
        .parse(body)
        .changesets.find((each) => each.runId === runId);
      const { body: whole } = await asAdmin('get', `/api/changesets/${found?.id ?? 'none'}`).expect(200);
      return changesetSchema.strict().parse(whole);
    },
    async stop() {
      await server.stop();
      await gemini.close();
      await removeDirectory(server.dataDir);
    },
  };
}
