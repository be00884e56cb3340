import { openAsBlob } from 'node:fs';
import type { Batch } from 'openai/resources/batches';
import { CodedError } from '../../contract/coded-error.ts';
import type { BatchService, BatchStanding } from '../batch-port.ts';
import { checkedBaseUrl, hostOf, underSignal } from '../call-failure.ts';
import type { ModelConfig } from '../port.ts';
import { createClient } from './openai-client.ts';
import { toOpenAiFailure, type OpenAiTarget } from './openai-errors.ts';

/** Our tag among the metadata that a batch carries. */
const TAG = 'contactsheet';
/** Batches that are looked through for a tag, newest first: it was made minutes ago, or before the last start. */
const MOST_LOOKED_THROUGH = 1_000;
const PAGE = 100;

/**
 * Batches at any server that has OpenAI's batch API.
 *
 * @throws CodedError `config.invalid` where the base URL is not a plain http(s) address.
 */
export function createOpenAiBatches(config: Extract<ModelConfig, { kind: 'openai' }>): BatchService {
  const apiKey = config.apiKey === '' ? null : config.apiKey;
  const host = hostOf(checkedBaseUrl(config.baseUrl, 'OPENAI_BASE_URL'));
  const target: OpenAiTarget = { apiKey, model: config.model, host };
  const client = createClient(apiKey, config.baseUrl);

  const asked = <T>(signal: AbortSignal, request: (own: AbortSignal) => Promise<T>): Promise<T> =>
    underSignal(signal, (own) =>
      request(own).catch((thrown: unknown) => {
        throw toBatchFailure(thrown, target);
      }),
    );

  async function* lines(fileId: string, signal: AbortSignal): AsyncGenerator<string> {
    const response = await asked(signal, (own) => client.files.content(fileId, { signal: own }));
    if (!response.body) return;
    let rest = '';
    try {
      for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
        signal.throwIfAborted();
        const whole = (rest + text).split('\n');
        rest = whole.pop() ?? '';
        for (const line of whole) if (line.trim() !== '') yield line;
      }
    } catch (thrown) {
      signal.throwIfAborted();
      throw toBatchFailure(thrown, target);
    }
    if (rest.trim() !== '') yield rest;
  }

  return {
    upload: (path, name, signal) =>
      asked(signal, async (own) => {
        // Read from the disk as it is sent: it may be 200 MB.
        const file = new File([await openAsBlob(path)], name, { type: 'application/jsonl' });
        return (await client.files.create({ file, purpose: 'batch' }, { signal: own })).id;
      }),
    create: (fileId, tag, signal) =>
      asked(signal, async (own) => {
        const batch = { input_file_id: fileId, endpoint: '/v1/chat/completions', completion_window: '24h' } as const;
        return standingOf(await client.batches.create({ ...batch, metadata: { [TAG]: tag } }, { signal: own }));
      }),
    find: (tag, signal) =>
      asked(signal, async (own) => {
        let seen = 0;
        for await (const batch of client.batches.list({ limit: PAGE }, { signal: own })) {
          if (batch.metadata?.[TAG] === tag) return standingOf(batch);
          if (++seen >= MOST_LOOKED_THROUGH) break;
        }
        return null;
      }),
    get: (batchId, signal) =>
      asked(signal, async (own) => standingOf(await client.batches.retrieve(batchId, { signal: own }))),
    cancel: (batchId, signal) =>
      asked(signal, async (own) => void (await client.batches.cancel(batchId, { signal: own }))),
    lines,
    async drop(fileIds) {
      await Promise.allSettled(fileIds.map((fileId) => client.files.delete(fileId)));
    },
  };
}

function toBatchFailure(thrown: unknown, target: OpenAiTarget): CodedError {
  const failure = toOpenAiFailure(thrown, target);
  // Of a chat it would be the model that is missing; here it is the batch API, or the batch.
  if (failure.code !== 'model.notFound') return failure;
  const detail = `The server at ${target.host} knows nothing of batches, or not of this one. Without batch mode the images are asked about one by one.`;
  return new CodedError('model.requestRefused', detail, { stopsRun: true, cause: failure.cause });
}

function standingOf(batch: Batch): BatchStanding {
  const { id, status, output_file_id, error_file_id, input_file_id, request_counts, expires_at, errors } = batch;
  return {
    id,
    state:
      status === 'completed' || status === 'failed' || status === 'expired' || status === 'cancelled'
        ? status
        : 'underWay',
    outputFileId: output_file_id ?? null,
    errorFileId: error_file_id ?? null,
    inputFileId: input_file_id,
    counts: {
      total: request_counts?.total ?? 0,
      completed: (request_counts?.completed ?? 0) + (request_counts?.failed ?? 0),
    },
    expiresAt: expires_at === undefined || expires_at === null ? null : expires_at * 1_000,
    problem: errors?.data?.[0]?.code ?? null,
  };
}
