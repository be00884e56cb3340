import type {
  AuditActor,
  AuditAction,
  AuditEntry,
  ChangesetItem,
  ChangesetState,
  Decision,
  ItemKind,
} from '../contract/catalogue.ts';
import type { Suggestion } from '../contract/suggestion.ts';
import type { Schedule, Show, ShowStatus, Venue, Weekday } from '../contract/show.ts';

/** The fields of a venue that all its shows share; a phone or a site may be the host's own and stays with the show. */
export type SharedVenue = Pick<Venue, 'name' | 'address' | 'city' | 'state' | 'postcode' | 'country'>;

/** A venue as stored. Keys are folded texts (see `foldText`), for looking up and for order. */
export interface VenueRow extends SharedVenue {
  id: string;
  cityKey: string;
  nameKey: string;
  searchText: string;
}

export interface HostRow {
  id: string;
  name: string | null;
  company: string | null;
  /** The same for all spellings of one host in one region. */
  key: string;
  searchText: string;
}

/** A show as stored. Instants are RFC 3339 in UTC with milliseconds. */
export interface ShowRow {
  id: string;
  venueId: string;
  hostId: string | null;
  name: string | null;
  status: ShowStatus;
  phone: string | null;
  website: string | null;
  schedule: Schedule;
  notes: string | null;
  confidence: number;
  /** One bit for each weekday from Monday. */
  dayBits: number;
  /** 0 for Monday to 6; 7 where no night is known. */
  firstDay: number;
  /** Minutes from midnight; {@link UNKNOWN_START} where it is not known, which sorts last. */
  startMinutes: number;
  /** Minutes from the midnight before the start, so above 1,440 for an end in the small hours; null where unknown. */
  endMinutes: number | null;
  searchText: string;
  firstListedAt: string;
  lastConfirmedAt: string;
  changedAt: string;
}

export const UNKNOWN_START = 9_999;

/** That a run's images spoke of a show. */
export interface EvidenceRow {
  id: string;
  showId: string;
  changesetId: string;
  runId: string;
  kind: ItemKind;
  seenAt: string;
  imageIds: string[];
}

/**
 * What was printed and whom it means. `venue` and `host`: a name that a reviewer corrected. `place`: all that was printed
 * of a venue, put where it was published: printed just so again, it is there again, whatever else is listed by then.
 * `record`: the same for a record that names no night, which another listed show could draw to itself.
 */
export interface AliasRow {
  id: string;
  kind: 'venue' | 'host' | 'place' | 'record';
  /** The name as it was printed; empty where none was. */
  printed: string;
  /** What makes it the same when it is printed again: for a host its key, for a place its form, for a record its hash; empty for a venue. */
  key: string;
  targetId: string;
  /** For a venue: all that was printed of it; else null. */
  venue: Venue | null;
  changesetId: string;
}

/** All that is published, as one moment has it. */
export interface Catalogue {
  venues: VenueRow[];
  hosts: HostRow[];
  shows: ShowRow[];
  aliases: AliasRow[];
}

interface RowsByTable {
  venues: VenueRow;
  hosts: HostRow;
  shows: ShowRow;
  evidence: EvidenceRow;
  aliases: AliasRow;
}
export type CatalogueTable = keyof RowsByTable;
export type CatalogueRow = RowsByTable[CatalogueTable];

/** One row as it was and as it is to be; null where there was, or shall be, none. */
export type RowWrite = {
  [Table in CatalogueTable]: {
    table: Table;
    id: string;
    before: RowsByTable[Table] | null;
    after: RowsByTable[Table] | null;
    /** Whether what a visitor sees is another: a mere confirmation is not. */
    isRevision: boolean;
  };
}[CatalogueTable];

/** An item as stored: what is suggested of it is kept apart, and outlives its reckoning. */
export type StoredItem = Omit<ChangesetItem, 'suggestion'>;

/** What a reviewer made of records: one of several, or two of one. The records are kept whole, to be put back. */
export interface Reshape {
  kind: 'merge' | 'split';
  from: Show[];
  made: Show[];
}

/** A changeset as stored. */
export interface StoredChangeset {
  id: string;
  runId: string;
  audience: 'public' | 'admin';
  state: ChangesetState;
  version: number;
  /** Of the run's records: a run that was tried again and found more is another changeset once this one is published. */
  recordsDigest: string;
  /** When the run's images were sent. */
  seenAt: string;
  /** In the order in which it was done. */
  reshaping: Reshape[];
  /** The state of the catalogue that the items are reckoned against. */
  catalogueVersion: number;
  createdAt: string;
  publishedAt: string | null;
  undoneAt: string | null;
}

export type ChangesetPatch = Partial<
  Pick<
    StoredChangeset,
    'state' | 'version' | 'catalogueVersion' | 'publishedAt' | 'undoneAt' | 'recordsDigest' | 'seenAt' | 'reshaping'
  > & {
    /** Set by publishing and undoing: what the catalogue's version becomes. */
    appliedVersion: number;
  }
>;

export interface ListedChangeset extends StoredChangeset {
  counts: Record<ItemKind, number>;
  undecided: number;
}

export type NewAuditEntry = Omit<AuditEntry, 'id'> & { actor: AuditActor; action: AuditAction };

/** A show with the rows it refers to. */
export interface JoinedShow {
  show: ShowRow;
  venue: VenueRow;
  host: HostRow | null;
}

/** A venue with what its shows have of their own, and the names that stand for it besides its own. */
export interface VenueWithShows {
  venue: VenueRow;
  shows: Pick<ShowRow, 'phone' | 'website'>[];
  aliases: string[];
}

/** The last show or venue of a page, as the order of the list has it. */
export type Cursor = readonly (string | number)[];

export interface ShowQuery {
  /** Folded; matches the city as a whole. */
  cityKey?: string;
  state?: string;
  days?: readonly Weekday[];
  /** Minutes from midnight: shows under way then, or starting within {@link NEAR_MINUTES}. */
  timeMinutes?: number;
  /** Folded words, each of which must be found. */
  words?: readonly string[];
  venueId?: string;
  /** Folded words of a venue's name. */
  venueWords?: readonly string[];
  hostId?: string;
  hostWords?: readonly string[];
  limit: number;
  after?: Cursor;
}

export const NEAR_MINUTES = 60;

export interface VenueQuery {
  cityKey?: string;
  state?: string;
  words?: readonly string[];
  limit: number;
  after?: Cursor;
}

/** How often what a visitor sees of a show was changed (undoing counts), and when last. */
export interface Revision {
  count: number;
  at: string;
}

/** What is done with the catalogue alone: nobody else changes it meanwhile. */
export interface CatalogueTransaction {
  /** Rises with each publication and each undoing. */
  catalogueVersion(): Promise<number>;
  catalogue(): Promise<Catalogue>;
  changeset(id: string): Promise<StoredChangeset | null>;
  /** The newest of a run; null where there is none. */
  changesetOfRun(runId: string): Promise<StoredChangeset | null>;
  items(changesetId: string): Promise<StoredItem[]>;
  insertChangeset(changeset: StoredChangeset, items: readonly StoredItem[]): Promise<void>;
  updateChangeset(id: string, patch: ChangesetPatch): Promise<void>;
  replaceItems(changesetId: string, items: readonly StoredItem[]): Promise<void>;
  decide(changesetId: string, decisions: readonly { itemId: string; decision: Decision | null }[]): Promise<void>;
  /** Makes the writes and keeps them as the changeset's journal, which an undoing goes by. `at`: RFC 3339. */
  apply(changesetId: string, writes: readonly RowWrite[], at: string): Promise<void>;
  /** Makes every row of the journal what it was before; the journal is kept, marked as undone. */
  revert(changesetId: string, at: string): Promise<void>;
  /** Published changesets, oldest first, that changed the same rows later, or refer to rows that this one made. */
  builtUpon(changesetId: string): Promise<string[]>;
  audit(entry: NewAuditEntry): Promise<void>;
  /** Takes the place of what was suggested of the record before. @returns how often something was suggested of it */
  suggest(runId: string, suggestion: Suggestion): Promise<number>;
}

/** Where the catalogue lives. Implemented by `storage/` on the embedded database and on a PostgreSQL server alike. */
export interface CatalogueStore {
  /** All or nothing, and one after another over all processes of the database. */
  transact<T>(work: (transaction: CatalogueTransaction) => Promise<T>): Promise<T>;
  changeset(id: string): Promise<ListedChangeset | null>;
  /** Newest first. `before` is the id of the last one of the page before. */
  changesets(query: { limit: number; before?: string; state?: ChangesetState }): Promise<ListedChangeset[]>;
  items(changesetId: string): Promise<StoredItem[]>;
  /** Records of the newest changeset of a run that are listed, by the ids of both. */
  listedRecords(runId: string): Promise<{ recordId: string; showId: string }[]>;
  /** Completed runs of shows without a changeset that ended at `since` (RFC 3339) or later, oldest first. */
  runsWithoutChangeset(since: string): Promise<string[]>;
  /** What is suggested of a run's records, in the order of their ids. */
  suggestions(runId: string): Promise<Suggestion[]>;
  catalogueVersion(): Promise<number>;
  /** By city, venue, weekday and start; the total is of all pages. */
  shows(query: ShowQuery): Promise<{ shows: JoinedShow[]; total: number }>;
  show(id: string): Promise<JoinedShow | null>;
  /** Newest first. */
  evidence(showId: string): Promise<EvidenceRow[]>;
  revisions(shows: readonly ShowRow[]): Promise<Map<string, Revision>>;
  /** By city and name; the total is of all pages. */
  venues(query: VenueQuery): Promise<{ venues: VenueWithShows[]; total: number }>;
  /** Newest first. */
  audit(query: { limit: number; before?: number; changesetId?: string }): Promise<AuditEntry[]>;
}
