import { findPhrases } from '../schedule/phrases.ts';
import { findAddress } from '../places/address.ts';
import { sameRow, type PageLine } from './page-lines.ts';

/** One post of a feed, or the whole page where there are no posts. */
export interface Post {
  /** Who posted, or the group: never a venue by itself, only where nothing better is printed. */
  header: PageLine[];
  lines: PageLine[];
}

const KARAOKE_WORD = /karaoke|\bsing\b|hosted/i;
const BUTTONS = new Set(
  `like|comment|share|reply|send|follow|following|message|messages|write a comment...|write a comment|add a comment...|add a comment|see more|see less|...see more|... see more|...|more
  |...more|... more|interested|going|maybe|can't go|invite|save|home|groups|watch|video|marketplace|menu|notifications|search|view|see all|view all|most relevant|top comments|all comments
  |about|photos|videos|reels|reviews|events|posts|discussion|featured|members|media|sponsored|learn more|book now|directions|call|website|order now|see translation|original audio
  |follow page|join group|join|joined|edited|author|admin|moderator|top contributor|rising contributor|edit|delete|cancel|done|back|next|story|stories|your story|send message
  |active now|suggested for you|public|private|friends|friend|get tickets|find tickets|get directions|see menu|sign in|log in|log out|create account|not now|boost post|promote|like page
  |people you may know|add friend|repost|quote|bookmark|views|retweet|reply to|copy link|facebook|instagram|messenger|for you|profile|explore|live|new|today|filter|filters|sort|ok|close|skip|continue`
    .split('|')
    .map((words) => words.trim()),
);
const BUTTON_WORDS = new Set(
  'like likes comment comments share shares reply replies send follow following message home groups watch marketplace menu notifications search about photos videos reviews events posts discussion members media sponsored interested going invite save all view see more story reels reposts views edited author admin'.split(
    ' ',
  ),
);
const COUNT = /^[\s•·|]*\d{1,4}(?:[.,]\d+)?\s?[KkM]?[\s•·|]*$/;
const COUNTS =
  /^(?:[\d.,]+\s?[KkM]?\s*(?:comments?|shares?|likes?|views?|reactions?|members?|followers?|following|replies|reply|people|friends|others?|going|interested|responded|photos?|reposts?|saves?|plays?|posts?|new posts?|mutual friends?)[\s·•|,+&]*(?:and|went|like this|a (?:day|week))?[\s·•]*)+$/i;
/** Stars of a directory: `4.4 (130)`. */
const RATING = /^[•\s]*[0-5][.,]\d\s*[•\s]*(?:\([\d.,]+\s?[Kk]?\+?\))?$/;
const GROUP =
  /^(?:(?:public|private|closed)\s+(?:group|page)|public\s+event)\b|\b[\d.,]+[KkM]?\s+(?:members|followers)\b/i;
const MORE_CHROME =
  /^(?:view|see|show)\s+(?:all\s+|\d+\s+|more\s+)*(?:previous\s+|more\s+)?(?:comments?|repl(?:y|ies)|posts?|photos?)|^(?:liked|commented|shared|followed) by\b|^.{2,40} and \d+ others?$|^reply to\b|^write (?:a|something)|^what's on your mind|^most relevant|\bis feeling\b|^(?:suggested|recommended) for you|^add (?:a )?comment|^search\b.{0,25}$|^\d+\s*(?:of|\/)\s*\d+$|^event by\b|\bupdated\s+(?:\d+\s+)?\w+\s+ago\b/i;
const AGO = String.raw`(?:\d{1,2}\s?(?:s|m|h|d|w|y|mo|mins?|hrs?|hours?|days?|weeks?|minutes?|months?)(?:\s+ago)?|just now|yesterday(?:\s+at\s+\d.*)?|today\s+at\s+\d.*)`;
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\\.?';
const POSTED_AT = String.raw`(?:${MONTH}\s+\d{1,2}(?:,?\s+\d{4})?\s+at\s+\d{1,2}:\d{2}\s?[ap]\.?m|\d{1,2}\s+${MONTH}(?:\s+\d{4})?\s+at\s+\d{1,2}:\d{2}(?:\s?[ap]m)?)`;
const WEEKDAY_AT = String.raw`(?:mon|tues|wednes|thurs|fri|satur|sun)day\s+at\s+\d{1,2}:\d{2}\s?[ap]\.?m`;
const MESSAGE_TIME =
  /^(?:(yesterday|today)|(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)?,?\s*(?:[a-z]{3,9}\.?\s+\d{1,2}(?:,?\s+\d{4})?)?),?\s*(?:at\s+)?\d{1,2}:(\d{2})(?:\s?[ap]\.?m\.?)?$/i;
const TIMESTAMP = new RegExp(String.raw`^(?:(.{2,45}?)\s*[·•]\s*)?(?:${AGO}|${POSTED_AT})\s*(?:[·•.].{0,18})?$`, 'i');
const NAMED_DATE = new RegExp(
  String.raw`^(.{2,45}?)\s*[·•]\s*(?:${MONTH}\s+\d{1,2}(?:,?\s+\d{4})?|${WEEKDAY_AT})\s*(?:[·•.].{0,18})?$|^${MONTH}\s+\d{1,2}(?:,?\s+\d{4})?\s*[·•].{0,6}$`,
  'i',
);
const WEEKDAY_STAMP = new RegExp(String.raw`^${WEEKDAY_AT}\s*(?:[·•].{0,18})?$`, 'i');

/** Takes the app's own words away and tells posts apart; posts come in the order of the page. */
export function splitPosts(lines: readonly PageLine[], pageHeight: number): Post[] {
  const content = lines
    .filter((line, index) => !isChrome(line, index, lines, pageHeight))
    .filter((line, _, all) => !isStoryHandle(line, all));
  const stamps = content.filter((line) => isTimestamp(line, content));
  const group = content.filter((line) => GROUP.test(line.text));
  const headers = new Map<PageLine, PageLine[]>();
  for (const stamp of [...stamps, ...group]) headers.set(stamp, headerAbove(stamp, content, [...stamps, ...group]));
  const authors = [...headers.values()].flat();
  const loose = content.filter((line) => !authors.includes(line) && isLooseAuthor(line, content, authors));
  for (const line of loose) headers.set(line, [line]);
  const posts = cutAtHeaders(content, headers);
  return posts.some((post) => post.header.length > 0) ? posts.map(withoutComments) : posts;
}

/** A story: `mondayspub` and, beside it, `16h`. */
function isStoryHandle(line: PageLine, content: readonly PageLine[]): boolean {
  if (!/^\s*@?[\p{Ll}\d._]{4,}\s*$/u.test(line.text)) return false;
  return content.some((other) => other.left > line.right && sameRow(line, other) && TIMESTAMP.test(other.text.trim()));
}

/** What people write below a post stands further in (beside their pictures), behind a gap: never part of the listing. */
function withoutComments(post: Post): Post {
  const body = Math.min(...post.lines.map((line) => line.left));
  const sorted = post.lines.toSorted((a, b) => a.top - b.top);
  let bottom = sorted[0]?.bottom ?? 0;
  const first = sorted.findIndex((line) => {
    const gap = line.top - bottom;
    bottom = Math.max(bottom, line.bottom);
    return gap > 1.6 * line.height && line.left > body + 1.5 * line.height;
  });
  const rest = sorted.slice(first);
  const indented = first > 0 && rest.every((line) => line.left > body + 1.5 * line.height || COUNT.test(line.text));
  return indented ? { header: post.header, lines: sorted.slice(0, first) } : post;
}

function cutAtHeaders(content: readonly PageLine[], headers: ReadonlyMap<PageLine, PageLine[]>): Post[] {
  const inHeader = new Set([...headers.keys(), ...[...headers.values()].flat()]);
  const starts = [...headers]
    .map(([stamp, above]) => Math.min(stamp.top, ...above.map((line) => line.top)))
    .sort((a, b) => a - b);
  const posts: Post[] = [];
  for (let index = -1; index < starts.length; index += 1) {
    const from = index < 0 ? -Infinity : (starts[index] ?? Infinity);
    const to = starts[index + 1] ?? Infinity;
    const own = content.filter((line) => line.top >= from && line.top < to);
    const header = own
      .filter((line) => inHeader.has(line))
      .filter((line) => !headers.has(line) || authorOf(line) !== null || headers.get(line)?.includes(line) === true);
    const body = own.filter((line) => !inHeader.has(line));
    const previous = posts.at(-1);
    // A header without words of its own belongs to what follows (group name, then author).
    if (previous !== undefined && previous.lines.length === 0) {
      previous.header.push(...header);
      previous.lines.push(...body);
    } else if (header.length > 0 || body.length > 0) posts.push({ header, lines: body });
  }
  return posts;
}

/** In a feed: a name beside a picture (further in than the text), with white above and below it; its "3h" was not read. */
function isLooseAuthor(line: PageLine, content: readonly PageLine[], authors: readonly PageLine[]): boolean {
  if (!authors.some((author) => Math.abs(author.left - line.left) < 0.7 * line.height && ratioOf(author, line) < 1.4))
    return false;
  const above = content.filter((other) => other.bottom <= line.top + 0.2 * line.height).at(-1);
  const below = content.find((other) => other.top >= line.bottom - 0.2 * line.height);
  if (above === undefined || below === undefined || !isName(line.text)) return false;
  const furtherIn = line.left - below.left > 1.5 * line.height;
  return furtherIn && line.top - above.bottom > 1.2 * line.height && below.top - line.bottom > 1.1 * line.height;
}

function ratioOf(a: PageLine, b: PageLine): number {
  return Math.max(a.height, b.height) / Math.min(a.height, b.height);
}

function isName(text: string): boolean {
  const words = text.trim().split(/\s+/);
  return (
    words.length <= 5 &&
    words.every((word) => /^[\p{Lu}&\d]/u.test(word)) &&
    !/[!?:@$]|\d\s?[ap]m/i.test(text) &&
    !KARAOKE_WORD.test(text)
  );
}

function headerAbove(stamp: PageLine, content: readonly PageLine[], stamps: readonly PageLine[]): PageLine[] {
  const header: PageLine[] = [];
  let top = stamp.top;
  for (const line of [...content].sort((a, b) => b.bottom - a.bottom)) {
    if (line.top >= stamp.top || stamps.includes(line) || header.length === 2) continue;
    if (top - line.bottom > 0.9 * line.height || Math.abs(line.left - stamp.left) > 2.5 * line.height) continue;
    if (line.height > 2.2 * stamp.height || findAddress(line.text) !== null || speaksOfTime(line)) continue;
    if (header.length === 1 && authorOf(stamp) !== null) break;
    header.push(line);
    top = line.top;
  }
  // With "Name · 3h" one line above is the group; with a bare "3h" one line above is the author.
  return header.slice(0, 1);
}

function authorOf(stamp: PageLine): string | null {
  return TIMESTAMP.exec(stamp.text)?.[1] ?? NAMED_DATE.exec(stamp.text)?.[1] ?? null;
}

function speaksOfTime(line: PageLine): boolean {
  return findPhrases(line.text).some((phrase) => phrase.kind === 'time' && !phrase.bare);
}

function isTimestamp(line: PageLine, content: readonly PageLine[]): boolean {
  const text = line.text.trim();
  const named = TIMESTAMP.exec(text)?.[1] ?? NAMED_DATE.exec(text)?.[1];
  if (named !== undefined && /karaoke|\d\s?[ap]m/i.test(named)) return false;
  if (TIMESTAMP.test(text) || NAMED_DATE.test(text)) return true;
  // "Monday at 6:30 PM" is a post's time only where the page says elsewhere when the show is.
  return (
    WEEKDAY_STAMP.test(text) &&
    content.some((other) => other !== line && speaksOfTime(other) && !WEEKDAY_STAMP.test(other.text.trim()))
  );
}

function isChrome(line: PageLine, index: number, lines: readonly PageLine[], pageHeight: number): boolean {
  const text = line.text.trim();
  const lower = text.toLowerCase();
  if (isStatusBar(line, text, pageHeight)) return true;
  if (RATING.test(text)) return true;
  if (BUTTONS.has(lower) || COUNTS.test(text) || MORE_CHROME.test(text)) return true;
  const words = lower.split(/[\s·•|]+/).filter((word) => word !== '');
  if (words.length > 1 && words.every((word) => BUTTON_WORDS.has(word))) return true;
  if (/^[^\p{L}\d]*$/u.test(text)) return true;
  if (isMessageTime(text)) return true;
  if (COUNT.test(text) && !isPartOfSomething(line, lines)) return true;
  return index <= 2 && /^(?:https?:\/\/)?(?:www\.|m\.)?(?:facebook|instagram|tiktok|twitter|x)\.com\S*$/i.test(text);
}

function isStatusBar(line: PageLine, text: string, pageHeight: number): boolean {
  if (line.top > 0.06 * pageHeight) return false;
  const clock = /^[<«\s]*\d{1,2}[:.]\d{2}(?:\s?[AP]M)?(?:\s+\S{1,4}){0,4}$/i.test(text);
  return (
    (clock && line.height < 0.04 * pageHeight) ||
    /^(?:[345]G\+?|LTE|\d{1,3}\s?%|SOS|VoLTE|Wi-?Fi|[•·.]+)(?:\s.{0,8})?$/i.test(text)
  );
}

/** When a message was sent: an hour no show would begin at, or yesterday's. */
function isMessageTime(text: string): boolean {
  const found = MESSAGE_TIME.exec(text);
  return found !== null && (found[1] !== undefined || Number(found[2]) % 15 !== 0);
}

/** A lone number may be half of something: a big `9` beside `PM`. */
function isPartOfSomething(line: PageLine, lines: readonly PageLine[]): boolean {
  const beside = lines.some(
    (other) =>
      other !== line &&
      Math.min(other.bottom, line.bottom) - Math.max(other.top, line.top) > 0.4 * line.height &&
      Math.abs(other.left - line.right) < 1.2 * line.height,
  );
  const heights = lines.map((other) => other.height).sort((a, b) => a - b);
  const named = lines.some(
    (other) =>
      Math.abs(other.left - line.left) < line.height &&
      line.top - other.bottom < 0.7 * line.height &&
      line.top > other.top &&
      /\b(?:lodge|aerie|post|vfw|legion|elks|moose|eagles|chapter|suite|ste|unit|road|rd|route|highway|hwy|us)\.?$/i.test(
        other.text,
      ),
  );
  return beside || named || line.height > 1.5 * (heights[Math.floor(heights.length / 2)] ?? line.height);
}
