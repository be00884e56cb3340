import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { CodedError } from '../contract/coded-error.ts';
import { cleanFileName } from '../images/content-id.ts';
import { MAX_ARCHIVE_ENTRIES, MAX_UNPACKED_BYTES } from './pile-limits.ts';

/** A file in an archive. */
export interface ArchiveEntry {
  /** Its place in the archive, from 0. */
  index: number;
  /** Display name; its folders are gone. Never a path. */
  name: string;
  /**
   * Its bytes, unpacked. At most as many as its header says; read it to its end or destroy it.
   *
   * @throws CodedError `archive.unreadable` where it is encrypted or damaged
   */
  open: () => Promise<Readable>;
  /** As its header says. */
  sizeBytes: number;
}

export interface ArchiveBounds {
  maxEntries?: number;
  maxUnpackedBytes?: number;
}

/** What systems put beside the files a person chose. */
const NOT_CHOSEN = /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)/i;
const FOLDER = /\/$/;

/**
 * The files of a ZIP archive, one after another, streamed from the disk. What its directory claims is checked before the
 * first byte is unpacked, and no entry can give more than it claims: an archive that is made to burst stops there.
 *
 * @throws CodedError `archive.unreadable`, `archive.tooLarge`
 */
export async function* entriesOf(path: string, bounds: ArchiveBounds = {}): AsyncGenerator<ArchiveEntry> {
  const { maxEntries = MAX_ARCHIVE_ENTRIES, maxUnpackedBytes = MAX_UNPACKED_BYTES } = bounds;
  const archive = await open(path);
  try {
    if (archive.entryCount > maxEntries) throw tooMany(maxEntries);
    const entries = await directoryOf(archive, maxUnpackedBytes);
    for (const [index, entry] of entries.entries()) {
      if (FOLDER.test(entry.fileName) || NOT_CHOSEN.test(entry.fileName)) continue;
      yield {
        index,
        name: cleanFileName(basename(entry.fileName)),
        sizeBytes: entry.uncompressedSize,
        open: () => openEntry(archive, entry),
      };
    }
  } finally {
    archive.close();
  }
}

async function open(path: string): Promise<ZipFile> {
  try {
    // Names are only ever shown, so none of them has to be refused for being an unusual path.
    return await openPromise(path, { autoClose: false, lazyEntries: true, validateEntrySizes: true });
  } catch (cause) {
    throw damaged(cause);
  }
}

/** All entries, before any is opened: an archive that is cut off or lies about itself gives nothing rather than a part. */
async function directoryOf(archive: ZipFile, maxUnpackedBytes: number): Promise<Entry[]> {
  const entries: Entry[] = [];
  let unpackedBytes = 0;
  try {
    for await (const entry of archive.eachEntry()) {
      entries.push(entry);
      unpackedBytes += entry.uncompressedSize;
      if (unpackedBytes > maxUnpackedBytes) throw tooLarge(maxUnpackedBytes);
    }
  } catch (cause) {
    throw cause instanceof CodedError ? cause : damaged(cause);
  }
  return entries;
}

async function openEntry(archive: ZipFile, entry: Entry): Promise<Readable> {
  if (entry.isEncrypted()) {
    throw new CodedError(
      'archive.unreadable',
      'It is protected by a password. Unpack the archive and send the pictures.',
    );
  }
  if (!entry.canDecodeFileData()) {
    throw new CodedError(
      'archive.unreadable',
      'It is packed in a way that cannot be read. Unpack the archive and send the pictures.',
    );
  }
  try {
    return await archive.openReadStreamPromise(entry);
  } catch (cause) {
    throw damaged(cause);
  }
}

function damaged(cause: unknown): CodedError {
  return new CodedError(
    'archive.unreadable',
    'The archive is damaged or cut off. Pack it again, or send the pictures.',
    {
      cause,
    },
  );
}

function tooMany(most: number): CodedError {
  return new CodedError('archive.tooLarge', `The archive has more than ${most} entries. Send it in parts.`);
}

function tooLarge(mostBytes: number): CodedError {
  const megabytes = Math.round(mostBytes / 2 ** 20);
  return new CodedError(
    'archive.tooLarge',
    `Unpacked, the archive would have more than ${megabytes} MB. Send it in parts.`,
  );
}
