import type { Conflict } from '../contract/show.ts';
import { addressForm, compareAddresses } from './address-form.ts';
import { hostWords } from './host-identity.ts';
import { compareNames, foldText, nameForm, placeWords } from './name-form.ts';
import { phoneKey, siteKey } from './venue-form.ts';

/** What one image says of one field. */
export interface Statement {
  value: string;
  imageId: string;
  confidence: number;
  /** False where the value was looked for in the image and is nowhere: it counts for less. */
  grounded?: boolean;
}

/** What all images say of one field: the value kept, and the disagreement where there is one. */
export interface Choice {
  value: string | null;
  conflict: Conflict['values'] | null;
}

/** `equal`: two forms of one value; `part`: the first says the same in fewer words; `other`: a disagreement. */
type Comparison = 'equal' | 'part' | 'other';
type Compare = (shorter: string, longer: string) => Comparison;

const exactly: Compare = (a, b) => (a === b ? 'equal' : 'other');

function byWords(wordsOf: (text: string) => string[]): Compare {
  return (shorter, longer) => {
    const [few, many] = [wordsOf(shorter), wordsOf(longer)];
    if (few.join('') === many.join('')) return 'equal';
    return few.every((word) => many.includes(word)) ? 'part' : 'other';
  };
}

const byFoldedWords = byWords((text) => foldText(text).split(' '));

const compareVenueNames: Compare = (a, b) => {
  const [formA, formB] = [nameForm(a), nameForm(b)];
  if (formA.whole === formB.whole) return 'equal';
  if (compareNames(formA, formB, new Set()) === 'exact') return 'part';
  const isPart =
    formA.core.every((word) => formB.core.includes(word)) && formA.numbers.every((n) => formB.numbers.includes(n));
  return isPart ? 'part' : 'other';
};

const compareStreets: Compare = (a, b) => {
  const [formA, formB] = [addressForm(a), addressForm(b)];
  if (formA === null || formB === null || formA.street !== formB.street) return byFoldedWords(a, b);
  if (formA.unit !== formB.unit && formA.unit !== '' && formB.unit !== '') return 'other';
  if (formA.direction !== formB.direction && formA.direction !== '' && formB.direction !== '') return 'other';
  if (formA.number !== null && formB.number !== null && compareAddresses(formA, formB) !== 'same') return 'other';
  const isEqual = formA.unit === formB.unit && formA.number === formB.number;
  return isEqual ? 'equal' : formB.number === null || (formB.unit === '' && formA.unit !== '') ? 'other' : 'part';
};

function byKey(keyOf: (text: string) => string | null): Compare {
  return (a, b) => ((keyOf(a) ?? a) === (keyOf(b) ?? b) ? 'equal' : 'other');
}

const COMPARE: Readonly<Record<string, Compare>> = {
  name: byFoldedWords,
  'venue.name': compareVenueNames,
  'venue.address': compareStreets,
  'venue.city': byWords((text) => placeWords(text)),
  'venue.postcode': (a, b) => (a === b ? 'equal' : b.startsWith(a) ? 'part' : 'other'),
  'venue.country': byFoldedWords,
  'venue.phone': byKey(phoneKey),
  'venue.website': byKey(siteKey),
  'host.name': byWords(hostWords),
  'host.company': byWords(hostWords),
};

/** Whether a text says the same as another one, in other or in fewer words: what is no news beside it. */
export function isFormOf(field: string, text: string, known: string): boolean {
  return text === known || (COMPARE[field] ?? exactly)(text, known) !== 'other';
}

interface Form {
  value: string;
  imageIds: Set<string>;
  /** Of these images, those where the value is printed, as far as anybody looked. */
  printedIn: Set<string>;
  confidence: number;
}

interface ValueClass {
  head: Form;
  forms: Form[];
  imageIds: Set<string>;
  printedIn: Set<string>;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function formsOf(statements: readonly Statement[]): Form[] {
  const forms = new Map<string, Form>();
  for (const { value, imageId, confidence, grounded } of statements) {
    const form = forms.get(value) ?? { value, imageIds: new Set(), printedIn: new Set(), confidence };
    form.imageIds.add(imageId);
    if (grounded !== false) form.printedIn.add(imageId);
    form.confidence = Math.max(form.confidence, confidence);
    forms.set(value, form);
  }
  return [...forms.values()].sort((a, b) => b.value.length - a.value.length || compareText(a.value, b.value));
}

/** Puts each form, the fullest first, with the best supported fuller form that it repeats. */
function classesOf(forms: readonly Form[], compare: Compare): ValueClass[] {
  const classes: ValueClass[] = [];
  for (const form of forms) {
    const homes = classes.filter(
      ({ head }) => compare(form.value, head.value) !== 'other' || compare(head.value, form.value) === 'equal',
    );
    const home = homes.sort((a, b) => b.head.imageIds.size - a.head.imageIds.size)[0];
    if (home === undefined) {
      const { imageIds, printedIn } = form;
      classes.push({ head: form, forms: [form], imageIds: new Set(imageIds), printedIn: new Set(printedIn) });
    } else {
      home.forms.push(form);
      for (const imageId of form.imageIds) home.imageIds.add(imageId);
      for (const imageId of form.printedIn) home.printedIn.add(imageId);
    }
  }
  return classes;
}

/** Within a class a fuller form also has the support of the shorter ones that it contains. */
function bestForm({ forms }: ValueClass, compare: Compare): Form {
  const ranked = forms.map((form) => {
    const behind = forms.filter((other) => other === form || compare(other.value, form.value) !== 'other');
    const imageIds = new Set(behind.flatMap((other) => [...other.imageIds]));
    const printedIn = new Set(behind.flatMap((other) => [...other.printedIn]));
    return { form, support: supportOf({ imageIds, printedIn }) };
  });
  ranked.sort((a, b) => b.support - a.support || compareForms(a.form, b.form));
  return ranked[0]?.form ?? { value: '', imageIds: new Set(), printedIn: new Set(), confidence: 0 };
}

/** An image in which the value is nowhere printed is not nothing, since reading its text can fail; but one that is wins. */
const UNPRINTED = 0.4;

function supportOf({ imageIds, printedIn }: Pick<Form, 'imageIds' | 'printedIn'>): number {
  return printedIn.size + UNPRINTED * (imageIds.size - printedIn.size);
}

/** More support, then more complete, then higher confidence, then a total order. */
function compareForms(a: Form, b: Form): number {
  return (
    supportOf(b) - supportOf(a) ||
    b.value.length - a.value.length ||
    b.confidence - a.confidence ||
    compareText(a.value, b.value)
  );
}

/** Whether two texts state one value of a field, in full or in part. */
export function isSameValue(field: string, a: string, b: string): boolean {
  const compare = COMPARE[field] ?? exactly;
  return compare(a, b) !== 'other' || compare(b, a) !== 'other';
}

/**
 * Chooses the value of a field: the one that most images support (forms of one value count together, an image in which it is nowhere
 * printed counts for less), then the more complete, then the more confident, then the first in code-unit order.
 *
 * @param field path of the field, which decides when two texts are forms of one value
 */
export function chooseValue(field: string, statements: readonly Statement[]): Choice {
  const compare = COMPARE[field] ?? exactly;
  const ranked = classesOf(formsOf(statements), compare)
    .map((valueClass) => {
      const best = bestForm(valueClass, compare);
      const confidence = Math.max(...valueClass.forms.map((form) => form.confidence));
      return { value: best.value, imageIds: valueClass.imageIds, printedIn: valueClass.printedIn, confidence };
    })
    .sort(compareForms);
  const conflict = ranked.map(({ value, imageIds }) => ({ value, imageIds: [...imageIds].sort() }));
  return { value: ranked[0]?.value ?? null, conflict: conflict.length > 1 ? conflict : null };
}
