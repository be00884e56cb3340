import type { ChangesetItem } from '../../../../src/contract/catalogue.ts';

/** Shows of a run that may be merged with this one: those of its venue first, then those on its nights. */
export function mergeCandidates(items: readonly ChangesetItem[], item: ChangesetItem): ChangesetItem[] {
  const isMergeable = ({ kind }: ChangesetItem) => kind === 'new' || kind === 'changed';
  const likeness = (other: ChangesetItem): number => {
    const [a, b] = [item.proposed, other.proposed];
    if (a === null || b === null) return 0;
    const isSameVenue = a.venue.name !== null && fold(a.venue.name) === fold(b.venue.name ?? '');
    const isSameAddress = a.venue.address !== null && fold(a.venue.address) === fold(b.venue.address ?? '');
    const isSameNight = a.schedule.days.some((day) => b.schedule.days.includes(day));
    return (isSameVenue || isSameAddress ? 2 : 0) + (isSameNight ? 1 : 0);
  };
  return items
    .filter((other) => other.id !== item.id && isMergeable(other))
    .map((other) => ({ other, likeness: likeness(other) }))
    .sort((a, b) => b.likeness - a.likeness)
    .map(({ other }) => other);
}

const fold = (words: string): string => words.toLocaleLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
