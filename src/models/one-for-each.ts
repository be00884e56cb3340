import { CodedError } from '../contract/coded-error.ts';

/** The vectors of a reply. @throws CodedError `model.replyInvalid` where they are not one for each text */
export function oneForEach(texts: readonly string[], vectors: number[][] | null): number[][] {
  if (vectors?.length === texts.length) return vectors;
  throw new CodedError('model.replyInvalid', 'The service gave another number of vectors than texts were sent.', {
    retryable: true,
  });
}
