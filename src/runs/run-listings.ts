import type { AlreadyListed } from '../contract/catalogue.ts';
import type { StoredRun } from './run-store.ts';

/** What runs need of the catalogue, so that `runs` does not import it. */
export interface RunListings {
  /** Told of each run that has ended. Never rejects: what goes wrong with the catalogue must not fail a run. */
  runEnded(runId: string): Promise<void>;
  /** The run's shows that are listed already; null where it is no run of shows that has been completed. */
  alreadyListed(run: StoredRun): Promise<AlreadyListed[] | null>;
}
