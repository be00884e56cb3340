/** Which model reads, and whether it can. */
export interface ModelState {
  kind: 'gemini' | 'openai' | 'local' | null;
  name: string | null;
  problem: string | null;
  keySet: boolean;
}

/** What one cheap real call gave. */
export interface ModelTest {
  ok: boolean;
  model: string | null;
  ms: number;
  code: string | null;
  detail: string;
}
