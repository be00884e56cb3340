import type { LooksLike } from '../contract/pile.ts';
import { differingBits, lookAlikes } from '../images/fingerprint.ts';

/** An image among others, as far as it is compared with them. */
export interface ComparedImage {
  position: number;
  /** SHA-256 (hex), with the part of the image where it is of one; null where nothing was stored. */
  sha256: string | null;
  /** Null where nobody has looked, or it cannot be read. */
  fingerprint: string | null;
}

export interface LookMarks {
  /** Position of the first image with the same bytes. */
  duplicateOf: number | null;
  /** The earlier picture that looks the same; none for an image with the same bytes as another. */
  looksLike: LooksLike[];
}

/** What each image is to those before it, by position. @param images in order of position */
export function lookMarks(images: readonly ComparedImage[]): Map<number, LookMarks> {
  const firstWith = new Map<string, number>();
  const marks = new Map<number, LookMarks>();
  const seen: { id: string; fingerprint: string }[] = [];
  const prints = new Map<string, string>();
  for (const { position, sha256, fingerprint } of images) {
    const first = sha256 === null ? undefined : firstWith.get(sha256);
    marks.set(position, { duplicateOf: first ?? null, looksLike: [] });
    if (first !== undefined || sha256 === null) continue;
    firstWith.set(sha256, position);
    if (fingerprint === null) continue;
    seen.push({ id: String(position), fingerprint });
    prints.set(String(position), fingerprint);
  }
  for (const { id, sameLookAs } of lookAlikes(seen)) {
    const bits = differingBits(prints.get(id) ?? '', prints.get(sameLookAs) ?? '');
    marks.get(Number(id))?.looksLike.push({ position: Number(sameLookAs), bits });
  }
  return marks;
}
