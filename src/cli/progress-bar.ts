import { SingleBar } from 'cli-progress';

/** A bar on stderr; where that is no terminal, a line every five seconds. */
export interface ProgressBar {
  /** @param shown what else the format names */
  show(total: number, done: number, shown: Record<string, number | string>): void;
  stop(): void;
}

/** @param format of `cli-progress`, as in `{value}/{total} images, {failed} failed` */
export function progressBar(format: string): ProgressBar {
  const bar = new SingleBar({
    format: `[{bar}] ${format}`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    clearOnComplete: false,
    stream: process.stderr,
    noTTYOutput: true,
    notTTYSchedule: 5_000,
    emptyOnZero: true,
  });
  let started = false;
  return {
    show(total, done, shown) {
      if (started) bar.update(done, shown);
      else bar.start(total, done, shown);
      started = true;
    },
    stop: () => bar.stop(),
  };
}
