import OpenAI from 'openai';
import { httpFetch } from '../http-fetch.ts';

/** The library has no "no timeout"; this is the longest a timer can be. The worker times every call out itself. */
const NO_TIMEOUT_MS = 2 ** 31 - 1;

/** Every option that the library would otherwise take from the environment is given: only `config/` reads that. */
export function createClient(apiKey: string | null, baseUrl: string): OpenAI {
  return new OpenAI({
    // The library insists on a key; where there is none its header is taken out again.
    apiKey: apiKey ?? 'none',
    defaultHeaders: apiKey === null ? { Authorization: null } : {},
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    baseURL: baseUrl.replace(/\/+$/, ''),
    fetch: httpFetch,
    maxRetries: 0,
    timeout: NO_TIMEOUT_MS,
    logLevel: 'off',
  });
}
