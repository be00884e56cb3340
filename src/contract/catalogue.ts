import type { Host, Schedule, Show, ShowFacts, ShowStatus, Venue } from './show.ts';

/** A published venue. `phone` and `website` are null where its shows do not agree on one. */
export interface ListedVenue extends Venue {
  id: string;
  /** Shows listed there. */
  shows: number;
  /** Printed names that reviewers corrected to this one. */
  aliases: string[];
}

/** A published show. Instants are RFC 3339. */
export interface ListedShow {
  id: string;
  name: string | null;
  status: ShowStatus;
  venue: Venue & { id: string };
  host: Host & { id: string | null };
  schedule: Schedule;
  notes: string | null;
  /** 0..1 */
  confidence: number;
  firstListedAt: string;
  /** When the newest pile of images that speaks of it was sent. */
  lastConfirmedAt: string;
  /** When what is listed last changed. */
  changedAt: string;
}

/** What a run said of a listed show. */
export interface ListedEvidence {
  runId: string;
  changesetId: string;
  kind: ItemKind;
  /** When the run's images were sent. */
  at: string;
  imageIds: string[];
}

export interface ListedShowDetail extends ListedShow {
  /** Newest first. */
  evidence: ListedEvidence[];
}

/** Pages are asked for by the cursor of the page before; null at the end. */
export interface ShowPage {
  shows: ListedShow[];
  total: number;
  nextCursor: string | null;
}

export interface VenuePage {
  venues: ListedVenue[];
  total: number;
  nextCursor: string | null;
}

/** A show of a run that the catalogue knows already. */
export interface AlreadyListed {
  /** The id of the show in the run's result. */
  recordId: string;
  /** The id of the show in the catalogue. */
  showId: string;
}

/**
 * What a run says against the catalogue. `new`: not listed; `changed`: listed with other values; `confirmed`: listed just
 * so; `cancelled`: listed, and said to be off; `notSeen`: listed at a venue the run speaks of, but not in the run.
 */
export const ITEM_KINDS = ['new', 'changed', 'cancelled', 'confirmed', 'notSeen'] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

/** One that was undone may be decided on and published again. */
export const CHANGESET_STATES = ['pending', 'published', 'undone'] as const;
export type ChangesetState = (typeof CHANGESET_STATES)[number];

export type FieldValue = string | string[] | null;

/** A field by its path (`schedule.startTime`), as it is listed and as it would be. */
export interface FieldChange {
  field: string;
  old: FieldValue;
  new: FieldValue;
}

export const DECISION_ACTIONS = ['accept', 'edit', 'skip'] as const;
export type DecisionAction = (typeof DECISION_ACTIONS)[number];

export interface Decision {
  action: DecisionAction;
  /** The whole edited record; null unless the action is `edit`. */
  record: ShowFacts | null;
}

/** One record of a run beside the catalogue, or a show of the catalogue that the run does not speak of. */
export interface ChangesetItem {
  /** Unique in its changeset. */
  id: string;
  kind: ItemKind;
  /** The record as the run has it; null for `notSeen`. */
  record: Show | null;
  /** The listed show it is about; null for `new` until it is published. */
  showId: string | null;
  /** What is listed of that show; null for `new`. */
  listed: ShowFacts | null;
  /** What would be listed; null for `notSeen`. */
  proposed: ShowFacts | null;
  changes: FieldChange[];
  /** Ids of other listed shows of the same venue, night and time. */
  overlaps: string[];
  /** What a person should look at, in words. */
  warnings: string[];
  /** Nothing about it needs a person's eye: `acceptClean` takes it. */
  isClean: boolean;
  decision: Decision | null;
  /** What the sender of the run says of the record: never a decision by itself. */
  suggestion: { record: ShowFacts | null; confirm: boolean; at: string } | null;
}

export interface ChangesetSummary {
  id: string;
  runId: string;
  /** Who sent the run's images. */
  audience: 'public' | 'admin';
  state: ChangesetState;
  /** Rises with every change of the changeset: what a decision or a publication may be tied to. */
  version: number;
  createdAt: string;
  publishedAt: string | null;
  undoneAt: string | null;
  /** Items of each kind. */
  counts: Record<ItemKind, number>;
  undecided: number;
}

export interface Changeset extends ChangesetSummary {
  items: ChangesetItem[];
}

export interface ChangesetPage {
  changesets: ChangesetSummary[];
  nextCursor: string | null;
}

/** `submitter`: who sent a run without being the admin; `system`: the program by itself. */
export const AUDIT_ACTORS = ['admin', 'submitter', 'system'] as const;
export type AuditActor = (typeof AUDIT_ACTORS)[number];

export const AUDIT_ACTIONS = [
  'changeset.created',
  'changeset.refreshed',
  'changeset.suggested',
  'changeset.merged',
  'changeset.split',
  'changeset.unmerged',
  'changeset.decided',
  'changeset.published',
  'changeset.undone',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export interface AuditEntry {
  id: number;
  at: string;
  actor: AuditActor;
  action: AuditAction;
  changesetId: string;
  runId: string;
  /** Counts and ids; never a token or a key. */
  detail: Record<string, unknown>;
}

export interface AuditPage {
  entries: AuditEntry[];
  nextCursor: string | null;
}
