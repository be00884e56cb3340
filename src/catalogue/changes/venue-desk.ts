import { CodedError } from '../../contract/coded-error.ts';
import type { Catalogue, RowWrite, SharedVenue, VenueRow } from '../catalogue-store.ts';
import { SHARED_FIELDS, sharedOf } from './listed-facts.ts';
import { matchVenues } from './match-venues.ts';
import type { PublicationContext } from './applied-item.ts';
import { contradiction, type SettledItem } from './rematch.ts';
import { venueRow } from './rows.ts';

interface Statement {
  value: string | null;
  itemId: string;
  isEdit: boolean;
}

/** Venues while a changeset is being published: one row each, whatever number of its shows say the same of it. */
export class VenueDesk {
  readonly #catalogue: Catalogue;
  readonly #context: PublicationContext;
  readonly #byId: Map<string, VenueRow>;
  readonly #statements = new Map<string, Map<keyof SharedVenue, Statement>>();
  /** The venue of each item, by the item's id. */
  readonly #venueOf = new Map<string, string>();
  readonly #created = new Map<string, { id: string; venue: SharedVenue }>();

  constructor(catalogue: Catalogue, context: PublicationContext) {
    this.#catalogue = catalogue;
    this.#context = context;
    this.#byId = new Map(catalogue.venues.map((venue) => [venue.id, venue]));
  }

  /** Takes note of what an item says of its venue. All are added before the first row is asked for. */
  add(settled: SettledItem): void {
    const { item, final } = settled;
    if (item.venueId === null) {
      const group = item.venueGroup ?? item.id;
      const created = this.#created.get(group) ?? { id: this.#context.newId('venue'), venue: sharedOf(final.venue) };
      this.#created.set(group, created);
      this.#venueOf.set(item.id, created.id);
      return;
    }
    const movedTo = this.#movedTo(settled);
    this.#venueOf.set(item.id, movedTo ?? item.venueId);
    if (movedTo === null) this.#state(item.venueId, settled);
  }

  rowFor({ item }: SettledItem): VenueRow {
    const id = this.#venueOf.get(item.id) ?? '';
    const created = [...this.#created.values()].find((each) => each.id === id);
    if (created) return venueRow(id, created.venue);
    const before = this.#byId.get(id);
    if (before === undefined) throw new CodedError('internal', 'The venue of an item has gone.');
    const stated = this.#statements.get(id);
    const venue = sharedOf(before);
    for (const [field, { value }] of stated ?? []) venue[field] = value;
    return venueRow(id, venue);
  }

  writes(): RowWrite[] {
    const created = [...this.#created.values()].map(({ id, venue }): RowWrite => {
      return { table: 'venues', id, before: null, after: venueRow(id, venue), isRevision: true };
    });
    const changed = [...this.#statements].flatMap(([id, stated]): RowWrite[] => {
      const before = this.#byId.get(id);
      if (before === undefined || stated.size === 0) return [];
      const venue = sharedOf(before);
      for (const [field, { value }] of stated) venue[field] = value;
      const after = venueRow(id, venue);
      if (JSON.stringify(after) === JSON.stringify(before)) return [];
      return [{ table: 'venues', id, before, after, isRevision: true }];
    });
    return [...created, ...changed];
  }

  /** A reviewer who gives a show another venue's name means that it is there, not that there are two of that name. */
  #movedTo({ item, edit }: SettledItem): string | null {
    if (edit === null || item.listed === null || edit.venue.name === item.listed.venue.name) return null;
    const { venues, shows } = this.#catalogue;
    const others = {
      ...this.#catalogue,
      venues: venues.filter(({ id }) => id !== item.venueId),
      shows: shows.filter(({ venueId }) => venueId !== item.venueId),
    };
    const match = matchVenues(others, [{ ...edit, id: item.id }]).get(item.id);
    return match?.kind === 'listed' ? match.venueId : null;
  }

  #state(venueId: string, { item, final, edit }: SettledItem): void {
    const listed = this.#byId.get(venueId);
    const stated = this.#statements.get(venueId) ?? new Map<keyof SharedVenue, Statement>();
    this.#statements.set(venueId, stated);
    for (const field of SHARED_FIELDS) {
      const value = final.venue[field];
      if (value === listed?.[field]) continue;
      const isEdit = edit !== null;
      const before = stated.get(field);
      if (before?.isEdit && isEdit && before.value !== value) throw contradiction(field, before.itemId, item.id);
      if (!before?.isEdit || isEdit) stated.set(field, { value, itemId: item.id, isEdit });
    }
  }
}
