/** Keys of what is asked of the server, from the general to the special: forgetting `runs` forgets all of them. */
export const queryKeys = {
  shows: (filter?: object) => (filter ? (['shows', filter] as const) : (['shows'] as const)),
  show: (id: string) => ['show', id] as const,
  venues: (filter?: object) => (filter ? (['venues', filter] as const) : (['venues'] as const)),
  runs: () => ['runs'] as const,
  run: (id: string) => ['run', id] as const,
  runImages: (id: string) => ['run', id, 'images'] as const,
  timeline: (id: string) => ['run', id, 'timeline'] as const,
  submission: (id: string) => ['run', id, 'submission'] as const,
  suggestions: (id: string) => ['run', id, 'suggestions'] as const,
  changesets: (state?: string) => (state ? (['changesets', state] as const) : (['changesets'] as const)),
  changeset: (id: string) => ['changeset', id] as const,
  pile: (id: string) => ['pile', id] as const,
  estimate: (pileId: string, asked: object) => ['pile', pileId, 'estimate', asked] as const,
  settings: () => ['settings'] as const,
  model: () => ['model'] as const,
  performance: () => ['performance'] as const,
};
