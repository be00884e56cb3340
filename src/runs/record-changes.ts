/** Which merged records are new or changed since the last look, by their ids. */
export class RecordChanges {
  #known = new Map<string, string>();
  /** Ids that have gone and were not told of yet. */
  #gone = new Set<string>();

  /**
   * @returns the new and changed records; where records have gone (they became part of another), the first one names
   * their ids in `supersedes`, so that a list kept by id can drop them
   */
  next(records: readonly unknown[]): Record<string, unknown>[] {
    const known = new Map<string, string>();
    const changed: Record<string, unknown>[] = [];
    for (const record of records) {
      if (!isRecord(record)) continue;
      const text = JSON.stringify(record);
      known.set(record.id, text);
      this.#gone.delete(record.id);
      if (this.#known.get(record.id) !== text) changed.push(record);
    }
    for (const id of this.#known.keys()) if (!known.has(id)) this.#gone.add(id);
    this.#known = known;
    const [first, ...rest] = changed;
    if (!first || this.#gone.size === 0) return changed;
    const supersedes = [...this.#gone];
    this.#gone.clear();
    return [{ ...first, supersedes }, ...rest];
  }
}

function isRecord(value: unknown): value is Record<string, unknown> & { id: string } {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string';
}
