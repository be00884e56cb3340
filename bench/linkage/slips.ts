import type { Random } from '../../samples/random.ts';

const KEYBOARD = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
/** What readers of print mistake for one another. */
const LOOK_ALIKE: readonly (readonly [string, string])[] = [
  ['l', '1'],
  ['o', '0'],
  ['s', '5'],
  ['rn', 'm'],
  ['m', 'rn'],
  ['e', 'c'],
  ['h', 'b'],
  ['i', 'l'],
  ['u', 'v'],
  ['b', '8'],
  ['cl', 'd'],
];
/** What is heard alike. */
const SOUND_ALIKE: readonly (readonly [string, string])[] = [
  ['ph', 'f'],
  ['f', 'ph'],
  ['ie', 'y'],
  ['y', 'ie'],
  ['ck', 'k'],
  ['c', 'k'],
  ['k', 'c'],
  ['ee', 'ea'],
  ['ll', 'l'],
  ['l', 'll'],
  ['tt', 't'],
  ['n', 'nn'],
  ['nn', 'n'],
  ['z', 's'],
  ['s', 'z'],
  ['gh', 'g'],
  ['ei', 'ie'],
  ['ai', 'ay'],
  ['oo', 'u'],
  ['mc', 'mac'],
];

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** One slip of the fingers, the eye or the ear, as FEBRL's generator makes them. */
export function slip(text: string, random: Random): string {
  if (text.length < 2) return text;
  const kind = random.next();
  const at = random.int(0, text.length - 1);
  if (kind < 0.2) return text.slice(0, at) + text.slice(at + 1);
  if (kind < 0.4) return text.slice(0, at) + near(text[at]!, random) + text.slice(at);
  if (kind < 0.62) return text.slice(0, at) + near(text[at]!, random) + text.slice(at + 1);
  if (kind < 0.78 && at + 1 < text.length) return text.slice(0, at) + text[at + 1]! + text[at]! + text.slice(at + 2);
  const pairs = random.shuffled(kind < 0.9 ? SOUND_ALIKE : LOOK_ALIKE);
  const pair = pairs.find(([from]) => text.includes(from));
  if (pair) return text.replace(pair[0], pair[1]);
  return text.slice(0, at) + text[at]! + text.slice(at);
}

/** A key beside it; a digit for a digit. */
function near(letter: string, random: Random): string {
  if (/\d/.test(letter)) return String(random.int(0, 9));
  const row = KEYBOARD.find((keys) => keys.includes(letter));
  if (row === undefined) return random.pick([...LETTERS]);
  const at = row.indexOf(letter);
  return row[at === 0 || (random.chance(0.5) && at + 1 < row.length) ? at + 1 : at - 1] ?? letter;
}

export function slips(text: string, count: number, random: Random): string {
  let result = text;
  for (let made = 0; made < count; made++) result = slip(result, random);
  return result;
}

/** The first words of a list come up far more often than the last, as names and words do. */
export function byFrequency<Item>(items: readonly Item[], random: Random): Item {
  return items[Math.floor(items.length * random.next() ** 2.2)]!;
}
