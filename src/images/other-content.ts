/** What people send by mistake, by the detector's extension. */
const NAMED: Record<string, string> = {
  pdf: 'a PDF document; send a picture of its page instead',
  mp4: 'a video; send a screenshot of it instead',
  mov: 'a video; send a screenshot of it instead',
  webm: 'a video; send a screenshot of it instead',
  mkv: 'a video; send a screenshot of it instead',
  zip: 'a ZIP archive; unpack it and send the pictures inside',
  rar: 'an archive; unpack it and send the pictures inside',
  '7z': 'an archive; unpack it and send the pictures inside',
  gz: 'a compressed file; unpack it and send the pictures inside',
  docx: 'a Word document; send a picture of its page instead',
  pptx: 'a presentation; send a picture of its slide instead',
  xlsx: 'a spreadsheet; send a picture of it instead',
  psd: 'a Photoshop document; save it as PNG or JPEG and send that',
};

const SAVE_AS = 'save it as PNG or JPEG and send that';
const READABLE = 'Images can be PNG, JPEG, WebP, GIF, AVIF, TIFF or HEIC.';

/**
 * Says in words what bytes that are no readable image seem to be, so that a person knows what to do.
 *
 * @param head the first bytes of the file, at least one
 * @param detected what the type detector says, if anything
 */
export function wordsForOtherContent(head: Uint8Array, detected: { ext: string; mime: string } | undefined): string {
  const text = textOf(head);
  if (text !== null && /<svg[\s>]/i.test(text)) {
    return `This is an SVG drawing, not a photo or screenshot; ${SAVE_AS}.`;
  }
  if (text !== null && /<!doctype html|<html[\s>]/i.test(text)) {
    return 'This is a web page, not an image; send a screenshot of it instead.';
  }
  if (detected !== undefined) return wordsForDetected(detected);
  if (text !== null) return `This file is plain text, not an image. ${READABLE}`;
  return `This file is not an image of a kind that can be read. ${READABLE}`;
}

const PAGE_BEGIN = /^<(?:!doctype\s+html|(?:html|head|body|title|meta|script)[\s>])/i;
/** What may stand before it: how it opens, and how it ends. */
const BEFORE_PAGE = [
  ['<!--', '-->'],
  ['<?xml', '?>'],
] as const;

/** Whether these first bytes are those of a web page. One that only has a page somewhere inside is none. */
export function isWebPage(head: Uint8Array): boolean {
  // In whatever encoding: the marks are ASCII, and no image begins with one.
  const isUtf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  const text = new TextDecoder(!isUtf16 ? 'utf-8' : head[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(head);
  let rest = text.trimStart();
  // Not in one expression: a page of thousands of comments would be tried in all ways of dividing them.
  for (;;) {
    const before = BEFORE_PAGE.find(([opening]) => rest.startsWith(opening));
    if (!before) return PAGE_BEGIN.test(rest);
    const end = rest.indexOf(before[1], before[0].length);
    if (end === -1) return false;
    rest = rest.slice(end + before[1].length).trimStart();
  }
}

function wordsForDetected({ ext, mime }: { ext: string; mime: string }): string {
  const named = NAMED[ext];
  if (named !== undefined) return `This file is ${named}.`;
  // The detector's names come from its own fixed list, never from the file.
  if (mime.startsWith('image/')) return `This is an image in the format ${ext.toUpperCase()}; ${SAVE_AS}.`;
  if (mime.startsWith('video/')) return 'This file is a video; send a screenshot of it instead.';
  if (mime.startsWith('audio/')) return `This file is a sound recording, not an image. ${READABLE}`;
  return `This file is of the type ${ext.toUpperCase()}, not an image. ${READABLE}`;
}

/** The bytes as text, or null where they are none: no byte of a text is a control character but tab and line ends. */
function textOf(head: Uint8Array): string | null {
  const isUtf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  const encoding = !isUtf16 ? 'utf-8' : head[0] === 0xff ? 'utf-16le' : 'utf-16be';
  let text: string;
  try {
    // As a stream: the head may end in the middle of a character.
    text = new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true });
  } catch {
    return null;
  }
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0c && code !== 0x0d) return null;
  }
  return text;
}
