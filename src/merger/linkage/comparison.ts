import { MISSING, levelOf, type Comparator } from './comparator.ts';
import { NumbersComparator, TextComparator } from './compare-text.ts';
import { CodeComparator, DateComparator, NumberComparator, WordComparator } from './compare-values.ts';
import { isModelNumber, isNumber, type FieldProfile } from './field-kind.ts';
import type { Column, Records } from './records.ts';
import { spread } from './text-pool.ts';
import { WordLikeness } from './word-likeness.ts';
import { rareModels, wordListsOf } from './word-lists.ts';

/** From this share of values on, numbers in a text are compared by themselves. */
const MANY = 0.15;
/** From this share of values with both letters and digits on, codes are model numbers, of which each sign tells. */
const MODELS = 0.3;
/** Levels of {@link WordComparator}: what counts as alike, and what as unlike enough to try the other field. */
const WORD = { slip: 4, unlike: 2 } as const;
/** Fields whose values are so often values of the other may be swapped. */
const SHARED_VALUES = 0.08;
const VALUES_LOOKED_AT = 50_000;

interface Swap {
  /** Numbers of two comparators. */
  first: number;
  second: number;
  firstToSecond: WordComparator;
  secondToFirst: WordComparator;
}

/** All comparators that the fields' kinds call for. */
export class Comparison {
  readonly comparators: readonly Comparator[];
  readonly #swaps: readonly Swap[];

  constructor(records: Records, profiles: readonly FieldProfile[]) {
    const likeness = new WordLikeness(records.vocabulary);
    const kinds = wordKinds(records);
    this.comparators = profiles.flatMap((profile, place) => comparatorsOf(records, place, profile, likeness, kinds));
    this.#swaps = this.#findSwaps(records, profiles);
  }

  /** Writes the outcome of each comparator to `into`, from `offset` on. */
  compare(a: number, b: number, into: Uint16Array, offset = 0): void {
    for (let place = 0; place < this.comparators.length; place++) {
      into[offset + place] = this.comparators[place]!.compare(a, b);
    }
    for (const { first, second, firstToSecond, secondToFirst } of this.#swaps) {
      const one = levelOf(into[offset + first]!);
      const other = levelOf(into[offset + second]!);
      if (one === MISSING || other === MISSING || one > WORD.unlike || other > WORD.unlike) continue;
      const there = firstToSecond.compare(a, b);
      const back = secondToFirst.compare(a, b);
      if (levelOf(there) < WORD.slip || levelOf(back) < WORD.slip) continue;
      into[offset + first] = (there & ~15) | WORD.slip;
      into[offset + second] = (back & ~15) | WORD.slip;
    }
  }

  #findSwaps(records: Records, profiles: readonly FieldProfile[]): Swap[] {
    const swaps: Swap[] = [];
    for (const [first, a] of this.comparators.entries()) {
      for (const [second, b] of this.comparators.entries()) {
        const [x, y] = [a.columns[0]!, b.columns[0]!];
        if (second <= first || profiles[x]?.kind !== 'word' || profiles[y]?.kind !== 'word') continue;
        if (!shareValues(records.columns[x]!, records.columns[y]!)) continue;
        const firstToSecond = new WordComparator(records, x, y);
        const secondToFirst = new WordComparator(records, y, x);
        swaps.push({ first, second, firstToSecond, secondToFirst });
      }
    }
    return swaps;
  }
}

function comparatorsOf(
  records: Records,
  place: number,
  { kind, initialsShare, modelShare, numberShare }: FieldProfile,
  likeness: WordLikeness,
  { isModel, isNumber }: ReturnType<typeof wordKinds>,
): Comparator[] {
  const column = records.columns[place]!;
  switch (kind) {
    case 'word':
      return [new WordComparator(records, place)];
    case 'code':
      return [new CodeComparator(records, place, modelShare >= MODELS ? 'model' : 'code')];
    case 'phone':
      return [new CodeComparator(records, place, 'phone')];
    case 'date':
      return [new DateComparator(records, place)];
    case 'year':
      return [new NumberComparator(records, place, true)];
    case 'number':
      return [new NumberComparator(records, place, false)];
    case 'text': {
      const models = modelShare >= MANY ? rareModels(column, records.vocabulary.size, isModel) : null;
      const numbers = numberShare >= MANY ? isNumber : null;
      // What is compared by itself is left out of the words, or it would count twice.
      const plain = wordListsOf(records, column, (word) => models?.[word] !== 1 && numbers?.[word] !== 1);
      const comparators: Comparator[] = [new TextComparator(records, place, plain, likeness, initialsShare > 0.03)];
      if (models) {
        const lists = wordListsOf(records, column, (word) => models[word] === 1);
        comparators.push(new NumbersComparator(records, place, lists, 'model'));
      }
      if (numbers) {
        const lists = wordListsOf(records, column, (word) => numbers[word] === 1);
        comparators.push(new NumbersComparator(records, place, lists, 'numbers'));
      }
      return comparators;
    }
  }
}

/** By word of the vocabulary: whether it is a model number, and whether it is a number. */
function wordKinds({ vocabulary }: Records): { isModel: Uint8Array; isNumber: Uint8Array } {
  const models = new Uint8Array(vocabulary.size);
  const numbers = new Uint8Array(vocabulary.size);
  for (let word = 0; word < vocabulary.size; word++) {
    const code = vocabulary.codes[vocabulary.startOf(word)] ?? 0;
    if (code > 57 && vocabulary.lengthOf(word) < 4) continue;
    const text = vocabulary.textOf(word);
    if (isModelNumber(text)) models[word] = 1;
    else if (isNumber(text)) numbers[word] = 1;
  }
  return { isModel: models, isNumber: numbers };
}

/** Whether values of the one field are often values of the other: then a person may have written one into the other. */
function shareValues(a: Column, b: Column): boolean {
  // Values are chosen by what they say: chosen by their numbers, the order of the rows would decide.
  const step = Math.ceil(Math.max(a.texts.size, b.texts.size) / VALUES_LOOKED_AT);
  const [one, other] = [chosenTexts(a, step), chosenTexts(b, step)];
  const [few, many] = one.size <= other.size ? [one, other] : [other, one];
  let shared = 0;
  for (const text of few) if (many.has(text)) shared++;
  const looked = few.size;
  return looked > 0 && shared / looked >= SHARED_VALUES;
}

function chosenTexts({ texts }: Column, step: number): Set<string> {
  const chosen = new Set<string>();
  for (let value = 0; value < texts.size; value++) {
    if (spread(texts.hashOf(value)) % step === 0) chosen.add(texts.textOf(value));
  }
  return chosen;
}
