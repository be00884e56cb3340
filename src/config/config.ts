import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadEnvFile } from 'node:process';
import { z } from 'zod';
import { CodedError } from '../contract/coded-error.ts';
import type { ModelConfig } from '../models/port.ts';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Everything the environment decides, read once and checked. Holds keys: never logged. */
export interface Config {
  /** Null where nothing is set up for the model that was asked for; `modelProblem` then says what is missing. */
  model: ModelConfig | null;
  modelProblem: string | null;
  /** Asked while `model` is down; null for nobody. */
  fallback: ModelConfig | null;
  /** What is missing for the second model that was asked for. */
  fallbackProblem: string | null;
  analysisConcurrency: number | null;
  /** How long answers of models are kept for later runs; 0 keeps none. */
  cacheHours: number;
  /** Whether the answers of a model are held against the printed words of their image, where nobody says otherwise. */
  ground: boolean | null;
  /** Requests and input tokens a minute that the account of the model allows; null is to be learnt. */
  modelRpm: number | null;
  modelTpm: number | null;
  dataDir: string;
  databaseUrl: string | null;
  port: number;
  host: string;
  adminToken: string | null;
  logLevel: (typeof LOG_LEVELS)[number];
  maxUploadBytes: number;
  /** How long a run waits for the next byte of a video that is being sent, ms. */
  uploadWaitMs: number;
  /** One run's images at most, for each kind of sender. */
  maxImagesPerRun: { admin: number; public: number };
  /** Whether images may be fetched from addresses that are not public, and from any port: for a media server at home. */
  fetchPrivateAddresses: boolean;
  /** Requests to one host within any minute, where images are fetched from URLs. */
  fetchesPerMinute: number;
  /** Proxies in front of this server whose `X-Forwarded-For` is believed. */
  trustedProxies: number;
}

export const DEFAULT_GEMINI_MODEL = 'gemini-2.5-flash';
/** Only asked where something is to be found by its meaning. */
export const DEFAULT_GEMINI_EMBEDDING_MODEL = 'gemini-embedding-001';

/** An empty variable counts as one that is not set: that is how people blank a line of a `.env` file. */
const unlessBlank = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);
const text = z.preprocess(unlessBlank, z.string().trim().optional());
const url = z.preprocess(
  unlessBlank,
  z.url({ protocol: /^https?$/, error: 'must be a URL that begins with http:// or https://' }).optional(),
);
const whole = (min: number, max: number) =>
  z.preprocess(unlessBlank, z.coerce.number().int().min(min).max(max).optional());
/** With anything else in it the token could never be sent in a header, and the admin would be shut out. */
const token = z.preprocess(
  unlessBlank,
  z
    .string()
    .trim()
    .regex(/^[\x21-\x7e]+$/, 'must have only ASCII letters, digits and punctuation, and no white space inside')
    .optional(),
);

const environment = z.object({
  MODEL: z.preprocess(unlessBlank, z.enum(['auto', 'local', 'gemini', 'openai']).default('auto')),
  FALLBACK_MODEL: z.preprocess(unlessBlank, z.enum(['gemini', 'openai']).optional()),
  GEMINI_API_KEY: text,
  GEMINI_BASE_URL: url,
  GEMINI_MODEL: text,
  OPENAI_API_KEY: text,
  OPENAI_BASE_URL: url,
  OPENAI_MODEL: text,
  GEMINI_EMBEDDING_MODEL: text,
  OPENAI_EMBEDDING_MODEL: text,
  ANALYSIS_CONCURRENCY: whole(1, 1_000),
  CACHE_HOURS: whole(0, 8_760),
  GROUND: z.preprocess(unlessBlank, z.enum(['on', 'off']).optional()),
  MODEL_RPM: whole(1, 1_000_000_000),
  MODEL_TPM: whole(1, 1_000_000_000_000),
  DATA_DIR: text,
  DATABASE_URL: text,
  PORT: whole(0, 65_535),
  HOST: text,
  ADMIN_TOKEN: token,
  LOG_LEVEL: z.preprocess(unlessBlank, z.enum(LOG_LEVELS).default('info')),
  MAX_UPLOAD_MB: whole(1, 1_000),
  UPLOAD_WAIT_SECONDS: whole(1, 86_400),
  MAX_IMAGES_PER_RUN: whole(1, 100_000),
  MAX_IMAGES_PER_PUBLIC_RUN: whole(1, 100_000),
  FETCH_PRIVATE_ADDRESSES: z.preprocess(unlessBlank, z.enum(['on', 'off']).default('off')),
  FETCHES_PER_MINUTE: whole(1, 100_000),
  TRUST_PROXY: whole(0, 10),
});

export type ModelChoice = z.infer<typeof environment>['MODEL'];

/** What the command line says instead of the environment. */
export interface ConfigOverrides {
  model?: ModelChoice;
  dataDir?: string;
}

/** Reads `.env` of the working directory where there is one; what the environment already says wins. */
export function loadDotEnv(): void {
  if (existsSync('.env')) loadEnvFile('.env');
}

/**
 * The one reader of the environment.
 *
 * @throws CodedError `config.invalid`, naming the variable and what it should be, never its value (it may be a key)
 */
export function readConfig(overrides: ConfigOverrides = {}, env: NodeJS.ProcessEnv = process.env): Config {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new CodedError('config.invalid', `The environment has a value that cannot be used. ${problems.join('; ')}`);
  }
  const vars = parsed.data;
  const choice = chooseModel(overrides.model ?? vars.MODEL, vars);
  return {
    ...choice,
    ...chooseFallback(choice.model, overrides.model !== undefined, vars),
    analysisConcurrency: vars.ANALYSIS_CONCURRENCY ?? null,
    cacheHours: vars.CACHE_HOURS ?? 168,
    ground: vars.GROUND === undefined ? null : vars.GROUND === 'on',
    modelRpm: vars.MODEL_RPM ?? null,
    modelTpm: vars.MODEL_TPM ?? null,
    dataDir: resolve(overrides.dataDir ?? vars.DATA_DIR ?? './data'),
    databaseUrl: vars.DATABASE_URL ?? null,
    port: vars.PORT ?? 3_000,
    host: vars.HOST ?? '127.0.0.1',
    adminToken: vars.ADMIN_TOKEN ?? null,
    logLevel: vars.LOG_LEVEL,
    uploadWaitMs: (vars.UPLOAD_WAIT_SECONDS ?? 600) * 1_000,
    maxUploadBytes: (vars.MAX_UPLOAD_MB ?? 20) * 2 ** 20,
    maxImagesPerRun: { admin: vars.MAX_IMAGES_PER_RUN ?? 500, public: vars.MAX_IMAGES_PER_PUBLIC_RUN ?? 20 },
    fetchPrivateAddresses: vars.FETCH_PRIVATE_ADDRESSES === 'on',
    fetchesPerMinute: vars.FETCHES_PER_MINUTE ?? 600,
    trustedProxies: vars.TRUST_PROXY ?? 0,
  };
}

type Choice = Pick<Config, 'model' | 'modelProblem'>;
type Vars = z.infer<typeof environment>;

function chooseModel(choice: ModelChoice, vars: Vars): Choice {
  switch (choice) {
    case 'local':
      return { model: { kind: 'local' }, modelProblem: null };
    case 'gemini':
      return geminiModel(vars);
    case 'openai':
      return openAiModel(vars);
    case 'auto':
      if (vars.GEMINI_API_KEY) return geminiModel(vars);
      if (vars.OPENAI_BASE_URL) return openAiModel(vars);
      return { model: { kind: 'local' }, modelProblem: null };
  }
}

/**
 * Each kind has one set of variables, so the second model is of the other kind; reading here needs nobody else.
 *
 * @param isOverridden the command line has said who is the first: it may be the second of the environment
 */
function chooseFallback(
  first: ModelConfig | null,
  isOverridden: boolean,
  vars: Vars,
): Pick<Config, 'fallback' | 'fallbackProblem'> {
  const kind = vars.FALLBACK_MODEL;
  const none = { fallback: null, fallbackProblem: null };
  if (!kind || first === null || first.kind === 'local') return none;
  if (first.kind === kind) {
    const problem = `FALLBACK_MODEL is ${kind}, which is the first model already: name the other one.`;
    return isOverridden ? none : { ...none, fallbackProblem: problem };
  }
  const { model, modelProblem } = kind === 'gemini' ? geminiModel(vars) : openAiModel(vars);
  return {
    fallback: model,
    fallbackProblem: modelProblem && `FALLBACK_MODEL is ${kind}: ${modelProblem.replace(/^MODEL is \w+, but /, '')}`,
  };
}

function geminiModel(vars: Vars): Choice {
  if (!vars.GEMINI_API_KEY) return { model: null, modelProblem: 'MODEL is gemini, but GEMINI_API_KEY is not set.' };
  const model = vars.GEMINI_MODEL ?? DEFAULT_GEMINI_MODEL;
  return {
    model: {
      kind: 'gemini',
      apiKey: vars.GEMINI_API_KEY,
      baseUrl: vars.GEMINI_BASE_URL ?? null,
      model,
      embeddingModel: vars.GEMINI_EMBEDDING_MODEL ?? DEFAULT_GEMINI_EMBEDDING_MODEL,
    },
    modelProblem: null,
  };
}

function openAiModel(vars: Vars): Choice {
  if (!vars.OPENAI_BASE_URL && !vars.OPENAI_API_KEY) {
    return { model: null, modelProblem: 'MODEL is openai, but neither OPENAI_BASE_URL nor OPENAI_API_KEY is set.' };
  }
  if (!vars.OPENAI_MODEL) return { model: null, modelProblem: 'OPENAI_MODEL is not set: which model shall be asked?' };
  const baseUrl = vars.OPENAI_BASE_URL ?? 'https://api.openai.com/v1';
  return {
    model: {
      kind: 'openai',
      apiKey: vars.OPENAI_API_KEY ?? null,
      baseUrl,
      model: vars.OPENAI_MODEL,
      ...(vars.OPENAI_EMBEDDING_MODEL !== undefined && { embeddingModel: vars.OPENAI_EMBEDDING_MODEL }),
    },
    modelProblem: null,
  };
}
