import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { bodyText, send } from './stand-in-http.ts';

type Status =
  'validating' | 'failed' | 'in_progress' | 'finalizing' | 'completed' | 'expired' | 'cancelling' | 'cancelled';

/** One line of a file, as it was sent. */
export interface BatchStandInLine {
  customId: string;
  imageSha256: string;
  model: string;
  prompt: string;
  body: Record<string, unknown>;
}

export interface BatchStandInOptions {
  answerFor: (line: BatchStandInLine) => unknown;
  /** ms that each of `validating`, `in_progress` and `finalizing` takes. */
  stepMs?: number;
  /** Stays `in_progress` until this is false again. */
  isHeld?: boolean;
  /** What goes wrong with a line: the status and body of its response. Missing for nothing. */
  faultFor?: (line: BatchStandInLine) => { status: number; body: unknown } | undefined;
  /** The batch expires with so many lines answered. */
  expiresAfter?: number;
  /** The file is not accepted, with this code. */
  refusesWith?: string;
  /** The batch is made, and the connection cut before anybody hears of it. */
  cutsCreate?: boolean;
}

interface StandInBatch {
  id: string;
  inputFileId: string;
  metadata: Record<string, string>;
  createdMs: number;
  /** Lines that will have been answered, and what ended it. */
  end: { status: Status; answered: BatchStandInLine[]; expired: BatchStandInLine[] } | null;
  cancelledMs: number | null;
  outputFileId: string | null;
  errorFileId: string | null;
}

const TOKENS = { prompt_tokens: 1_290, completion_tokens: 120, total_tokens: 1_410 };

export interface OpenAiBatchStandIn {
  /** What `OPENAI_BASE_URL` takes. */
  readonly baseUrl: string;
  readonly batches: readonly StandInBatch[];
  /** How often each image was sent in a batch that was made. */
  readonly sent: ReadonlyMap<string, number>;
  readonly lines: readonly BatchStandInLine[];
  /** Files that are there. */
  readonly files: ReadonlyMap<string, string>;
  /** Calls that went to no batch. */
  readonly otherCalls: number;
  set(options: Partial<BatchStandInOptions>): void;
  close(): Promise<void>;
}

/** Speaks `/v1/files` and `/v1/batches` as api.openai.com does: states in their order, lines of an output in another order. */
export async function startOpenAiBatchStandIn(initial: BatchStandInOptions): Promise<OpenAiBatchStandIn> {
  let options = initial;
  const files = new Map<string, string>();
  const batches: StandInBatch[] = [];
  const sent = new Map<string, number>();
  const lines: BatchStandInLine[] = [];
  let otherCalls = 0;

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://stand-in');
    const body = await buffer(request);
    const [, version, kind, id, rest] = pathname.split('/');
    const route = `${request.method} ${version}/${kind}${id ? '/:id' : ''}${rest ? `/${rest}` : ''}`;
    switch (route) {
      case 'POST v1/files':
        return reply(response, 200, await storeFile(request, body));
      case 'GET v1/files/:id/content': {
        const content = files.get(id ?? '');
        if (content === undefined) return notFound(response);
        response.writeHead(200, { 'content-type': 'application/octet-stream' });
        return void response.end(content);
      }
      case 'DELETE v1/files/:id':
        return reply(response, 200, { id, object: 'file', deleted: files.delete(id ?? '') });
      case 'POST v1/batches': {
        const batch = makeBatch(JSON.parse(body.toString()) as { input_file_id: string; metadata?: never });
        if (options.cutsCreate) return void response.socket?.resetAndDestroy();
        return reply(response, 200, shown(batch));
      }
      case 'GET v1/batches': {
        const after = batches.findIndex((each) => each.id === searchParams.get('after'));
        const page = batches.toReversed().slice(after < 0 ? 0 : batches.length - after, 100);
        return reply(response, 200, { object: 'list', data: page.map(shown), has_more: false });
      }
      case 'GET v1/batches/:id':
      case 'POST v1/batches/:id/cancel': {
        const batch = batches.find((each) => each.id === id);
        if (!batch) return notFound(response);
        if (rest === 'cancel' && !batch.end) batch.cancelledMs ??= Date.now();
        return reply(response, 200, shown(batch));
      }
      default:
        otherCalls += 1;
        return notFound(response);
    }
  }

  async function storeFile(request: IncomingMessage, body: Buffer): Promise<object> {
    const form = await new Response(new Uint8Array(body), {
      headers: { 'content-type': request.headers['content-type'] ?? '' },
    }).formData();
    const file = form.get('file');
    if (form.get('purpose') !== 'batch' || file === null || typeof file === 'string') throw new Error('No batch file.');
    const id = `file-${randomUUID()}`;
    files.set(id, await file.text());
    return { id, object: 'file', bytes: file.size, filename: file.name, purpose: 'batch', created_at: now() };
  }

  function makeBatch({ input_file_id, metadata = {} }: { input_file_id: string; metadata?: object }): StandInBatch {
    const batch: StandInBatch = {
      id: `batch_${randomUUID()}`,
      inputFileId: input_file_id,
      metadata: metadata as Record<string, string>,
      createdMs: Date.now(),
      end: null,
      cancelledMs: null,
      outputFileId: null,
      errorFileId: null,
    };
    batches.push(batch);
    for (const line of linesOf(batch)) {
      sent.set(line.imageSha256, (sent.get(line.imageSha256) ?? 0) + 1);
      lines.push(line);
    }
    return batch;
  }

  function linesOf({ inputFileId }: StandInBatch): BatchStandInLine[] {
    const text = files.get(inputFileId) ?? '';
    return text.split('\n').filter(Boolean).map(lineOf);
  }

  /** Where it is by now; ends it once its time has come. */
  function statusOf(batch: StandInBatch): Status {
    if (batch.end) return batch.end.status;
    const { stepMs = 100, isHeld = false, expiresAfter, refusesWith } = options;
    const age = Date.now() - batch.createdMs;
    if (batch.cancelledMs !== null) {
      if (Date.now() - batch.cancelledMs < stepMs) return 'cancelling';
      // What was answered before the cancel was heard is in the output.
      return ended(batch, 'cancelled', 1);
    }
    if (age < stepMs) return 'validating';
    if (refusesWith !== undefined) return ended(batch, 'failed', 0);
    if (age < 2 * stepMs || isHeld) return 'in_progress';
    if (age < 3 * stepMs) return 'finalizing';
    return expiresAfter === undefined ? ended(batch, 'completed', Infinity) : ended(batch, 'expired', expiresAfter);
  }

  function ended(batch: StandInBatch, status: Status, most: number): Status {
    const all = linesOf(batch);
    const [answered, expired] = [all.slice(0, most), all.slice(most)];
    batch.end = { status, answered, expired };
    const results = answered.map((line) => ({ line, fault: options.faultFor?.(line) }));
    const good = results.filter(({ fault }) => !fault).map(({ line }) => outputLine(line, 200, completionOf(line)));
    const bad = results.flatMap(({ line, fault }) => (fault ? [outputLine(line, fault.status, fault.body)] : []));
    const code = status === 'expired' ? 'batch_expired' : 'batch_cancelled';
    const unanswered = status === 'failed' ? [] : expired.map((line) => errorLine(line, code));
    batch.outputFileId = stored(good.toReversed());
    batch.errorFileId = stored([...bad, ...unanswered]);
    return status;
  }

  function stored(content: string[]): string | null {
    if (content.length === 0) return null;
    const id = `file-${randomUUID()}`;
    files.set(id, `${content.join('\n')}\n`);
    return id;
  }

  function completionOf(line: BatchStandInLine): unknown {
    const message = { role: 'assistant', refusal: null, content: bodyText(options.answerFor(line)) };
    return {
      object: 'chat.completion',
      model: line.model,
      choices: [{ message, finish_reason: 'stop' }],
      usage: TOKENS,
    };
  }

  function shown(batch: StandInBatch): object {
    const status = statusOf(batch);
    const total = linesOf(batch).length;
    const completed = batch.end?.answered.length ?? 0;
    const errors = {
      object: 'list',
      data: [{ code: options.refusesWith, message: 'Not accepted', line: null, param: null }],
    };
    return {
      id: batch.id,
      object: 'batch',
      endpoint: '/v1/chat/completions',
      completion_window: '24h',
      status,
      input_file_id: batch.inputFileId,
      output_file_id: batch.outputFileId,
      error_file_id: batch.errorFileId,
      errors: status === 'failed' ? errors : null,
      created_at: Math.floor(batch.createdMs / 1_000),
      expires_at: Math.floor(batch.createdMs / 1_000) + 86_400,
      request_counts: { total: status === 'validating' ? 0 : total, completed, failed: 0 },
      metadata: batch.metadata,
    };
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    batches,
    sent,
    lines,
    files,
    get otherCalls() {
      return otherCalls;
    },
    set(changes) {
      options = { ...options, ...changes };
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function lineOf(text: string): BatchStandInLine {
  const { custom_id, body } = JSON.parse(text) as { custom_id: string; body: Record<string, unknown> };
  const [message] = body['messages'] as { content: { text?: string; image_url?: { url: string } }[] }[];
  const url = message?.content.find((part) => part.image_url)?.image_url?.url ?? '';
  const image = Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
  const imageSha256 = createHash('sha256').update(image).digest('hex');
  const prompt = message?.content.map((part) => part.text ?? '').join('') ?? '';
  return { customId: custom_id, imageSha256, model: String(body['model']), prompt, body };
}

function outputLine({ customId }: BatchStandInLine, status: number, body: unknown): string {
  const response = { status_code: status, request_id: randomUUID(), body };
  return JSON.stringify({ id: `batch_req_${randomUUID()}`, custom_id: customId, response, error: null });
}

function errorLine({ customId }: BatchStandInLine, code: string): string {
  const error = { code, message: 'This request could not be executed before the completion window expired.' };
  return JSON.stringify({ id: `batch_req_${randomUUID()}`, custom_id: customId, response: null, error });
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  send(response, { status, body: bodyText(body) });
}

function notFound(response: ServerResponse): void {
  reply(response, 404, { error: { message: 'No such thing', type: 'invalid_request_error', code: null } });
}

function now(): number {
  return Math.floor(Date.now() / 1_000);
}
