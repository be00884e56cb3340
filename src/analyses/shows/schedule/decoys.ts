/**
 * Which times speak of something else than singing. A flyer prints a happy hour, the doors, the kitchen and the sign-up
 * beside the show; the word nearest before the time says what it is for, else the word right behind it.
 */
const SHOW_WORDS =
  /karaoke|karioke|kareoke|\bsing(?:ing|ers?)?\b|\bshow\b(?!\s+up)|\bmusic starts\b|\bhosted\b|\bkj\b|\bempieza\b|\bcanta\b/g;
const DECOY_WORDS = new RegExp(
  [
    String.raw`happy\s*hours?|\bh\.?h\.?\b(?=\s*\d)|\bdoors\b|\bdoor\s+(?:opens?|time)|at\s+the\s+door|(?:^|[,&]\s*)(?:full\s+)?kitchen\b|\bkitchen\b(?=\s*(?:opens?|closes?|hours|til|till|until|is)\b)|\bfood\b|\bgrill open|\bmenu\b`,
    String.raw`sign[\s-]*ups?|signup|\blist opens?|register|registration|sign[\s-]*in\b|check[\s-]*in`,
    String.raw`specials?\b|\bdrinks?\b|appetizers?|(?:^|[$¢]\s?\d[\d.]*\s*|half|cheap|free|\d\s?¢\s*|all\s+you\s+can\s+eat\s+)\s*(?:\w+\s+)?(?:wells?|drafts?|shots?|beers?|pints?|buckets?|margs?|margaritas?|wings?|tacos?|apps?|burgers?|pitchers?|oysters?)\b|half[\s-]*(?:price|off)|\b1\/2\s*(?:price|off)|\b2[\s-]*(?:4|for)[\s-]*1|bogo|\bcover\b(?!\s*band)`,
    String.raw`trivia|bingo|^\s*(?:cosmic\s+)?bowling\b(?!\s+(?:lanes|alley|center|centre))|open\s*mic|live\s*(?:music|band)|\bband\b|\bpoker\b|\bcomedy\b|line\s*dancing|\bdarts?\b|\bpool\s*(?:league|tournament)|cornhole|game\s*night|\byoga\b|\bpaint\b|\bbike\s*night|\bdj\s*(?:dance|set|party)|dance\s*party|\bjazz\b|acoustic|\bdinner\b|\blunch\b|\bbrunch\b|\bbreakfast\b|\bbuffet\b|\bservice\b(?!\s*industry)|\bmass\b|\bmeeting\b|\braffle\b|\bdrawing\b|\bcontest finals?\b`,
    String.raw`\bopen(?:s|ed)?\b(?!\s*(?:mic|to all))|\bhours\b|\boffice\b|\bposted\b|\bdeliver(?:y|s)\b|\bcall\b(?=.*\d{3})|last\s*call|\barrive\b|\breserv\w*|\bearly\s*bird|\bparking\b|\bshuttle\b|hora\s*feliz|cocina|puertas|\b21\s*(?:and|&)\s*(?:up|over)\s*after|\bkids\b|\ball ages\b|\bminors\b|\bfree\b(?!\s*(?:karaoke|to\s*sing|show|entry|admission))|\bladies\b(?:\s*(?:drink|free))?|\bfree\s*pizza|\blesson\w*|\bmatch\b|football|\bnfl\b|\bufc\b|sunday ticket|\bafter\b(?=\s*\d{1,2}\b)|\bkick\s*off\b|\bgame\b`,
  ].join('|'),
  'g',
);
const SEPARATORS = /[·•|;!\n]|\.\s|,\s|\s[-–]\s(?=[A-Za-z]{3})|\s\+\s|\s&\s(?=[A-Za-z])|\)\s|\s\(/g;

/** Whether the time at `start`..`end` of `text` is for something else than the show. */
export function isDecoyTime(text: string, start: number, end: number, untilOnly = false): boolean {
  const lower = withoutPlaces(text).toLowerCase();
  const [from, to] = segmentAround(lower, start, end);
  const before = lower.slice(from, start);
  if (untilOnly && isOffer(before)) return true;
  if (/\b(?:after|before|by|since)\s*$/.test(before)) return !showBehind(lower.slice(end, to));
  const decoy = lastMatch(DECOY_WORDS, before);
  const show = lastMatch(SHOW_WORDS, before);
  if (decoy >= 0 && show >= 0)
    return decoy > show ? !showBehind(lower.slice(end, to)) : soonBehind(lower.slice(end, to));
  if (decoy >= 0) return !showBehind(lower.slice(end, to));
  const after = lower.slice(end, to);
  const decoyAfter = after.search(new RegExp(DECOY_WORDS.source));
  const showAfter = after.search(new RegExp(SHOW_WORDS.source));
  if (decoyAfter < 0) return false;
  return show < 0 && (showAfter < 0 || decoyAfter < showAfter) && decoyAfter <= 24;
}

/** `at The Soul Kitchen` names a place, no kitchen's hours. Keeps the length; text in capitals alone is left as it is. */
function withoutPlaces(text: string): string {
  if (!/\p{Ll}/u.test(text)) return text;
  return text.replace(/(?<=(?:\bat|@)\s+)(?:the\s+)?(?:\p{Lu}[\p{L}'’&.-]*\s*)+/gu, (name) => '_'.repeat(name.length));
}

/** Whether words without a time of their own announce a decoy time on the next line: `HAPPY HOUR`, `Kitchen hours`. */
export function isDecoyHeading(text: string): boolean {
  const lower = text.toLowerCase();
  if (new RegExp(SHOW_WORDS.source).test(lower) || lower.split(/\s+/).length > 4) return false;
  return /happy\s*hour|\bdoors\b|\bkitchen\b|sign[\s-]*ups?\b|\bhours\b|\bbrunch\b|\blunch\b|\bdinner\b|hora feliz/.test(
    lower,
  );
}

/** `$3 wells until 9`: what ends is whatever stands before, unless that is the singing or the night itself. */
function isOffer(before: string): boolean {
  const words = before.replace(
    /\b(?:every|each|all|(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?)?|nights?|nite|and|goes|runs|from|party|on)\b|[^\p{L}]/gu,
    ' ',
  );
  return words.trim() !== '' && lastMatch(SHOW_WORDS, before) < 0;
}

function showBehind(after: string): boolean {
  return /^\s*(?:karaoke|sing)/.test(after);
}

function soonBehind(after: string): boolean {
  return /^\s*(?:happy hour|doors|sign[\s-]*up|kitchen)/.test(after);
}

function segmentAround(text: string, start: number, end: number): [number, number] {
  let from = 0;
  let to = text.length;
  for (const separator of text.matchAll(SEPARATORS)) {
    const behind = separator.index + separator[0].length;
    if (behind <= start) from = behind;
    else if (separator.index >= end) {
      to = separator.index;
      break;
    }
  }
  return [from, to];
}

function lastMatch(pattern: RegExp, text: string): number {
  let at = -1;
  for (const found of text.matchAll(pattern)) at = found.index + found[0].length;
  return at;
}
