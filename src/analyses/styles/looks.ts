import type { Observation } from '../../contract/analysis.ts';
import type { Garment, Look, StyleRecord, Swatch } from '../../contract/style.ts';
import { portfolioOf } from './portfolio.ts';
import type { Reply } from './reply-schema.ts';

/** What one image says. */
export interface LookReading {
  garments: Garment[];
  palette: Swatch[];
  moods: string[];
  occasions: string[];
  seasons: string[];
  description: string | null;
  confidence: number;
}

/** What a model that gives no confidence is taken for. */
const UNSTATED_CONFIDENCE = 0.7;
const SEASONS: Readonly<Record<string, string>> = { fall: 'autumn', herbst: 'autumn', 'all seasons': 'all year' };

/** @param measured the palette of the image; null where none was measured */
export function lookFromReply(reply: Reply, measured: unknown): LookReading[] {
  const garments = reply.garments.flatMap(({ kind, silhouette, fabrics, pattern, construction }) =>
    kind === null
      ? []
      : [
          {
            kind: word(kind),
            silhouette: silhouette === null ? null : word(silhouette),
            fabrics: words(fabrics),
            pattern: pattern === null ? null : word(pattern),
            construction: words(construction),
          },
        ],
  );
  // No clothes, no look: an empty answer is one about a picture that does not belong to a portfolio.
  if (garments.length === 0) return [];
  return [
    {
      garments,
      palette: Array.isArray(measured) ? (measured as Swatch[]) : [],
      moods: words(reply.moods),
      occasions: words(reply.occasions),
      seasons: words(reply.seasons).map((season) => SEASONS[season] ?? season),
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
  return compare(one.image, other.image) || compare(one.imageId, other.imageId) || one.index - other.index;
}

/** By code units: the same on every machine. */
function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function words(texts: readonly string[]): string[] {
  return [...new Set(texts.map(word).filter((text) => text !== ''))];
}

function word(text: string): string {
  return text.trim().replace(/\s+/g, ' ').toLowerCase().slice(0, 80);
}
