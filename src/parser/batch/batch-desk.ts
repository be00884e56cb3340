import { randomUUID } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CodedError } from '../../contract/coded-error.ts';
import type { BatchService, BatchStanding } from '../../models/batch-port.ts';
import { makeFolder } from '../../storage/make-folder.ts';
import type { BatchBook, PendingBatch } from '../kept.ts';

export interface BatchDeskParts {
  book: BatchBook;
  /** Where files are written until the service has them. */
  directory: string;
  openService: () => Promise<BatchService>;
  /** Of one batch; what the API takes unless said otherwise. */
  limits?: { requests: number; bytes: number };
  /** ms between two questions after a batch. */
  poll?: { firstMs: number; longestMs: number };
}

/** A little below what the API takes (50,000 and 200 MB), since nobody says how it counts a megabyte. */
const LIMITS = { requests: 50_000, bytes: 190_000_000 };
const POLL = { firstMs: 1_000, longestMs: 60_000 };
/** How long a process that was killed holds what it was writing or sending, and how often a live one says it is there. */
const HOLD_MS = 5_000;
const HOLD_AGAIN_MS = 1_000;
const CANCEL_LIMIT_MS = 10_000;
/** A service that cannot be reached is given this many tries to take a batch: some three minutes. */
const MOST_TRIES_TO_SEND = 8;

/** A file of questions that is being written. */
export interface BatchFile {
  tag: string;
  requests: number;
  bytes: number;
  handle: FileHandle;
  letGo: () => void;
}

/**
 * Writes, sends and follows batches, for all runs of a process. What was sent is stored before and after, so that a process
 * that is killed at any moment finds its batches again; see docs/decisions/0031-batch-mode.md.
 */
export class BatchDesk {
  readonly #parts: BatchDeskParts;
  readonly #owner = `${process.pid}-${randomUUID()}`;
  /** Batches that this process is writing or sending at the moment. */
  readonly #underHand = new Set<string>();
  /** Runs of this process that wait for a batch, by its tag. */
  readonly #followers = new Map<string, number>();
  readonly #ended = new Map<string, BatchStanding>();
  #service: Promise<BatchService> | null = null;

  constructor(parts: BatchDeskParts) {
    this.#parts = parts;
  }

  get book(): BatchBook {
    return this.#parts.book;
  }

  /** @throws CodedError `config.invalid` where nothing can be stored: a batch that is not remembered would be paid for twice */
  async newFile(): Promise<BatchFile> {
    const tag = randomUUID();
    await makeFolder(this.#parts.directory);
    const letGo = this.#begin(tag);
    return { tag, requests: 0, bytes: 0, handle: await open(this.#pathOf(tag), 'wx', 0o600), letGo };
  }

  hasRoomFor({ requests, bytes }: BatchFile, line: string): boolean {
    const limits = this.#parts.limits ?? LIMITS;
    return requests === 0 || (requests < limits.requests && bytes + Buffer.byteLength(line) < limits.bytes);
  }

  async append(file: BatchFile, line: string): Promise<void> {
    const text = `${line}\n`;
    await file.handle.appendFile(text);
    file.requests += 1;
    file.bytes += Buffer.byteLength(text);
  }

  /** Forgets a file that was not sent. */
  async discard({ tag, handle, letGo }: BatchFile): Promise<void> {
    letGo();
    await handle.close();
    await this.#forget(tag);
  }

  /** @throws CodedError where the service does not take it; nothing of it is then pending any more */
  async send({ tag, handle, letGo }: BatchFile, signal: AbortSignal): Promise<void> {
    await handle.sync();
    await handle.close();
    this.book.move(tag, 'sending', null);
    await this.#submit(tag, false, signal).finally(letGo);
  }

  /**
   * Waits until a batch has ended.
   *
   * @param onStanding told each time the service was asked
   * @returns null where the batch is not there any more: its answers were taken, or it was never sent
   */
  async ended(
    tag: string,
    signal: AbortSignal,
    onStanding: (standing: BatchStanding) => void,
  ): Promise<BatchStanding | null> {
    const { firstMs, longestMs } = this.#parts.poll ?? POLL;
    for (let waitMs = firstMs; ; waitMs = Math.min(longestMs, waitMs * 1.5)) {
      const pending = this.book.get(tag);
      if (!pending) return null;
      if (pending.batchId === null) {
        await this.#takeOver(pending, signal);
      } else {
        const standing = await this.#ask(pending.batchId, signal);
        if (standing === 'unknown') {
          await this.#forget(tag);
          return null;
        }
        if (standing) onStanding(standing);
        if (standing && standing.state !== 'underWay') {
          this.#ended.set(tag, standing);
          return standing;
        }
      }
      await delay(waitMs, undefined, { signal });
    }
  }

  /** Says that a run waits for a batch. @returns to be called when it has what it wants of it */
  follow(tag: string): () => Promise<void> {
    this.#followers.set(tag, (this.#followers.get(tag) ?? 0) + 1);
    return async () => {
      const others = (this.#followers.get(tag) ?? 1) - 1;
      this.#followers.set(tag, others);
      if (others > 0) return;
      this.#followers.delete(tag);
      const ended = this.#ended.get(tag);
      this.#ended.delete(tag);
      // The files go with the last answer that somebody wanted: images are in them.
      if (!ended || this.book.get(tag) !== null) return;
      const files = [ended.inputFileId, ended.outputFileId, ended.errorFileId].filter((fileId) => fileId !== null);
      await (await this.#open()).drop(files);
    };
  }

  /** The lines of a batch that has ended, answered and failed ones. */
  async *lines({ outputFileId, errorFileId }: BatchStanding, signal: AbortSignal): AsyncGenerator<string> {
    const service = await this.#open();
    for (const fileId of [outputFileId, errorFileId]) if (fileId !== null) yield* service.lines(fileId, signal);
  }

  /** Cancels a batch, unless another run of this process waits for it. What was answered can be taken by a later run. */
  async cancel(tag: string): Promise<void> {
    const pending = this.book.get(tag);
    if (pending === null || pending.state === 'writing' || (this.#followers.get(tag) ?? 0) > 0) return;
    const signal = AbortSignal.timeout(CANCEL_LIMIT_MS);
    const service = await this.#open();
    try {
      const batchId = pending.batchId ?? (await service.find(tag, signal))?.id;
      if (batchId !== undefined) await service.cancel(batchId, signal);
    } catch {
      // It ends by itself within a day, and who runs the same again finds what it has answered.
    }
  }

  #open(): Promise<BatchService> {
    this.#service ??= this.#parts.openService();
    return this.#service;
  }

  #pathOf(tag: string): string {
    return join(this.#parts.directory, `${tag}.jsonl`);
  }

  #begin(tag: string): () => void {
    if (!this.book.begin(tag, this.#owner, Date.now() + HOLD_MS)) {
      throw new CodedError(
        'config.invalid',
        'Batches need the file kept.db in the data directory, to remember what was sent; it cannot be written.',
        { stopsRun: true },
      );
    }
    return this.#keepHold(tag);
  }

  #keepHold(tag: string): () => void {
    const timer = setInterval(() => this.book.hold(tag, this.#owner, Date.now() + HOLD_MS), HOLD_AGAIN_MS);
    this.#underHand.add(tag);
    return () => {
      clearInterval(timer);
      this.#underHand.delete(tag);
    };
  }

  /** Another process was writing or sending it. It still is, or it was killed: then what it had begun is finished here. */
  async #takeOver({ tag, state }: PendingBatch, signal: AbortSignal): Promise<void> {
    if (this.#underHand.has(tag) || !this.book.hold(tag, this.#owner, Date.now() + HOLD_MS)) return;
    if (state === 'writing') return this.#forget(tag);
    const letGo = this.#keepHold(tag);
    await this.#submit(tag, true, signal).finally(letGo);
  }

  /** @param mayBeThere the service may have the batch already, though nobody has heard so */
  async #submit(tag: string, mayBeThere: boolean, signal: AbortSignal): Promise<void> {
    const service = await this.#open();
    let fileId: string | null = null;
    let isUncertain = mayBeThere;
    for (let tries = 1; ; tries++) {
      try {
        const found: BatchStanding | null = isUncertain ? await service.find(tag, signal) : null;
        if (!found) fileId ??= await service.upload(this.#pathOf(tag), `contactsheet-${tag}.jsonl`, signal);
        // Another process may have taken it over while this one slept.
        if (!this.book.hold(tag, this.#owner, Date.now() + HOLD_MS)) return;
        isUncertain = true;
        const { id } = found ?? (await service.create(fileId ?? '', tag, signal));
        this.book.move(tag, 'waiting', id);
        await rm(this.#pathOf(tag), { force: true });
        return;
      } catch (error) {
        // Cancelled in the middle: it stays as it is, and whoever comes next finds out whether the service has it.
        if (signal.aborted) throw error;
        const isPassing = error instanceof CodedError && error.retryable;
        if (!isPassing || tries >= MOST_TRIES_TO_SEND) {
          // A file that is gone was of a data directory that was tidied up.
          await this.#forget(tag);
          if (error instanceof CodedError) throw error;
          return;
        }
        await delay(Math.min(60_000, 1_000 * 2 ** (tries - 1)), undefined, { signal });
      }
    }
  }

  async #ask(batchId: string, signal: AbortSignal): Promise<BatchStanding | 'unknown' | null> {
    try {
      return await (await this.#open()).get(batchId, signal);
    } catch (error) {
      if (signal.aborted || !(error instanceof CodedError)) throw error;
      // Of another key, or deleted by hand.
      if (error.code === 'model.requestRefused') return 'unknown';
      if (error.stopsRun || error.pausesRun) throw error;
      return null;
    }
  }

  async #forget(tag: string): Promise<void> {
    this.book.drop(tag);
    await rm(this.#pathOf(tag), { force: true });
  }
}
