import type { ChangesetItem } from '../../../../src/contract/catalogue.ts';
import type { EvidenceFields, FieldEvidence, Show } from '../../../../src/contract/show.ts';
import { concernsOf } from './review-order.ts';
import { FIELDS, type FieldPath } from './record-fields.ts';

/** Where a field was read. */
export interface Source {
  imageId: string;
  image: string;
  evidence: FieldEvidence;
}

export function sourcesOf(record: Show | null, field: FieldPath): Source[] {
  return (record?.evidence ?? []).flatMap(({ imageId, image, fields }) => {
    const evidence = fields[field];
    return evidence === undefined ? [] : [{ imageId, image, evidence }];
  });
}

/** The images of a record, each once, in the order of its evidence. */
export function imagesOf(record: Show | null): { imageId: string; image: string }[] {
  const images = new Map((record?.evidence ?? []).map(({ imageId, image }) => [imageId, image]));
  return [...images].map(([imageId, image]) => ({ imageId, image }));
}

/** What to look at first in an item: what speaks against it, else the first field that has a place in an image. */
export function firstField(item: ChangesetItem): FieldPath | null {
  const concern = concernsOf(item).find(({ field }) => field !== null);
  if (concern?.field) return concern.field;
  const order: readonly FieldPath[] = ['venue.name', 'schedule.text', ...FIELDS];
  return order.find((field) => sourcesOf(item.record, field).some(({ evidence }) => evidence.box !== null)) ?? null;
}

/** The image that shows a field best: the one looked at where it has it, else the first with its place. */
export function imageFor(record: Show | null, field: FieldPath | null, current: string | null): string | null {
  const images = imagesOf(record);
  const kept = images.some(({ imageId }) => imageId === current) ? current : null;
  if (field === null) return kept ?? images[0]?.imageId ?? null;
  const placed = sourcesOf(record, field).filter(({ evidence }) => evidence.box !== null);
  if (placed.some(({ imageId }) => imageId === kept)) return kept;
  return (placed[0] ?? sourcesOf(record, field)[0] ?? images[0])?.imageId ?? null;
}

/**
 * The field whose place is shown for another one in an image: its own, else that of the words it was read with. Nobody
 * prints a time zone, but it is of the night that is printed.
 */
export function placedField(fields: EvidenceFields, field: FieldPath | null): string | null {
  if (field === null) return null;
  const kin = field.startsWith('schedule.') ? 'schedule.text' : 'venue.name';
  return [field, kin].find((path) => fields[path]?.box) ?? null;
}
