import { createHash } from 'node:crypto';
import type { Observation } from '../../contract/analysis.ts';
import { CodedError } from '../../contract/coded-error.ts';
import type { Show, ShowReading } from '../../contract/show.ts';
import { asOneShow, partOfShow } from '../../merger/reshape.ts';
import { canonicalJson } from '../../merger/stated.ts';
import type { Reshape } from '../catalogue-store.ts';

/** The records of a changeset, and what a person has made of those of its run. */
export interface Reshaped {
  records: Show[];
  reshaping: Reshape[];
}

type Observations = readonly Observation<unknown>[];
/** Adds what follows from a schedule: the zone, the next nights, doubts. */
type Finish = (show: Show) => Show;

/** @throws CodedError `request.invalid` where it is not two records or more of this changeset */
export function merged(now: Reshaped, ids: readonly string[], observations: Observations, finish: Finish): Reshaped {
  const wanted = [...new Set(ids)];
  const from = wanted.map((id) => recordOf(now, id));
  if (from.length < 2) throw refused('name two items or more to be merged');
  // The observations of a run of shows are readings of shows.
  const one = asOneShow(from, observations as readonly Observation<ShowReading>[]);
  const made = [{ ...finish(one), id: idOf(['merge', ...wanted.toSorted()]) }];
  return replaced(now, { kind: 'merge', from, made });
}

/** @throws CodedError `request.invalid` where the images are none of the record's, or all of them */
export function split(
  now: Reshaped,
  id: string,
  imageIds: readonly string[],
  observations: Observations,
  finish: Finish,
): Reshaped {
  const record = recordOf(now, id);
  const own = record.evidence.map(({ imageId }) => imageId);
  const [taken, left] = [new Set(imageIds), new Set(own.filter((imageId) => !imageIds.includes(imageId)))];
  const strange = imageIds.find((imageId) => !own.includes(imageId));
  if (strange !== undefined) throw refused(`image ${strange.slice(0, 60)} says nothing of this item`);
  if (taken.size === 0 || left.size === 0) throw refused('name some of the images of the item, and not all of them');
  const readings = observations as readonly Observation<ShowReading>[];
  const made = [left, taken].map((part) => ({
    ...finish(partOfShow(record, part, readings)),
    id: idOf(['split', id, ...[...part].sort()]),
  }));
  return replaced(now, { kind: 'split', from: [record], made });
}

/**
 * Puts back what the item was made of.
 *
 * @throws CodedError `request.invalid` where nobody made it; `changeset.wrongState` where something was made of it since
 */
export function unmerged(now: Reshaped, id: string): Reshaped & { taken: Reshape } {
  const at = now.reshaping.findLastIndex(({ made }) => made.some((record) => record.id === id));
  const taken = now.reshaping[at];
  if (!taken) throw refused('it was neither merged nor split');
  const present = new Set(now.records.map((record) => record.id));
  if (!taken.made.every((record) => present.has(record.id))) {
    throw new CodedError(
      'changeset.wrongState',
      'A part of this item was merged or split again since. Take that back first.',
    );
  }
  const made = new Set(taken.made.map((record) => record.id));
  const records = [...now.records.filter((record) => !made.has(record.id)), ...taken.from];
  return { records, reshaping: now.reshaping.toSpliced(at, 1), taken };
}

/** The same once more, on the records of a run that has read more; what a person saw otherwise is left as it is now. */
export function reshapedAgain(records: readonly Show[], reshaping: readonly Reshape[]): Reshaped {
  let now: Reshaped = { records: [...records], reshaping: [] };
  for (const reshape of reshaping) {
    const isAsBefore = reshape.from.every((record) => {
      const found = now.records.find(({ id }) => id === record.id);
      return found !== undefined && canonicalJson(found) === canonicalJson(record);
    });
    if (isAsBefore) now = replaced(now, reshape);
  }
  return now;
}

/** The records of the run that an item was made of; its own id where nobody made it. */
export function sourcesOf(id: string, reshaping: readonly Reshape[]): string[] {
  const made = reshaping.findLast((reshape) => reshape.made.some((record) => record.id === id));
  if (!made) return [id];
  const before = reshaping.slice(0, reshaping.indexOf(made));
  return [...new Set(made.from.flatMap((record) => sourcesOf(record.id, before)))];
}

function replaced({ records, reshaping }: Reshaped, reshape: Reshape): Reshaped {
  const gone = new Set(reshape.from.map(({ id }) => id));
  return {
    records: [...records.filter(({ id }) => !gone.has(id)), ...reshape.made],
    reshaping: [...reshaping, reshape],
  };
}

function recordOf({ records }: Reshaped, id: string): Show {
  const record = records.find((each) => each.id === id);
  if (!record) throw refused(`there is no record ${id.slice(0, 60)} in this changeset`);
  return record;
}

/** The same for the same operation, and never that of a record of a run. */
function idOf(what: readonly string[]): string {
  return `made_${createHash('sha256').update(canonicalJson(what)).digest('hex').slice(0, 16)}`;
}

function refused(why: string): CodedError {
  return new CodedError('request.invalid', `This cannot be done: ${why}.`);
}
