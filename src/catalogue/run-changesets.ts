import type { AlreadyListed } from '../contract/catalogue.ts';
import { CodedError } from '../contract/coded-error.ts';
import type { RunListings } from '../runs/run-listings.ts';
import type { StoredRun } from '../runs/run-store.ts';
import type { CatalogueService } from './catalogue.service.ts';

/** Makes a changeset of each run of shows that is completed, and tells the run what is listed already. */
export class RunChangesets implements RunListings {
  readonly #catalogue: CatalogueService;
  readonly #onFailure: (runId: string, error: unknown) => void;

  /** @param onFailure told of a run whose changeset could not be made, for the log; it can be made on demand */
  constructor(catalogue: CatalogueService, onFailure: (runId: string, error: unknown) => void) {
    this.#catalogue = catalogue;
    this.#onFailure = onFailure;
  }

  async runEnded(runId: string): Promise<void> {
    try {
      await this.#catalogue.fromRun(runId);
    } catch (error) {
      // A run of something else, or one that was paused or cancelled.
      if (error instanceof CodedError && error.code === 'run.wrongState') return;
      this.#onFailure(runId, error);
    }
  }

  async alreadyListed({ id, analysis, state }: StoredRun): Promise<AlreadyListed[] | null> {
    return analysis === 'shows' && state === 'completed' ? this.#catalogue.alreadyListed(id) : null;
  }
}
