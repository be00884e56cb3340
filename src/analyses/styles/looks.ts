import type { Observation } from '../../contract/analysis.ts';
import type { Look, StyleRecord, Swatch } from '../../contract/style.ts';
import { byCodeUnits } from '../code-units.ts';
import { plainWord, plainWords, UNSTATED_CONFIDENCE } from '../reply-fields.ts';
import { portfolioOf } from './portfolio.ts';
import type { Reply } from './reply-schema.ts';

/** What one image says. */
export type LookReading = Omit<Look, 'kind' | 'id' | 'images'>;

const SEASONS: Readonly<Record<string, string>> = { fall: 'autumn', herbst: 'autumn', 'all seasons': 'all year' };

/** @param measured the palette of the image; null where none was measured */
export function lookFromReply(reply: Reply, measured: unknown): LookReading[] {
  const garments = reply.garments.flatMap(({ kind, silhouette, fabrics, pattern, construction }) =>
    kind === null
      ? []
      : [
          {
            kind: plainWord(kind),
            silhouette: silhouette === null ? null : plainWord(silhouette),
            fabrics: plainWords(fabrics),
            pattern: pattern === null ? null : plainWord(pattern),
            construction: plainWords(construction),
          },
        ],
  );
  // No clothes, no look: an empty answer is one about a picture that does not belong to a portfolio.
  if (garments.length === 0) return [];
  return [
    {
      garments,
      palette: Array.isArray(measured) ? (measured as Swatch[]) : [],
      moods: plainWords(reply.moods),
      occasions: plainWords(reply.occasions),
      seasons: plainWords(reply.seasons).map((season) => SEASONS[season] ?? season),
      description: reply.description,
      confidence: reply.confidence ?? UNSTATED_CONFIDENCE,
    },
  ];
}

/** The looks in the order of their images' names, then the portfolio; the order of arrival never matters. */
export function mergeLooks(observations: readonly Observation<LookReading>[]): StyleRecord[] {
  const byImage = new Map<string, Observation<LookReading>[]>();
  for (const each of observations.toSorted(inOrder)) {
    byImage.set(each.imageId, [...(byImage.get(each.imageId) ?? []), each]);
  }
  const looks = [...byImage].flatMap(([imageId, all]): Look[] => {
    const [first] = all;
    if (!first) return [];
    const names = [...new Set(all.map(({ image }) => image))];
    const images = names.map((image) => ({ imageId, image }));
    return [{ kind: 'look', id: `look_${imageId}`, images, ...first.reading }];
  });
  return looks.length === 0 ? [] : [...looks, portfolioOf(looks)];
}

function inOrder(one: Observation<LookReading>, other: Observation<LookReading>): number {
  return byCodeUnits(one.image, other.image) || byCodeUnits(one.imageId, other.imageId) || one.index - other.index;
}
