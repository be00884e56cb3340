import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { FileStore } from '@tus/file-store';
import { EVENTS, Server } from '@tus/server';
import { CodedError, type ErrorCode } from '../contract/coded-error.ts';
import { problemOf } from '../http/problem.ts';
import { cleanFileName } from '../images/content-id.ts';
import type { PilesService } from './piles.service.ts';

type ServerOptions = ConstructorParameters<typeof Server>[0];
type TusRequest = Parameters<NonNullable<ServerOptions['onUploadFinish']>>[0];

const FILES_PATH = /^\/api\/piles\/(pile_[0-9a-f]{18})\/files(?:\/(file_[0-9a-f]{18}))?\/?$/;
/** The sender has put the table of contents of a video in front: `order` of `Upload-Metadata`. */
const MOVED = 'tableFirst';
const UPLOAD_ID = /^(pile_[0-9a-f]{18})\.(file_[0-9a-f]{18})$/;

/**
 * Files of piles, sent by the tus protocol 1.0.0: each goes on where a broken connection left it, also after a restart of the
 * server. Who may send is for the caller to know. Bytes go to the disk as they come.
 */
export class PileUploads {
  readonly #server: TusServer;
  readonly #piles: PilesService;

  constructor(piles: PilesService) {
    this.#piles = piles;
    this.#server = new TusServer({
      path: '/api/piles',
      datastore: new FileStore({ directory: piles.uploadDirectory }),
      namingFunction: (request) => `${addressOf(request).pileId}.file_${randomBytes(9).toString('hex')}`,
      generateUrl: (_request, { id }) => urlOf(id),
      getFileIdFromRequest: (request) => addressOf(request).uploadId,
      // Pages of other sites have no business here; the library would let all of them in.
      allowedOrigins: () => false,
      disableTerminationForFinishedUploads: true,
      onUploadCreate: async (_request, { id, size, metadata }) => {
        if (size === undefined) throw new CodedError('upload.invalid', 'Say the length of the file: Upload-Length.');
        const { pileId, fileId } = partsOf(id);
        const name = cleanFileName(metadata?.['filename'] ?? metadata?.['name'] ?? '');
        await piles.announce(pileId, { id: fileId, name, sizeBytes: size });
        // Nothing else of what was said of it is kept: whoever sends the rest has to put the bytes in the same order.
        return { metadata: { filename: name, ...(metadata?.['order'] === MOVED && { order: MOVED }) } };
      },
      onUploadFinish: async (_request, { id }) => {
        const { pileId, fileId } = partsOf(id);
        await piles.takeFile(pileId, fileId, () => this.#remove(id));
        return {};
      },
      onResponseError: (_request, error) => problemFor(error),
    });
    this.#server.on(EVENTS.POST_TERMINATE, (_request, _response, id) => {
      const { pileId, fileId } = partsOf(id);
      void piles.forget(pileId, fileId).catch(() => undefined);
    });
  }

  /** Answers a request of the protocol, whatever its method. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'HEAD' && (await this.#answersForWhole(request, response))) return;
    await this.#server.handle(request, response);
  }

  /**
   * A file that was taken in is gone from here. A sender whose connection broke just before it was told so asks how far it
   * is, and must not send the whole file once more.
   */
  async #answersForWhole(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const [, pileId, fileId] = FILES_PATH.exec(pathOf(request.url)) ?? [];
    const sent = pileId && fileId ? await this.#piles.sent(pileId, fileId) : null;
    if (!sent?.isWhole) return false;
    const length = String(sent.sizeBytes);
    const headers = { 'Tus-Resumable': '1.0.0', 'Upload-Offset': length, 'Upload-Length': length };
    response.writeHead(200, { ...headers, 'Cache-Control': 'no-store' }).end();
    return true;
  }

  async #remove(uploadId: string): Promise<void> {
    // Gone already: fine.
    await this.#server.datastore.remove(uploadId).catch(() => undefined);
  }
}

/** The library answers its own refusals in plain text; here every error is problem+json. */
class TusServer extends Server {
  override write(
    context: Parameters<Server['write']>[0],
    headers: Headers,
    status: number,
    body = '',
  ): ReturnType<Server['write']> {
    if (status < 400) return super.write(context, headers, status, body);
    headers.set('Content-Type', 'application/problem+json');
    const problem = body.startsWith('{')
      ? body
      : JSON.stringify({ ...problemOf(codeOf(status), wordsFor(body)), status });
    return super.write(context, headers, status, problem);
  }
}

function problemFor(error: Error | { status_code: number; body: string }): { status_code: number; body: string } {
  if (error instanceof CodedError) {
    const problem = problemOf(error.code, error.message);
    return { status_code: problem.status, body: JSON.stringify(problem) };
  }
  if ('status_code' in error && error.status_code < 500) return { status_code: error.status_code, body: error.body };
  // Its message may hold a path. Where the sender went away in the middle, nobody reads this.
  const detail = 'The upload broke off. Ask how far it is, and go on from there.';
  return { status_code: 500, body: JSON.stringify(problemOf('internal', detail)) };
}

function codeOf(status: number): ErrorCode {
  if (status === 404 || status === 410) return 'notFound';
  return status === 413 ? 'upload.tooLarge' : 'upload.invalid';
}

/** The library's words are fixed texts that end with a line break. */
function wordsFor(body: string): string {
  const words = body.trim();
  return words === '' ? 'The upload cannot be used.' : `${words.replace(/\.$/, '')}.`;
}

function urlOf(uploadId: string): string {
  const { pileId, fileId } = partsOf(uploadId);
  return `/api/piles/${pileId}/files/${fileId}`;
}

function partsOf(uploadId: string): { pileId: string; fileId: string } {
  const [, pileId, fileId] = UPLOAD_ID.exec(uploadId) ?? [];
  if (!pileId || !fileId) throw new CodedError('notFound', 'There is no such file.');
  return { pileId, fileId };
}

/** What a request is about; the id of an upload is the pile's and the file's, so that no pile reaches another's files. */
function addressOf(request: TusRequest): { pileId: string; uploadId: string | undefined } {
  const [, pileId, fileId] = FILES_PATH.exec(pathOf(request.url)) ?? [];
  if (!pileId) throw new CodedError('notFound', 'There is nothing at this address.');
  return { pileId, uploadId: fileId && `${pileId}.${fileId}` };
}

function pathOf(url: string | undefined): string {
  return new URL(url ?? '/', 'http://localhost').pathname;
}
