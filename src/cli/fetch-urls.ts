import { rm } from 'node:fs/promises';
import type { Config } from '../config/config.ts';
import { CodedError, toFailureData, type FailureData } from '../contract/coded-error.ts';
import { CONNECTIONS_IN_ALL, type FetchWish, type ImageFetcher } from '../images/fetch-image.ts';
import { imageDirOf, keepImage, removeStaleUploads, temporaryImagePath } from '../images/stream-intake.ts';
import { openFetcher } from '../open-fetcher.ts';
import { makeFolder } from '../storage/make-folder.ts';
import { endAtOnce, onInterrupt } from './interrupts.ts';
import { progressBar } from './progress-bar.ts';

/** What became of one address. */
export type FetchedUrl = { path: string; sha256: string; sizeBytes: number } | { failure: FailureData };

const HOUR_MS = 3_600_000;

/**
 * Fetches images into the data directory, where the server keeps its own, many at once, with a bar on stderr. What cannot be
 * fetched costs itself. Killed in the middle, the same call later fetches only what is not there yet.
 *
 * @param urls each once
 * @param fresh asks anew for what is there
 * @throws CodedError `config.invalid` where there is no place for them; `run.cancelled` after Ctrl-C
 */
export async function fetchUrls(
  urls: readonly string[],
  { config, fresh }: { config: Config; fresh: boolean },
): Promise<Map<string, FetchedUrl>> {
  const directory = imageDirOf(config.dataDir);
  await makeFolder(directory).catch((cause: unknown) => {
    throw new CodedError('config.invalid', 'The data directory cannot be written: set DATA_DIR to a folder that can.', {
      cause,
    });
  });
  await removeStaleUploads(directory, HOUR_MS);
  const opened = openFetcher(config);
  const stop = new AbortController();
  const wish = { maxBytes: config.maxUploadBytes, fresh, signal: stop.signal };
  const hearNoMore = onInterrupt(() => stop.abort(), endAtOnce);
  const fetched = new Map<string, FetchedUrl>();
  const bar = progressBar('{value}/{total} addresses, {kept} of them here already, {failed} failed');
  let [kept, failed] = [0, 0];
  const left = urls.values();
  // One iterator for all: each takes the next address when its own is done.
  const takeTurns = async () => {
    for (const url of left) {
      const { wasKept, ...result } = await fetchOne(opened.fetcher, url, directory, wish);
      if (stop.signal.aborted) return;
      if (wasKept) kept += 1;
      if ('failure' in result) failed += 1;
      fetched.set(url, result);
      bar.show(urls.length, fetched.size, { kept, failed });
    }
  };
  try {
    bar.show(urls.length, 0, { kept, failed });
    await Promise.all(Array.from({ length: Math.min(CONNECTIONS_IN_ALL, urls.length) }, takeTurns));
    if (!stop.signal.aborted) return fetched;
    throw new CodedError('run.cancelled', 'Interrupted. What came is kept: the same command then goes on from here.');
  } finally {
    hearNoMore();
    bar.stop();
    await opened.close();
  }
}

async function fetchOne(
  fetcher: ImageFetcher,
  url: string,
  directory: string,
  wish: FetchWish,
): Promise<FetchedUrl & { wasKept: boolean }> {
  const temporaryPath = temporaryImagePath(directory);
  try {
    const { sha256, sizeBytes, wasKept } = await fetcher.fetchTo(url, temporaryPath, wish);
    // Renamed where it was there, too: should it have gone meanwhile, this name of it has not.
    const path = await keepImage(temporaryPath, directory, sha256);
    return { path, sha256, sizeBytes, wasKept };
  } catch (thrown) {
    return { failure: toFailureData(thrown), wasKept: false };
  } finally {
    await rm(temporaryPath, { force: true }).catch(() => undefined);
  }
}
