import Bottleneck from 'bottleneck';
import pLimit from 'p-limit';
import PQueue from 'p-queue';
import pThrottle from 'p-throttle';
import { timeFactor } from '../job.ts';
import type { Contender, Job } from '../job.ts';
import { callOnce, obeyingRetryInfo, openConnections, reportOf, sdkBackoff, untilDone } from './caller.ts';
import { BARRIER, FIVE_AT_A_TIME, IMAGE_BY_IMAGE } from './names.ts';

type Unit = () => Promise<boolean>;

/**
 * How much longer than the minute a sliding limiter must count: calls reach the service some ms after they were counted
 * here, those of the first burst later than those after it. Without it each burst is refused; with it hardly one is.
 */
function windowMs(job: Job): number {
  return job.minuteMs + Math.max(100, job.minuteMs * 0.005);
}

function rpmOf(job: Job): number {
  if (job.rpm === null) throw new Error('This contender has to be told how many calls a minute may hold.');
  return job.rpm;
}

/** p-limit, the wait for the next try held in its place: so few come back at once. */
function pLimitWith(name: string, rule: typeof sdkBackoff): Contender {
  return {
    name,
    prepare: openConnections,
    run(job) {
      const limit = pLimit(job.inFlight);
      return reportOf(job.units.map(() => limit(() => untilDone(job, () => callOnce(job), rule(job)))));
    },
  };
}

/**
 * A unit is let through by the limiter once, and repeats its refused calls in its place. Were each repetition counted
 * again, a token bucket would cost p-queue 388 s in place of 90, and p-throttle 451.
 */
function throughLimiter(name: string, limiterFor: (job: Job) => (unit: Unit) => Promise<boolean>): Contender {
  return {
    name,
    prepare: openConnections,
    run(job) {
      const limited = limiterFor(job);
      return reportOf(job.units.map(() => limited(() => untilDone(job, () => callOnce(job), obeyingRetryInfo(job)))));
    },
  };
}

function pQueueWith(name: string, optionsFor: (job: Job) => ConstructorParameters<typeof PQueue>[0]): Contender {
  return throughLimiter(name, (job) => {
    const queue = new PQueue({ concurrency: job.inFlight, ...optionsFor(job) });
    return (unit) => queue.add(unit);
  });
}

/**
 * p-throttle counts calls and, by weight, tokens; it has no bound of calls under way, so p-limit holds that. The slot is
 * taken first: a call that was let through and then waited for a slot would be counted in the wrong minute.
 */
function pThrottleWith(name: string, strict: boolean): Contender {
  return throughLimiter(name, (job) => {
    const limit = pLimit(job.inFlight);
    const interval = windowMs(job);
    const byCalls = pThrottle({ limit: rpmOf(job), interval, strict })((unit: Unit) => unit());
    if (job.tpm === null) return (unit) => limit(() => byCalls(unit));
    const weight = (): number => job.tokensPerCall;
    const byTokens = pThrottle({ limit: job.tpm, interval, strict, weight })((unit: Unit) => byCalls(unit));
    return (unit) => limit(() => byTokens(unit));
  });
}

function bottleneckWith(name: string, optionsFor: (job: Job) => Bottleneck.ConstructorOptions): Contender {
  return throughLimiter(name, (job) => {
    // It looks after its reservoir each 250 ms; in a scaled minute as much oftener.
    const heartbeat = { heartbeatInterval: 250 * timeFactor(job) };
    const limiter = new Bottleneck({ maxConcurrent: job.inFlight, ...heartbeat, ...optionsFor(job) });
    if (job.tpm === null) return (unit) => limiter.schedule(unit);
    const tokens = new Bottleneck({ ...reservoir(job.tpm, job), ...heartbeat });
    limiter.chain(tokens);
    // A weight would count as so many calls under way in the first limiter, so the tokens are counted in a second one.
    const weighed = { weight: Math.ceil(job.tokensPerCall) };
    return (unit) => limiter.schedule(() => tokens.schedule(weighed, unit));
  });
}

/** Its minute begins when it is made, and it takes a while to start its first calls: so much later it is filled again, ms. */
const BOTTLENECK_START_MS = 300;

function reservoir(amount: number, job: Job): Bottleneck.ConstructorOptions {
  return {
    reservoir: amount,
    reservoirRefreshAmount: amount,
    reservoirRefreshInterval: windowMs(job) + BOTTLENECK_START_MS,
  };
}

/** Batches as large as the calls that may be under way; the next one waits for the slowest, and for room in the minute. */
const barrier: Contender = {
  name: BARRIER,
  prepare: openConnections,
  async run(job) {
    const done: Promise<boolean>[] = [];
    const startedAtMs: number[] = [];
    for (let first = 0; first < job.units.length; first += job.inFlight) {
      const batch = job.units.slice(first, first + job.inFlight);
      await roomInMinute(startedAtMs, batch.length, job);
      const calls = batch.map(() => {
        startedAtMs.push(performance.now());
        return untilDone(job, () => callOnce(job), obeyingRetryInfo(job));
      });
      await Promise.all(calls);
      done.push(...calls);
    }
    return reportOf(done);
  },
};

/** Of one image, asked about together. */
const DETECTIONS_TOGETHER = 20;

/** The detections of one image in small groups, one group after another, and then the next image. */
const imageByImage: Contender = {
  name: IMAGE_BY_IMAGE,
  prepare: openConnections,
  async run(job) {
    const done: Promise<boolean>[] = [];
    for (const units of Map.groupBy(job.units, ({ path }) => path).values()) {
      for (let first = 0; first < units.length; first += DETECTIONS_TOGETHER) {
        const group = units
          .slice(first, first + DETECTIONS_TOGETHER)
          .map(() => untilDone(job, () => callOnce(job), obeyingRetryInfo(job)));
        await Promise.all(group);
        done.push(...group);
      }
    }
    return reportOf(done);
  },
};

/** However many calls the account would bear. */
const fiveAtATime: Contender = {
  name: FIVE_AT_A_TIME,
  prepare: openConnections,
  run(job) {
    const limit = pLimit(5);
    return reportOf(job.units.map(() => limit(() => untilDone(job, () => callOnce(job), obeyingRetryInfo(job)))));
  },
};

async function roomInMinute(startedAtMs: readonly number[], count: number, job: Job): Promise<void> {
  if (job.rpm === null) return;
  // The start that has to leave the window before so many more fit into it.
  const blocking = startedAtMs[startedAtMs.length + count - job.rpm - 1];
  if (blocking === undefined) return;
  const waitMs = blocking + windowMs(job) - performance.now();
  if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
}

/** By name; each is set up as its documentation says it is best for a service that counts by the minute. */
export const PEERS: readonly Contender[] = [
  pLimitWith('p-limit, SDK backoff', sdkBackoff),
  pLimitWith('p-limit, RetryInfo', obeyingRetryInfo),
  pQueueWith('p-queue', () => ({})),
  pQueueWith('p-queue strict', (job) => ({ intervalCap: rpmOf(job), interval: windowMs(job), strict: true })),
  pQueueWith('p-queue paced', (job) => {
    // Timers are as coarse in a scaled minute as in a whole one: as many calls at once as the minute is shorter.
    const together = Math.max(1, Math.round(1 / timeFactor(job)));
    return { intervalCap: together, interval: (together * job.minuteMs) / rpmOf(job) };
  }),
  pThrottleWith('p-throttle', false),
  pThrottleWith('p-throttle strict', true),
  bottleneckWith('Bottleneck', () => ({})),
  bottleneckWith('Bottleneck reservoir', (job) => reservoir(rpmOf(job), job)),
  bottleneckWith('Bottleneck paced', (job) => ({ minTime: job.minuteMs / rpmOf(job) })),
  barrier,
  imageByImage,
  fiveAtATime,
];
