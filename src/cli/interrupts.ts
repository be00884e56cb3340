const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * One Ctrl-C reaches the process more than once where the terminal signals its whole group and npm, a shell or our own
 * wrapper hands its copy on as well. What comes this soon after the first is that same key press.
 */
const SAME_PRESS_MS = 1_000;

/**
 * Hears SIGINT and SIGTERM until the returned function is called.
 *
 * @param first runs once: end in good order
 * @param again runs for every later signal, but not for what arrives within a second of the first: end at once
 */
export function onInterrupt(first: () => void, again: () => void): () => void {
  let firstAtMs: number | null = null;
  const heard = () => {
    const nowMs = performance.now();
    if (firstAtMs === null) {
      firstAtMs = nowMs;
      first();
    } else if (nowMs - firstAtMs > SAME_PRESS_MS) again();
  };
  for (const signal of SIGNALS) process.on(signal, heard);
  return () => {
    for (const signal of SIGNALS) process.off(signal, heard);
  };
}

/**
 * Ends as if SIGINT had never been listened to: whoever started the process sees that it was interrupted. An ordinary
 * exit would run into threads that are still busy.
 */
export function endAtOnce(): void {
  for (const signal of SIGNALS) process.removeAllListeners(signal);
  process.kill(process.pid, 'SIGINT');
}
