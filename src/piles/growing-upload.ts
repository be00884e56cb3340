import { stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { CodedError } from '../contract/coded-error.ts';
import type { GrowingVideo } from '../runs/video-reception.ts';

/** How often a file is looked at that somebody waits for, ms. */
const ASK_EVERY_MS = 50;
/** A sender that says nothing for so long has fallen silent, ms: a slow line is not told of. */
const SILENT_AFTER_MS = 5_000;

export interface GrowingUploadParts {
  /** Bytes are appended to it as they come, by whoever receives them. */
  path: string;
  sizeBytes: number;
  /** How long the next byte is waited for, ms. The time before it was opened does not count: the server may have been down. */
  waitMs: number;
}

/** A file that is still being sent. What is on the disk is what is here: its length is asked, nobody has to tell. */
export function growingUpload({ path, sizeBytes, waitMs }: GrowingUploadParts): GrowingVideo {
  const openedAtMs = Date.now();
  return {
    path,
    sizeBytes,
    async grown(bytes, signal, onQuiet) {
      for (let wasSilent = false; ;) {
        signal.throwIfAborted();
        const found = await stat(path).catch(() => null);
        if (found === null) throw givenUp();
        const receivedBytes = found.size;
        if (receivedBytes >= bytes) return;
        const silentMs = Date.now() - Math.max(openedAtMs, found.mtimeMs);
        if (silentMs >= waitMs) throw brokenOff(receivedBytes, sizeBytes);
        const isSilent = silentMs >= SILENT_AFTER_MS;
        if (isSilent !== wasSilent) onQuiet?.(isSilent ? { receivedBytes, waitMs } : null);
        wasSilent = isSilent;
        await delay(ASK_EVERY_MS, undefined, { signal });
      }
    },
  };
}

function brokenOff(receivedBytes: number, sizeBytes: number): CodedError {
  const percent = Math.floor((100 * receivedBytes) / Math.max(1, sizeBytes));
  return new CodedError(
    'upload.brokenOff',
    `The upload of the video broke off at ${percent} %; what was here by then was read. Send the rest and start a run of it ` +
      'again: what was described is not asked about again.',
  );
}

function givenUp(): CodedError {
  return new CodedError(
    'upload.brokenOff',
    'The upload of the video was given up, and what was sent of it removed. What was read before is here.',
  );
}
