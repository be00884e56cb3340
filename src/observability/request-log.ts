import type { IncomingMessage, ServerResponse } from 'node:http';
import { Logger as NestjsPinoLogger, PinoLogger, type Params } from 'nestjs-pino';
import type { LevelWithSilent, Logger } from 'pino';
import { pinoHttp, type HttpLogger, type Options } from 'pino-http';
import { errorFields } from './log-error.ts';

/** Asked every few seconds by machines: of interest only to those who look for a fault there. */
const ASKED_BY_MACHINES = new Set(['/api/health', '/metrics']);
/** The pages, with all their parts. */
const PAGES = /^(?!\/api\/)|^\/api\/docs(\/|$)/;
/** Whoever sends a longer one is not to fill the disk with it. */
const LONGEST_PATH = 200;
/** The framework's own account of its start is for those who debug it. */
const FRAMEWORK_CONTEXTS = ['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication'];

/**
 * Logs requests: one line each, when it has been answered, with method, path, status and time. No header and no query
 * string, since both carry tokens (`?token=` of a run), and no body. Lines that are logged on the way have the same
 * `reqId`.
 *
 * To be used before everything else: as middleware of a module it would come after the parser of bodies and the pages,
 * and what those answer would not be logged.
 */
export function requestLog(log: Logger): HttpLogger {
  return pinoHttp(optionsFor(log));
}

/** Makes what is logged by Nest's `Logger` while a request is answered carry its `reqId`. */
export function loggerParams(log: Logger): Params {
  return { pinoHttp: optionsFor(log), useExisting: true };
}

function optionsFor(log: Logger): Options {
  return {
    logger: log,
    // Its own would copy every field of an error, and with it the requests and keys that libraries hang there; and it
    // would write out headers for a logger that we never use, at every request.
    wrapSerializers: false,
    serializers: { err: errorFields, req: () => undefined, res: () => undefined },
    quietReqLogger: true,
    quietResLogger: true,
    customLogLevel: levelOf,
    customSuccessMessage: () => 'request',
    customErrorMessage: () => 'request',
    customSuccessObject: requestFields,
    // Not its error: pino-http makes one up where there is none, and the filter of problems has logged the real one.
    customErrorObject: (request, response, _error, value: unknown) => requestFields(request, response, value),
  };
}

/** Takes what the framework and our own classes log by Nest's `Logger`. For `NestFactory.create`. */
export class ServerLogger extends NestjsPinoLogger {
  constructor(params: Params) {
    super(new PinoLogger(params), params);
  }

  override log(message: unknown, ...rest: unknown[]): void {
    const context = rest.at(-1);
    const ofFramework = typeof context === 'string' && FRAMEWORK_CONTEXTS.includes(context);
    if (ofFramework) super.debug(message, ...rest);
    else super.log(message, ...rest);
  }
}

export interface RequestFields {
  method: string;
  path: string;
  status: number;
  ms: number;
  /** Where the path is about one run. */
  runId?: string;
  /** The client left before the answer was whole. The usual end of an event stream. */
  aborted?: true;
}

function requestFields(request: IncomingMessage, response: ServerResponse, value: unknown): RequestFields {
  const path = pathOf(request);
  const runId = /^\/api\/runs\/(run_\w{1,40})(?=\/|$)/.exec(path)?.[1];
  return {
    method: request.method ?? '',
    path: path.slice(0, LONGEST_PATH),
    status: response.statusCode,
    ms: typeof value === 'object' && value !== null && 'responseTime' in value ? Number(value.responseTime) : 0,
    ...(runId ? { runId } : {}),
    ...(response.writableFinished ? {} : { aborted: true }),
  };
}

function levelOf(request: IncomingMessage, response: ServerResponse, error?: Error): LevelWithSilent {
  // 503 is an answer that was meant: the server is stopping, no model is set up.
  if (response.statusCode === 503) return 'warn';
  if (error || response.statusCode >= 500) return 'error';
  const path = pathOf(request);
  const quiet = ASKED_BY_MACHINES.has(path) || (PAGES.test(path) && response.statusCode < 400);
  return quiet ? 'debug' : 'info';
}

/** Without the query string. `originalUrl`, since Express takes from `url` what a router is mounted at. */
function pathOf(request: IncomingMessage): string {
  const url = 'originalUrl' in request ? String(request.originalUrl) : (request.url ?? '');
  // `%3F` is a question mark that a client has escaped once too often.
  return url.split(/[?#]|%3F/i, 1)[0] ?? '';
}
