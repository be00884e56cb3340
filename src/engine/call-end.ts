import { CodedError, type FailureData } from '../contract/coded-error.ts';
import type { CallEnded, QuotaName } from './observer.ts';
import type { CallResult } from './unit.ts';

/** A call whose answer never came may have been made all the same. */
export function isUnpriced(result: CallResult<unknown>): boolean {
  return !result.ok && (result.failure.code === 'model.timeout' || result.failure.code === 'worker.crashed');
}

/** How a call ended, for those who count. */
export function callEnd(result: CallResult<unknown>, isCutOff: boolean): Omit<CallEnded, 'costUsd' | 'isHedge'> {
  const { tokens } = result;
  if (result.ok) return { outcome: 'succeeded', quota: null, code: null, tokens };
  const { failure } = result;
  if (isCutOff) return { outcome: 'aborted', quota: null, code: null, tokens };
  if (failure.signal !== 'quota') return { outcome: 'failed', quota: null, code: failure.code, tokens };
  return { outcome: 'refused', quota: quotaName(failure), code: failure.code, tokens };
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
