import { getEnvironmentData, isMainThread, setEnvironmentData } from 'node:worker_threads';

/** What threads of this process find a word of shared memory under: 0, then 1 while one sets up, then 2. */
const SHARED = 'contactsheet.image-library';
const [NOT_YET, UNDER_WAY, DONE] = [0, 1, 2];

/** To be called where threads are started from, before the first one is. */
export function shareLibrarySetup(): void {
  if (getEnvironmentData(SHARED) === undefined) setEnvironmentData(SHARED, new SharedArrayBuffer(4));
}

/**
 * Runs `setUp` in the first thread that comes here, and lets the others wait for it. The settings of the image library
 * hold for the whole process, and while its formats are forbidden one by one none can be read: a thread that starts (or
 * takes the place of one that died) would make the images look damaged that others are decoding at that moment.
 */
export function setUpOnce(setUp: () => void): void {
  if (isMainThread) shareLibrarySetup();
  const shared: unknown = getEnvironmentData(SHARED);
  if (shared === undefined) return setUp();
  const state = new Int32Array(shared as SharedArrayBuffer);
  if (Atomics.compareExchange(state, 0, NOT_YET, UNDER_WAY) === NOT_YET) {
    try {
      setUp();
    } finally {
      Atomics.store(state, 0, DONE);
      Atomics.notify(state, 0);
    }
  } else {
    Atomics.wait(state, 0, UNDER_WAY);
  }
}
