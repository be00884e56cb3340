export type VideoKind = 'mp4' | 'mov' | 'webm';

/** Bytes from the start of a file that {@link kindOfVideo} needs at most. */
export const VIDEO_HEAD_BYTES = 4_100;

const EBML = 0x1a45dfa3;
/** Brands of pictures and of sound, which use the same boxes as films. */
const NO_FILM = /^(?:hei[cxms]|hev[cxms]|mif1|msf1|avif|avis|miaf|jp[2xm] |jxl |crx |M4A |M4B |M4P |F4A |F4B )/;
/** What QuickTime files from before 2005 may begin with: they have no `ftyp`. */
const QUICKTIME_BOXES = new Set(['moov', 'mdat', 'wide', 'free', 'skip', 'pnot']);
/** EBML's element that names the kind of document, with a length of one byte. */
const DOC_TYPE = [0x42, 0x82];

/**
 * What kind of video a file begins like, whatever its name says; null where it is none that can be read here. It says
 * nothing of what follows: a video that is cut off begins as well as a whole one.
 *
 * @param head the first {@link VIDEO_HEAD_BYTES} of the file, or all of it
 */
export function kindOfVideo(head: Uint8Array): VideoKind | null {
  if (head.length < 12) return null;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (view.getUint32(0) === EBML) return isWebm(head) ? 'webm' : null;
  const box = textOf(head, 4, 4);
  if (box === 'ftyp') return kindOfBrand(textOf(head, 8, 4));
  return QUICKTIME_BOXES.has(box) && isBoxSize(view.getUint32(0)) ? 'mov' : null;
}

function kindOfBrand(brand: string): VideoKind | null {
  if (brand === 'qt  ') return 'mov';
  return NO_FILM.test(brand) || !/^[\x20-\x7e]{4}$/.test(brand) ? null : 'mp4';
}

/** 1 means that a longer size follows, 0 that the box goes to the end of the file. */
function isBoxSize(size: number): boolean {
  return size <= 1 || size >= 8;
}

/** Matroska's other documents have codecs and parts that nothing here reads. */
function isWebm(head: Uint8Array): boolean {
  for (let at = 4; at + 3 < head.length; at += 1) {
    if (head[at] !== DOC_TYPE[0] || head[at + 1] !== DOC_TYPE[1]) continue;
    const length = (head[at + 2] ?? 0) & 0x7f;
    return textOf(head, at + 3, length).replace(/\0+$/, '') === 'webm';
  }
  return false;
}

function textOf(bytes: Uint8Array, start: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(start, start + length));
}
