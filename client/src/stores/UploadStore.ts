import { create } from 'zustand';
import { sendFile } from '../api/pile-upload.ts';

export type UploadState = 'waiting' | 'sending' | 'sent' | 'failed';

/** One file on its way into a pile. */
export interface PileUpload {
  key: string;
  pileId: string;
  file: File;
  state: UploadState;
  sentBytes: number;
  /** When it was sent to its end, ms since 1970; 0 until then. */
  sentAtMs: number;
  /** Shows the picture before the server has made a small one; null for what is no picture. */
  previewUrl: string | null;
  error: unknown;
}

interface UploadStore {
  /** In the order in which they were given. */
  uploads: readonly PileUpload[];
  /** Pictures from the person's own disk, by {@link fileKey}: they outlive their sending for a moment. */
  previews: ReadonlyMap<string, string>;
}

/** A file and the picture that came of it are told together by these. */
export const fileKey = ({ name, size }: { name: string; size: number }): string => `${size}/${name}`;

const PREVIEW_MS = 60_000;

/** As many as the issue asks for: enough to fill the line, few enough that each makes headway. */
const AT_ONCE = 3;

/** Files on their way, three at a time. What the server has taken in is in the pile, and no longer here. */
export const useUploadStore = create<UploadStore>(() => ({ uploads: [], previews: new Map() }));

const stops = new Map<string, AbortController>();
let given = 0;

/** Puts files in line for a pile. */
export function addUploads(pileId: string, files: readonly File[]): void {
  const added = files.map((file): PileUpload => ({
    key: `upload-${(given += 1)}`,
    pileId,
    file,
    state: 'waiting',
    sentBytes: 0,
    sentAtMs: 0,
    previewUrl: /^image\/(?:png|jpeg|webp|gif|avif)$/.test(file.type) ? URL.createObjectURL(file) : null,
    error: null,
  }));
  useUploadStore.setState(({ uploads, previews }) => ({
    uploads: [...uploads, ...added],
    previews: new Map([
      ...previews,
      ...added.flatMap(({ file, previewUrl }): [string, string][] =>
        previewUrl === null ? [] : [[fileKey(file), previewUrl]],
      ),
    ]),
  }));
  fillLine();
}

/** Sends one that failed once more. */
export function retryUpload(key: string): void {
  change(key, { state: 'waiting', error: null });
  fillLine();
}

/** Takes files out: the pile has them, or nobody wants them any more. */
export function dropUploads(keys: readonly string[]): void {
  const gone = new Set(keys);
  if (gone.size === 0) return;
  for (const upload of useUploadStore.getState().uploads) {
    if (!gone.has(upload.key)) continue;
    stops.get(upload.key)?.abort();
    setTimeout(() => forgetPreview(upload), PREVIEW_MS);
  }
  useUploadStore.setState(({ uploads }) => ({ uploads: uploads.filter(({ key }) => !gone.has(key)) }));
  fillLine();
}

function forgetPreview({ file, previewUrl }: PileUpload): void {
  if (previewUrl === null) return;
  URL.revokeObjectURL(previewUrl);
  useUploadStore.setState(({ previews }) => {
    const kept = new Map(previews);
    if (kept.get(fileKey(file)) === previewUrl) kept.delete(fileKey(file));
    return { previews: kept };
  });
}

function fillLine(): void {
  const { uploads } = useUploadStore.getState();
  const places = AT_ONCE - uploads.filter(({ state }) => state === 'sending').length;
  for (const upload of uploads.filter(({ state }) => state === 'waiting').slice(0, Math.max(places, 0))) {
    void send(upload);
  }
}

async function send({ key, pileId, file }: PileUpload): Promise<void> {
  const stop = new AbortController();
  stops.set(key, stop);
  change(key, { state: 'sending' });
  try {
    await sendFile({ pileId, file, onProgress: (sentBytes) => change(key, { sentBytes }) }, stop.signal);
    change(key, { state: 'sent', sentBytes: file.size, sentAtMs: Date.now() });
  } catch (error) {
    if (!stop.signal.aborted) change(key, { state: 'failed', error });
  } finally {
    stops.delete(key);
    fillLine();
  }
}

function change(key: string, changes: Partial<PileUpload>): void {
  useUploadStore.setState(({ uploads }) => ({
    uploads: uploads.map((upload) => (upload.key === key ? { ...upload, ...changes } : upload)),
  }));
}
