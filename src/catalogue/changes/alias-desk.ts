import type { AliasRow, Catalogue, HostRow, RowWrite, ShowRow, VenueRow } from '../catalogue-store.ts';
import { hostAliasKey } from './aliases.ts';
import type { PublicationContext } from './applied-item.ts';
import { factsOf } from './listed-facts.ts';
import { placeKey } from './match-venues.ts';
import type { SettledItem } from './rematch.ts';

/** Aliases while a changeset is being published. */
export class AliasDesk {
  readonly #context: PublicationContext;
  readonly #before: readonly AliasRow[];
  readonly #written = new Map<string, AliasRow>();

  constructor({ aliases }: Catalogue, context: PublicationContext) {
    this.#before = aliases;
    this.#context = context;
  }

  /**
   * Keeps where a printed venue was put and, where a reviewer corrected the name of the venue or of the host, that the
   * printed name means this one: later runs that print it find them.
   */
  add({ edit, printed }: SettledItem, show: ShowRow, venue: VenueRow, host: HostRow | null): void {
    if (printed === null) return;
    const listed = { ...factsOf(show, venue, host), id: show.id };
    this.#keepPlace(placeKey(printed), placeKey(listed), printed.venue.name ?? '', venue.id);
    if (edit === null) return;
    const { name } = printed.venue;
    const isRenamed = name !== null && edit.venue.name !== name && venue.name !== null && venue.name !== name;
    if (isRenamed) this.#keep({ kind: 'venue', printed: name, key: '', targetId: venue.id, venue: printed.venue });
    const key = hostAliasKey(printed.host, venue);
    const hostName = printed.host.name ?? printed.host.company;
    if (host === null || key === null || hostName === null || key === host.key) return;
    this.#keep({ kind: 'host', printed: hostName, key, targetId: host.id, venue: null });
  }

  writes(): RowWrite[] {
    return [...this.#written.values()].map((after): RowWrite => {
      const before = this.#before.find(({ id }) => id === after.id) ?? null;
      return { table: 'aliases', id: after.id, before, after, isRevision: false };
    });
  }

  #known(): AliasRow[] {
    return [...this.#before.filter(({ id }) => !this.#written.has(id)), ...this.#written.values()];
  }

  #keep(alias: Omit<AliasRow, 'id' | 'changesetId'>): void {
    const { kind, key, printed, targetId } = alias;
    // A printed host means one host of its region; a venue's old name may be that of several.
    const isOf = (each: AliasRow): boolean =>
      kind === 'host' ? each.key === key : each.printed === printed && each.targetId === targetId;
    const known = this.#known().find((each) => each.kind === kind && isOf(each));
    if (known?.targetId === targetId) return;
    const id = known?.id ?? this.#context.newId('alias');
    this.#written.set(id, { ...alias, id, changesetId: this.#context.changesetId });
  }

  /** What is listed just as it is printed is found without an alias. */
  #keepPlace(key: string, listedKey: string, printed: string, venueId: string): void {
    const known = this.#known().find((alias) => alias.kind === 'place' && alias.key === key);
    if (known === undefined && key === listedKey) return;
    if (known?.targetId === venueId) return;
    const id = known?.id ?? this.#context.newId('alias');
    const { changesetId } = this.#context;
    this.#written.set(id, { id, kind: 'place', printed, key, targetId: venueId, venue: null, changesetId });
  }
}
