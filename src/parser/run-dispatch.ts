import type { Gate } from '../engine/call-gate.ts';
import { systemClock } from '../engine/clock.ts';
import type { DispatchOptions } from '../engine/dispatch-options.ts';
import type { EngineObserver } from '../engine/observer.ts';
import { Purse, type TokenPrice } from '../engine/purse.ts';
import { DEFAULT_BACKOFF } from '../engine/retry.ts';
import type { Unit } from '../engine/unit.ts';
import type { ImageToRead, RunnerRequest } from '../runs/analysis-runner.ts';
import { largestFirst, quickestFirst } from './image-order.ts';
import { imageOutcome } from './outcomes.ts';
import type { ReadUnit } from './remote-reader.ts';
import type { PreparedImage } from './worker-protocol.ts';

type Options = DispatchOptions<ImageToRead, PreparedImage, ReadUnit>;

/** Who prepares units, asks about them, and works on the answers. */
export type UnitReader = Pick<Options, 'prepare' | 'call' | 'finish'>;

export interface RunParts {
  request: RunnerRequest;
  reader: UnitReader;
  gate: Gate;
  /** Null where the model's price is not known. */
  price: TokenPrice | null;
  /** Of a second model that may answer as well. */
  otherPrice?: TokenPrice | null;
  threads: number;
  /** Whether the reading is done on this machine. */
  isLocal: boolean;
  observer: EngineObserver;
}

/** What is prepared before its call can begin. */
const AHEAD_BYTES = 64 * 2 ** 20;
const AHEAD_UNITS = 400;
/** Images up to this size are opened in less time than it takes to tell a thread so: some are given to it together. */
const SMALL_BYTES = 16 * 1024;
const SMALL_TOGETHER = 4;
/** While one image waits for its file, another one is decoded. */
const PREPARED_AT_ONCE_PER_THREAD = 2;

/** In words, for the result: whether the run's cap of money could be watched. @param price null where it is not known */
export function moneyNotices({ settings }: RunnerRequest, price: TokenPrice | null): string[] {
  if (settings.budgetUsdPerRun === null || price !== null) return [];
  return ['The price of this model is not known, so the cap of money (budgetUsdPerRun) could not be watched.'];
}

/** What the dispatcher needs to know of a run. */
export function dispatchOptions(parts: RunParts): Options {
  const { request, reader, gate, price, otherPrice, threads, isLocal, observer } = parts;
  const { settings, mode, spent } = request;
  const isSequential = mode === 'sequential';
  const purse = new Purse({ capUsd: settings.budgetUsdPerRun, price, otherPrice });
  purse.charge(spent);
  const unitOf = (image: ImageToRead, place: number): Unit<ImageToRead> => {
    const group = isSequential ? undefined : groupOf(image, place);
    return { id: String(image.position), payload: image, ...(group === undefined ? {} : { group }) };
  };
  return {
    ...reader,
    units: inOrder(parts).map(unitOf),
    // Each by itself: who waited for others to prepare them together would lose the time that their coming early gives.
    ...(request.arriving && {
      arriving: mapped(request.arriving, (come) => come.map((image) => unitOf(image, image.position))),
    }),
    gate,
    pause: request.gate,
    purse,
    limit: isSequential ? 1 : Infinity,
    ahead: {
      units: isSequential ? 2 : AHEAD_UNITS,
      bytes: AHEAD_BYTES,
      atOnce: isSequential ? 1 : PREPARED_AT_ONCE_PER_THREAD * threads,
    },
    retry: { maxRetries: settings.maxRetries, ...DEFAULT_BACKOFF },
    hedging: isLocal ? 'off' : settings.hedging,
    clock: systemClock,
    random: Math.random,
    observer,
    onOutcome: (outcome) => request.onOutcome(imageOutcome(outcome)),
    signal: request.signal,
  };
}

async function* mapped<From, To>(items: AsyncIterable<From>, map: (item: From) => To): AsyncGenerator<To> {
  for await (const item of items) yield map(item);
}

/** Images that are prepared together: the crops of one, or a few small ones next to each other. */
function groupOf({ crop, path, sizeBytes = Infinity }: ImageToRead, place: number): string | undefined {
  if (crop) return path;
  return sizeBytes <= SMALL_BYTES ? `small ${Math.floor(place / SMALL_TOGETHER)}` : undefined;
}

function inOrder({ request: { images, mode }, gate, isLocal }: RunParts): readonly ImageToRead[] {
  if (isLocal) return largestFirst(images);
  return mode === 'sequential' ? images : quickestFirst(images, gate.slots.limit);
}
