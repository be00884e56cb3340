import { extname } from 'node:path';
import { parse } from 'csv-parse/sync';
import { CodedError } from '../contract/coded-error.ts';
import { delimiterOf } from './tables/read-table.ts';

/** Endings of files that list addresses. */
export const LIST_ENDINGS: ReadonlySet<string> = new Set(['.csv', '.json', '.txt']);

/** How a field with the address of an image is called, the likeliest first. */
const FIELD_NAMES = ['url', 'link', 'image', 'poster', 'image_url', 'poster_url', 'image_link', 'src', 'href', 'uri'];
const MOST_URLS = 100_000;

/** Whether a text is meant as an address of the web; whether it can be fetched is for others to say. */
export function isUrl(text: string): boolean {
  return /^\s*https?:\/\//i.test(text);
}

/**
 * The addresses that a file lists, in their order, each once. What stands where an address should be and is none is listed
 * as well, so that it fails by its name and is not lost.
 *
 * - CSV (commas, semicolons, tabs): the column that is called url, link, image or poster, else the first one with addresses;
 *   a header is not needed.
 * - JSON: a list of texts, or of objects with such a field; or an object that has such a list in it.
 * - Lines: one address each; what follows ` #` is a comment.
 *
 * @param name of the file: its ending says which it is
 * @throws CodedError `request.invalid` where there is no address in it
 */
export function urlsOf(name: string, text: string): string[] {
  const shown = `"${name.slice(0, 200)}"`;
  const listed = [...new Set(listedIn(extname(name).toLowerCase(), text.replace(/^\ufeff/, ''), shown))];
  if (!listed.some(isUrl)) {
    throw new CodedError('request.invalid', `There is no address (http://… or https://…) in ${shown}.`);
  }
  if (listed.length > MOST_URLS) {
    throw new CodedError('request.invalid', `There are more than ${MOST_URLS} addresses in ${shown}. Divide the list.`);
  }
  return listed;
}

function listedIn(ending: string, text: string, shown: string): string[] {
  if (ending === '.csv') return filled(ofCsv(text, shown));
  return filled(ending === '.json' ? ofJson(text, shown) : ofLines(text));
}

function filled(texts: readonly string[]): string[] {
  return texts.map((each) => each.trim()).filter((each) => each !== '');
}

function ofLines(text: string): string[] {
  // An address may have a hash inside; a comment has white space before it.
  return text.split(/\r\n|\n|\r/).map((line) => line.replace(/(?:^|\s)#.*$/, ''));
}

function ofCsv(text: string, shown: string): string[] {
  let rows: string[][];
  try {
    rows = parse(text, { delimiter: delimiterOf(text), relax_column_count: true, relax_quotes: true, bom: true });
  } catch (cause) {
    throw new CodedError('request.invalid', `${shown} cannot be read as CSV.`, { cause });
  }
  const [first = []] = rows;
  // A first row with an address in it is one of the list, and not a header.
  const header = first.some(isUrl) ? null : first;
  const body = header ? rows.slice(1) : rows;
  const places = Array.from({ length: Math.max(0, ...rows.slice(0, 1_000).map((row) => row.length)) }, (_, at) => at);
  const named = byName(places, (at) => header?.[at] ?? '');
  const place = named.find((at) => body.some((row) => isUrl(row[at] ?? '')));
  return place === undefined ? [] : body.map((row) => row[place] ?? '');
}

function ofJson(text: string, shown: string): string[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new CodedError('request.invalid', `${shown} is no JSON.`, { cause });
  }
  const list = Array.isArray(json) ? json : isObject(json) ? (Object.values(json).find(Array.isArray) ?? []) : [];
  const field = fieldOf(list.filter(isObject));
  return list.map((each: unknown) => {
    if (isObject(each)) return field === null ? '' : textOf(each[field]);
    return textOf(each);
  });
}

/** The field that holds addresses in these objects. */
function fieldOf(objects: readonly Record<string, unknown>[]): string | null {
  const names = [...new Set(objects.flatMap((object) => Object.keys(object)))];
  return byName(names, (name) => name).find((name) => objects.some((object) => isUrl(textOf(object[name])))) ?? null;
}

/** Those with a name that we know first, the likeliest at the front; the others as they stood. */
function byName<T>(columns: readonly T[], nameOf: (column: T) => string): T[] {
  const rank = (column: T): number => {
    const name = nameOf(column)
      .trim()
      .toLowerCase()
      .replace(/[\s-]+/g, '_');
    const at = FIELD_NAMES.indexOf(name.replace(/s$/, ''));
    return at === -1 ? FIELD_NAMES.length : at;
  };
  return [...columns].sort((a, b) => rank(a) - rank(b));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
