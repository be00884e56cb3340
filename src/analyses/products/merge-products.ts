import type { Observation } from '../../contract/analysis.ts';
import type { Product, ProductPlace } from '../../contract/product.ts';
import { byCodeUnits } from '../code-units.ts';
import type { ProductReading } from './from-reply.ts';

type Seen = Observation<ProductReading>;

/**
 * One record for each product, with every place where it was seen. Two readings are of one product where name and brand are
 * the same but for case, accents and punctuation; a reading without a name stands alone, since "chair" twice is two
 * chairs more often than one. The order of arrival never matters.
 */
export function mergeProducts(observations: readonly Seen[]): Product[] {
  const groups = new Map<string, Seen[]>();
  for (const seen of observations.toSorted(inOrder)) {
    const key = keyOf(seen);
    groups.set(key, [...(groups.get(key) ?? []), seen]);
  }
  return [...groups.values()].map(productOf);
}

function keyOf({ reading, image, imageId, index, crop }: Seen): string {
  const name = plain(reading.name);
  if (name !== '' && reading.brand !== null) return `${plain(reading.brand)}\n${name}`;
  // Names without a brand are mostly the model's own words: the same ones in one picture mean several of a kind.
  return `${imageId}\n${image}\n${crop?.join(' ') ?? ''}\n${index}`;
}

function productOf(all: readonly Seen[]): Product {
  const readings = all.map(({ reading }) => reading);
  const [first] = all;
  const texts = {
    name: commonest(readings.map(({ name }) => name)),
    brand: commonest(readings.map(({ brand }) => brand)),
    category: commonest(readings.map(({ category }) => category)),
    text: commonest(readings.map(({ text }) => text)),
    price: commonest(readings.map(({ price }) => price?.text ?? null)),
  };
  return {
    id: `product_${first?.imageId ?? ''}_${placeId(first)}`,
    name: texts.name.value,
    brand: texts.brand.value,
    category: texts.category.value,
    colours: unique(readings.flatMap(({ colours }) => colours)),
    materials: unique(readings.flatMap(({ materials }) => materials)),
    text: texts.text.value,
    price: readings.find(({ price }) => price !== null && price.text === texts.price.value)?.price ?? null,
    confidence: Math.max(...readings.map(({ confidence }) => confidence)),
    places: all.map(placeOf),
    conflicts: (['category', 'price'] as const).flatMap((field) =>
      texts[field].counts.length > 1 ? [{ field, values: texts[field].counts }] : [],
    ),
  };
}

function placeOf({ imageId, image, crop, reading }: Seen): ProductPlace {
  // A detection's own box is surer than what a model says of the part it was shown.
  return { imageId, image, box: crop ?? reading.box, confidence: reading.confidence };
}

function placeId(seen: Seen | undefined): string {
  const at = seen?.crop ?? seen?.reading.box ?? [0, 0, 0, 0];
  return `${at.map((edge) => Math.round(edge * 1_000)).join('-')}_${seen?.index ?? 0}`;
}

/** Where several are equally common, the first by its letters. */
function commonest(values: readonly (string | null)[]): {
  value: string | null;
  counts: { value: string; places: number }[];
} {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  const sorted = [...counts]
    .map(([value, places]) => ({ value, places }))
    .toSorted((one, other) => other.places - one.places || byCodeUnits(one.value, other.value));
  return { value: sorted[0]?.value ?? null, counts: sorted };
}

function plain(text: string | null): string {
  return (text ?? '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)].toSorted(byCodeUnits);
}

function inOrder(one: Seen, other: Seen): number {
  const at = ({ crop }: Seen): string => crop?.map((edge) => edge.toFixed(6)).join(' ') ?? '';
  return (
    byCodeUnits(one.imageId, other.imageId) ||
    one.image.localeCompare(other.image, 'en', { numeric: true }) ||
    byCodeUnits(at(one), at(other)) ||
    one.index - other.index
  );
}
