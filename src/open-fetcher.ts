import type { Config } from './config/config.ts';
import { ImageFetcher } from './images/fetch-image.ts';
import type { FetchMemory } from './images/fetch-memory.ts';
import { imageDirOf } from './images/stream-intake.ts';
import { openFetchMemory } from './storage/fetch-memory.ts';

const HOUR_MS = 3_600_000;

/** What fetches from URLs, and what it has open. */
export interface OpenFetcher {
  fetcher: ImageFetcher;
  close(): Promise<void>;
}

/** Puts together what fetches from URLs, for the server and for the command line alike. */
export function openFetcher(config: Config): OpenFetcher {
  const memory = new MemoryOnDemand(config);
  const fetcher = new ImageFetcher({
    // Any port as well: what serves at home rarely serves on those of the web.
    ...(config.fetchPrivateAddresses && { allowsAddress: () => true, ports: null }),
    requestsPerMinute: config.fetchesPerMinute,
    kept: { memory, imageDirectory: imageDirOf(config.dataDir) },
  });
  return {
    fetcher,
    async close() {
      await fetcher.close();
      memory.close();
    },
  };
}

/** Opened with the first URL: who never fetches needs no file. */
class MemoryOnDemand implements FetchMemory {
  readonly #config: Config;
  #opened: ReturnType<typeof openFetchMemory> | null = null;

  constructor(config: Config) {
    this.#config = config;
  }

  get(key: string): ReturnType<FetchMemory['get']> {
    return this.#memory().get(key);
  }

  put(...record: Parameters<FetchMemory['put']>): void {
    this.#memory().put(...record);
  }

  close(): void {
    this.#opened?.close();
  }

  #memory(): FetchMemory {
    const { dataDir, cacheHours } = this.#config;
    // Also where nothing shall be kept for later: who is killed must not fetch again what is there.
    const expireAfterMs = Math.max(1, cacheHours) * HOUR_MS;
    return (this.#opened ??= openFetchMemory({ dataDir, expireAfterMs }));
  }
}
