import type { Box, Evidence, EvidenceFields, FieldEvidence } from '../contract/show.ts';
import type { Stated } from './stated.ts';

function around(a: Box | null, b: Box | null): Box | null {
  if (a === null || b === null) return a ?? b;
  const left = Math.min(a[0], b[0]);
  const top = Math.min(a[1], b[1]);
  return [left, top, Math.max(a[0] + a[2], b[0] + b[2]) - left, Math.max(a[1] + a[3], b[1] + b[3]) - top];
}

/**
 * Two places of one image that state a field of one show: both texts are kept, and the box spans both. It is grounded
 * where one of them is, and as sure as the surer one.
 */
function combine(texts: readonly FieldEvidence[]): FieldEvidence {
  const distinct = new Map<string, FieldEvidence>();
  for (const found of texts) {
    const known = distinct.get(found.text);
    if (known === undefined || (known.box === null && found.box !== null)) distinct.set(found.text, found);
  }
  const kept = [...distinct.values()];
  const judged = texts.flatMap(({ grounded }) => grounded ?? []);
  const confidences = texts.flatMap(({ confidence }) => confidence ?? []);
  return {
    text: kept.map((found) => found.text).join(' / '),
    box: kept.reduce<Box | null>((box, found) => around(box, found.box), null),
    ...(judged.length > 0 ? { grounded: judged.includes(true) } : {}),
    ...(confidences.length > 0 ? { confidence: Math.max(...confidences) } : {}),
  };
}

/** One entry for each image, with all that its readings state. */
export function gatherEvidence(
  readings: readonly { imageId: string; image: string; fields: EvidenceFields }[],
): Evidence[] {
  const images = new Map<string, { image: string; fields: Map<string, FieldEvidence[]> }>();
  for (const { imageId, image, fields } of readings) {
    const entry = images.get(imageId) ?? { image, fields: new Map<string, FieldEvidence[]>() };
    // One image sent under two names: the first in order names it.
    if (image < entry.image) entry.image = image;
    for (const [field, found] of Object.entries(fields)) {
      const texts = entry.fields.get(field);
      if (texts === undefined) entry.fields.set(field, [found]);
      else texts.push(found);
    }
    images.set(imageId, entry);
  }
  return [...images.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([imageId, { image, fields }]) => ({
      imageId,
      image,
      fields: Object.fromEntries(
        [...fields.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([field, texts]) => [field, combine(texts)]),
      ),
    }));
}

/** The part of a reading's evidence that speaks of the venue. */
export function venueFields(reading: Stated): EvidenceFields {
  return Object.fromEntries(Object.entries(reading.fields).filter(([field]) => field.startsWith('venue.')));
}
