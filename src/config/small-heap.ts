import { runInNewContext } from 'node:vm';
import { setFlagsFromString } from 'node:v8';

let kept = false;

/**
 * Keeps the heaps of this process from growing while garbage of one image after another passes through: left alone, the
 * new space of each thread grows to 48 MB, and the old one fourfold between two sweeps, though next to nothing in it is
 * alive (`npm run bench -- --case f`; figures in docs/decisions/0017). Read by V8 whenever it sizes a heap, so it holds
 * from now on, and threads inherit it: to be called before there is work, for a new space that has grown stays so.
 *
 * The new space of a thread begins where it ends: left at the 1 MB it would begin with, a thread that makes 300 calls a
 * second is swept 40 times a second, and that takes an eighth of all its time.
 */
export function keepHeapsSmall(): void {
  if (kept) return;
  kept = true;
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--min-semi-space-size=4');
  setFlagsFromString('--heap-growing-percent=40');
  sweepOnce();
}

/**
 * By how much a heap may grow is reckoned from its last sweep. Before the first there is a limit that V8 guesses, and it
 * guesses so high that the first sweep comes after thousands of images. Takes 10 to 30 ms.
 */
function sweepOnce(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}
