import type { ChangesetItem } from '../../../../src/contract/catalogue.ts';
import { noSchedule, noVenue, type Show, type ShowFacts } from '../../../../src/contract/show.ts';

/** A weekly show of which everything needed is known. */
export function someFacts(part: Partial<ShowFacts> = {}): ShowFacts {
  return {
    name: null,
    status: 'scheduled',
    venue: { ...noVenue(), name: 'Studio 8', city: 'Ozark', address: '781 Sunset Dr' },
    host: { name: null, company: null },
    schedule: { ...noSchedule(), days: ['TU'], rrule: 'FREQ=WEEKLY;BYDAY=TU', startTime: '21:00' },
    notes: null,
    confidence: 0.95,
    ...part,
  };
}

/** A record read from one image. */
export function someRecord(part: Partial<Show> = {}): Show {
  const fields = { 'venue.name': { text: 'Studio 8', box: null, grounded: true } };
  return {
    ...someFacts(),
    id: 'show_1',
    evidence: [{ imageId: 'img_1', image: 'a.png', fields }],
    conflicts: [],
    ...part,
  };
}

/** A new show that nothing speaks against. */
export function someItem(id: string, part: Partial<ChangesetItem> = {}, record: Partial<Show> = {}): ChangesetItem {
  return {
    id,
    kind: 'new',
    record: someRecord({ id, ...record }),
    showId: null,
    listed: null,
    proposed: someFacts(),
    changes: [],
    overlaps: [],
    warnings: [],
    isClean: true,
    decision: null,
    suggestion: null,
    ...part,
  };
}
