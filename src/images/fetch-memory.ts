/** What came from a URL the last time. */
export interface FetchRecord {
  /** Of its bytes, hex. */
  sha256: string;
  sizeBytes: number;
  /** What the other side calls this version of it; null where it gave none. */
  etag: string | null;
  /** As the other side wrote it; null where it said nothing. */
  lastModified: string | null;
  /** Key of the URL that gave it, after redirects: another one must not be asked about its version. */
  givenBy: string;
}

/**
 * Remembers what came from where, so that what is here is not fetched again. Keys are hashes of URLs, which may hold secrets.
 * Nothing here throws; several processes may use one at once; what was put survives `kill -9`.
 */
export interface FetchMemory {
  /** Null also where it is too long ago. */
  get(key: string): FetchRecord | null;
  put(key: string, record: FetchRecord): void;
}
