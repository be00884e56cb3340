import type { AliasRow, Catalogue, HostRow, RowWrite, ShowRow, VenueRow } from '../catalogue-store.ts';
import { hostAliasKey, recordKey } from './aliases.ts';
import type { PublicationContext } from './applied-item.ts';
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
    const { name } = printed.venue;
    this.#keepOnly({ kind: 'place', printed: name ?? '', key: placeKey(printed), targetId: venue.id, venue: null });
    if (printed.schedule.days.length === 0 && show.schedule.days.length > 0) {
      this.#keepOnly({ kind: 'record', printed: '', key: recordKey(printed), targetId: show.id, venue: null });
    }
    if (edit === null) return;
    const isRenamed = name !== null && edit.venue.name !== name && venue.name !== null && venue.name !== name;
    if (isRenamed) this.#keepName({ kind: 'venue', printed: name, key: '', targetId: venue.id, venue: printed.venue });
    const key = hostAliasKey(printed.host, venue);
    const hostName = printed.host.name ?? printed.host.company;
    if (host === null || key === null || hostName === null || key === host.key) return;
    this.#keepOnly({ kind: 'host', printed: hostName, key, targetId: host.id, venue: null });
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

  #write(alias: Omit<AliasRow, 'id' | 'changesetId'>, known: AliasRow | undefined): void {
    if (known?.targetId === alias.targetId) return;
    const id = known?.id ?? this.#context.newId('alias');
    this.#written.set(id, { ...alias, id, changesetId: this.#context.changesetId });
  }

  /** A venue's old name may be that of several. */
  #keepName(alias: Omit<AliasRow, 'id' | 'changesetId'>): void {
    const { kind, printed, targetId } = alias;
    const isSame = (each: AliasRow): boolean => each.kind === kind && each.printed === printed;
    this.#write(
      alias,
      this.#known().find((each) => isSame(each) && each.targetId === targetId),
    );
  }

  /** What has a key means one thing; the last word counts. */
  #keepOnly(alias: Omit<AliasRow, 'id' | 'changesetId'>): void {
    this.#write(
      alias,
      this.#known().find(({ kind, key }) => kind === alias.kind && key === alias.key),
    );
  }
}
