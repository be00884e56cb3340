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

/** @param onWrong told of each pair of readings that is wrongly together or wrongly apart */
export function measureVenues(
  pile: MadePile,
  onWrong?: (a: number, b: number, isTogether: boolean) => void,
): PairCounts {
  const forms = pile.observations.map(({ reading }, place) => venueForm(cleanFacts(reading).venue, String(place)));
  const venues = identifyVenues(forms);
  const isSaid = (a: number, b: number): boolean => venues[a] === venues[b];
  const isTrue = (a: number, b: number): boolean => pile.placeOf[a] === pile.placeOf[b];
  return countPairs(
    forms.length,
    (a, b) => {
      if (onWrong !== undefined && isSaid(a, b) !== isTrue(a, b)) onWrong(a, b, isSaid(a, b));
      return isSaid(a, b);
    },
    isTrue,
  );
}

/** A reading of several shows (none is made) or of none counts by its sets. */
export function measureShows(
  pile: MadePile,
  onWrong?: (a: number, b: number, isTogether: boolean) => void,
): PairCounts {
  const showsOf = pile.observations.map(() => new Set<number>());
  for (const [at, show] of mergeShows(pile.observations).entries()) {
    for (const { fields } of show.evidence) {
      for (const field of Object.keys(fields)) {
        if (field.startsWith(MARK)) showsOf[Number(field.slice(MARK.length))]?.add(at);
      }
    }
  }
  const isSaid = (a: number, b: number): boolean => [...(showsOf[a] ?? [])].some((show) => showsOf[b]?.has(show));
  const isTrue = (a: number, b: number): boolean => pile.showOf[a] === pile.showOf[b];
  return countPairs(
    showsOf.length,
    (a, b) => {
      if (onWrong !== undefined && isSaid(a, b) !== isTrue(a, b)) onWrong(a, b, isSaid(a, b));
      return isSaid(a, b);
    },
    isTrue,
  );
}
