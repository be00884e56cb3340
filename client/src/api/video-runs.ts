const KEY = 'contactsheet.videoRuns';
/** Uploads expire after a day: older ones are of no use. */
const MAX_KEPT = 20;

type Entries = [uploadUrl: string, runId: string][];

/** Keeps on this machine which run reads an upload: who gives the file again goes on with that, and begins no second one. */
export function rememberRun(uploadUrl: string, runId: string): void {
  const entries = [...kept().filter(([other]) => other !== uploadUrl), [uploadUrl, runId] as [string, string]];
  try {
    localStorage.setItem(KEY, JSON.stringify(entries.slice(-MAX_KEPT)));
  } catch {
    // Without storage nothing is known after the page was left, and the video is sent anew.
  }
}

/** The run that reads, or has read, this upload; null where none is known. */
export function runOfUpload(uploadUrl: string): string | null {
  return kept().find(([other]) => other === uploadUrl)?.[1] ?? null;
}

function kept(): Entries {
  try {
    const entries: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(entries) ? (entries as Entries) : [];
  } catch {
    return [];
  }
}
