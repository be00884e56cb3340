import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { CodedError } from '../../contract/coded-error.ts';

/** A file of text that can be read more than once. */
export interface TextSource {
  path: string;
  encoding: 'utf-8' | 'windows-1252' | 'utf-16le';
  /** The first characters, without a byte order mark: enough to see how the file is written. */
  head: string;
  /** The whole text, in pieces, without a byte order mark. */
  pieces: () => AsyncIterable<string>;
}

const HEAD_CHARACTERS = 65_536;
const PIECE_BYTES = 1 << 18;

/**
 * Finds out how a file is encoded, which takes a look at all of it: the first accent may be on the last line. What is not
 * UTF-8 is read as Windows-1252, of which Latin-1 is a part.
 *
 * @throws CodedError `request.invalid` where there is no such file
 */
export async function openText(path: string): Promise<TextSource> {
  const info = await stat(path).catch((cause: unknown) => {
    throw new CodedError('request.invalid', `There is no file ${path}.`, { cause });
  });
  if (info.isDirectory()) throw new CodedError('request.invalid', `${path} is a folder: name the files in it.`);
  // A pipe gives its bytes once, and they are needed twice.
  const kept = info.isFile() ? null : await readFile(path);
  const bytes = (): AsyncIterable<Uint8Array> | Iterable<Uint8Array> =>
    kept ? [kept] : createReadStream(path, { highWaterMark: PIECE_BYTES });
  const encoding = await encodingOf(bytes());
  const pieces = (): AsyncIterable<string> => decoded(bytes(), encoding);
  let head = '';
  for await (const piece of pieces()) {
    head += piece;
    if (head.length >= HEAD_CHARACTERS) break;
  }
  return { path, encoding, head: head.slice(0, HEAD_CHARACTERS), pieces };
}

type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

async function encodingOf(bytes: Bytes): Promise<TextSource['encoding']> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let isFirst = true;
  try {
    for await (const chunk of bytes) {
      if (isFirst && chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le';
      isFirst = false;
      decoder.decode(chunk, { stream: true });
    }
    decoder.decode();
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

async function* decoded(bytes: Bytes, encoding: TextSource['encoding']): AsyncIterable<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of bytes) {
    const piece = decoder.decode(chunk, { stream: true });
    if (piece !== '') yield piece;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}
