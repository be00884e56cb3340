/** A line as read. */
export interface DecodedLine {
  text: string;
  /** For each character of the text, how sure the model is of it, 0..1; 1 for a space. */
  probabilities: number[];
  /** 0..1: mean probability of the characters as the model gave them; 0 where there are none. */
  confidence: number;
}

const BLANK = 0;
/**
 * The model was trained mostly on Chinese and under-states spaces: where its probability of a space between two
 * characters rises to this, there is one. Worth ten points of word recall.
 */
const SPACE_THRESHOLD = 0.018;

/**
 * Turns the recogniser's answer into text: at each step the likeliest class, where a class repeated without a blank
 * between is one character ("connectionist temporal classification").
 *
 * @param rows one row of `classes.length` probabilities after the other, one for each step along the line
 * @param classes the characters; the blank comes first, the space last
 * @returns text with single spaces, none at its ends
 */
export function decodeCtc(rows: Float32Array, classes: readonly string[]): DecodedLine {
  const space = classes.length - 1;
  const characters: string[] = [];
  const probabilities: number[] = [];
  let sum = 0;
  let count = 0;
  let previous = BLANK;
  let spaceProbability = 0;
  for (let row = 0; row + space < rows.length; row += classes.length) {
    const best = likeliest(rows, row, classes.length);
    const probability = rows[row + best] ?? 0;
    spaceProbability = Math.max(spaceProbability, rows[row + space] ?? 0);
    if (best !== BLANK) {
      if (best !== previous) {
        if (best === space || spaceProbability > SPACE_THRESHOLD) addSpace(characters, probabilities);
        if (best !== space) {
          characters.push(classes[best] ?? '');
          probabilities.push(probability);
        }
        sum += probability;
        count++;
      }
      spaceProbability = 0;
    }
    previous = best;
  }
  if (characters.at(-1) === ' ') {
    characters.pop();
    probabilities.pop();
  }
  return { text: characters.join(''), probabilities, confidence: count > 0 ? sum / count : 0 };
}

function addSpace(characters: string[], probabilities: number[]): void {
  if (characters.length === 0 || characters.at(-1) === ' ') return;
  characters.push(' ');
  probabilities.push(1);
}

function likeliest(rows: Float32Array, row: number, classCount: number): number {
  let best = 0;
  let highest = rows[row] ?? 0;
  for (let index = 1; index < classCount; index++) {
    const probability = rows[row + index] ?? 0;
    if (probability > highest) {
      highest = probability;
      best = index;
    }
  }
  return best;
}
