import { CodedError, type FailureData } from '../../contract/coded-error.ts';
import type { BatchStanding } from '../../models/batch-port.ts';

/** The batch came to its end without an answer to this question. */
export function answerMissing(): FailureData {
  return new CodedError(
    'model.unavailable',
    'The batch ended before it came to this image. Try the image again: it then goes into another batch.',
    { retryable: true },
  ).toData();
}

/** The service did not accept the file as a whole. */
export function batchRefused({ problem }: BatchStanding): FailureData {
  if (problem === 'token_limit_exceeded') {
    const detail =
      'Your account may have only so many tokens waiting in batches at once. Try these images again when other batches have ' +
      'ended, or send fewer at once.';
    return new CodedError('model.quotaPerDay', detail, { retryable: true }).toData();
  }
  const detail =
    'The service did not accept the batch. Trying again may help; without batch mode the images are asked about one by one.';
  return new CodedError('model.requestRefused', detail, { retryable: true }).toData();
}
