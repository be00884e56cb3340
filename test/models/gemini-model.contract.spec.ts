import { createGeminiModel } from '../../src/models/gemini/gemini-model.ts';
import { startGeminiStandIn } from '../support/gemini-stand-in.ts';
import { describeVisionModel } from './vision-model.contract.ts';

describeVisionModel({
  name: 'gemini',
  start: startGeminiStandIn,
  open: (baseUrl, apiKey) => createGeminiModel({ kind: 'gemini', apiKey, baseUrl, model: 'm-1' }),
});
