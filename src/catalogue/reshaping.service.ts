import { withOutlook } from '../analyses/shows/outlook.ts';
import type { Observation } from '../contract/analysis.ts';
import type { AuditAction, Changeset } from '../contract/catalogue.ts';
import type { Show } from '../contract/show.ts';
import type { CatalogueService, RunsOfCatalogue } from './catalogue.service.ts';
import type { CatalogueStore } from './catalogue-store.ts';
import { asItem, dateOf, notFound, recordsOf, refuseClosed, refuseOther, withDecisions } from './changeset-items.ts';
import { computeItems } from './changes/compute-items.ts';
import { merged, split, unmerged, type Reshaped } from './changes/reshaping.ts';

export interface ReshapingParts {
  store: CatalogueStore;
  catalogue: CatalogueService;
  runs: RunsOfCatalogue;
  now?: () => Date;
}

/** What is made of the records now, and what is written of it in the audit log. */
interface Step extends Reshaped {
  detail: Record<string, unknown>;
}

/**
 * A reviewer says that records of a changeset are one show, or that one of them is two. Kept with the changeset: what is
 * reckoned anew is reckoned from these records. Each can be taken back, the last one on an item first.
 */
export class ReshapingService {
  readonly #parts: ReshapingParts;

  constructor(parts: ReshapingParts) {
    this.#parts = parts;
  }

  /** @throws CodedError `changeset.notFound`, `changeset.wrongState`, `changeset.stale`, `request.invalid` */
  merge(id: string, itemIds: readonly string[], version?: number): Promise<Changeset> {
    return this.#do(id, 'changeset.merged', version, (now, { observations, finish }) => {
      const after = merged(now, itemIds, observations, finish);
      return { ...after, detail: { from: [...new Set(itemIds)], to: madeLast(after) } };
    });
  }

  /** @throws CodedError `changeset.notFound`, `changeset.wrongState`, `changeset.stale`, `request.invalid` */
  split(id: string, itemId: string, imageIds: readonly string[], version?: number): Promise<Changeset> {
    return this.#do(id, 'changeset.split', version, (now, { observations, finish }) => {
      const after = split(now, itemId, imageIds, observations, finish);
      return { ...after, detail: { from: [itemId], to: madeLast(after), images: imageIds.length } };
    });
  }

  /** @throws CodedError `changeset.notFound`, `changeset.wrongState`, `changeset.stale`, `request.invalid` */
  unmerge(id: string, itemId: string, version?: number): Promise<Changeset> {
    return this.#do(id, 'changeset.unmerged', version, (now) => {
      const { taken, ...after } = unmerged(now, itemId);
      return { ...after, detail: { from: taken.made.map(idOf), to: taken.from.map(idOf) } };
    });
  }

  async #do(
    id: string,
    action: AuditAction,
    version: number | undefined,
    step: (now: Reshaped, run: { observations: Observation<unknown>[]; finish: (show: Show) => Show }) => Step,
  ): Promise<Changeset> {
    const { store, catalogue, now = () => new Date() } = this.#parts;
    const { runId } = await catalogue.changeset(id);
    const run = await this.#run(runId);
    await store.transact(async (trx) => {
      const changeset = await trx.changeset(id);
      if (changeset === null) throw notFound();
      refuseClosed(changeset, 'changed');
      refuseOther(changeset, version);
      const before = await trx.items(id);
      const after = step({ records: recordsOf(before), reshaping: changeset.reshaping }, run);
      const items = computeItems(await trx.catalogue(), after.records, dateOf(changeset)).map(asItem);
      await trx.replaceItems(id, withDecisions(items, before));
      await trx.updateChangeset(id, {
        version: changeset.version + 1,
        catalogueVersion: await trx.catalogueVersion(),
        reshaping: after.reshaping,
      });
      await trx.audit({
        at: now().toISOString(),
        actor: 'admin',
        action,
        changesetId: id,
        runId,
        detail: after.detail,
      });
    });
    return catalogue.changeset(id);
  }

  /** What its images said, and how a record of it is completed. */
  async #run(runId: string): Promise<{ observations: Observation<unknown>[]; finish: (show: Show) => Show }> {
    const { runs } = this.#parts;
    const run = await runs.get(runId);
    const images = (await runs.images?.(runId)) ?? [];
    return {
      observations: images.flatMap(({ observations }) => observations ?? []),
      finish: (show) => (run === null ? show : withOutlook(show, run.context)),
    };
  }
}

function madeLast({ reshaping }: Reshaped): string[] {
  return (reshaping.at(-1)?.made ?? []).map(idOf);
}

function idOf({ id }: Show): string {
  return id;
}
