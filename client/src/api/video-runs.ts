import { KeptPairs } from './kept-pairs.ts';

/** Uploads expire after a day: older ones are of no use. */
const runs = new KeptPairs('contactsheet.videoRuns', 20);

/** Keeps on this machine which run reads an upload: who gives the file again goes on with that, and begins no second one. */
export function rememberRun(uploadUrl: string, runId: string): void {
  runs.put(uploadUrl, runId);
}

/** The run that reads, or has read, this upload; null where none is known. */
export function runOfUpload(uploadUrl: string): string | null {
  return runs.get(uploadUrl);
}
