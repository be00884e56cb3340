import type { ChangesetItem } from '../../contract/catalogue.ts';

/** Below this a person should look at what was read. */
const SURE = 0.7;

type Draft = Pick<ChangesetItem, 'kind' | 'record' | 'listed' | 'proposed' | 'changes' | 'overlaps'>;

/**
 * What a person should look at before an item is published, in words. None for what only confirms.
 *
 * @param others values printed for the venue by records of the run that were not taken, by field
 */
export function warningsOf(item: Draft, others: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const { kind, record, listed, proposed, overlaps } = item;
  if (kind === 'confirmed' || record === null || proposed === null) return [];
  const { venue, schedule } = proposed;
  const warnings = [
    venue.name === null && 'No venue is named.',
    schedule.days.length === 0 && schedule.startDate === null && 'No night is known.',
    schedule.startTime === null && 'No start is known.',
    record.confidence < SURE && 'It was hard to read.',
    kind === 'cancelled' && 'It is said to be cancelled.',
    kind === 'new' && proposed.status === 'cancelled' && 'It is said to be cancelled and was never listed.',
    listed?.status === 'cancelled' && proposed.status === 'scheduled' && 'It was listed as cancelled.',
    overlaps.length > 0 && 'Another show is listed there on the same night and at the same time.',
    ...(record.schedule.warnings ?? []),
    ...record.conflicts.map(({ field }) => `The images differ on ${field}.`),
    ...[...others].flatMap(([field, values]) =>
      [...values].some((value) => value === fieldOfVenue(record.venue, field))
        ? [`Other images have another ${field}.`]
        : [],
    ),
  ];
  return warnings.filter((warning) => warning !== false);
}

function fieldOfVenue(venue: object, field: string): unknown {
  return Object.entries(venue).find(([name]) => `venue.${name}` === field)?.[1];
}
