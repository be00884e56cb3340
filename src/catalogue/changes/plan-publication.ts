import type { ShowFacts } from '../../contract/show.ts';
import type { AppliedItem, PublicationContext } from './applied-item.ts';
import type { Catalogue, EvidenceRow, RowWrite, ShowRow } from '../catalogue-store.ts';
import { AliasDesk } from './alias-desk.ts';
import type { ComputedItem } from './compute-items.ts';
import { HostDesk } from './host-desk.ts';
import { changesBetween } from './listed-facts.ts';
import { rematched } from './rematch.ts';
import { showRow } from './rows.ts';
import { VenueDesk } from './venue-desk.ts';

export interface Publication {
  writes: RowWrite[];
  /** The listed show of each item, by the item's id. */
  showIds: Map<string, string>;
}

/**
 * What publishing these items writes. Pure but for the ids. An edited record is taken as it is; one that was not listed
 * is looked for once more under its corrected names, so that a correction finds the venue it names.
 *
 * @throws CodedError `changeset.conflict` where two edits give one venue two values
 */
export function planPublication(
  catalogue: Catalogue,
  applied: readonly AppliedItem[],
  context: PublicationContext,
): Publication {
  const settled = rematched(catalogue, applied, context.seenAt.slice(0, 10));
  const venues = new VenueDesk(catalogue, context);
  const hosts = new HostDesk(catalogue, context);
  for (const each of settled) venues.add(each);
  const showById = new Map(catalogue.shows.map((row) => [row.id, row]));
  const shows: RowWrite[] = [];
  const evidence: RowWrite[] = [];
  const aliases = new AliasDesk(catalogue, context);
  const showIds = new Map<string, string>();
  for (const each of settled) {
    const final = each.final;
    const venue = venues.rowFor(each);
    const hostId = hosts.idFor(final, each.edit !== null, venue);
    const before = each.item.showId === null ? null : (showById.get(each.item.showId) ?? null);
    const after = showAfter(before, { ...each, venueId: venue.id, hostId }, context);
    const isRevision = before === null || after.changedAt !== before.changedAt;
    shows.push({ table: 'shows', id: after.id, before, after, isRevision });
    showIds.set(each.item.id, after.id);
    const seen = evidenceOf(each.item, after.id, context);
    if (seen) evidence.push({ table: 'evidence', id: seen.id, before: null, after: seen, isRevision: false });
    aliases.add(each, after, venue, hosts.rowOf(hostId));
  }
  return { writes: [...venues.writes(), ...hosts.writes(), ...shows, ...evidence, ...aliases.writes()], showIds };
}

interface Settled {
  item: ComputedItem;
  final: ShowFacts;
  venueId: string;
  hostId: string | null;
}

function showAfter(
  before: ShowRow | null,
  { item, final, venueId, hostId }: Settled,
  { now, seenAt, newId }: PublicationContext,
): ShowRow {
  const isMoved = before !== null && (before.venueId !== venueId || before.hostId !== hostId);
  const isChanged = item.listed === null || isMoved || changesBetween(item.listed, final).length > 0;
  const isSeen = item.record !== null;
  const confirmedBefore = before?.lastConfirmedAt ?? seenAt;
  return showRow(
    {
      id: before?.id ?? newId('show'),
      venueId,
      hostId,
      firstListedAt: before?.firstListedAt ?? now,
      lastConfirmedAt: isSeen && seenAt > confirmedBefore ? seenAt : confirmedBefore,
      changedAt: before === null || isChanged ? now : before.changedAt,
    },
    final,
  );
}

/** Null for a show that the run does not speak of. */
function evidenceOf(item: ComputedItem, showId: string, context: PublicationContext): EvidenceRow | null {
  if (item.record === null) return null;
  const { changesetId, runId, seenAt } = context;
  const imageIds = [...new Set(item.record.evidence.map(({ imageId }) => imageId))].sort();
  return { id: `${changesetId}:${item.id}`, showId, changesetId, runId, kind: item.kind, seenAt, imageIds };
}
