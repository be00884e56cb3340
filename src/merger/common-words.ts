import { unifyLookalikes } from './name-form.ts';

/**
 * Words that many places are named by, from the most frequent, as directories of bars and clubs have them. A list of a few dozen
 * readings cannot tell that `VFW Post` says little and `Krackpots` a lot; this can.
 */
const VERY_COMMON = new Set(
  `vfw post american legion elks eagles moose amvets lodge aerie club main street st corner downtown irish house city town
   old inn hotel hall karaoke music live beach lake river park village station country pool`
    .trim()
    .split(/\s+/)
    .map(unifyLookalikes),
);
const COMMON = new Set(
  `blue red black white golden gold silver green rusty lucky tipsy wild crazy big little new north south east west joes mikes
   tonys docs macs bobs als jims jacks bills charlies murphys kellys bear wolf fox horse bull dog cat owl eagle lion oak pine
   rose crown king queen anchor moon sun sunset star iron copper bay harbor hill mill bridge cross road roads route point island
   ocean sea ranch barn cellar garage union square center plaza airport college bowl lanes casino resort diner steakhouse wings
   bbq taco sushi deli market brew brews beer ale wine whiskey draft tap rock roll blues jazz dance night day time friends family
   page boat ship captain pirates paradise hideaway place spot room rooms hole den nest cave box shack hut cabin joint
   two three four first second third 5th 6th royal grand star saint san santa el la los las`
    .trim()
    .split(/\s+/)
    .map(unifyLookalikes),
);

/** A name of these alone (`The Pub`, `Sports Bar`) says what it is, not which. */
const KINDS = new Set(
  `bar bars grill pub tavern lounge restaurant saloon cafe nightclub sports kitchen cantina brewery brewing taproom tap bistro
   eatery venue cocktail cocktails billiards pizza pizzeria alehouse and`
    .trim()
    .split(/\s+/)
    .map(unifyLookalikes),
);

/** How often a place of many is named by a word, 0 to 1. */
export function backgroundShare(word: string): number {
  if (KINDS.has(word)) return 1 / 8;
  if (VERY_COMMON.has(word)) return 1 / 50;
  if (COMMON.has(word)) return 1 / 250;
  // Numbers name posts and lodges: as rare as they are long. Look-alike letters stand for their digits here.
  if (/^[\dlo]+$/.test(word)) return Math.max(1 / 4_000, 10 ** -word.length * 2);
  return 1 / 4_000;
}
