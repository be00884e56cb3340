import { KeptPairs } from './kept-pairs.ts';

/** Older ones are forgotten: piles expire, and a visitor's list need not go on for ever. */
const tokens = new KeptPairs('contactsheet.tokens', 50);
/** Without storage the page works until it is closed. */
const inMemory = new Map<string, string>();

/** Keeps the token of a run or a pile on this machine, so that its page can be opened again. */
export function rememberToken(id: string, token: string): void {
  tokens.put(id, token);
  inMemory.set(id, token);
}

/** The token of a run or a pile that was started on this machine; null where there is none. */
export function tokenOf(id: string): string | null {
  return inMemory.get(id) ?? tokens.get(id);
}
