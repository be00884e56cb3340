/** The reason that a run's signal is aborted with where the process ends and the run goes on another day. */
export const LEFT_FOR_LATER = Symbol('left for later');

/** Whether what the run has going elsewhere shall go on without it, rather than be cancelled. */
export function isLeftForLater(signal: AbortSignal): boolean {
  return signal.aborted && signal.reason === LEFT_FOR_LATER;
}
