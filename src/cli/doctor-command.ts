import { access, constants } from 'node:fs/promises';
import { LOG_LEVELS, readConfig, type Config } from '../config/config.ts';
import { DEFAULT_SETTINGS } from '../contract/settings.ts';
import { modelName } from '../models/open-model.ts';
import { ParallelGeminiService } from '../parser/parallel-gemini.service.ts';
import { makeFolder } from '../storage/make-folder.ts';

interface Finding {
  ok: boolean;
  what: string;
  /** What is so, or what to do. */
  says: string;
}

/**
 * Says what is configured and what is missing. Asks no service anything: it costs nothing.
 *
 * @returns 0 where everything is in order, 2 otherwise
 */
export async function doctor(dataDir: string | undefined): Promise<number> {
  const config = readConfig({ dataDir });
  const atOnce: Finding[] = [
    { ok: true, what: 'Node', says: process.version },
    model(config),
    ...fallback(config),
    await dataDirectory(config),
    {
      ok: true,
      what: 'database',
      says: config.databaseUrl ? 'the server of DATABASE_URL' : 'embedded, in the data directory',
    },
    { ok: true, what: 'server', says: `would listen on ${config.host}:${config.port}` },
    {
      ok: true,
      what: 'admin token',
      says: config.adminToken ? 'ADMIN_TOKEN is set' : 'made at the first start, and shown once',
    },
    { ok: LOG_LEVELS.includes(config.logLevel), what: 'log level', says: config.logLevel },
  ];
  atOnce.forEach(tell);
  // Last, since loading a model takes seconds.
  const last = await threads(config);
  tell(last);
  return [...atOnce, last].every(({ ok }) => ok) ? 0 : 2;
}

function tell({ ok, what, says }: Finding): void {
  process.stdout.write(`${ok ? 'ok     ' : 'MISSING'}  ${what.padEnd(12)} ${says}\n`);
}

function model(config: Config): Finding {
  if (!config.model) return { ok: false, what: 'model', says: config.modelProblem ?? 'none is set up' };
  const words = {
    local: 'reads text on this machine; set GEMINI_API_KEY or OPENAI_BASE_URL for a vision model',
    gemini: 'GEMINI_API_KEY is set',
    openai: 'an OpenAI-compatible server is set',
  };
  return { ok: true, what: 'model', says: `${modelName(config.model)} (${words[config.model.kind]})` };
}

function fallback({ model: first, fallback: second, fallbackProblem }: Config): Finding[] {
  if (fallbackProblem) return [{ ok: false, what: 'fallback', says: fallbackProblem }];
  if (!first || !second) return [];
  return [{ ok: true, what: 'fallback', says: `${modelName(second)} is asked while ${modelName(first)} is down` }];
}

async function threads(config: Config): Promise<Finding> {
  if (!config.model) return { ok: false, what: 'threads', says: 'not tried: there is no model' };
  const pool = new ParallelGeminiService({ model: config.model, maxInFlight: null });
  try {
    await pool.warmUp(DEFAULT_SETTINGS);
    return { ok: true, what: 'threads', says: `${pool.threadsFor(DEFAULT_SETTINGS)} start and load` };
  } catch {
    return { ok: false, what: 'threads', says: 'they cannot load: install again with "npm ci"' };
  } finally {
    await pool.close();
  }
}

async function dataDirectory({ dataDir }: Config): Promise<Finding> {
  try {
    await makeFolder(dataDir);
    await access(dataDir, constants.W_OK);
    return { ok: true, what: 'data', says: dataDir };
  } catch {
    return { ok: false, what: 'data', says: `${dataDir} cannot be written: set DATA_DIR to a folder that can` };
  }
}
