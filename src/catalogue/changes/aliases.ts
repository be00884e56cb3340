import { createHash } from 'node:crypto';
import type { Host, Show } from '../../contract/show.ts';
import { nameForm } from '../../merger/name-form.ts';
import { canonicalJson } from '../../merger/stated.ts';
import type { AliasRow, Catalogue, SharedVenue, VenueRow } from '../catalogue-store.ts';
import { orderly } from './propose.ts';
import { hostKey, regionOf } from './rows.ts';

/** The host that an alias says is meant, where there is one; else the host as printed. */
function hostMeant(host: Host, region: string | null, { aliases, hosts }: Catalogue): Host {
  const key = hostKey(host, region);
  const alias = key === null ? undefined : aliases.find((each) => each.kind === 'host' && each.key === key);
  const target = alias && hosts.find(({ id }) => id === alias.targetId);
  return target ? { name: target.name, company: target.company } : host;
}

function isAliasOf(name: string, venue: VenueRow, aliases: readonly AliasRow[]): boolean {
  const { whole } = nameForm(name);
  return aliases.some(
    ({ kind, targetId, printed }) => kind === 'venue' && targetId === venue.id && nameForm(printed).whole === whole,
  );
}

/** A record with the names that reviewers put in the place of what is printed, and its schedule in order. */
export function canonicalised(record: Show, venue: VenueRow | null, catalogue: Catalogue): Show {
  const host = hostMeant(record.host, regionOf(venue ?? record.venue), catalogue);
  const { name } = record.venue;
  const isAlias = venue !== null && name !== null && isAliasOf(name, venue, catalogue.aliases);
  const schedule = orderly(record.schedule);
  return { ...record, host, schedule, venue: isAlias ? { ...record.venue, name: venue.name } : record.venue };
}

/** The alias key of a printed host; null where none is printed. */
export function hostAliasKey(host: Host, venue: SharedVenue): string | null {
  return hostKey(host, regionOf(venue));
}

/** The same for all that was printed of a show, printed again. */
export function recordKey({ name, status, venue, host, schedule, notes }: Show): string {
  return createHash('sha256')
    .update(canonicalJson([name, status, venue, host, orderly(schedule), notes]))
    .digest('hex');
}

/** Listed shows of records that were published just so before, by the records' ids. */
export function knownRecords(records: readonly Show[], { aliases }: Catalogue): Map<string, string> {
  const byKey = new Map(aliases.flatMap(({ kind, key, targetId }) => (kind === 'record' ? [[key, targetId]] : [])));
  if (byKey.size === 0) return new Map();
  return new Map(
    records.flatMap((record) => {
      const showId = byKey.get(recordKey(record));
      return showId === undefined ? [] : [[record.id, showId]];
    }),
  );
}
