import type { ShowFacts } from '../../contract/show.ts';
import type { Catalogue, HostRow, RowWrite, SharedVenue } from '../catalogue-store.ts';
import type { PublicationContext } from './applied-item.ts';
import { hostKey, hostRow, regionOf } from './rows.ts';

/** Hosts while a changeset is being published: one row for each host of a region. */
export class HostDesk {
  readonly #context: PublicationContext;
  readonly #before: Map<string, HostRow>;
  readonly #byKey: Map<string, HostRow>;

  constructor({ hosts }: Catalogue, context: PublicationContext) {
    this.#context = context;
    this.#before = new Map(hosts.map((host) => [host.id, host]));
    this.#byKey = new Map(hosts.map((host) => [host.key, host]));
  }

  /**
   * The host of a show, made where there is none of that name. Another spelling of one that is listed changes nothing
   * unless a reviewer wrote it.
   */
  idFor({ host }: ShowFacts, isEdited: boolean, venue: SharedVenue): string | null {
    const key = hostKey(host, regionOf(venue));
    if (key === null) return null;
    const known = this.#byKey.get(key);
    if (known === undefined) {
      const made = hostRow(this.#context.newId('host'), host, key);
      this.#byKey.set(key, made);
      return made.id;
    }
    if (isEdited) this.#byKey.set(key, hostRow(known.id, host, key));
    return known.id;
  }

  rowOf(id: string | null): HostRow | null {
    return [...this.#byKey.values()].find((host) => host.id === id) ?? null;
  }

  writes(): RowWrite[] {
    return [...this.#byKey.values()].flatMap((after): RowWrite[] => {
      const before = this.#before.get(after.id) ?? null;
      if (JSON.stringify(before) === JSON.stringify(after)) return [];
      return [{ table: 'hosts', id: after.id, before, after, isRevision: true }];
    });
  }
}
