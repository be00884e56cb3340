import { CodedError, type FailureData } from '../../contract/coded-error.ts';
import type { Account } from '../../engine/account.ts';
import { moneySpent } from '../../engine/call-end.ts';
import { callCostUsd, Purse, type Reservation } from '../../engine/purse.ts';
import type { Unit } from '../../engine/unit.ts';
import { priceInBatches, type BatchStanding } from '../../models/batch-port.ts';
import type { ImageToRead, RunnerEnd } from '../../runs/analysis-runner.ts';
import { isLeftForLater } from '../../runs/left-for-later.ts';
import type { AnswerCache } from '../kept.ts';
import { whichQuestion } from '../questions.ts';
import type { RemoteReader } from '../remote-reader.ts';
import type { PreparedImage } from '../worker-protocol.ts';
import type { BatchDesk, BatchFile } from './batch-desk.ts';
import { BatchEndings, type AskedUnit, type BatchEndingsParts } from './batch-endings.ts';
import { BatchStandings } from './batch-standings.ts';
import { customIdOf, legsOf, inLanes, oneByOne, untilOpen } from './batch-steps.ts';
import { answerMissing, batchRefused } from './batch-words.ts';

export interface BatchRunParts extends BatchEndingsParts {
  desk: BatchDesk;
  reader: RemoteReader;
  account: Account;
  answers: AnswerCache;
}

export type BatchRunEnd = Omit<RunnerEnd, 'workers' | 'mode'>;

/** A question that lies in a batch, with all units that it is about: the same pixels are asked about once. */
interface Waiting {
  tag: string;
  units: AskedUnit[];
  /** Set aside for its answer; null where another run had asked. */
  reservation: Reservation | null;
}

/** Images prepared at once, and answers read at once, for each thread. */
const AT_ONCE_PER_THREAD = 2;
/** How often a unit goes into a batch that is cancelled or gone, before it is given up. */
const MOST_ROUNDS = 3;

/**
 * Reads the images of one run through batches: prepares them, writes those whose answer is not kept into files, has the
 * files sent, waits, and takes the answers, which go through the same check, cache and evidence as any other.
 */
export class BatchRun {
  readonly #parts: BatchRunParts;
  readonly #endings: BatchEndings;
  readonly #purse: Purse;
  /** By the key of the answer. */
  readonly #waiting = new Map<string, Waiting>();
  /** By the tag of the batch. */
  readonly #following = new Map<string, Promise<void>>();
  readonly #unfollowing: Promise<void>[] = [];
  readonly #standings = new BatchStandings();
  /** To be asked again: their batch was cancelled, or somebody has taken its answers. */
  readonly #again: Unit<ImageToRead>[] = [];
  #file: BatchFile | null = null;
  /** Files are written by one at a time. */
  #turn: Promise<unknown> = Promise.resolve();
  #stoppedBy: FailureData | null = null;
  #pausedBy: FailureData | null = null;

  constructor(parts: BatchRunParts) {
    this.#parts = parts;
    this.#endings = new BatchEndings(parts);
    const { request, price } = parts;
    const cap = request.settings.budgetUsdPerRun;
    const spentUsd = price ? callCostUsd(price, request.spent) : 0;
    const capUsd = cap === null ? null : Math.max(0, cap - spentUsd);
    this.#purse = new Purse({ capUsd, price: price && priceInBatches(price) });
  }

  /** ms: by the answers so far, or what a batch takes at most. */
  remainingMs(): number {
    return this.#endings.left === 0 ? 0 : this.#standings.remainingMs();
  }

  async run(): Promise<BatchRunEnd> {
    const { request } = this.#parts;
    const { signal } = request;
    try {
      for (const groups of legsOf(request, () => (this.#endings.left += 1))) await this.#readLeg(groups);
    } catch (error) {
      if (!signal.aborted) this.#failedAsAWhole(error);
    } finally {
      await this.#leave();
      await request.onWaiting?.(null);
    }
    const { read, counts, left } = this.#endings;
    const images = read === 1 ? '1 image was' : `${read} images were`;
    const notices = read > 0 ? [`${images} read in batches, at half the price of single calls.`] : [];
    const cancelled = signal.aborted && left > 0;
    return { counts, notices, stoppedBy: this.#stoppedBy, pausedBy: this.#pausedBy, cancelled };
  }

  async #readLeg(groups: AsyncIterable<Unit<ImageToRead>[]>): Promise<void> {
    const lanes = this.#parts.request.mode === 'sequential' ? 1 : this.#lanes;
    // What arrives from answers would never come.
    if (this.#stoppedBy !== null) return;
    for (let round = 1; ; round++) {
      await inLanes(groups, lanes, (group) => this.#prepare(group, 0));
      await this.#inTurn(() => this.#send());
      await Promise.all(this.#following.values());
      this.#following.clear();
      const units = this.#again.splice(0);
      if (units.length === 0) return;
      if (round >= MOST_ROUNDS) return units.forEach((unit) => this.#endings.failed(unit, answerMissing(), {}));
      groups = oneByOne(units);
    }
  }

  async #prepare(group: readonly Unit<ImageToRead>[], failures: number): Promise<void> {
    const { reader, request } = this.#parts;
    if (this.#isOver) return;
    const results = await reader.prepare(group, request.signal);
    for (const [place, result] of results.entries()) {
      const unit = group[place];
      if (!unit || this.#isOver) continue;
      if (result.kind === 'known') await this.#endings.known(unit, result.value, result.ms);
      else if (result.kind === 'ready') await this.#inTurn(() => this.#place(unit, result.prepared, result.ms));
      else if (!result.failure.retryable || failures >= request.settings.maxRetries) {
        this.#endings.failed(unit, result.failure, { ms: result.ms, attempts: failures + 1 });
      } else await this.#prepare([unit], failures + 1);
    }
  }

  /** Into a batch, unless its question lies in one already, or was answered a moment ago. */
  async #place(unit: Unit<ImageToRead>, prepared: PreparedImage, ms: number): Promise<void> {
    const { desk, reader, request, answers, account } = this.#parts;
    const { answerKey: key, measured, fingerprint, inputTokens } = prepared;
    if (this.#isOver) return;
    const asked = { unit, measured, fingerprint, ms };
    const same = this.#waiting.get(key);
    if (same) return void same.units.push(asked);
    // Taken out of its batch since this unit was prepared: kept first, then taken.
    const known = answers.get(key, request.answersNotBefore) && (await reader.keptUnder(key, prepared));
    if (known) return this.#endings.known(unit, known, ms);
    const pending = desk.book.of(key);
    if (pending) return this.#waitFor(key, pending.tag, asked);
    const reservation = this.#purse.offer(account.budget.expectedTokens(inputTokens), true);
    if (reservation) return this.#write(asked, prepared, reservation);
    this.#stoppedBy ??= moneySpent();
  }

  async #write(asked: AskedUnit, prepared: PreparedImage, reservation: Reservation): Promise<void> {
    const { desk, pool, request } = this.#parts;
    const { answerKey: id, image } = prepared;
    const { maxOutputTokens } = reservation;
    const which = whichQuestion(request, prepared);
    const worded = await pool.quick({ kind: 'batchLine', ...which, image, id, maxOutputTokens });
    if (!worded.ok) return this.#endings.failed(asked.unit, worded.failure, { ms: asked.ms });
    if (this.#file && !desk.hasRoomFor(this.#file, worded.line)) await this.#send();
    this.#file ??= await desk.newFile();
    const { tag } = this.#file;
    if (desk.book.add(tag, id)) {
      await desk.append(this.#file, worded.line);
      this.#purse.take(reservation);
      this.#waiting.set(id, { tag, units: [asked], reservation });
      return;
    }
    // Another process was quicker by a moment; or the file of kept answers is busy, and it goes into the next round.
    const pending = desk.book.of(id);
    if (pending) this.#waitFor(id, pending.tag, asked);
    else this.#again.push(asked.unit);
  }

  #waitFor(key: string, tag: string, asked: AskedUnit): void {
    this.#waiting.set(key, { tag, units: [asked], reservation: null });
    if (this.#file?.tag !== tag) this.#follow(tag);
  }

  async #send(): Promise<void> {
    const file = this.#file;
    if (!file) return;
    const { desk, request } = this.#parts;
    await untilOpen(request.gate, request.signal);
    this.#file = null;
    await request.onWaiting?.('Sending the batch.');
    await desk.send(file, request.signal);
    this.#follow(file.tag);
  }

  #follow(tag: string): void {
    if (this.#following.has(tag)) return;
    const following = this.#take(tag);
    this.#following.set(tag, following);
    // One that failed is kept, and heard of at the end; until then it must not end the process.
    following.catch(() => {});
  }

  async #take(tag: string): Promise<void> {
    const { desk, request } = this.#parts;
    const { signal } = request;
    const unfollow = desk.follow(tag);
    const inTag = () => [...this.#waiting].flatMap(([key, waiting]) => (waiting.tag === tag ? [key] : []));
    try {
      // Units are still being prepared: some may come when the lines are being read, and find theirs passed over.
      for (let keys = inTag(); keys.length > 0; keys = inTag()) {
        const standing = await desk.ended(tag, signal, (seen) => {
          this.#standings.set(tag, seen);
          void request.onWaiting?.(this.#standings.inWords());
        });
        this.#standings.delete(tag);
        keys = inTag();
        const isComplete = standing !== null && (await this.#takeLines(tag, standing));
        this.#settleRest(tag, keys, isComplete ? standing : null);
      }
      // At once: a unit that is placed from now on follows anew.
      this.#following.delete(tag);
    } finally {
      this.#unfollowing.push(unfollow());
    }
  }

  /** @returns false where somebody else has taken the answers, and the files are gone: they are kept by now */
  async #takeLines(tag: string, standing: BatchStanding): Promise<boolean> {
    const { desk, request } = this.#parts;
    if (standing.state === 'failed') return true;
    // What failed for having been cancelled is asked again: it is not read as an answer.
    const ended = standing.state === 'cancelled' ? { ...standing, errorFileId: null } : standing;
    try {
      await inLanes(desk.lines(ended, request.signal), this.#lanes, (line) => this.#takeLine(tag, line));
      return true;
    } catch (error) {
      if (request.signal.aborted || desk.book.get(tag) !== null) throw error;
      return false;
    }
  }

  async #takeLine(tag: string, line: string): Promise<void> {
    const { desk, request, answers, account } = this.#parts;
    const key = customIdOf(line);
    const waiting = key === null ? undefined : this.#waiting.get(key);
    // What is of another run stays for that one.
    if (key === null || !waiting || request.signal.aborted) return;
    this.#waiting.delete(key);
    await this.#endings.line(line, waiting.units, async (json, tokens) => {
      // Before anything else: a process that is killed now must not pay for it again.
      if (json !== null) answers.put(key, { json, tokens });
      desk.book.take(tag, key);
      if (waiting.reservation) this.#purse.settle(waiting.reservation, tokens);
      if (json !== null) account.noteAnswer(tokens.output);
    });
  }

  /** The questions that the batch has given no answer to. @param standing null where the batch is gone */
  #settleRest(tag: string, keys: readonly string[], standing: BatchStanding | null): void {
    const { desk } = this.#parts;
    for (const key of keys) {
      const waiting = this.#waiting.get(key);
      if (!waiting) continue;
      const { units, reservation } = waiting;
      this.#waiting.delete(key);
      if (reservation) this.#purse.settle(reservation, { input: 0, output: 0 });
      desk.book.take(tag, key);
      if (standing === null || standing.state === 'cancelled') this.#again.push(...units.map(({ unit }) => unit));
      else {
        const failure = standing.state === 'failed' ? batchRefused(standing) : answerMissing();
        for (const { unit, ms } of units) this.#endings.failed(unit, failure, { ms });
      }
    }
  }

  #failedAsAWhole(error: unknown): void {
    if (!(error instanceof CodedError)) throw error;
    const failure = error.toData();
    if (failure.pausesRun) this.#pausedBy = failure;
    else this.#stoppedBy ??= failure;
  }

  /** What is left behind where the run did not come to its end. */
  async #leave(): Promise<void> {
    const { desk, request } = this.#parts;
    if (this.#file) await desk.discard(this.#file);
    this.#file = null;
    await Promise.allSettled(this.#following.values());
    await Promise.allSettled(this.#unfollowing);
    // Where the process ends, and goes on another day, the batches are left to do their work.
    if (!request.signal.aborted || isLeftForLater(request.signal)) return;
    const tags = new Set([...this.#waiting.values()].map(({ tag }) => tag));
    await Promise.all([...tags].map((tag) => desk.cancel(tag)));
  }

  get #lanes(): number {
    return this.#parts.pool.threads * AT_ONCE_PER_THREAD;
  }

  get #isOver(): boolean {
    return this.#parts.request.signal.aborted || this.#stoppedBy !== null;
  }

  #inTurn<T>(step: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(step);
    this.#turn = turn.catch(() => {});
    return turn;
  }
}
