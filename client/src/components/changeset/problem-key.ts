const KEYS = {
  'changeset.stale': 'stale',
  'changeset.undecided': 'undecided',
  'changeset.conflict': 'conflict',
  'changeset.builtUpon': 'builtUpon',
  'changeset.wrongState': 'wrongState',
} as const;

/** Which words of the page explain a refusal; null where the server's own have to do. */
export function problemKey(code: string): (typeof KEYS)[keyof typeof KEYS] | null {
  return Object.entries(KEYS).find(([each]) => each === code)?.[1] ?? null;
}
