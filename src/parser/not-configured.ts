import { CodedError } from '../contract/coded-error.ts';

export function noModel(): CodedError {
  return new CodedError(
    'model.notConfigured',
    'No model is set up for this. Set GEMINI_API_KEY, or OPENAI_BASE_URL, or MODEL=local to read text on this machine.',
    { stopsRun: true },
  );
}

export function noBatches(): CodedError {
  return new CodedError(
    'request.invalid',
    'Batches go to an OpenAI-compatible service: set MODEL=openai with its key, or start the run without batch.',
  );
}
