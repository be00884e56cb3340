import type { ImageToRead } from '../runs/analysis-runner.ts';

/** What takes longest first: the end then waits for no single large image. */
export function largestFirst(images: readonly ImageToRead[]): ImageToRead[] {
  return images.toSorted((a, b) => (b.sizeBytes ?? 0) - (a.sizeBytes ?? 0));
}

/**
 * As many of the smallest first as calls may be under way, and the others as they came: no place for a call stays empty while
 * a large image is opened. Parts of one image stay together, as they came.
 *
 * @param places for calls, at the beginning
 */
export function quickestFirst(images: readonly ImageToRead[], places: number): ImageToRead[] {
  if (images.some(({ crop }) => crop)) return [...images];
  const bySize = images.filter(({ sizeBytes }) => sizeBytes !== undefined);
  bySize.sort((a, b) => (a.sizeBytes ?? 0) - (b.sizeBytes ?? 0));
  const quick = new Set(bySize.slice(0, places));
  return [...quick, ...images.filter((image) => !quick.has(image))];
}
