import { createGeminiModel } from '../../src/models/gemini/gemini-model.ts';
import { httpFetch } from '../../src/models/http-fetch.ts';
import { startGeminiStandIn } from '../support/gemini-stand-in.ts';
import { describeVisionModel } from './vision-model.contract.ts';

// As in the worker threads.
globalThis.fetch = httpFetch;

describeVisionModel({
  name: 'gemini',
  start: startGeminiStandIn,
  open: (baseUrl, apiKey) => createGeminiModel({ kind: 'gemini', apiKey, baseUrl, model: 'm-1' }),
});
