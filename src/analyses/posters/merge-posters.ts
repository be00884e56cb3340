import type { Observation, RunContext } from '../../contract/analysis.ts';
import type {
  PosterElement,
  PosterOptions,
  PosterRecord,
  Remedy,
  Violation,
  ZoneFinding,
} from '../../contract/poster.ts';
import type { Box } from '../../contract/show.ts';
import { byCodeUnits } from '../code-units.ts';
import type { PosterReading } from './from-reply.ts';
import { coveredShare, remedyFor } from './geometry.ts';
import { optionsOf, zonesOf } from './options.ts';
import { elementName, remarksOf, suggestionOf, whyOf } from './words.ts';

type Seen = Observation<PosterReading>;

/** A record for each poster, in the order of their names; the order of arrival never matters. Judged by the run's options. */
export function mergePosters(
  observations: readonly Seen[],
  { options: told }: Pick<RunContext, 'options'>,
): PosterRecord[] {
  const options = optionsOf(told);
  const posters = new Map<string, Seen>();
  for (const seen of observations.toSorted(inOrder)) {
    const id = idOf(seen);
    if (!posters.has(id)) posters.set(id, seen);
  }
  return [...posters].map(([id, { imageId, image, crop, reading }]) => ({
    id,
    imageId,
    image,
    crop: crop ?? null,
    ...reading,
    ...judged(reading.elements, options),
    remarks: remarksOf(reading),
  }));
}

/** What lies in which zone, and what is wrong with that. */
export function judged(
  elements: readonly PosterElement[],
  options: PosterOptions,
): Pick<PosterRecord, 'zones' | 'violations' | 'compliant'> {
  const wanted = zonesOf(options);
  const allBoxes = wanted.flatMap(({ boxes }) => boxes);
  const isJudged = ({ kind, confidence }: PosterElement): boolean =>
    options.keepClear.includes(kind) && confidence >= options.minConfidence;
  const remedies = new Map<number, Remedy | null>();
  // Of all zones at once, and so the same for each zone that the element lies in: found once.
  const remedyOf = (index: number, box: Box | null): Remedy | null => {
    const known = remedies.get(index);
    if (known !== undefined) return known;
    const remedy = box === null ? null : remedyFor(box, allBoxes);
    remedies.set(index, remedy);
    return remedy;
  };
  const violations: Violation[] = [];
  const zones = wanted.map(({ name, boxes }): ZoneFinding => {
    const overlaps = elements
      .map(({ box }, element) => ({ element, share: box === null ? 0 : toThousandth(coveredShare(box, boxes)) }))
      .filter(({ share }) => share > 0)
      .toSorted((one, other) => other.share - one.share || one.element - other.element);
    const violating = overlaps.filter(({ element, share }) => {
      const own = elements[element];
      return own !== undefined && isJudged(own) && share >= options.minOverlap;
    });
    for (const { element, share } of violating) {
      const remedy = remedyOf(element, elements[element]?.box ?? null);
      violations.push(violationOf(elements, element, { name, share }, remedy));
    }
    return { name, boxes, overlaps, compliant: violating.length === 0 };
  });
  return {
    zones,
    violations: violations.toSorted((one, other) => other.share - one.share || one.element - other.element),
    compliant: violations.length === 0,
  };
}

function violationOf(
  elements: readonly PosterElement[],
  index: number,
  { name: zone, share }: { name: string; share: number },
  remedy: Remedy | null,
): Violation {
  const element = elements[index] as PosterElement;
  const name = elementName(elements, index);
  return {
    element: index,
    zone,
    share,
    why: whyOf(name, zone, share),
    remedy,
    suggestion: suggestionOf(element, name, remedy),
  };
}

function idOf({ imageId, crop }: Seen): string {
  const part = crop === undefined ? '' : `_${crop.map((edge) => Math.round(edge * 10_000)).join('-')}`;
  return `poster_${imageId}${part}`;
}

function inOrder(one: Seen, other: Seen): number {
  return (
    one.image.localeCompare(other.image, 'en', { numeric: true }) ||
    byCodeUnits(idOf(one), idOf(other)) ||
    one.index - other.index ||
    byCodeUnits(JSON.stringify(one.reading), JSON.stringify(other.reading))
  );
}

function toThousandth(share: number): number {
  return Math.round(share * 1_000) / 1_000;
}
