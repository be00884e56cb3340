import { isPersonName } from '../hosts/first-names.ts';
import { isCompany } from '../hosts/host-phrases.ts';
import { hasPlaceWord, venueScore } from './venue-score.ts';

/** Words that end the names of towns as well as of bars. */
const TOWN_ENDING = /(?<=\s)(?:junction|harbou?r|village|cove|corners?|crossing|landing|station|mills?|square|beach)$/i;

/** From its words alone: `Kaukauna`, `Apache Junction`, `Mt. Pleasant`. */
export function looksLikeTown(text: string): boolean {
  const words = text.split(/\s+/);
  if (
    words.length > 3 ||
    text.length > 22 ||
    !words.every((word) => /^(?:\p{Lu}[\p{L}.'-]+|of|del?|la|los)$/u.test(word))
  )
    return false;
  if (/^(?:down|up|mid)town$|^(?:north|south|east|west)\s?side$|^(?:upstairs|downstairs|outside|inside)$/i.test(text))
    return false;
  if (isCompany(text) || /\b(?:djs?|kjs?)\b/i.test(text)) return false;
  return (
    !hasPlaceWord(text.replace(TOWN_ENDING, '')) &&
    !isPersonName(text) &&
    !/['"]s\b|^the\s/i.test(text) &&
    venueScore(text) >= 0.5
  );
}
