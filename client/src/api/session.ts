import { create } from 'zustand';

const KEY = 'contactsheet.adminToken';

interface Session {
  /** The admin token; null for a visitor. */
  token: string | null;
  /** The token given before was refused: it is said where one is asked for. */
  wasRefused: boolean;
}

/** Storage is refused in some private windows: then the token lives as long as the page. */
function stored(of: () => Storage): Storage | null {
  try {
    return of();
  } catch {
    return null;
  }
}
const tab = stored(() => sessionStorage);
const machine = stored(() => localStorage);

/** Who uses the page. The token is kept in the tab, or on this machine where "remember" was ticked; never in an address. */
export const useSession = create<Session>(() => ({
  token: tab?.getItem(KEY) ?? machine?.getItem(KEY) ?? null,
  wasRefused: false,
}));

export function signIn(token: string, { remember }: { remember: boolean }): void {
  forget();
  (remember ? machine : tab)?.setItem(KEY, token);
  useSession.setState({ token, wasRefused: false });
}

export function signOut({ wasRefused = false } = {}): void {
  forget();
  useSession.setState({ token: null, wasRefused });
}

export function adminToken(): string | null {
  return useSession.getState().token;
}

function forget(): void {
  tab?.removeItem(KEY);
  machine?.removeItem(KEY);
}
