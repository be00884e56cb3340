/** Words that places to sing in carry in their names. */
const PLACE_WORDS =
  /\b(?:bars?|pubs?|taverns?|taverna|grille?s?|grill|lounges?|saloons?|cantinas?|clubs?|nightclub|vfw|amvets?|legion|lodge|elks|moose|eagles|lanes|bowl|bowling|alley|taps?|tap ?room|tap ?house|ale ?house|brew(?:ery|ing|pub|house)?|brews|pizzeria|pizza|cafe|café|restaurante?|inn|hall|hideaway|hideout|kitchen|distillery|winery|cellar|parlou?r|post \d+|billiards?|cue|casino|hotel|resort|marina|bistro|diner|roadhouse|ice ?house|bbq|barbecue|smokehouse|tiki|dock(?:s|side)?|deck|public house|social|station|junction|corner|den|spot|shack|hut|hook|barrel|beer garden|biergarten|steakhouse|speakeasy|room|place|palace|house|arcade|arena|fieldhouse|sports ?bar|watering hole|joint|yacht|golf|country club|ranch|barn|stables?|depot|landing|wharf|pier|cove|harbou?r|beach ?club|tequila|taqueria|izakaya|ktv|eatery|gastropub|drafthouse|draft house|growler|hops|keg|cask|anchor|parrot|pelican|rooster|nest|cave|grotto|basement|attic|backyard|patio|porch|garage|works|factory|warehouse|theat(?:re|er)|playhouse|museum|community cent(?:er|re)|village|square|plaza|crossing|market|mill|foundry|forge|campground|rv park)\b/i;
/** Words of events, offers and calls: a piece made of these is no name. */
const EVENT_WORDS = new Set(
  `second third fourth fifth address phone website it's that's here's there's what's every ewery evey evry karaoke karioke kareoke night nights nite party parties contest competition live music trivia bingo open mic sing singing singer singers song songs
  sings along weekly daily nightly schedule schedules lineup line-up calendar map update updates events event every tonight today tomorrow special specials drink drinks free
  no cover win prize prizes cash fun join come friends welcome presents present featuring calling all great best good new
  time times day days venue venues location locations where when who host hosts hosted hosting kj dj vdj food happy hour doors
  sign up signup signups sign-up sign-ups est football brunch nfl ufc   patio parking rear celebrating welcome taco tuesdays ticket songs phone tel cell text heads up back same due storm moved weekend opening grand early bird bring your our the a an and or of with at in on for to from by is are we you us it its this that week weekend
  weekends month first place 1st 2nd 3rd grand giveaways giveaway show shows start starts starting until till til late close pm am
  off price half wells beers beer shots shot buckets margaritas apps appetizers wings tacos pitchers draft drafts domestic domestics
  ladies ladys ages years old over under must be have valid id required reserve reservations call info information details tickets
  more see out let's lets get your on  mic microphone spotlight   superstar  voice   80s 90s  hits sound
  thousands songs tracks best system lights theme costume halloween christmas holiday new year's eve birthday
  entertainment follow like share comment comments likes page group public members private fans find instagram facebook tiktok
  monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun noche noches todos los con gratis
  cancelled canceled postponed closed only also plus per person limit now never nothing always here there book private
  hear everyone anybody anyone whole entire each other  huge annual monthly round rounds finals final qualifier semi-finals
  fever madness mania fridays saturdays sundays mondays tuesdays wednesdays thursdays thirsty wild wacky funday famous original hosted  louder
   service  friendly ticket entry admission cover charge  pride drag  latino twist  slow fast duet duets`.split(/\s+/),
);
const FUNCTION_WORDS = /^(?:of|the|on|in|at|and|n|'n'|&|de|la|el|y|del|a|an)$/i;
const CALLS =
  /\b(?:come|join|sing|bring|let's|lets|enjoy|don't|dont|see you|get your|win|grab|show us|find us|call|text|click|visit|follow|book|check out|was|were|had|have|will|can't|cant|you|your|we|our|us|i'm|we're|thank|thanks|looking|anyone|who's|what|why|how|he|she|they|my|did|does)\b/i;

/**
 * How much a piece of text looks like the name of a place, from the words alone: about -6 … +6. What stands around it
 * (an address below, a day before) is weighed by the caller.
 */
export function venueScore(text: string): number {
  const words = text.split(/\s+/).filter((word) => /[\p{L}\d]/u.test(word));
  const letters = text.replace(/[^\p{L}]/gu, '');
  if (words.length === 0 || letters.length < 3) return -10;
  return placeness(text) + wording(text, words) + manner(text, words);
}

/** Whether a text speaks to somebody, or of us and you: talk, no name. */
export function isCall(text: string): boolean {
  return CALLS.test(text);
}

/** Whether a name says that it is a place (`… Bar & Grill`, `VFW Post 12`). */
export function hasPlaceWord(text: string): boolean {
  return PLACE_WORDS.test(text);
}

function placeness(text: string): number {
  const karaoke = /k\s?ara\s?[o0]\s?k|\ba\s?r\s?a\s?o\s?k\s?e\b|kar[ie]oke|kareok/i.test(text);
  if (PLACE_WORDS.test(text)) return karaoke ? 1 : 3;
  const named = /[a-z]'s?\b|^the\s|s'\s/i.test(text) ? 1 : 0;
  return karaoke ? -3 : named;
}

function wording(text: string, words: readonly string[]): number {
  const content = words.filter((word) => !FUNCTION_WORDS.test(word));
  const naming = content.some((word) => !isEventWord(word));
  const generic = content.filter((word) => isEventWord(word) && !(naming && NAMING_ADJECTIVE.test(word))).length;
  if (generic === content.length || HOUSE_NOTICE.test(words.join(' '))) return -6;
  // `Bowling`, `Bar & Grill`: a kind of place, no name of one.
  if (content.every((word) => isEventWord(word) || (PLACE_WORDS.test(word) && !/'s?$/.test(word)))) {
    const whole = /^the$/i.test(words[0] ?? '');
    if (!whole && (content.length === 1 || words.some((word) => /^(?:&|and)$/i.test(word)))) return -4.5;
  }
  const capital = words.filter(
    (word) => isLowerFirst(text, word) || /^[("#]*[\p{Lu}\d&]/u.test(word) || FUNCTION_WORDS.test(word),
  ).length;
  const cased = capital / words.length >= 0.8 ? 1 : capital / words.length < 0.5 ? -2.5 : -0.5;
  return cased - (2.5 * generic) / content.length - (generic > 1 ? 0.5 : 0);
}

/** `Thirsty Thursday` is an event, `The Thirsty Spoke` a bar. */
const NAMING_ADJECTIVE = /^(?:thirsty|wild|wacky|famous|original|grand|slow|fast|louder|friendly)$/i;

/** `Kitchen open`, `Full bar til 2`: what the house offers. */
const HOUSE_NOTICE =
  /^(?:(?:full|our|the)\s+)?(?:kitchen|bar|grill|patio|pool|food|doors?|menu|tables?)\s+(?:is\s+|are\s+)?(?:open(?:s|ed)?|closed?|closes|hours|menu|til|till|until|available)\b/i;

/** `uncle Ray's`: set in a hand or a type whose first capital was read as a small letter. */
const LOWER_FIRST = /^\p{Ll}\p{L}+\s\p{Lu}\p{L}*'s$/u;

function isLowerFirst(text: string, word: string): boolean {
  return LOWER_FIRST.test(text) && text.startsWith(word);
}

function isEventWord(word: string): boolean {
  return EVENT_WORDS.has(word.toLowerCase().replace(/[^\p{L}\d'&-]|'$/gu, ''));
}

function manner(text: string, words: readonly string[]): number {
  let score = 0;
  if (words.length > 6) score -= 2;
  if (words.length > 9) score -= 3;
  if (CALLS.test(text)) score -= 2.5;
  if (/[!?]$/.test(text)) score -= 1;
  if (/[$%]|\b\d+\s?(?:off|for)\b/i.test(text)) score -= 4;
  if (/^\p{Ll}/u.test(text) && !LOWER_FIRST.test(text)) score -= 1;
  if (/^\d+\s*\+/.test(text)) score -= 5;
  if (/^(?:est|since)\.?\s?\d{4}|^over\s[\d,]+/i.test(text)) score -= 5;
  return score;
}
