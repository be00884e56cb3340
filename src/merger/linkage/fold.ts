/** What people and programs write where they know nothing: no evidence, and never a reason that two rows are alike. */
const NOTHING = /^(?:n\/a|n\.a\.|nan|null|none|unknown|undefined|[-–—?.]+)$/i;
const PLAIN = /^[a-z0-9]+(?: [a-z0-9]+)*$/;
const BEYOND_ASCII = /[\u0080-\uffff]/;
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  ø: 'o',
  œ: 'oe',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
};
const MONTH_IN_DATE = /^\d{1,4}[-/.][a-z]{3,9}[-/.]\d{1,4}$/;

/**
 * What a cell says, without how it is written: lower case, no accents, punctuation as spaces, `&` as `and`; apostrophes
 * and the points of initials vanish (`P.F. Chang's` is `pf changs`); a model number is one word however it is hyphened
 * (`KDL-40V3000`, `DSC/W120`); numbers keep their decimals and lose their thousands separators.
 *
 * @returns empty where the cell says nothing (`N/A`, `-`)
 */
export function foldCell(text: string): string {
  if (NOTHING.test(text.trim())) return '';
  let folded = text.toLowerCase();
  if (PLAIN.test(folded)) return folded;
  if (BEYOND_ASCII.test(folded)) folded = withoutAccents(folded);
  folded = folded
    .replaceAll('&', ' and ')
    .replace(/['’`´]/g, '')
    .replace(/(\d),(?=\d{3}(?!\d))/g, '$1')
    .replace(/\b(?:[a-z]\.){2,}/g, (initials) => `${initials.replaceAll('.', '')} `)
    .replace(/[a-z0-9]+(?:[-_/.][a-z0-9]+)+/g, compound)
    .replace(/(\d)\.0+(?![\d.])/g, '$1')
    .replace(/(?<!\d)\.|\.(?!\d)/g, ' ')
    .replace(/[^\p{L}\p{N}.]+/gu, ' ');
  return folded.trim();
}

function withoutAccents(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßæøœłđðþ]/g, (letter) => LETTERS[letter] ?? letter);
}

/** Letters and digits around a hyphen are a model number; letters alone are words, digits alone a phone or a date. */
function compound(text: string): string {
  const isModel = /[a-z]/.test(text) && /\d/.test(text) && text.length <= 24 && !MONTH_IN_DATE.test(text);
  if (isModel) return text.replace(/[-_/.]/g, '');
  return /^\d+\.\d+$/.test(text) ? text : text.replace(/[-_/]|\.(?!\d)|(?<!\d)\./g, ' ');
}

/** Long forms that are written short as often; the short one stands for both. */
const SHORT_FORMS: ReadonlyMap<string, string> = new Map(
  `street st, str st, saint st, avenue ave, av ave, boulevard blvd, boulvard blvd, road rd, drive dr, lane ln, parkway pkwy,
   pky pkwy, highway hwy, court ct, place pl, plaza plz, square sq, trail trl, terrace ter, circle cir, crescent cres,
   close cl, turnpike tpke, freeway fwy, expressway expy, mount mt, fort ft, north n, south s, east e, west w, northeast ne,
   northwest nw, southeast se, southwest sw, suite ste, apartment apt, building bldg, floor fl, first 1st, second 2nd,
   third 3rd, fourth 4th, fifth 5th, sixth 6th, seventh 7th, eighth 8th, ninth 9th, tenth 10th, international intl,
   incorporated inc, company co, corporation corp, limited ltd, brothers bros, department dept, university univ,
   association assn, center ctr, centre ctr, restaurant rest, restaurante rest, ristorante rest, delicatessen deli,
   grille grill, bar-b-q bbq, barbecue bbq, barbeque bbq, proceedings proc, conference conf, transactions trans,
   symposium symp, national natl, management mgmt, professional pro, edition ed, version v`
    .split(',')
    .map((pair) => pair.trim().split(' ') as [string, string]),
);

/** The words of a folded cell; in cells of several words, long forms as short ones: alone, `West` and `Place` are names. */
export function wordsOf(folded: string): string[] {
  const words = folded.split(' ');
  return words.length === 1 ? words : words.map((word) => SHORT_FORMS.get(word) ?? word);
}

/** Left out of the initials of a name: `VLDB`, `Very Large Data Bases`. Every vocabulary begins with them. */
export const SMALL_WORDS: readonly string[] = ['and', 'of', 'on', 'the', 'in', 'for', 'de', 'a', 'an', 'to'];
