import { cleanFacts } from '../../src/merger/clean/clean-reading.ts';
import { mergeShows } from '../../src/merger/merge-shows.ts';
import { identifyVenues, venueForm } from '../../src/merger/venue-identity.ts';
import { MARK, type MadePile } from './print-pile.ts';

/** Pairs of readings: how many are together rightly, are said to be, and should be. */
export interface PairCounts {
  right: number;
  said: number;
  truth: number;
}

function countPairs(
  count: number,
  isSaid: (a: number, b: number) => boolean,
  isTrue: (a: number, b: number) => boolean,
): PairCounts {
  const counts = { right: 0, said: 0, truth: 0 };
  for (let b = 1; b < count; b++) {
    for (let a = 0; a < b; a++) {
      const [said, truth] = [isSaid(a, b), isTrue(a, b)];
      if (said) counts.said++;
      if (truth) counts.truth++;
      if (said && truth) counts.right++;
    }
  }
  return counts;
}

type Pairs = (a: number, b: number) => boolean;
type OnWrong = (a: number, b: number, isTogether: boolean) => void;

function telling(isSaid: Pairs, isTrue: Pairs, onWrong: OnWrong | undefined): Pairs {
  return (a, b) => {
    const said = isSaid(a, b);
    if (onWrong !== undefined && said !== isTrue(a, b)) onWrong(a, b, said);
    return said;
  };
}

/** @param onWrong told of each pair of readings that is wrongly together or wrongly apart */
export function measureVenues(pile: MadePile, onWrong?: OnWrong): PairCounts {
  const forms = pile.observations.map(({ reading }, place) => venueForm(cleanFacts(reading).venue, String(place)));
  const venues = identifyVenues(forms);
  const isSaid = (a: number, b: number): boolean => venues[a] === venues[b];
  const isTrue = (a: number, b: number): boolean => pile.placeOf[a] === pile.placeOf[b];
  return countPairs(forms.length, telling(isSaid, isTrue, onWrong), isTrue);
}

/**
 * A reading counts by the merged shows that it is evidence of. Two of one show that print no night in common (`Tue`, `Thu` of `Tue &
 * Thu`) are left out: whether they are one line or two is a matter of what other images print together.
 */
export function measureShows(pile: MadePile, onWrong?: OnWrong): PairCounts {
  const showsOf = pile.observations.map(() => new Set<number>());
  for (const [at, show] of mergeShows(pile.observations).entries()) {
    for (const { fields } of show.evidence) {
      for (const field of Object.keys(fields)) {
        if (field.startsWith(MARK)) showsOf[Number(field.slice(MARK.length))]?.add(at);
      }
    }
  }
  const daysOf = pile.observations.map(({ reading }) => new Set(reading.schedule.days));
  const isOpen = (a: number, b: number): boolean =>
    pile.showOf[a] === pile.showOf[b] && ![...daysOf[a]!].some((day) => daysOf[b]!.has(day));
  const isSaid = (a: number, b: number): boolean =>
    !isOpen(a, b) && [...showsOf[a]!].some((show) => showsOf[b]!.has(show));
  const isTrue = (a: number, b: number): boolean => !isOpen(a, b) && pile.showOf[a] === pile.showOf[b];
  return countPairs(showsOf.length, telling(isSaid, isTrue, onWrong), isTrue);
}
