import type { Look, Portfolio, RecurringElement, StyleAspect, Swatch } from '../../contract/style.ts';
import { STYLE_ASPECTS } from '../../contract/style.ts';
import { byCodeUnits } from '../code-units.ts';

/** What most of a portfolio has in common is its signature. */
const SIGNATURE_SHARE = 0.4;
const MOST_RECURRING = 40;
const MOST_OUTLIERS = 5;
/** With fewer looks nothing can be said to stand out. */
const LOOKS_FOR_OUTLIERS = 5;
/** A look stands out where what it has in common with the others lies so many standard deviations below theirs. */
const OUTLYING_DEVIATIONS = 1.5;
const MOST_SWATCHES = 8;

/** What all looks say together. The same whatever their order. */
export function portfolioOf(looks: readonly Look[]): Portfolio {
  const elements = looks.map(elementsOf);
  const counts = new Map<string, RecurringElement>();
  for (const [aspect, value] of elements.flat()) {
    const key = `${aspect}\n${value}`;
    const known = counts.get(key) ?? { aspect, value, looks: 0, share: 0 };
    counts.set(key, { ...known, looks: known.looks + 1, share: round((known.looks + 1) / looks.length) });
  }
  const recurring = [...counts.values()].filter((each) => each.looks > 1).toSorted(commonestFirst);
  const signature = STYLE_ASPECTS.flatMap((aspect) => {
    const commonest = recurring.find((each) => each.aspect === aspect);
    return commonest && commonest.share >= SIGNATURE_SHARE ? [commonest] : [];
  });
  return {
    kind: 'portfolio',
    id: 'portfolio',
    looks: looks.length,
    recurring: recurring.slice(0, MOST_RECURRING),
    signature,
    outliers: outliersOf(looks, elements, counts),
    palette: paletteOfAll(looks),
  };
}

/** Each element once: two jackets of one look are one look with a jacket. */
function elementsOf(look: Look): [StyleAspect, string][] {
  const { garments, moods, occasions, seasons, palette } = look;
  const all: [StyleAspect, (string | null)[]][] = [
    ['garment', garments.map(({ kind }) => kind)],
    ['silhouette', garments.map(({ silhouette }) => silhouette)],
    ['fabric', garments.flatMap(({ fabrics }) => fabrics)],
    ['pattern', garments.map(({ pattern }) => pattern)],
    ['construction', garments.flatMap(({ construction }) => construction)],
    ['mood', moods],
    ['occasion', occasions],
    ['season', seasons],
    ['colour', palette.map(({ name }) => name)],
  ];
  return all.flatMap(([aspect, values]) =>
    [...new Set(values)].flatMap((value): [StyleAspect, string][] => (value === null ? [] : [[aspect, value]])),
  );
}

function outliersOf(
  looks: readonly Look[],
  elements: readonly (readonly [StyleAspect, string][])[],
  counts: ReadonlyMap<string, RecurringElement>,
): Portfolio['outliers'] {
  if (looks.length < LOOKS_FOR_OUTLIERS) return [];
  const kinships = elements.map((own) => {
    // Of the other looks, how many have each of its elements.
    const shares = own.map(
      ([aspect, value]) => ((counts.get(`${aspect}\n${value}`)?.looks ?? 1) - 1) / (looks.length - 1),
    );
    return shares.length === 0 ? 0 : mean(shares);
  });
  const usual = mean(kinships);
  const deviation = Math.sqrt(mean(kinships.map((kinship) => (kinship - usual) ** 2)));
  return looks
    .map((look, place) => ({
      lookId: look.id,
      image: look.images[0]?.image ?? '',
      kinship: kinships[place] ?? 0,
    }))
    .filter(({ kinship }) => deviation > 0 && kinship < usual - OUTLYING_DEVIATIONS * deviation)
    .toSorted((one, other) => one.kinship - other.kinship || byCodeUnits(one.lookId, other.lookId))
    .slice(0, MOST_OUTLIERS)
    .map((each) => ({ ...each, kinship: round(each.kinship) }));
}

/** Each look counts alike, however large its picture; colours of one name are one. */
function paletteOfAll(looks: readonly Look[]): Swatch[] {
  const byName = new Map<string, Swatch>();
  for (const { name, hex, share } of looks.flatMap(({ palette }) => palette)) {
    const known = byName.get(name);
    const more = share / looks.length;
    // Shown by the tone of which there is most.
    const tone = known && known.share >= more ? known.hex : hex;
    byName.set(name, { name, hex: tone, share: (known?.share ?? 0) + more });
  }
  return [...byName.values()]
    .toSorted((one, other) => other.share - one.share || byCodeUnits(one.name, other.name))
    .slice(0, MOST_SWATCHES)
    .map((swatch) => ({ ...swatch, share: round(swatch.share) }));
}

function commonestFirst(one: RecurringElement, other: RecurringElement): number {
  const place = (aspect: StyleAspect): number => STYLE_ASPECTS.indexOf(aspect);
  return other.looks - one.looks || place(one.aspect) - place(other.aspect) || byCodeUnits(one.value, other.value);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
