import { CodedError } from '../../contract/coded-error.ts';
import type { TextSource } from './text-stream.ts';

const [QUOTE, BACKSLASH, OPEN, CLOSE, OPEN_LIST, CLOSE_LIST] = [34, 92, 123, 125, 91, 93];

/**
 * The objects of a JSON array, or of JSON lines, one after another: an array of a million records is never in memory as a
 * whole.
 *
 * @throws CodedError `request.invalid` where there is something else than objects
 */
export async function* jsonRecords(source: TextSource): AsyncIterable<Record<string, unknown>> {
  let text = '';
  let start = -1;
  let depth = 0;
  let isInText = false;
  let isEscaped = false;
  let count = 0;
  for await (const piece of source.pieces()) {
    let at = text.length;
    text += piece;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (isEscaped) isEscaped = false;
      else if (isInText) {
        if (code === BACKSLASH) isEscaped = true;
        else if (code === QUOTE) isInText = false;
      } else if (code === QUOTE) {
        if (depth === 0) throw notRecords(source, count);
        isInText = true;
      } else if (code === OPEN || (code === OPEN_LIST && depth > 0)) {
        if (depth++ === 0) start = at;
      } else if (code === CLOSE || (code === CLOSE_LIST && depth > 0)) {
        if (--depth === 0) yield parsed(source, text.slice(start, at + 1), ++count);
        if (depth === 0) start = -1;
      } else if (depth === 0 && !/[\s,[\]]/.test(text[at]!)) throw notRecords(source, count);
    }
    // What has been handed over is let go.
    text = start < 0 ? '' : text.slice(start);
    if (start > 0) start = 0;
  }
  if (depth > 0) throw new CodedError('request.invalid', `${source.path} ends in the middle of record ${count + 1}.`);
}

function parsed(source: TextSource, text: string, number: number): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch (cause) {
    throw new CodedError('request.invalid', `${source.path}: record ${number} is no JSON.`, { cause });
  }
}

function notRecords(source: TextSource, count: number): CodedError {
  const words = 'a JSON file must be an array of objects, or one object a line';
  return new CodedError('request.invalid', `${source.path}: ${words}; after ${count} records there is something else.`);
}
