import type { RunStore, StoredEvent } from './run-store.ts';

type Listener = (events: readonly StoredEvent[]) => void;

/** Hands a run's events to those who listen: stored ones first, then live ones, in order, each once. */
export class EventHub {
  readonly #store: RunStore;
  readonly #listeners = new Map<string, Set<Listener>>();

  constructor(store: RunStore) {
    this.#store = store;
  }

  /** Only after the events were stored: a listener must never know more than a restart would. */
  publish(runId: string, events: readonly StoredEvent[]): void {
    for (const listener of this.#listeners.get(runId) ?? []) listener(events);
  }

  /**
   * Calls back with every event above `after`, until the returned function is called.
   *
   * @param after the last event the listener has seen, 0 for none
   */
  async subscribe(runId: string, after: number, onEvent: (event: StoredEvent) => void): Promise<() => void> {
    let last = after;
    let early: StoredEvent[] | null = [];
    const deliver = (events: readonly StoredEvent[]) => {
      for (const event of events) {
        if (event.seq <= last) continue;
        last = event.seq;
        onEvent(event);
      }
    };
    // Live events that come while the stored ones are fetched wait their turn.
    const listener: Listener = (events) => (early ? early.push(...events) : deliver(events));
    const unsubscribe = this.#add(runId, listener);
    try {
      deliver(await this.#store.events(runId, after));
      deliver(early);
      early = null;
    } catch (error) {
      unsubscribe();
      throw error;
    }
    return unsubscribe;
  }

  #add(runId: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(runId) ?? new Set();
    listeners.add(listener);
    this.#listeners.set(runId, listeners);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(runId);
    };
  }
}
