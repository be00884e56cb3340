import { datePhraseAt, type DatePhrase } from './date-phrases.ts';
import { dayPhraseAt, type DayPhrase } from './day-phrases.ts';
import { isDecoyTime } from './decoys.ts';
import { timePhraseAt, type TimePhrase } from './time-phrases.ts';
import { tokenize, type Token } from './tokens.ts';

/** Words that call a night off: `CANCELLED`, `no karaoke this week`. */
export interface CancelPhrase {
  kind: 'cancelled';
  start: number;
  end: number;
}

export type SchedulePhrase = DayPhrase | DatePhrase | CancelPhrase | (TimePhrase & { decoy: boolean });

const CANCELLED =
  /\bcancell?ed\b|\bcancelado\b|\bpostponed\b|\bno karaoke\b(?!\s+(?:experience|talent|skill))|\bcalled off\b|\bwill not be (?:having|doing|hosting)\b[^.]{0,20}karaoke|\b(?:not|won't be|wont be) (?:having|doing) karaoke|\bno (?:hay|habra|habrá) karaoke\b|\bkaraoke is off\b|\bon hiatus\b/gi;

/**
 * What a text says of when, in the order of the text and without overlaps. Offsets are into `text`.
 *
 * A time that is for something else (doors, happy hour, specials) has `decoy` set; a time of two bare numbers has `bare`.
 */
export function findPhrases(text: string): SchedulePhrase[] {
  const tokens = tokenize(text);
  const phrases: SchedulePhrase[] = [];
  for (let index = 0; index < tokens.length;) {
    const found = phraseAt(tokens, index, text);
    if (found === null) index += 1;
    else {
      phrases.push(found.phrase);
      index = found.next;
    }
  }
  for (const { index, 0: words } of text.matchAll(CANCELLED))
    phrases.push({ kind: 'cancelled', start: index, end: index + words.length });
  return phrases.sort((left, right) => left.start - right.start);
}

function phraseAt(
  tokens: readonly Token[],
  index: number,
  text: string,
): { phrase: SchedulePhrase; next: number } | null {
  const days = dayPhraseAt(tokens, index);
  if (days !== null) return days;
  const date = datePhraseAt(tokens, index);
  if (date !== null) return date;
  const time = timePhraseAt(tokens, index);
  if (time === null) return null;
  const { start, end } = time.phrase;
  return {
    phrase: { ...time.phrase, decoy: isDecoyTime(text, start, end, time.phrase.startTime === null) },
    next: time.next,
  };
}
