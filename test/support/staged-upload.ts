import { once } from 'node:events';
import { request as rawRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import type { PileStarted } from '../../src/contract/pile.ts';
import { announce } from './piles.ts';

/** A file on its way into a pile by the tus protocol, whose bytes go out only as far as they are told to. */
export class StagedUpload {
  readonly location: string;
  readonly #url: string;
  readonly #token: string;
  readonly #bytes: Buffer;
  #patch: ClientRequest | null = null;
  #sent = 0;

  private constructor(url: string, token: string, location: string, bytes: Buffer) {
    this.#url = url;
    this.#token = token;
    this.location = location;
    this.#bytes = bytes;
  }

  /** Announces the file; not one byte of it is sent. */
  static async begin(url: string, pile: PileStarted, name: string, bytes: Buffer): Promise<StagedUpload> {
    const { headers } = await announce(url, pile, name, bytes.length).expect(201);
    return new StagedUpload(url, pile.pileToken, headers['location'] ?? '', bytes);
  }

  /** The last part of its address. */
  get fileId(): string {
    return this.location.split('/').at(-1) ?? '';
  }

  /** Sends up to this share of the file, in one request for all of the rest, which stays open. */
  async sendUpTo(share: number): Promise<void> {
    this.#patch ??= this.#open(0);
    const to = Math.floor(this.#bytes.length * share);
    const patch = this.#patch;
    await new Promise<void>((resolve) => patch.write(this.#bytes.subarray(this.#sent, to), () => resolve()));
    this.#sent = to;
  }

  /** The rest. @returns the status of the answer */
  async finish(): Promise<number | undefined> {
    this.#patch ??= this.#open(0);
    const answer = once(this.#patch, 'response') as Promise<[IncomingMessage]>;
    this.#patch.end(this.#bytes.subarray(this.#sent));
    const [response] = await answer;
    response.resume();
    return response.statusCode;
  }

  /** The line is cut. */
  async breakOff(): Promise<void> {
    const patch = this.#patch;
    this.#patch = null;
    if (!patch) return;
    // Not by `once`, which fails where an error comes first: and it does, since the line is cut.
    await new Promise<void>((resolve) => patch.once('close', () => resolve()).destroy());
  }

  /** Goes on from there, perhaps at another server. */
  goOn(offset: number, url = this.#url): void {
    this.#sent = offset;
    this.#patch = this.#open(offset, url);
  }

  #open(offset: number, url = this.#url): ClientRequest {
    const patch = rawRequest(url + this.location, {
      method: 'PATCH',
      headers: {
        Authorization: `Bearer ${this.#token}`,
        'Tus-Resumable': '1.0.0',
        'Upload-Offset': String(offset),
        'Content-Type': 'application/offset+octet-stream',
        'Content-Length': String(this.#bytes.length - offset),
      },
    });
    // Of a line that is cut on purpose, or whose server was killed.
    patch.on('error', () => undefined);
    return patch;
  }
}
