import { describe, expect, it } from '@jest/globals';
import type { ShowFacts } from '../../contract/show.ts';
import type { Told } from '../../merger/readings.fixture.ts';
import type { Catalogue } from '../catalogue-store.ts';
import { computeItems, type ComputedItem } from './compute-items.ts';
import { factsOf } from './listed-facts.ts';
import { context, EMPTY, publishedRun, runOf, SEEN_AT, SEEN_ON, written } from './piles.fixture.ts';
import { planPublication } from './plan-publication.ts';

const KRACKPOTS: Told = { venue: 'Krackpots', address: '12 Main St', city: 'Tampa', state: 'FL' };
const CRAKPOTZ: Told = { venue: 'Crakpotz', city: 'Tampa', state: 'FL' };
const FRIDAY: Told = { days: ['FR'], start: '20:00', end: '00:00', host: 'Marcus Bell' };

type Edit = (proposed: ShowFacts) => ShowFacts;

function named(name: string): Edit {
  return (proposed) => ({ ...proposed, venue: { ...proposed.venue, name } });
}

/** The catalogue after a run, with edits by kind of item; the rest is accepted. */
function afterEdits(listed: Catalogue, told: Told[], editOf: (item: ComputedItem) => Edit | null): Catalogue {
  const items = computeItems(listed, runOf(told), SEEN_ON).filter(({ kind }) => kind !== 'notSeen');
  const applied = items.map((item) => {
    const edit = editOf(item);
    return { item, edit: edit === null || item.proposed === null ? null : edit(item.proposed) };
  });
  return written(listed, planPublication(listed, applied, context()).writes);
}

function listedShows({ shows, venues, hosts }: Catalogue): ShowFacts[] {
  return shows.flatMap((show) => {
    const venue = venues.find(({ id }) => id === show.venueId);
    return venue ? [factsOf(show, venue, hosts.find(({ id }) => id === show.hostId) ?? null)] : [];
  });
}

describe('planPublication', () => {
  it('makes one venue and one host of several shows', () => {
    const { venues, hosts, shows } = publishedRun(
      EMPTY,
      runOf([
        { ...KRACKPOTS, ...FRIDAY },
        { ...KRACKPOTS, ...FRIDAY, days: ['TU'], start: '19:00' },
      ]),
    );
    expect([venues.length, hosts.length, shows.length]).toEqual([1, 1, 2]);
    expect(shows.map(({ startMinutes }) => startMinutes).sort((a, b) => a - b)).toEqual([1140, 1200]);
    expect(shows[0]).toMatchObject({ lastConfirmedAt: SEEN_AT, endMinutes: 1440 });
  });

  it('confirms without changing what a visitor sees', () => {
    const run = runOf([{ ...KRACKPOTS, ...FRIDAY }]);
    const listed = publishedRun(EMPTY, run);
    const later = { ...context(), seenAt: '2026-10-01T00:00:00.000Z' };
    const applied = computeItems(listed, run, SEEN_ON).map((item) => ({ item, edit: null }));
    const { writes } = planPublication(listed, applied, later);
    expect(writes.map(({ table, isRevision }) => [table, isRevision])).toEqual([
      ['shows', false],
      ['evidence', false],
    ]);
    const [show] = written(listed, writes).shows;
    expect(show?.lastConfirmedAt).toBe('2026-10-01T00:00:00.000Z');
    expect(show?.changedAt).toBe(listed.shows[0]?.changedAt);
  });

  it('puts a corrected name where it belongs, and later runs find it there', () => {
    const listed = publishedRun(EMPTY, runOf([{ ...KRACKPOTS, ...FRIDAY }]));
    const misread = [
      { ...CRAKPOTZ, ...FRIDAY },
      { ...CRAKPOTZ, ...FRIDAY, days: ['SA' as const] },
    ];
    const before = computeItems(listed, runOf(misread), SEEN_ON);
    expect(before.map(({ kind }) => kind)).toEqual(['new', 'new']);
    const [first] = before;
    // Edited on one of its two shows only: it is one venue.
    const after = afterEdits(listed, misread, ({ id }) => (id === first?.id ? named('Krackpots') : null));
    expect(after.venues.map(({ name }) => name)).toEqual(['Krackpots']);
    expect(after.shows).toHaveLength(2);
    expect(after.aliases.filter(({ kind }) => kind === 'venue').map(({ printed }) => printed)).toEqual(['Crakpotz']);
    const later = computeItems(after, runOf([{ ...CRAKPOTZ, ...FRIDAY, address: '12 Main St' }]), SEEN_ON);
    expect(later.map(({ kind }) => kind)).toEqual(['confirmed', 'notSeen']);
    // In another town it is another place.
    const elsewhere = runOf([{ ...CRAKPOTZ, ...FRIDAY, city: 'Orlando' }]);
    expect(computeItems(after, elsewhere, SEEN_ON).map(({ kind }) => kind)).toEqual(['new']);
  });

  it('renames a listed venue for all its shows', () => {
    const listed = publishedRun(
      EMPTY,
      runOf([
        { ...CRAKPOTZ, ...FRIDAY },
        { ...CRAKPOTZ, ...FRIDAY, days: ['TU'], start: '19:00' },
      ]),
    );
    const after = afterEdits(listed, [{ ...CRAKPOTZ, ...FRIDAY }], () => named('Krackpots'));
    expect(listedShows(after).map(({ venue }) => venue.name)).toEqual(['Krackpots', 'Krackpots']);
    const again = computeItems(after, runOf([{ ...CRAKPOTZ, ...FRIDAY }]), SEEN_ON);
    expect(again.map(({ kind }) => kind)).toEqual(['confirmed', 'notSeen']);
  });

  it('moves a show to the listed venue that a reviewer names', () => {
    const boat: Told = { venue: 'The Boat', address: '7 Lake Ave', city: 'Tampa', state: 'FL' };
    const listed = publishedRun(
      EMPTY,
      runOf([
        { ...KRACKPOTS, ...FRIDAY },
        { ...boat, ...FRIDAY, days: ['MO'] },
      ]),
    );
    const toBoat: Edit = (proposed) => ({
      ...proposed,
      venue: { ...proposed.venue, name: 'The Boat', address: '7 Lake Ave' },
    });
    const after = afterEdits(listed, [{ ...KRACKPOTS, ...FRIDAY }], () => toBoat);
    expect(new Set(after.venues.map(({ name }) => name))).toEqual(new Set(['Krackpots', 'The Boat']));
    expect(new Set(after.shows.map(({ venueId }) => venueId)).size).toBe(1);
  });

  it('keeps a corrected host for later runs', () => {
    const told = [{ ...KRACKPOTS, ...FRIDAY, host: 'Markus Bel' }];
    const corrected: Edit = (proposed) => ({ ...proposed, host: { ...proposed.host, name: 'Marcus Bell' } });
    const after = afterEdits(EMPTY, told, () => corrected);
    expect(listedShows(after).map(({ host }) => host.name)).toEqual(['Marcus Bell']);
    expect(computeItems(after, runOf(told), SEEN_ON).map(({ kind }) => kind)).toEqual(['confirmed']);
  });

  it('takes an edited record as it is, with what it takes away', () => {
    const listed = publishedRun(EMPTY, runOf([{ ...KRACKPOTS, ...FRIDAY, notes: '21+' }]));
    const bare: Edit = (proposed) => ({ ...proposed, notes: null, host: { name: null, company: null } });
    const [show] = listedShows(afterEdits(listed, [{ ...KRACKPOTS, ...FRIDAY }], () => bare));
    expect(show).toMatchObject({ notes: null, host: { name: null } });
  });

  it('refuses edits that give one venue two names', () => {
    const told = [
      { ...CRAKPOTZ, ...FRIDAY },
      { ...CRAKPOTZ, ...FRIDAY, days: ['TU' as const], start: '19:00' },
    ];
    const contradicting = (): Catalogue =>
      afterEdits(EMPTY, told, ({ proposed }) => named(proposed?.schedule.days[0] === 'FR' ? 'Krackpots' : 'Jackpots'));
    expect(contradicting).toThrow(expect.objectContaining({ code: 'changeset.conflict' }));
  });
});
