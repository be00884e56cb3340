/** Which merged records are new or changed since the last look, by their ids. */
export class RecordChanges {
  #known = new Map<string, string>();

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
      if (this.#known.get(record.id) !== text) changed.push(record);
    }
    const gone = [...this.#known.keys()].filter((id) => !known.has(id));
    this.#known = known;
    const [first, ...rest] = changed;
    return first && gone.length > 0 ? [{ ...first, supersedes: gone }, ...rest] : changed;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> & { id: string } {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string';
}
