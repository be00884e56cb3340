import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  name: string;
  bytes: Buffer;
  /** What the headers claim it has unpacked, where they lie. */
  claimedBytes?: number;
  isEncrypted?: boolean;
}

/** A ZIP archive, byte by byte, so that one can be made that lies. */
export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const packed = deflateRawSync(entry.bytes);
    const name = Buffer.from(entry.name);
    const common = commonHeader(entry, packed.length, name.length);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, name, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, tail, name]));
    parts.push(local);
    offset += local.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, listing, end]);
}

/** What the header before an entry and its line in the directory have in common. */
function commonHeader(entry: ZipEntry, packedBytes: number, nameBytes: number): Buffer {
  const UTF8_NAMES = 0x0800;
  const header = Buffer.alloc(26);
  header.writeUInt16LE(20, 0);
  header.writeUInt16LE(UTF8_NAMES | (entry.isEncrypted ? 1 : 0), 2);
  header.writeUInt16LE(8, 4);
  header.writeUInt32LE(crc32(entry.bytes), 10);
  header.writeUInt32LE(packedBytes, 14);
  header.writeUInt32LE(entry.claimedBytes ?? entry.bytes.length, 18);
  header.writeUInt16LE(nameBytes, 22);
  return header;
}
