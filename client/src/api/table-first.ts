/**
 * MP4 and MOV as phones write them have their table of contents (`moov`) at the end: nobody can look at a picture of them before
 * they are whole. Sent with the table in front they can be read while they come. No byte is made anew but the places of the
 * pictures in the table; the film itself stays on the disk, and is read as it is sent.
 */

interface Box {
  name: string;
  start: number;
  end: number;
  /** Where its contents begin. */
  contents: number;
}

/** A table of two hours has a few megabytes. */
const MOST_TABLE_BYTES = 64 * 2 ** 20;
const MOST_BOXES = 1_000;
const CONTAINERS = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl']);
/** Boxes that say places in the file in a way that is not known here, or a table that is packed. */
const UNKNOWN_PLACES = new Set(['moof', 'sidx', 'mfra', 'meta', 'saio', 'cmov']);
const MOST_32_BITS = 2 ** 32 - 1;

/**
 * The same video with its table of contents in front; null where it is there already, or where the file is of a kind in which it
 * cannot be moved for certain. The same file always gives the same bytes, and as many.
 */
export async function tableFirst(file: File): Promise<File | null> {
  try {
    const boxes = await boxesOf(file);
    const [first] = boxes;
    const table = boxes.find(({ name }) => name === 'moov');
    const film = boxes.find(({ name }) => name === 'mdat');
    if (first?.name !== 'ftyp' || !table || !film || film.start > table.start) return null;
    const size = table.end - table.start;
    if (size > MOST_TABLE_BYTES || boxes.some(({ name }) => UNKNOWN_PLACES.has(name))) return null;
    const bytes = new Uint8Array(await file.slice(table.start, table.end).arrayBuffer());
    // What lay between the two moves back by the length of the table; what was behind it stays.
    const isMoved = (place: number) => place >= first.end && place < table.start;
    movePlaces(
      new DataView(bytes.buffer),
      { name: 'moov', start: 0, end: size, contents: table.contents - table.start },
      (place) => (isMoved(place) ? place + size : place),
    );
    const parts = [file.slice(0, first.end), bytes, file.slice(first.end, table.start), file.slice(table.end)];
    return new File(parts, file.name, { type: file.type, lastModified: file.lastModified });
  } catch (error) {
    if (error instanceof CannotMove) return null;
    throw error;
  }
}

class CannotMove extends Error {}

/** Those of the file itself, of which only the heads are read. */
async function boxesOf(file: File): Promise<Box[]> {
  const boxes: Box[] = [];
  for (let start = 0; start < file.size;) {
    const head = new DataView(await file.slice(start, start + 16).arrayBuffer());
    const box = boxAt(head, 0, file.size - start);
    if (boxes.length >= MOST_BOXES) throw new CannotMove();
    boxes.push({ name: box.name, start, end: start + box.end, contents: start + box.contents });
    start += box.end;
  }
  return boxes;
}

/** @param room bytes from there to the end of what it is in */
function boxAt(view: DataView, start: number, room: number): Box {
  if (room < 8 || view.byteLength - start < 8) throw new CannotMove();
  const short = view.getUint32(start);
  const isLong = short === 1;
  if (isLong && view.byteLength - start < 16) throw new CannotMove();
  const size = isLong ? Number(view.getBigUint64(start + 8)) : short;
  const headBytes = isLong ? 16 : 8;
  // One that goes "to the end" cannot have anything put behind it.
  if (size < headBytes || size > room) throw new CannotMove();
  const name = String.fromCharCode(...[4, 5, 6, 7].map((at) => view.getUint8(start + at)));
  return { name, start, end: start + size, contents: start + headBytes };
}

function movePlaces(table: DataView, within: Box, moved: (place: number) => number): void {
  for (let at = within.contents; at < within.end;) {
    // QuickTime ends a list of boxes with four zeros where it likes.
    if (within.end - at < 8) return;
    const box = boxAt(table, at, within.end - at);
    if (box.name === 'saio' || box.name === 'cmov') throw new CannotMove();
    if (CONTAINERS.has(box.name)) movePlaces(table, box, moved);
    if (box.name === 'stco') moveEach(table, box, 4, moved);
    if (box.name === 'co64') moveEach(table, box, 8, moved);
    at = box.end;
  }
}

/** Version and flags, how many there are, and then each. */
function moveEach(table: DataView, box: Box, placeBytes: 4 | 8, moved: (place: number) => number): void {
  const count = table.getUint32(box.contents + 4);
  const from = box.contents + 8;
  if (from + count * placeBytes > box.end) throw new CannotMove();
  for (let at = from; at < from + count * placeBytes; at += placeBytes) {
    if (placeBytes === 8) {
      table.setBigUint64(at, BigInt(moved(Number(table.getBigUint64(at)))));
      continue;
    }
    const place = moved(table.getUint32(at));
    if (place > MOST_32_BITS) throw new CannotMove();
    table.setUint32(at, place);
  }
}
