/** What a look at an image gave. The same bytes have the same look in every run and pile. */
export interface ImageLook {
  /** Pixels of the upright image; null, with the other two, where it cannot be read. */
  width: number | null;
  height: number | null;
  /** Says which pictures look the same; see images/fingerprint.ts. */
  fingerprint: string | null;
}

/** What is known of contents, by their SHA-256 (hex). Implemented by `storage/`. */
export interface ImageLookStore {
  get(sha256s: readonly string[]): Promise<Map<string, ImageLook>>;
  put(sha256: string, look: ImageLook): Promise<void>;
}
