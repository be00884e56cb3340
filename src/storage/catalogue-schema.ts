import { CamelCasePlugin, type ColumnType, type Generated, type Kysely, type Selectable } from 'kysely';
import type { AuditAction, AuditActor, ChangesetState, ItemKind } from '../contract/catalogue.ts';
import type { ShowStatus } from '../contract/show.ts';
import type {
  AliasRow,
  CatalogueTable,
  EvidenceRow,
  HostRow,
  ShowRow,
  StoredChangeset,
  VenueRow,
} from '../catalogue/catalogue-store.ts';
import type { Instant, Json, Schema } from './schema.ts';

type NullableInstant = ColumnType<Date | null, string | null, string | null>;

interface ShowsTable extends Omit<ShowRow, 'schedule' | 'firstListedAt' | 'lastConfirmedAt' | 'changedAt' | 'status'> {
  status: ShowStatus;
  schedule: Json;
  firstListedAt: Instant;
  lastConfirmedAt: Instant;
  changedAt: Instant;
}

interface EvidenceTable extends Omit<EvidenceRow, 'seenAt' | 'imageIds'> {
  seenAt: Instant;
  imageIds: Json;
}

interface AliasesTable extends Omit<AliasRow, 'venue'> {
  venue: Json;
}

interface ChangesetsTable {
  id: string;
  /** A bigint, which comes as text from a server. */
  ordinal: Generated<string | number>;
  runId: string;
  audience: 'public' | 'admin';
  state: ChangesetState;
  version: number;
  recordsDigest: string;
  seenAt: Instant;
  catalogueVersion: number;
  appliedVersion: number | null;
  createdAt: Instant;
  publishedAt: NullableInstant;
  undoneAt: NullableInstant;
  reshaping: Json;
}

interface ItemsTable {
  changesetId: string;
  position: number;
  id: string;
  kind: ItemKind;
  showId: string | null;
  content: Json;
  decision: Json;
}

interface WritesTable {
  changesetId: string;
  seq: Generated<string | number>;
  tableName: CatalogueTable;
  rowId: string;
  before: Json;
  after: Json;
  isRevision: boolean;
  refersTo: string[];
  appliedAt: Instant;
  undoneAt: NullableInstant;
}

interface AuditTable {
  id: Generated<string | number>;
  at: Instant;
  actor: AuditActor;
  action: AuditAction;
  changesetId: string;
  runId: string;
  detail: Json;
}

interface SuggestionsTable {
  runId: string;
  recordId: string;
  confirms: boolean;
  facts: Json;
  at: Instant;
  /** How often something was suggested of the record. */
  times: number;
}

/** The catalogue's tables, under the names that the rest of the program has for their columns. */
export interface CatalogueSchema {
  venues: VenueRow;
  hosts: HostRow;
  shows: ShowsTable;
  showEvidence: EvidenceTable;
  aliases: AliasesTable;
  changesets: ChangesetsTable;
  changesetItems: ItemsTable;
  changesetWrites: WritesTable;
  auditLog: AuditTable;
  suggestions: SuggestionsTable;
}

/** The same connection, with camelCase for snake_case; the insides of documents stay as they are. */
export function catalogueDb(db: Kysely<Schema>): Kysely<CatalogueSchema> {
  const plugin = new CamelCasePlugin({ maintainNestedObjectKeys: true });
  return db.withPlugin(plugin) as unknown as Kysely<CatalogueSchema>;
}

/*
 * The casts below are the one place where stored documents get their types back: this program wrote them.
 */

export function toShowRow(row: Selectable<ShowsTable>): ShowRow {
  return {
    ...row,
    schedule: row.schedule as ShowRow['schedule'],
    firstListedAt: row.firstListedAt.toISOString(),
    lastConfirmedAt: row.lastConfirmedAt.toISOString(),
    changedAt: row.changedAt.toISOString(),
  };
}

export function toAliasRow(row: Selectable<AliasesTable>): AliasRow {
  return { ...row, venue: row.venue as AliasRow['venue'] };
}

export function toEvidenceRow(row: Selectable<EvidenceTable>): EvidenceRow {
  return { ...row, seenAt: row.seenAt.toISOString(), imageIds: row.imageIds as string[] };
}

export function toChangeset(row: Selectable<ChangesetsTable>): StoredChangeset {
  const { ordinal: _ordinal, appliedVersion: _appliedVersion, ...rest } = row;
  return {
    ...rest,
    seenAt: row.seenAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
    publishedAt: row.publishedAt?.toISOString() ?? null,
    undoneAt: row.undoneAt?.toISOString() ?? null,
    reshaping: (row.reshaping ?? []) as StoredChangeset['reshaping'],
  };
}
