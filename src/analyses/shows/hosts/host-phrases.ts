import type { Span } from '../places/address.ts';
import { hasPlaceWord } from '../places/venue-score.ts';
import { isFirstName } from './first-names.ts';

/** Who hosts, as printed: a person, a company, or both. */
export interface HostFound extends Span {
  name: Span | null;
  company: Span | null;
  /** Said outright (`hosted by`, `KJ`), not only hinted (`with`). */
  sure: boolean;
}

const SURE =
  /\b(?:hosted\s*(?:by|ty|hy|bv|8y)|hosts?\s*(?:[:=]|-(?=\s))|your\s+(?:kj|dj|vdj|emcee|mc)(?:\s+is|\s+are|:)|your\s+(?:lovely\s+|favorite\s+|awesome\s+)?(?:karaoke\s+)?hosts?(?:ess)?(?:\s+is|\s+are)?\s*:?|(?:karaoke|entertainment|music|presented|brought\s+to\s+you|run|sponsored)\s+by|(?:kj|dj|vdj|emcee|mc)\s*:|conducido\s+por|anfitri[oó]na?\s*:?|animado\s+por|presentado\s+por)\s*/gi;
const HINTED =
  /(?:\bwith\b|\bw\s?\/|\bfeaturing\b|\bfeat\b\.?|\bft\b\.|\bfeat\.|\bcon\b|(?<=^\s*)by\b|(?<=\s)by\b)\s*(?:your\s+)?(?:(?:karaoke\s+)?hosts?(?:ess)?\s*:?\s*)?(?:our\s+(?:own\s+)?|the\s+(?:amazing|fabulous|legendary|one\s+and\s+only)\s+)?/gi;
const TITLED = /(?<![\w'])(?:V\.?D\.?J|K\.?J|D\.?J|VJ|Dj|Kj|dj|kj|Vdj)\b\.?'?s?\s+(?=[\p{Lu}\p{Ll}\d"'])/gu;
const END_OF_NAME =
  /\s*(?:[|·•;!?~]|,|'s?\s+(?:weekly|week|karaoke|schedule|shows?|nights?|calendar)\b|(?<!(?:^|\s)(?:Ms|Mr|Mrs|Dr|St|Jr|Sr|[A-Z]))\.\s|\.\s+(?=[\d$]|(?:free|happy|no|full|drink|food|trivia|karaoke|come|join|bring|ladies|live)\b)|\.$|\s[-–]\s|\s-|:\s|@|\s\(|\b(?:at|from|every|each|this|on|in|starting|starts|start|begins|until|til|tonight|playing|spinning|bringing|for|is|will|who|and\s+(?:your|the\s+best|over|more|tons)|plus|no\s+cover|hosting|hosts|karaoke\s+(?:night|party|at|from|starts)|over\s+\d|featuring|mon|tues?|wed|thurs?|fri|sat|sun)\b(?!\s*&)|$)/i;
const NOT_A_NAME =
  /^(?:us|you|your|friends?|family|a|an|no|the\s+(?:best|most|crowd|band|whole|gang)|prizes?|drinks?|food|fun|great|good|live|special|specials|over|all|our|my|me|his|her|their|everyone|music|karaoke|cash|free|\d+|more|lots|tons|plenty|some|happy|cover|purchase|valid|id|every|each|any|these|this|that|theme|songs?|singers?|style|class|love|pride|reservations?|appetizers|half|la\s+mejor|el\s+mejor|todos|amigos|los|night|party(?=$|\s+(?:bus|time|all|people|favors)))\b/i;
const COMPANY =
  /\b(?:productions?|entertainment|enterprises?|events?|mobile\s+djs?|dj\s+services?|sounds?|studios?|music\s+(?:co|group|service)|media|llc|inc|company|co\.|group|karaoke\s+(?:co|company|services?|productions?|entertainment|show|shows)|presents|atx|sound\s*works|audio|promotions?|karaoke|co)\b\.?$/i;
/** `The Karaoke Dude` is what a person calls himself. */
const PERSON_NOUN =
  /\b(?:dude|guy|king|queen|lady|man|woman|kid|diva|cowboy|cowgirl|chick|girl|boy|mama|papa|daddy|doctor|dr|prince|princess|godfather|legend|mistress|master|maniac|junkie|ninja|pirate)$/i;
const COMPANY_STARTING_WITH_KARAOKE = /^(?:the\s+)?karaoke\s+\S+/i;

/** The hosts a text names, best first. Spans are into `text`; offsets of masked parts must already be blanked with `|`. */
export function findHosts(text: string): HostFound[] {
  const found: HostFound[] = [];
  const collect = (pattern: RegExp, sure: boolean, titled: boolean): void => {
    for (const { index, 0: words } of text.matchAll(pattern)) {
      const host = hostAfter(text, index, index + (titled ? 0 : words.length), sure);
      if (host !== null && !found.some((other) => other.start < host.end && host.start < other.end)) found.push(host);
    }
  };
  collect(SURE, true, false);
  collect(HINTED, false, false);
  collect(TITLED, true, true);
  return found;
}

function hostAfter(text: string, phraseStart: number, nameStart: number, sure: boolean): HostFound | null {
  const rest = text.slice(nameStart);
  const lead = /^[\s"'*:]*/.exec(rest)?.[0].length ?? 0;
  const printed = rest.slice(lead);
  const end = nameEnd(printed);
  const name = printed.slice(0, end).replace(/[\s"'*.,:&-]+$/, '');
  if (!isName(name, sure)) return null;
  const span = { start: nameStart + lead, end: nameStart + lead + name.length };
  const after = text.slice(span.end);
  return { ...splitCompany(text, span, after), start: phraseStart, sure };
}

function nameEnd(printed: string): number {
  const title = /^(?:v?dj|kj|vj|mc)\.?\s+/i.exec(printed)?.[0].length ?? 0;
  const found = END_OF_NAME.exec(printed.slice(title));
  return title + (found?.index ?? printed.length - title);
}

function isName(name: string, sure: boolean): boolean {
  const words = name.split(/\s+/);
  const many = words.length > 6 && !(words.length <= 9 && isCompany(words.slice(-3).join(' ')));
  if (name.length < 2 || name.length > 60 || many || NOT_A_NAME.test(name)) {
    if (!COMPANY_STARTING_WITH_KARAOKE.test(name) || words.length > 4) return false;
  }
  const titled = /^(?:v?dj|kj|vj|mc)\b/i.test(name);
  if (titled && (words.length < 2 || (/^[A-Z]/.test(name) && /^\p{Ll}/u.test(words[1] ?? '')))) return false;
  if (
    titled &&
    /^\S+\s+(?:and|&|or|karaoke(?=\s*$|\s+(?:nights?|part(?:y|ies)|shows?|every|contest))|nights?|services?|music|dance|party|spinning|plays|show|hosts?|booth)\b/i.test(
      name,
    )
  )
    return false;
  const capitals = words.filter((word) => /^["'(]?[\p{Lu}\d&]/u.test(word)).length;
  return titled || capitals / words.length >= (sure ? 0.4 : 0.5);
}

/** `Average Joe of Starling Karaoke`, `Mandy (Party Pipes Karaoke)`: person and company apart. */
function splitCompany(text: string, span: Span, after: string): Span & { name: Span | null; company: Span | null } {
  const printed = text.slice(span.start, span.end);
  const inside = personAndCompany(printed);
  if (inside !== null) {
    const { person, company } = inside;
    const companyStart = span.start + printed.lastIndexOf(company);
    return {
      start: span.start,
      end: span.end,
      name: { start: span.start, end: span.start + person.length },
      company: { start: companyStart, end: companyStart + company.length },
    };
  }
  if (isCompany(printed)) return { ...span, name: null, company: span };
  const behind =
    /^\s*(?:\(|-\s*|,\s*|\/\s*|of\s+|with\s+|from\s+|w\/\s*)([\p{Lu}\d][^()|·•,;!]{2,40}?)\s*(?:\)|$|[|·•,;!])/u.exec(
      after,
    );
  const company = behind?.[1];
  if (behind === null || company === undefined || !isCompany(company)) return { ...span, name: span, company: null };
  const start = span.end + behind[0].indexOf(company);
  return {
    start: span.start,
    end: span.end + behind[0].length,
    name: span,
    company: { start, end: start + company.length },
  };
}

/** Two names in one phrase: `Randy of Moonlight Sound Co.`, `KJ Bubba / Rock Star Karaoke`, `Randy (Moonlight Sound)`. */
function personAndCompany(printed: string): { person: string; company: string } | null {
  const found =
    /^(.+?)(?:\s+(?:of|with|from|w\/)\s+|\s*\/\s*|\s*\()([^()]+)\)?$/i.exec(printed) ??
    /^(.+?)\s+(?:and|&)\s+(.+)$/i.exec(printed);
  const [, person = '', company = ''] = found ?? [];
  if (person === '' || company === '') return null;
  const isOf = new RegExp(`^${escaped(person)}\\s+of\\s`, 'i').test(printed);
  // `KJ Shawn of Buckeye Song Machine`: what a titled person is of is a firm, if it is more than a town's one word.
  const words = company.split(/\s+/);
  const titled = /^(?:v?dj|kj|vj|mc)\b/i;
  const capitals = words.every((word) => /^\p{Lu}/u.test(word)) && !titled.test(company) && !hasPlaceWord(company);
  const named = capitals && words.length >= (titled.test(person) ? 2 : 3) && (isOf || printed.includes('/'));
  return (isCompany(company) || named) && (isOf || !isCompany(person)) ? { person, company } : null;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Whether a host's name is a company's: `Big Tony Productions`, `Planet Karaoke`, `Karaoke Soup`, but not `Karaoke Kat`. */
export function isCompany(name: string): boolean {
  const trimmed = name.trim();
  if (/^(?:v?dj|kj|vj)\b/i.test(trimmed))
    return /\b(?:productions?|entertainment|enterprises?|llc|inc)\b\.?$/i.test(trimmed);
  const words = trimmed.split(/\s+/);
  if (COMPANY.test(trimmed) && words.length > 1) return true;
  if (!COMPANY_STARTING_WITH_KARAOKE.test(trimmed)) return false;
  const named = words.filter((word) => !/^(?:the|karaoke)$/i.test(word));
  return !named.some((word) => isFirstName(word)) && !PERSON_NOUN.test(trimmed);
}
