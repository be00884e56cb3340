import type { Advice } from '../contract/performance.ts';
import type { HeldMs } from '../engine/observer.ts';

/** What a span of time of reading was like: of the whole server, or of one run. */
export interface Conditions {
  /** ms in which there was something to do. */
  spanMs: number;
  /** For how long of it calls were kept from beginning although units waited, and by what. */
  heldMs: HeldMs;
  /** The reading is done on this machine. */
  readsHere: boolean;
  /** The run was to make one call at a time. */
  isSequential: boolean;
  threads: number;
  /** Of the threads' time, 0..1. */
  busyShare: number;
  /** Calls that may be under way at once. */
  slots: number;
  callsMade: number;
  refusals: number;
  /** Median of a call, ms; null where none was answered. */
  callMs: number | null;
  requestsAllowed: number | null;
  inputTokensAllowed: number | null;
  /** The run ended at the most that it may cost. */
  isMoneySpent: boolean;
}

/** Less than this share of the time is no reason to change anything. */
const BINDS_SHARE = 0.25;
/** From here on threads are taken for busy: they need some time for what is not counted. */
const BUSY_SHARE = 0.85;
const REFUSALS_SHARE = 0.05;
const LEAST_REFUSALS = 3;

/**
 * Says what bound the reading, the most important first. Only what was measured: where nothing kept calls from beginning,
 * the time went into the calls themselves.
 */
export function adviceOf(conditions: Conditions): Advice[] {
  const { spanMs, callsMade, isMoneySpent } = conditions;
  const money = isMoneySpent ? [moneyBinds()] : [];
  if (spanMs <= 0 || callsMade === 0) return money.length > 0 ? money : [idle()];
  const binding = [...money, ...bound(conditions)];
  const refusals = refusalsOf(conditions);
  return refusals ? [...binding, refusals] : binding;
}

function bound(conditions: Conditions): Advice[] {
  const { spanMs, heldMs, readsHere, isSequential, busyShare } = conditions;
  if (isSequential) return [oneAtATime(conditions)];
  const shares = Object.entries(heldMs)
    .map(([by, ms]) => ({ by: by as keyof HeldMs, share: Math.min(1, ms / spanMs) }))
    .filter(({ share }) => share >= BINDS_SHARE)
    .sort((a, b) => b.share - a.share);
  const held = shares.map(({ by, share }) => heldAdvice(by, Math.round(share * 100), conditions));
  // Where calls could have begun but were not ready, those who prepare them are what is waited for.
  if (!readsHere && busyShare >= BUSY_SHARE) held.push(threadsPrepare(conditions));
  return held.length > 0 ? held : [latencyBinds(conditions)];
}

function heldAdvice(by: keyof HeldMs, percent: number, conditions: Conditions): Advice {
  const { readsHere, slots } = conditions;
  switch (by) {
    case 'requests':
      return quotaBinds(percent, conditions);
    case 'inputTokens':
      return tokensBind(percent, conditions);
    case 'slots':
      return readsHere ? threadsRead(percent, conditions) : slotsBind(percent, slots);
    case 'overload':
      return overloaded(percent);
  }
}

function quotaBinds(percent: number, { requestsAllowed }: Conditions): Advice {
  const quota = requestsAllowed === null ? 'which is being found out' : `${Math.round(requestsAllowed)} a minute`;
  return {
    code: 'quotaBinds',
    values: { percent, ...(requestsAllowed === null ? {} : { allowed: Math.round(requestsAllowed) }) },
    text: `The account's quota of requests (${quota}) binds: it held calls up for ${percent} % of the time. More workers or slots will not help, a larger quota will.`,
  };
}

function tokensBind(percent: number, { inputTokensAllowed }: Conditions): Advice {
  const quota = inputTokensAllowed === null ? 'being found out' : `${Math.round(inputTokensAllowed)} a minute`;
  return {
    code: 'tokensBind',
    values: { percent, ...(inputTokensAllowed === null ? {} : { allowed: Math.round(inputTokensAllowed) }) },
    text: `The account's quota of input tokens (${quota}) binds: it held calls up for ${percent} % of the time. More workers or slots will not help, a larger quota will.`,
  };
}

function slotsBind(percent: number, slots: number): Advice {
  return {
    code: 'slotsBind',
    values: { percent, slots },
    text: `All ${slots} slots were taken for ${percent} % of the time, and the account would have allowed more. Calls in flight on "auto" grow as far as the service bears it; a number of your own can be raised.`,
  };
}

function threadsRead(percent: number, { threads }: Conditions): Advice {
  return {
    code: 'threadsBind',
    values: { percent, threads },
    text: `All ${threads} threads were reading for ${percent} % of the time. More of them help as long as the machine has cores for them; a faster machine does, too.`,
  };
}

function threadsPrepare({ busyShare, threads }: Conditions): Advice {
  const percent = Math.round(busyShare * 100);
  return {
    code: 'threadsBind',
    values: { percent, threads },
    text: `The ${threads} threads were at work for ${percent} % of the time preparing images. More workers help as long as the machine has cores for them.`,
  };
}

function oneAtATime({ callMs }: Conditions): Advice {
  const took = callMs === null ? '' : `, which take ${seconds(callMs)} each`;
  return {
    code: 'slotsBind',
    values: { percent: 100, slots: 1, ...(callMs === null ? {} : { callMs: Math.round(callMs) }) },
    text: `One image is read after another, so the time is the sum of all calls${took}. Parallel reading is faster.`,
  };
}

function overloaded(percent: number): Advice {
  return {
    code: 'latencyBinds',
    values: { percent, overloaded: 1 },
    text: `The service said that it is overloaded, and was left alone for ${percent} % of the time. More workers will not help.`,
  };
}

function latencyBinds({ callMs, readsHere }: Conditions): Advice {
  const took = callMs === null ? '' : ` (${seconds(callMs)})`;
  return {
    code: 'latencyBinds',
    values: callMs === null ? {} : { callMs: Math.round(callMs) },
    text: readsHere
      ? `Nothing waited: the time is what the images themselves take to be read${took}.`
      : `Nothing waited: the time is what the service needs for an answer${took}. More workers will not help.`,
  };
}

function refusalsOf({ refusals, callsMade }: Conditions): Advice | null {
  if (refusals < LEAST_REFUSALS || refusals < callsMade * REFUSALS_SHARE) return null;
  const percent = Math.round((100 * refusals) / callsMade);
  return {
    code: 'refusals',
    values: { refusals, callsMade, percent },
    text: `The service refused ${refusals} of ${callsMade} calls. Another program may use the same key; MODEL_RPM and MODEL_TPM tell what it allows.`,
  };
}

function moneyBinds(): Advice {
  return {
    code: 'moneyBinds',
    values: {},
    text: 'The run came to the most that it may cost and stopped there. Raise the cap to read the rest.',
  };
}

function idle(): Advice {
  return { code: 'idle', values: {}, text: 'Nothing is being read.' };
}

function seconds(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}
