import 'reflect-metadata';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Logger } from 'pino';
import { AdminAccess } from './admin/admin-access.ts';
import { SettingsService } from './admin/settings.service.ts';
import { AppModule } from './app.module.ts';
import { CatalogueService } from './catalogue/catalogue.service.ts';
import { ListedShows } from './catalogue/listed-shows.ts';
import { showHead } from './catalogue/show-head.ts';
import { endAtOnce, onInterrupt } from './cli/interrupts.ts';
import { loadDotEnv, readConfig, type Config } from './config/config.ts';
import { keepHeapsSmall } from './config/small-heap.ts';
import { CodedError } from './contract/coded-error.ts';
import { bothObservers } from './engine/observer.ts';
import { serveClient } from './http/client-pages.ts';
import { serveOpenApi } from './http/openapi.ts';
import { ProblemFilter } from './http/problem.filter.ts';
import { ImageThreads } from './gallery/image-threads.ts';
import { Thumbnails } from './gallery/thumbnails.ts';
import { imageDirOf, removeStaleUploads } from './images/stream-intake.ts';
import { loggerParams, requestLog, ServerLogger } from './observability/request-log.ts';
import { openServerLog } from './observability/server-log.ts';
import { EngineMetrics } from './observability/engine-metrics.ts';
import { PerformanceLog } from './observability/performance.ts';
import { openReader } from './open-reader.ts';
import { ParallelGeminiService } from './parser/parallel-gemini.service.ts';
import type { ThreadLoads } from './parser/thread-loads.ts';
import { PilesService } from './piles/piles.service.ts';
import { RunsService } from './runs/runs.service.ts';
import { lockDataDir } from './storage/data-dir-lock.ts';
import { openDatabase } from './storage/open-database.ts';
import { VERSION } from './version.ts';

export interface RunningServer {
  url: string;
  /** Stops taking requests, lets runs wait for the next start, and ends the threads. */
  close(): Promise<void>;
}

const HOUR_MS = 3_600_000;
/** A stop that hangs is ended: what was read is stored by then. Above the time that a stuck thread is waited for. */
const STOP_LIMIT_MS = 75_000;
/** For answers to those who waited for a run when the server was told to stop. */
const LAST_WORDS_MS = 100;
const JSON_LIMIT_BYTES = 4_000_000;
const CLIENT = fileURLToPath(new URL('../client/dist/', import.meta.url));

/**
 * Starts the server: takes the data directory, opens the database, carries on unfinished runs, listens.
 *
 * @throws CodedError `dataDir.inUse`, `config.invalid`
 */
export async function startServer(config: Config): Promise<RunningServer> {
  const log = openServerLog(config);
  await using opened = new AsyncDisposableStack();
  const lock = await lockDataDir(config.dataDir, { port: config.port });
  opened.defer(() => lock.release());
  const database = await openDatabase(config);
  opened.defer(() => database.close());
  const metrics = new EngineMetrics();
  const performance = new PerformanceLog();
  const reader = await openReader(config, { observer: bothObservers(metrics, performance) });
  opened.defer(() => reader.close());
  if (reader.kept?.problem) log.warn({ problem: reader.kept.problem }, 'answers are not kept');
  metrics.attach(() => reader.pool.state());
  const loads: ThreadLoads = new WeakMap();
  performance.attach(() => reader.pool.state(loads));
  await removeStaleUploads(imageDirOf(config.dataDir), HOUR_MS);
  const app = await NestFactory.create<NestExpressApplication>(
    AppModule.for({ config, database, log, reader, metrics, performance }),
    // An event stream that is open would keep the server from ending for ever.
    { logger: new ServerLogger(loggerParams(log)), forceCloseConnections: true },
  );
  app.use(requestLog(log));
  app.disable('x-powered-by');
  app.set('trust proxy', config.trustedProxies);
  // Whatever is sent as JSON is refused by the check of its fields, in words, and not by the parser in its own.
  // A reviewer may send hundreds of edited records at once.
  app.useBodyParser('json', { strict: false, limit: JSON_LIMIT_BYTES });
  serveClient(app, { directory: CLIENT, showHead: (showId) => showHead(app.get(ListedShows), showId) });
  app.useGlobalFilters(new ProblemFilter());
  serveOpenApi(app, VERSION);
  await app.init();
  const runs = app.get(RunsService);
  const piles = app.get(PilesService);
  // Before anybody can begin another one: that would be carried on while it is under way.
  const [unfinished, leftOver] = [await runs.unfinished(), await piles.unfinished()];
  await listen(app, config);
  const url = addressOf(app);
  await warmUp(app, log);
  const access = app.get(AdminAccess);
  announce(url, config, access.newToken);
  await access.keep();
  const caughtUp = await app
    .get(CatalogueService)
    .catchUp((runId, err) => log.error({ runId, err }, 'no changeset was made'));
  if (caughtUp > 0) log.info({ changesets: caughtUp }, 'changesets of runs that ended before');
  const carriedOn = await runs.carryOn(unfinished);
  if (carriedOn > 0) log.info({ runs: carriedOn }, 'carrying on unfinished runs');
  const pilesCarriedOn = await piles.carryOn(leftOver);
  if (pilesCarriedOn > 0) log.info({ files: pilesCarriedOn }, 'taking in what was sent to piles before');
  const sweeping = sweepHourly(app, log);
  // From here on what was opened is closed by the caller; until here a failed start closed it by itself.
  const toClose = opened.move();
  return {
    url,
    async close() {
      // Runs first: they stop spending at once, and who waits for one is told, before connections are cut.
      clearInterval(sweeping);
      await runs.close();
      await piles.close();
      await new Promise((resolve) => setTimeout(resolve, LAST_WORDS_MS));
      await app.close();
      await app.get(ImageThreads).close();
      await toClose.disposeAsync();
    },
  };
}

/** Removes what nobody needs any more: now, and every hour. */
function sweepHourly(app: NestExpressApplication, log: Logger): NodeJS.Timeout {
  const sweep = async () => {
    await app.get(PilesService).sweep();
    await app.get(Thumbnails).sweep();
  };
  const sweepOrTell = () => void sweep().catch((err: unknown) => log.error({ err }, 'old piles could not be removed'));
  sweepOrTell();
  return setInterval(sweepOrTell, HOUR_MS).unref();
}

async function listen(app: NestExpressApplication, { port, host }: Config): Promise<void> {
  try {
    await app.listen(port, host);
  } catch (cause) {
    const taken = typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === 'EADDRINUSE';
    const why = taken ? 'another program listens there' : 'this address cannot be listened on';
    throw new CodedError('config.invalid', `Port ${port} of ${host}: ${why}. Set PORT or HOST.`, { cause });
  }
}

/** Serves until SIGINT or SIGTERM; a second one, later than the same key press, does not wait. */
export async function serve(config: Config): Promise<void> {
  keepHeapsSmall();
  const starting = startServer(config);
  const stop = () => {
    const tooLong = setTimeout(endAtOnce, STOP_LIMIT_MS);
    starting
      .then((server) => server.close())
      .catch((error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exitCode = 1;
      })
      .finally(() => {
        clearTimeout(tooLong);
        // All threads have ended and all is stored. What a library may have left ticking must not keep the process.
        process.exit();
      });
  };
  // Heard from the beginning: a stop that comes while the server starts is a stop, too.
  const unhear = onInterrupt(stop, endAtOnce);
  await starting.catch((error: unknown) => {
    unhear();
    throw error;
  });
}

/** Finds out at boot, not at night, whether the threads can load; the first run then finds them ready. */
async function warmUp(app: NestExpressApplication, log: Logger): Promise<void> {
  const pool = app.get(ParallelGeminiService);
  if (!pool.hasModel) return;
  try {
    await pool.warmUp(app.get(SettingsService).get());
  } catch (error) {
    log.error({ err: error }, 'the reading threads cannot start');
  }
}

function announce(url: string, config: Config, newToken: string | null): void {
  const lines = [
    `Contactsheet ${VERSION} is at ${url}`,
    `  API docs     ${url}/api/docs`,
    `  data         ${config.dataDir}`,
    `  model        ${config.model?.kind ?? `none: ${config.modelProblem}`}`,
  ];
  if (newToken)
    lines.push(`  admin token  ${newToken}`, '               (shown this once; set ADMIN_TOKEN for one of your own)');
  process.stdout.write(`${lines.join('\n')}\n`);
}

function addressOf(app: NestExpressApplication): string {
  const address: unknown = app.getHttpServer().address();
  if (typeof address !== 'object' || address === null || !('port' in address) || !('address' in address)) {
    throw new CodedError('internal', 'The server has no address.');
  }
  const host = String(address.address);
  return `http://${host.includes(':') ? `[${host}]` : host}:${String(address.port)}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  loadDotEnv();
  await serve(readConfig());
}
