import { DEFAULT_SETTINGS, type Settings } from '../contract/settings.ts';
import type { ValueStore } from '../runs/run-store.ts';

const STORED_SETTINGS = 'admin.settings';

/** The admin's settings; kept, and the same for every run that starts after a change. */
export class SettingsService {
  readonly #values: ValueStore;
  #current: Settings;
  /** Changes are made one after another: two at once would each keep what the other has just changed. */
  #lastChange: Promise<unknown> = Promise.resolve();

  private constructor(values: ValueStore, current: Settings) {
    this.#values = values;
    this.#current = current;
  }

  static async open(values: ValueStore): Promise<SettingsService> {
    const stored = await values.get(STORED_SETTINGS);
    // Stored by this class after a check; a setting of a newer version than the stored ones has its default.
    const known = typeof stored === 'object' && stored !== null ? (stored as Partial<Settings>) : {};
    return new SettingsService(values, { ...DEFAULT_SETTINGS, ...known });
  }

  get(): Settings {
    return this.#current;
  }

  /** @param changes checked; fields that are missing or undefined keep their value */
  change(changes: Partial<Settings>): Promise<Settings> {
    const change = this.#lastChange.then(() => this.#change(changes));
    // One that could not be stored is its sender's failure, not that of those who come after.
    this.#lastChange = change.catch(() => {});
    return change;
  }

  async #change(changes: Partial<Settings>): Promise<Settings> {
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const next: Settings = { ...this.#current, ...given };
    await this.#values.put(STORED_SETTINGS, next);
    this.#current = next;
    return next;
  }
}
