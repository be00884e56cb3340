import type { Product, ProductPlace } from '../../../../src/contract/product.ts';
import type { RunImage } from '../../../../src/contract/run-images.ts';
import type { Box } from '../../../../src/contract/show.ts';
import { imageKey } from '../../stores/ParserStore.ts';

/** A box that is drawn over an image. */
export interface SceneBox {
  key: string;
  /** Within its image, from 1. */
  number: number;
  /** Within the image: nothing of it is outside. */
  box: Box;
  state: RunImage['state'];
  /** Entry in the ParserStore of the unit that it is, or was found in. */
  liveKey: string;
  /** Whose place it is; null while nobody knows. */
  productId: string | null;
}

/** An image with its boxes. */
export interface SceneImage {
  key: string;
  /** From 1. */
  number: number;
  name: string;
  thumbnailUrl: string | null;
  width: number | null;
  height: number | null;
  boxes: readonly SceneBox[];
  /** Of its units in the ParserStore: as many as there are answers to come. */
  units: readonly { liveKey: string; state: RunImage['state'] }[];
}

/** All images of a run with what was found in them. */
export interface Scene {
  images: readonly SceneImage[];
  /** In the order in which they stand in the images. */
  products: readonly Product[];
  /** By key. */
  boxes: ReadonlyMap<string, SceneBox>;
  /** The first box of each product comes first. */
  boxesOf: ReadonlyMap<string, readonly SceneBox[]>;
  imageOf: ReadonlyMap<string, SceneImage>;
}

const NUMBERED = / #\d+$/;

/** Rows of a run as images: of detections many rows are one image. Images that nobody can show are left out. */
export function sceneImages(rows: readonly RunImage[]): SceneImage[] {
  const images = new Map<string, { rows: RunImage[]; name: string }>();
  for (const row of rows) {
    if (row.imageId === null || row.thumbnailUrl === null || row.state === 'duplicate') continue;
    const name = row.crop === null ? row.name : row.name.replace(NUMBERED, '');
    const key = imageKey({ imageId: row.imageId, image: name });
    const image = images.get(key) ?? { rows: [], name };
    image.rows.push(row);
    images.set(key, image);
  }
  return [...images].map(([key, { rows: units, name }], at) => ({
    key,
    number: at + 1,
    name,
    thumbnailUrl: units[0]?.thumbnailUrl ?? null,
    width: units[0]?.width ?? null,
    height: units[0]?.height ?? null,
    units: units.map((unit) => ({ liveKey: imageKey({ imageId: unit.imageId, image: unit.name }), state: unit.state })),
    // The image itself may be a unit as well: that which was asked where its products are.
    boxes: units
      .filter(({ crop }) => crop !== null)
      .flatMap((unit, index) => {
        const box = unit.crop === null ? null : within(unit.crop);
        const liveKey = imageKey({ imageId: unit.imageId, image: unit.name });
        return box ? [{ key: liveKey, number: index + 1, box, state: unit.state, liveKey, productId: null }] : [];
      }),
  }));
}

/** Puts products to their boxes; where no detections were sent, their places are the boxes. Pure. */
export function withProducts(images: readonly SceneImage[], products: readonly Product[]): Scene {
  const idOfUnit = new Map<string, string>();
  const placed = new Map<string, { productId: string; box: Box }[]>();
  for (const { id, places } of products) {
    for (const place of places) {
      const unit = imageKey(place);
      if (!idOfUnit.has(unit)) idOfUnit.set(unit, id);
      const box = place.box === null ? null : within(place.box);
      if (box) placed.set(unit, [...(placed.get(unit) ?? []), { productId: id, box }]);
    }
  }
  const shown = images.map((image): SceneImage => {
    if (image.boxes.length > 0) {
      if (!image.boxes.some(({ key, productId }) => (idOfUnit.get(key) ?? null) !== productId)) return image;
      const boxes = image.boxes.map((box) => {
        const productId = idOfUnit.get(box.key) ?? null;
        return productId === box.productId ? box : { ...box, productId };
      });
      return { ...image, boxes };
    }
    const found = (placed.get(image.key) ?? []).toSorted((one, other) => readingOrder(one.box, other.box));
    const boxes = found.map(({ productId, box }, at): SceneBox => ({
      key: `${image.key}/${at + 1}`,
      number: at + 1,
      box,
      state: 'done',
      liveKey: image.key,
      productId,
    }));
    return { ...image, boxes };
  });
  return sceneOf(shown, products);
}

function sceneOf(images: readonly SceneImage[], products: readonly Product[]): Scene {
  const boxes = new Map<string, SceneBox>();
  const boxesOf = new Map<string, SceneBox[]>();
  const imageOf = new Map<string, SceneImage>();
  for (const image of images) {
    for (const box of image.boxes) {
      boxes.set(box.key, box);
      imageOf.set(box.key, image);
      if (box.productId !== null) boxesOf.set(box.productId, [...(boxesOf.get(box.productId) ?? []), box]);
    }
  }
  // By where they are seen first; those without a box last.
  const place = new Map([...boxesOf.keys()].map((id, at) => [id, at]));
  const at = ({ id }: Product) => place.get(id) ?? Infinity;
  const ordered = products.toSorted((one, other) => (at(one) === at(other) ? 0 : at(one) - at(other)));
  return { images, products: ordered, boxes, boxesOf, imageOf };
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The box that a person means who presses an arrow key: near, and more ahead than aside. Null at the edge. */
export function boxTowards(boxes: readonly SceneBox[], from: SceneBox, direction: Direction): SceneBox | null {
  const [fromX, fromY] = centre(from);
  let best: SceneBox | null = null;
  let least = Infinity;
  for (const box of boxes) {
    if (box.key === from.key) continue;
    const [x, y] = centre(box);
    const [right, down] = [x - fromX, y - fromY];
    const ahead = { left: -right, right, up: -down, down }[direction];
    const aside = Math.abs(direction === 'left' || direction === 'right' ? down : right);
    if (ahead <= 1e-6) continue;
    const far = ahead + 3 * aside;
    if (far < least) [best, least] = [box, far];
  }
  return best;
}

/** The images of some places, each once, with how many of the places are in it; by their names. */
export function seenIn(places: readonly ProductPlace[]): { name: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { image } of places) {
    const name = image.replace(NUMBERED, '');
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .toSorted((one, other) => one.name.localeCompare(other.name, 'en', { numeric: true }));
}

/** Products whose name, brand or category has all words of it, whatever their case and accents. */
export function matching(products: readonly Product[], wanted: string): readonly Product[] {
  const words = plain(wanted).split(/\s+/).filter(Boolean);
  if (words.length === 0) return products;
  return products.filter(({ name, brand, category }) => {
    const text = plain([name, brand, category].filter((part) => part !== null).join(' '));
    return words.every((word) => text.includes(word));
  });
}

function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

function centre({ box: [x, y, width, height] }: SceneBox): [number, number] {
  return [x + width / 2, y + height / 2];
}

/** Cut off at the edges of the image; null where it is outside. */
function within([x, y, width, height]: Box): Box | null {
  const [left, top] = [Math.max(0, x), Math.max(0, y)];
  const [right, bottom] = [Math.min(1, x + width), Math.min(1, y + height)];
  return right > left && bottom > top ? [left, top, right - left, bottom - top] : null;
}

function readingOrder(one: Box, other: Box): number {
  return one[1] - other[1] || one[0] - other[0];
}
