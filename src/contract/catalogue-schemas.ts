/** The shapes of the catalogue that cross the wire, as schemas; see `schemas.ts`. */
import { z } from 'zod';
import {
  AUDIT_ACTIONS,
  AUDIT_ACTORS,
  CHANGESET_STATES,
  DECISION_ACTIONS,
  ITEM_KINDS,
  type AuditPage,
  type Changeset,
  type ChangesetPage,
  type ListedShow,
  type ListedShowDetail,
  type ShowPage,
  type VenuePage,
} from './catalogue.ts';
import { showSchema, type Same } from './schemas.ts';

const count = z.int().min(0);
const instant = z.iso.datetime();
const nextCursor = z.string().nullable().describe('asks for the next page; null at the end');

const { evidence: _evidence, conflicts: _conflicts, id: _id, ...facts } = showSchema.shape;
export const factsSchema = z.object(facts);
export const decisionActionSchema = z.enum(DECISION_ACTIONS);
const kind = z.enum(ITEM_KINDS);

export const listedVenueSchema = facts.venue.extend({
  id: z.string(),
  shows: count,
  aliases: z.array(z.string()).describe('printed names that reviewers corrected to this one'),
});

export const listedShowSchema = factsSchema.extend({
  id: z.string(),
  venue: facts.venue.extend({ id: z.string() }),
  host: facts.host.extend({ id: z.string().nullable() }),
  firstListedAt: instant,
  lastConfirmedAt: instant.describe('when the newest images that speak of it were sent'),
  changedAt: instant,
});

export const listedShowDetailSchema = listedShowSchema.extend({
  evidence: z.array(
    z.object({ runId: z.string(), changesetId: z.string(), kind, at: instant, imageIds: z.array(z.string()) }),
  ),
});

export const showPageSchema = z.object({ shows: z.array(listedShowSchema), total: count, nextCursor });
export const venuePageSchema = z.object({ venues: z.array(listedVenueSchema), total: count, nextCursor });

const value = z.union([z.string(), z.array(z.string())]).nullable();

export const changesetItemSchema = z.object({
  id: z.string(),
  kind,
  record: showSchema.nullable().describe('as the run has it; null for notSeen'),
  showId: z.string().nullable(),
  listed: factsSchema.nullable(),
  proposed: factsSchema.nullable(),
  changes: z.array(z.object({ field: z.string(), old: value, new: value })),
  overlaps: z.array(z.string()).describe('other listed shows of the same venue, night and time'),
  warnings: z.array(z.string()),
  isClean: z.boolean().describe('acceptClean takes it'),
  decision: z.object({ action: decisionActionSchema, record: factsSchema.nullable() }).nullable(),
  suggestion: z
    .object({ record: factsSchema.nullable(), confirm: z.boolean(), at: instant })
    .nullable()
    .describe('what the sender of the run says of it: never a decision by itself'),
});

export const changesetSummarySchema = z.object({
  id: z.string(),
  runId: z.string(),
  audience: z.enum(['public', 'admin']),
  state: z.enum(CHANGESET_STATES),
  version: count,
  createdAt: instant,
  publishedAt: instant.nullable(),
  undoneAt: instant.nullable(),
  counts: z.object({ new: count, changed: count, cancelled: count, confirmed: count, notSeen: count }),
  undecided: count,
});

export const changesetSchema = changesetSummarySchema.extend({ items: z.array(changesetItemSchema) });
export const changesetPageSchema = z.object({ changesets: z.array(changesetSummarySchema), nextCursor });

export const auditPageSchema = z.object({
  entries: z.array(
    z.object({
      id: z.int(),
      at: instant,
      actor: z.enum(AUDIT_ACTORS),
      action: z.enum(AUDIT_ACTIONS),
      changesetId: z.string(),
      runId: z.string(),
      detail: z.record(z.string(), z.unknown()),
    }),
  ),
  nextCursor,
});

const schemasMatchInterfaces: [
  Same<z.infer<typeof listedShowSchema>, ListedShow>,
  Same<z.infer<typeof listedShowDetailSchema>, ListedShowDetail>,
  Same<z.infer<typeof showPageSchema>, ShowPage>,
  Same<z.infer<typeof venuePageSchema>, VenuePage>,
  Same<z.infer<typeof changesetSchema>, Changeset>,
  Same<z.infer<typeof changesetPageSchema>, ChangesetPage>,
  Same<z.infer<typeof auditPageSchema>, AuditPage>,
] = [true, true, true, true, true, true, true];
void schemasMatchInterfaces;
