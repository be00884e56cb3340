import { CodedError, type FailureData } from '../contract/coded-error.ts';
import type { CallEnded, QuotaName } from './observer.ts';
import type { CallResult } from './unit.ts';

/** A call whose answer never came may have been made all the same. */
export function isUnpriced(result: CallResult<unknown>): boolean {
  return !result.ok && (result.failure.code === 'model.timeout' || result.failure.code === 'worker.crashed');
}

/** What the dispatcher knows of a call beside its result. */
export interface CallCourse extends Pick<CallEnded, 'unitId' | 'startedAt' | 'endedAt' | 'costUsd' | 'isHedge'> {
  /** How many calls its unit had had with it, when it began. */
  attempt: number;
  isCutOff: boolean;
}

/** How a call ended, for those who count. */
export function callEnd(result: CallResult<unknown>, course: CallCourse): CallEnded {
  const { unitId, startedAt, endedAt, costUsd, isHedge, attempt, isCutOff } = course;
  const failure = result.ok || isCutOff ? null : result.failure;
  const isRefusal = failure?.signal === 'quota';
  return {
    unitId,
    startedAt,
    endedAt,
    outcome: result.ok ? 'succeeded' : failure === null ? 'aborted' : isRefusal ? 'refused' : 'failed',
    quota: failure !== null && isRefusal ? quotaName(failure) : null,
    code: failure?.code ?? null,
    tokens: result.tokens,
    costUsd,
    isHedge,
    isRetry: attempt > 1 && !isHedge,
    wasKnown: result.ok && result.wasKnown === true,
    thread: result.thread ?? null,
  };
}

function quotaName({ quota }: FailureData): QuotaName {
  const reached = quota[0];
  if (quota.some(({ period }) => period === 'day')) return 'day';
  if (reached?.quantity === 'inputTokens') return 'inputTokensPerMinute';
  return reached?.quantity === 'requests' ? 'requestsPerMinute' : 'unknown';
}

/** The run has come to its cap. */
export function moneySpent(): FailureData {
  return new CodedError(
    'budget.exceeded',
    'The run has come to the most that it may cost (budgetUsdPerRun). Raise it in the settings, then start it again for the rest.',
    { stopsRun: true },
  ).toData();
}

/** Of a refusal alone it would be said that the run goes on by itself. */
export const SHUT =
  'The service has let no request of your key in for minutes, though it names no reason but the quota of a minute. ' +
  'Resume the run later, or see whether something else uses the key.';
