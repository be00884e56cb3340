import { createHash, randomBytes } from 'node:crypto';
import {
  type AlreadyListed,
  type AuditAction,
  type AuditActor,
  type Changeset,
  type ChangesetPage,
  type ChangesetState,
} from '../contract/catalogue.ts';
import { CodedError } from '../contract/coded-error.ts';
import type { Show } from '../contract/show.ts';
import { canonicalJson } from '../merger/stated.ts';
import type { RunStore, StoredRun } from '../runs/run-store.ts';
import type { CatalogueStore, CatalogueTransaction, StoredChangeset } from './catalogue-store.ts';
import {
  asItem,
  dateOf,
  isOpen,
  newId,
  notFound,
  recordsOf,
  refuseClosed,
  refuseOther,
  staleItems,
  summaryOf,
  withDecisions,
  withSuggestions,
} from './changeset-items.ts';
import { computeItems } from './changes/compute-items.ts';
import { reshapedAgain } from './changes/reshaping.ts';
import { planPublication } from './changes/plan-publication.ts';
import { decisionsOf, type DecisionRequest } from './decisions.ts';
import { itemsToApply, published, type PublishRequest } from './publish-request.ts';

/** What the catalogue needs of runs. */
export type RunsOfCatalogue = Pick<RunStore, 'get'> & Partial<Pick<RunStore, 'images'>>;

/** Longer than a process that was killed stays away. */
const CATCH_UP_MS = 24 * 3_600_000;

/** Changesets: made of runs, decided on, published and undone. All that changes the catalogue is done one after another. */
export class CatalogueService {
  readonly #store: CatalogueStore;
  readonly #runs: RunsOfCatalogue;
  readonly #now: () => Date;

  constructor(store: CatalogueStore, runs: RunsOfCatalogue, now: () => Date = () => new Date()) {
    this.#store = store;
    this.#runs = runs;
    this.#now = now;
  }

  /**
   * Makes the changeset of a run that has ended, or finds the one there is.
   *
   * @throws CodedError `run.notFound`; `run.wrongState` where the run has no shows to publish
   */
  async fromRun(runId: string): Promise<Changeset & { isNew: boolean }> {
    const run = await this.#runs.get(runId);
    if (run === null) throw new CodedError('run.notFound', 'There is no such run.');
    if (run.analysis !== 'shows' || run.state !== 'completed' || run.records === null) {
      throw new CodedError('run.wrongState', 'Only a completed run of the analysis "shows" becomes a changeset.');
    }
    // The merge of this analysis makes Shows.
    const records = run.records as Show[];
    const { id, isNew } = await this.#store.transact((trx) => this.#findOrMake(trx, run, records));
    return { ...(await this.changeset(id)), isNew };
  }

  /**
   * Makes the changesets of runs that ended shortly before the process did; of older runs they are made on demand.
   *
   * @param onFailure told of a run whose changeset cannot be made: it must not keep a server from starting
   * @returns how many were made
   */
  async catchUp(onFailure: (runId: string, error: unknown) => void): Promise<number> {
    const since = new Date(this.#now().getTime() - CATCH_UP_MS).toISOString();
    const runIds = await this.#store.runsWithoutChangeset(since);
    const made = await Promise.allSettled(runIds.map((runId) => this.fromRun(runId)));
    made.forEach((end, at) => {
      if (end.status === 'rejected') onFailure(runIds[at] ?? '', end.reason);
    });
    return made.filter(({ status }) => status === 'fulfilled').length;
  }

  /** What is known of a run's shows already, as of the last look; empty while the run has no changeset. */
  alreadyListed(runId: string): Promise<AlreadyListed[]> {
    return this.#store.listedRecords(runId);
  }

  async list(query: { limit: number; before?: string; state?: ChangesetState }): Promise<ChangesetPage> {
    const found = await this.#store.changesets({ ...query, limit: query.limit + 1 });
    const page = found.slice(0, query.limit);
    return {
      changesets: page.map(summaryOf),
      nextCursor: found.length > page.length ? (page.at(-1)?.id ?? null) : null,
    };
  }

  /**
   * One changeset with its items, reckoned against the catalogue as it is now.
   *
   * @throws CodedError `changeset.notFound`
   */
  async changeset(id: string): Promise<Changeset> {
    const stored = await this.#store.changeset(id);
    if (stored === null) throw notFound();
    if (isOpen(stored) && stored.catalogueVersion !== (await this.#store.catalogueVersion())) {
      await this.#store.transact(async (trx) => {
        const { changeset, isBehind } = await this.#current(trx, id);
        if (isOpen(changeset) && isBehind) await this.#refresh(trx, changeset);
      });
    }
    const [listed, items] = [await this.#store.changeset(id), await this.#store.items(id)];
    if (listed === null) throw notFound();
    return {
      ...summaryOf(listed),
      items: withSuggestions(items, await this.#store.suggestions(listed.runId), listed.reshaping),
    };
  }

  /**
   * Takes decisions on items; the last one on each counts.
   *
   * @throws CodedError `changeset.notFound`, `changeset.wrongState`, `changeset.stale`, `request.invalid`
   */
  async decide(id: string, requests: readonly DecisionRequest[], version?: number): Promise<Changeset> {
    await this.changeset(id);
    await this.#store.transact(async (trx) => {
      const { changeset } = await this.#current(trx, id);
      refuseClosed(changeset, 'decided on');
      refuseOther(changeset, version);
      const decided = decisionsOf(await trx.items(id), requests);
      await trx.decide(id, decided);
      await trx.updateChangeset(id, { version: changeset.version + 1 });
      const counts = { accept: 0, edit: 0, skip: 0, reset: 0 };
      for (const { decision } of decided) counts[decision?.action ?? 'reset'] += 1;
      await this.#audit(trx, changeset, 'admin', 'changeset.decided', {
        counts,
        items: decided.map(({ itemId, decision }) => ({ itemId, action: decision?.action ?? 'reset' })),
      });
    });
    return this.changeset(id);
  }

  /**
   * Publishes what was decided on, all or nothing.
   *
   * @throws CodedError `changeset.notFound`; `changeset.wrongState`; `changeset.stale` where the catalogue has changed so
   * that the reviewer would publish something else than was seen; `changeset.undecided`; `changeset.conflict`
   */
  async publish(id: string, request: PublishRequest): Promise<Changeset> {
    const stale = await this.#store.transact(async (trx) => {
      const { changeset, isBehind } = await this.#current(trx, id);
      refuseClosed(changeset, 'published');
      refuseOther(changeset, request.version);
      const before = await trx.items(id);
      const catalogue = await trx.catalogue();
      const items = computeItems(catalogue, recordsOf(before), dateOf(changeset));
      const { applied, changed } = itemsToApply(before, items, request);
      if (changed.length > 0) {
        if (isBehind) await this.#refresh(trx, changeset);
        return changed;
      }
      const at = this.#now().toISOString();
      const { seenAt, runId } = changeset;
      const context = { changesetId: id, runId, seenAt, now: at, newId };
      const { writes, showIds } = planPublication(catalogue, applied, context);
      await trx.apply(id, writes, at);
      await trx.replaceItems(
        id,
        before.map((item) => ({ ...item, showId: showIds.get(item.id) ?? item.showId })),
      );
      const appliedVersion = (await trx.catalogueVersion()) + 1;
      await trx.updateChangeset(id, {
        state: 'published',
        publishedAt: at,
        undoneAt: null,
        version: changeset.version + 1,
        appliedVersion,
        catalogueVersion: appliedVersion,
      });
      await this.#audit(trx, changeset, 'admin', 'changeset.published', published(applied, request));
      return [];
    });
    if (stale.length > 0) throw staleItems(stale);
    return this.changeset(id);
  }

  /**
   * Puts back every row that the changeset wrote as it was before.
   *
   * @throws CodedError `changeset.notFound`; `changeset.wrongState`; `changeset.builtUpon` with the ids of later
   * changesets that have to be undone first
   */
  async undo(id: string, version?: number): Promise<Changeset> {
    await this.#store.transact(async (trx) => {
      const { changeset } = await this.#current(trx, id);
      if (changeset.state !== 'published') {
        throw new CodedError(
          'changeset.wrongState',
          `Only a published changeset can be undone; this one is ${changeset.state}.`,
        );
      }
      refuseOther(changeset, version);
      const later = await trx.builtUpon(id);
      if (later.length > 0) {
        throw new CodedError(
          'changeset.builtUpon',
          `Later changesets build upon this one: ${later.join(', ')}. Undo them first, the last one before the others.`,
        );
      }
      const at = this.#now().toISOString();
      await trx.revert(id, at);
      await trx.updateChangeset(id, {
        state: 'undone',
        undoneAt: at,
        version: changeset.version + 1,
        appliedVersion: (await trx.catalogueVersion()) + 1,
      });
      await this.#audit(trx, changeset, 'admin', 'changeset.undone', {});
    });
    return this.changeset(id);
  }

  async #findOrMake(
    trx: CatalogueTransaction,
    run: StoredRun,
    records: readonly Show[],
  ): Promise<{ id: string; isNew: boolean }> {
    const recordsDigest = createHash('sha256').update(canonicalJson(records)).digest('hex');
    const known = await trx.changesetOfRun(run.id);
    if (known && known.recordsDigest === recordsDigest) return { id: known.id, isNew: false };
    const seenAt = new Date(run.createdAt).toISOString();
    const catalogue = await trx.catalogue();
    const catalogueVersion = await trx.catalogueVersion();
    const { records: reshaped, reshaping } = reshapedAgain(records, known?.state === 'pending' ? known.reshaping : []);
    const items = computeItems(catalogue, reshaped, seenAt.slice(0, 10)).map(asItem);
    const actor = run.audience === 'admin' ? 'admin' : 'submitter';
    // The images that failed were read again: what is not published yet follows the run.
    if (known && known.state === 'pending') {
      await trx.replaceItems(known.id, withDecisions(items, await trx.items(known.id)));
      await trx.updateChangeset(known.id, { version: known.version + 1, recordsDigest, catalogueVersion, reshaping });
      await this.#audit(trx, known, 'system', 'changeset.refreshed', { items: items.length });
      return { id: known.id, isNew: false };
    }
    const changeset: StoredChangeset = {
      id: `changeset_${randomBytes(9).toString('hex')}`,
      runId: run.id,
      audience: run.audience,
      state: 'pending',
      version: 1,
      recordsDigest,
      seenAt,
      reshaping: [],
      catalogueVersion,
      createdAt: this.#now().toISOString(),
      publishedAt: null,
      undoneAt: null,
    };
    await trx.insertChangeset(changeset, items);
    await this.#audit(trx, changeset, actor, 'changeset.created', { items: items.length });
    return { id: changeset.id, isNew: true };
  }

  async #current(trx: CatalogueTransaction, id: string): Promise<{ changeset: StoredChangeset; isBehind: boolean }> {
    const changeset = await trx.changeset(id);
    if (changeset === null) throw notFound();
    return { changeset, isBehind: changeset.catalogueVersion !== (await trx.catalogueVersion()) };
  }

  /** Reckons the items anew; what a person decided on and what has become something else has to be looked at again. */
  async #refresh(trx: CatalogueTransaction, changeset: StoredChangeset): Promise<void> {
    const before = await trx.items(changeset.id);
    const items = computeItems(await trx.catalogue(), recordsOf(before), dateOf(changeset)).map(asItem);
    const after = withDecisions(items, before);
    const catalogueVersion = await trx.catalogueVersion();
    const isSame = canonicalJson(after) === canonicalJson(before);
    if (!isSame) {
      await trx.replaceItems(changeset.id, after);
      await this.#audit(trx, changeset, 'system', 'changeset.refreshed', { items: after.length });
    }
    await trx.updateChangeset(changeset.id, {
      catalogueVersion,
      version: isSame ? changeset.version : changeset.version + 1,
    });
  }

  async #audit(
    trx: CatalogueTransaction,
    { id, runId }: StoredChangeset,
    actor: AuditActor,
    action: AuditAction,
    detail: Record<string, unknown>,
  ): Promise<void> {
    await trx.audit({ at: this.#now().toISOString(), actor, action, changesetId: id, runId, detail });
  }
}
