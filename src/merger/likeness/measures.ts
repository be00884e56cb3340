/** A stretch of UTF-16 codes; scratch space is reused, so a word is read before the next one is made. */
export interface Letters {
  codes: Uint16Array;
  start: number;
  end: number;
}

const LONGEST = 64;
const ROWS = [new Int32Array(LONGEST + 1), new Int32Array(LONGEST + 1), new Int32Array(LONGEST + 1)] as const;

/**
 * Letters to insert, delete, change or swap with their neighbour until one word is the other (optimal string alignment).
 *
 * @returns `most + 1` as soon as it is more than `most`
 */
export function editsBetween(a: Letters, b: Letters, most: number): number {
  let aStart = a.start;
  let bStart = b.start;
  let aEnd = a.end;
  let bEnd = b.end;
  while (aStart < aEnd && bStart < bEnd && a.codes[aStart] === b.codes[bStart]) {
    aStart++;
    bStart++;
  }
  while (aEnd > aStart && bEnd > bStart && a.codes[aEnd - 1] === b.codes[bEnd - 1]) {
    aEnd--;
    bEnd--;
  }
  const aLength = aEnd - aStart;
  const bLength = bEnd - bStart;
  if (Math.abs(aLength - bLength) > most) return most + 1;
  if (aLength === 0 || bLength === 0) return aLength + bLength;
  if (aLength > LONGEST || bLength > LONGEST) return most + 1;
  let [before, last, row] = ROWS as readonly [Int32Array, Int32Array, Int32Array];
  for (let j = 0; j <= bLength; j++) last[j] = j;
  for (let i = 1; i <= aLength; i++) {
    row[0] = i;
    let least = i;
    const code = a.codes[aStart + i - 1]!;
    for (let j = 1; j <= bLength; j++) {
      const other = b.codes[bStart + j - 1]!;
      let edits = Math.min(last[j - 1]! + (code === other ? 0 : 1), last[j]! + 1, row[j - 1]! + 1);
      const isSwap =
        i > 1 && j > 1 && code === b.codes[bStart + j - 2] && a.codes[aStart + i - 2] === other && code !== other;
      if (isSwap) edits = Math.min(edits, before[j - 2]! + 1);
      row[j] = edits;
      if (edits < least) least = edits;
    }
    if (least > most) return most + 1;
    [before, last, row] = [last, row, before];
  }
  return Math.min(last[bLength]!, most + 1);
}

const TAKEN = new Uint8Array(LONGEST);

/** The likeness of Jaro and Winkler, 0 to 1: letters in common near the same place, more for a common beginning. */
export function jaroWinkler(a: Letters, b: Letters): number {
  const aLength = Math.min(a.end - a.start, LONGEST);
  const bLength = Math.min(b.end - b.start, LONGEST);
  if (aLength === 0 || bLength === 0) return 0;
  const reach = Math.max(0, (Math.max(aLength, bLength) >> 1) - 1);
  TAKEN.fill(0, 0, bLength);
  const matched = ROWS[0];
  let common = 0;
  for (let i = 0; i < aLength; i++) {
    const code = a.codes[a.start + i];
    const until = Math.min(bLength, i + reach + 1);
    for (let j = Math.max(0, i - reach); j < until; j++) {
      if (TAKEN[j] === 0 && b.codes[b.start + j] === code) {
        TAKEN[j] = 1;
        matched[common++] = code!;
        break;
      }
    }
  }
  if (common === 0) return 0;
  let moved = 0;
  for (let j = 0, at = 0; j < bLength; j++) if (TAKEN[j] === 1 && matched[at++] !== b.codes[b.start + j]) moved++;
  const jaro = (common / aLength + common / bLength + (common - moved / 2) / common) / 3;
  let prefix = 0;
  while (prefix < Math.min(4, aLength, bLength) && a.codes[a.start + prefix] === b.codes[b.start + prefix]) prefix++;
  return jaro + prefix * 0.1 * (1 - jaro);
}

/** Groups of letters that are heard alike, by letter; 0 is not heard. */
const SOUNDS = new Map(
  ['bfpv', 'cgjkqsxz', 'dt', 'l', 'mn', 'r'].flatMap((letters, group) =>
    [...letters].map((letter) => [letter.charCodeAt(0), group + 1] as const),
  ),
);

/**
 * How a word sounds, as a number: its first letter (`ph` as `f`, `kn` as `n`, `c`, `k`, `q` as one) and up to five
 * consonants by their groups, as Soundex does.
 */
export function soundOf({ codes, start, end }: Letters): number {
  const [c, f, g, h, k, n, p, q, w, r] = [99, 102, 103, 104, 107, 110, 112, 113, 119, 114];
  let at = start;
  let first = codes[at] ?? 0;
  const second = at + 1 < end ? codes[at + 1] : 0;
  if (first === p && second === h) first = f;
  else if ((first === k || first === g) && second === n) first = n;
  else if (first === w && second === r) first = r;
  else if (first === c || first === q) first = k;
  let sound = first;
  let last = SOUNDS.get(first) ?? 0;
  let heard = 0;
  for (at = start + 1; at < end && heard < 5; at++) {
    const code = codes[at]!;
    const group = SOUNDS.get(code) ?? 0;
    if (group !== 0 && group !== last) {
      sound = sound * 7 + group;
      heard++;
    }
    if (code !== h && code !== w) last = group;
  }
  return sound;
}
