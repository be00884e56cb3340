const BLANKS = new Set(
  'n/a|na|n.a.|none|null|nil|undefined|nan|tbd|tba|tbc|t.b.d.|t.b.a.|unknown|unspecified|not specified|not listed|not provided|not available|not shown|not given|not stated|to be determined|to be announced|-|--|---|–|—|?|??|.|..|…'.split(
    '|',
  ),
);

/** True where a value says "nothing": models and people write `N/A`, `none`, `TBD` or a dash where they mean null. */
export function isBlank(text: string): boolean {
  return text === '' || BLANKS.has(text.toLowerCase());
}

const APOSTROPHES = /[\u2018\u2019\u201b\u02bc\u00b4`]/g;
const QUOTES = /[\u201c\u201d\u201f]/g;
/** Controls, zero-width marks, direction overrides, lone surrogates: invisible, and able to garble whatever prints them. */
const INVISIBLE =
  /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Cs}/gu;
/** Separators and bullets left at the edges by cutting a line into fields. A closing full stop may belong (`Inc.`). */
const EDGES = /^[\s,;:|•·*~_–—-]+|[\s,;:|•·*~_–—-]+$/gu;

/** One line of clean text, or null where the value says nothing. */
export function cleanText(value: string | null): string | null {
  if (value === null) return null;
  const line = value
    .normalize('NFC')
    .replace(APOSTROPHES, "'")
    .replace(QUOTES, '"')
    .replace(/\s+/gu, ' ')
    .replace(INVISIBLE, '')
    .replace(/ {2,}/g, ' ')
    .trim();
  if (isBlank(line)) return null;
  const cut = line.replace(EDGES, '');
  return isBlank(cut) ? null : cut;
}
