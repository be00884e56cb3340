import { createOpenAiModel } from '../../src/models/openai/openai-model.ts';
import { startOpenAiStandIn } from '../support/openai-stand-in.ts';
import { describeVisionModel } from './vision-model.contract.ts';

describeVisionModel({
  name: 'openai',
  start: startOpenAiStandIn,
  open: (baseUrl, apiKey) => createOpenAiModel({ kind: 'openai', apiKey, baseUrl, model: 'm-1' }),
});
