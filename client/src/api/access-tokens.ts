const KEY = 'contactsheet.tokens';
/** Older ones are forgotten: piles expire, and a visitor's list need not go on for ever. */
const MAX_KEPT = 50;

type Entries = [id: string, token: string][];

/** Keeps the token of a run or a pile on this machine, so that its page can be opened again. */
export function rememberToken(id: string, token: string): void {
  const entries = [...kept().filter(([other]) => other !== id), [id, token] as [string, string]].slice(-MAX_KEPT);
  try {
    localStorage.setItem(KEY, JSON.stringify(entries));
  } catch {
    // Without storage the page works until it is closed.
  }
  inMemory.set(id, token);
}

/** The token of a run or a pile that was started on this machine; null where there is none. */
export function tokenOf(id: string): string | null {
  return inMemory.get(id) ?? kept().find(([other]) => other === id)?.[1] ?? null;
}

const inMemory = new Map<string, string>();

function kept(): Entries {
  try {
    const entries: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(entries) ? (entries as Entries) : [];
  } catch {
    return [];
  }
}
