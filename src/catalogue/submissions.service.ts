import { z } from 'zod';
import type { AuditActor, Changeset } from '../contract/catalogue.ts';
import { CodedError } from '../contract/coded-error.ts';
import type { Show, ShowFacts } from '../contract/show.ts';
import type { Submission, Suggestion } from '../contract/suggestion.ts';
import type { CatalogueService, RunsOfCatalogue } from './catalogue.service.ts';
import type { CatalogueStore } from './catalogue-store.ts';
import { notFound } from './changeset-items.ts';
import { sourcesOf } from './changes/reshaping.ts';
import { edited, editSchema } from './decisions.ts';

/** A token that is given to strangers must not fill the audit log. */
const MOST_TIMES = 20;
/** More exceptions than the nights of a year. */
const MAX_DATES = 400;

export const suggestBody = z.strictObject({
  recordId: z.string().min(1).max(200),
  confirm: z.literal(true).optional().describe('it is right, or listed already and still so'),
  record: editSchema.optional().describe('what should be another; what is left out stays'),
});
export type SuggestionRequest = z.infer<typeof suggestBody>;

export interface SubmissionsParts {
  store: CatalogueStore;
  catalogue: CatalogueService;
  runs: RunsOfCatalogue;
  now?: () => Date;
}

/** What the sender of a run says of its records, and learns of what becomes of them. */
export class SubmissionsService {
  readonly #parts: SubmissionsParts;

  constructor(parts: SubmissionsParts) {
    this.#parts = parts;
  }

  /** In the order of the records' ids. @throws CodedError `run.notFound` */
  async suggestions(runId: string): Promise<Suggestion[]> {
    const { runs, store } = this.#parts;
    if ((await runs.get(runId)) === null) throw new CodedError('run.notFound', 'There is no such run.');
    return store.suggestions(runId);
  }

  /**
   * Takes down what a sender says of one record; the last time on each counts.
   *
   * @throws CodedError `run.notFound`, `run.wrongState` where the run has no changeset (yet), `changeset.wrongState` where
   * it is not pending any more, `request.invalid`
   */
  async suggest(runId: string, request: SuggestionRequest, actor: AuditActor): Promise<Suggestion[]> {
    const { store, catalogue, runs, now = () => new Date() } = this.#parts;
    const { id } = await catalogue.fromRun(runId);
    // As the sender was shown them, whatever a reviewer has made of them since.
    const records = ((await runs.get(runId))?.records ?? []) as Show[];
    await store.transact(async (trx) => {
      const changeset = await trx.changeset(id);
      if (changeset === null) throw notFound();
      if (changeset.state !== 'pending') {
        throw new CodedError(
          'changeset.wrongState',
          'A reviewer has published these shows already, or taken them back.',
        );
      }
      const own = records.find((each) => each.id === request.recordId);
      if (!own) throw refused('there is no such record');
      const record = request.record === undefined ? null : suggested(own, request.record);
      if (record === null && request.confirm !== true)
        throw refused('say "confirm", or send the "record" as it should be');
      const at = now().toISOString();
      const suggestion = { recordId: request.recordId, record, confirm: request.confirm === true, at };
      if ((await trx.suggest(runId, suggestion)) > MOST_TIMES) {
        throw refused(`something was suggested of it ${MOST_TIMES} times already`);
      }
      const { recordId, confirm } = suggestion;
      const detail = { recordId, confirm, isEdited: record !== null };
      await trx.audit({ at, actor, action: 'changeset.suggested', changesetId: id, runId, detail });
    });
    return this.suggestions(runId);
  }

  /** @throws CodedError `run.notFound` */
  async submission(runId: string): Promise<Submission> {
    const { runs, catalogue, store } = this.#parts;
    const run = await runs.get(runId);
    if (run === null) throw new CodedError('run.notFound', 'There is no such run.');
    if (run.state === 'failed' || run.state === 'cancelled') return { state: 'failed', shows: [] };
    if (run.state !== 'completed') return { state: 'reading', shows: [] };
    const changeset = await catalogue.fromRun(runId);
    const reshaping = (await store.changeset(changeset.id))?.reshaping ?? [];
    const shows = changeset.items
      .filter(({ record }) => record !== null)
      .flatMap(({ id, showId, decision }) =>
        sourcesOf(id, reshaping).map((recordId) => ({ recordId, showId, decision: decision?.action ?? null })),
      );
    // Of one that was split, what became of its first part.
    const first = new Map(shows.toReversed().map((show) => [show.recordId, show]));
    return { state: stateOf(changeset, shows), shows: shows.filter((show) => first.get(show.recordId) === show) };
  }
}

function stateOf({ state }: Changeset, shows: Submission['shows']): Submission['state'] {
  const isDeclined = shows.length > 0 && shows.every(({ decision }) => decision === 'skip');
  return isDeclined && state !== 'undone' ? 'declined' : state;
}

function suggested(
  { name, status, venue, host, schedule, notes, confidence }: Show,
  edit: z.infer<typeof editSchema>,
): ShowFacts {
  if ((edit.schedule?.exceptDates?.length ?? 0) > MAX_DATES) throw refused('schedule.exceptDates has too many dates');
  return edited({ name, status, venue, host, schedule, notes, confidence }, edit, refused);
}

function refused(why: string): CodedError {
  return new CodedError('request.invalid', `What you say of this show cannot be taken: ${why}.`);
}
