import { readHead } from '../images/recognise.ts';

/** What a whole file is taken in as. Anything that is no bundle is looked at as an image, which says what else it is. */
export type FileKind = 'image' | 'archive' | 'document';

/** The mark of a PDF may stand behind up to a kilobyte of other bytes. */
const PDF_MARK_WITHIN = 1_024;

/** By its bytes alone; its name and declared type are never looked at. @throws CodedError `image.unreadable` */
export async function kindOfFile(path: string): Promise<FileKind> {
  return kindOfBytes(await readHead(path));
}

export function kindOfBytes(head: Uint8Array): FileKind {
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, PDF_MARK_WITHIN)).toString('latin1');
  // The second is an archive without entries.
  if (text.startsWith('PK\x03\x04') || text.startsWith('PK\x05\x06')) return 'archive';
  return text.includes('%PDF-') ? 'document' : 'image';
}
