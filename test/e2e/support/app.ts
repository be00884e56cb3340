import type { Browser } from 'playwright-core';
import request from 'supertest';
import { changesetPageSchema, changesetSchema } from '../../../src/contract/catalogue-schemas.ts';
import type { Changeset } from '../../../src/contract/catalogue.ts';
import type { RunResult } from '../../../src/contract/run.ts';
import type { ToldShow } from '../../support/catalogue-server.ts';
import { startGeminiStandIn, type GeminiStandIn } from '../../support/gemini-stand-in.ts';
import { picture } from '../../support/pictures.ts';
import { asRunResult, PARSER_PATHS, upload } from '../../support/requests.ts';
import { showsOf } from '../../support/stand-in-shows.ts';
import { removeDirectory, startServerProcess, temporaryDirectory, type ServerProcess } from '../../support/server.ts';
import { launchChromium, visit, type Visit, type VisitOptions } from './browser.ts';

export const ADMIN_TOKEN = 'the-token-of-the-admin';

/** What the stand-in says of the next image that it is asked about; where nothing is told, two made-up shows. */
type Told = ToldShow[][];

/** The whole program as people use it: the built server, a model, a browser. */
export class App {
  readonly gemini: GeminiStandIn | null;
  readonly browser: Browser;
  readonly dataDir: string;
  server: ServerProcess;
  readonly #env: Record<string, string>;
  readonly #told: Told;
  readonly #visits: Visit[] = [];
  #pictures = 0;

  private constructor(parts: {
    gemini: GeminiStandIn | null;
    browser: Browser;
    server: ServerProcess;
    env: Record<string, string>;
    told: Told;
  }) {
    this.gemini = parts.gemini;
    this.browser = parts.browser;
    this.server = parts.server;
    this.dataDir = parts.server.dataDir;
    this.#env = parts.env;
    this.#told = parts.told;
  }

  /** @param model `gemini` is a stand-in on loopback, `local` the reader that is built in */
  static async start(model: 'gemini' | 'local', more: Record<string, string> = {}): Promise<App> {
    const told: Told = [];
    const gemini =
      model === 'local' ? null : await startGeminiStandIn({ apiKey: 'a-key', latencyMs: 20, answerFor: showsOf });
    const env = {
      ADMIN_TOKEN,
      DATA_DIR: await temporaryDirectory(),
      ...(gemini === null
        ? { MODEL: 'local' }
        : { GEMINI_API_KEY: 'a-key', GEMINI_BASE_URL: gemini.baseUrl, MODEL_RPM: '100000' }),
      ...more,
    };
    const [server, browser] = await Promise.all([startServerProcess(env), launchChromium()]);
    return new App({ gemini, browser, server, env, told });
  }

  get url(): string {
    return this.server.url;
  }

  async visit(options: Omit<VisitOptions, 'url'> = {}): Promise<Visit> {
    const visiting = await visit(this.browser, { url: this.url, ...options });
    this.#visits.push(visiting);
    return visiting;
  }

  /** What went wrong so far: on any page that was open, and with the server. */
  get faults(): string[] {
    const ending = this.server.ending();
    const ofServer = ending === null ? [] : [`the server ended: ${ending}\n${this.server.log().slice(-2_000)}`];
    return [...ofServer, ...this.#visits.flatMap(({ faults }) => faults)];
  }

  /** The same server again, at the same address, on the same data. @param more what is set otherwise from now on */
  async startAgain(more: Record<string, string> = {}): Promise<void> {
    this.server = await startServerProcess({ ...this.#env, ...more, PORT: new URL(this.url).port });
  }

  /** One run over as many pictures as are told of, each of which is said to show these listings. */
  async read(told: Told, as: 'visitor' | 'admin' = 'admin'): Promise<RunResult> {
    this.#told.push(...told);
    // One by one, so that what is told goes with the picture that it is told of.
    this.gemini?.set({ answerFor: (ask) => (this.#told.length > 0 ? { shows: this.#told.shift() } : showsOf(ask)) });
    const files = await Promise.all(
      told.map(async (_, at) => ({ name: `flyer-${at + 1}.png`, bytes: await picture((this.#pictures += 1)) })),
    );
    const [path, token] =
      as === 'admin' ? [PARSER_PATHS.adminSequential, ADMIN_TOKEN] : [PARSER_PATHS.sequential, undefined];
    const call = upload(this.url, path, files, token);
    return asRunResult((await call.field('timezone', 'America/New_York').expect(200)).body);
  }

  async changesetOf(runId: string): Promise<Changeset> {
    const { body } = await this.asAdmin('get', '/api/changesets').expect(200);
    const found = changesetPageSchema.parse(body).changesets.find((each) => each.runId === runId);
    const { body: whole } = await this.asAdmin('get', `/api/changesets/${found?.id ?? 'none'}`).expect(200);
    return changesetSchema.parse(whole);
  }

  /** Publishes all that a run found. */
  async publish(runId: string): Promise<void> {
    const { id } = await this.changesetOf(runId);
    await this.asAdmin('post', `/api/changesets/${id}/publish`, { acceptRest: true }).expect(200);
  }

  asAdmin(method: 'get' | 'post' | 'put', path: string, body?: object) {
    const call = request(this.url)[method](path).set('Authorization', `Bearer ${ADMIN_TOKEN}`);
    return body === undefined ? call : call.send(body);
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
    await this.gemini?.close();
    await removeDirectory(this.dataDir);
  }
}
