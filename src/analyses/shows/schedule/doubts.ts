/** What a text leaves open about its nights, in the words that say so. */
export interface DoubtPhrase {
  kind: 'doubt';
  start: number;
  end: number;
  /**
   * `biMonthly`: twice a month or every two months; `whichWeeks`: how often, but not on which (`twice a month`, `select Fridays`);
   * `holidays`: not on holidays, but not on which.
   */
  doubt: 'biMonthly' | 'whichWeeks' | 'holidays';
}

const DAY = String.raw`(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?)?`;
const DIA = String.raw`(?:lunes|martes|mi[ée]rcoles|jueves|viernes|s[áa]bados?|domingos?)`;
const TIMES = String.raw`(?:once|twice|[1-3]x|(?:one|two|three|[1-3])\s+(?:times?|${DAY}(?:\s+nights?)?))`;
const VECES = String.raw`(?:una\s+vez|(?:dos|tres|[23])\s+veces|(?:un|dos|tres|[1-3])\s+${DIA})`;
const NOT_ON = String.raw`(?:except(?:ing)?|excluding|but\s+not|not|closed|no\s+karaoke|excepto|menos|salvo)`;
const KIND_OF = String.raw`(?:on|for|during|the|major|all|most|national|federal|legal|bank|en|los|las?|d[ií]as?)\s+`;

const DOUBTS: readonly (readonly [DoubtPhrase['doubt'], RegExp])[] = [
  ['biMonthly', /\bbi[-\s]?monthly\b|\bbimensual(?:es|mente)?\b/gi],
  [
    'whichWeeks',
    new RegExp(
      String.raw`\b${TIMES}\s+(?:a|per|each|every)\s+month\b|\b${VECES}\s+al\s+mes\b|(?<!bi[-\s]?)\bmonthly(?=\s+(?:on\s+)?${DAY}\b)|(?<=\b${DAY}\s)monthly\b|\bquarterly\b|\b(?:select(?:ed)?|some|certain|various|algunos)\s+(?:${DAY}|${DIA})\b`,
      'gi',
    ),
  ],
  ['holidays', new RegExp(String.raw`\b${NOT_ON}\s+(?:${KIND_OF})*(?:holidays?|festivos?|feriados?)\b`, 'gi')],
];

/** The doubts that a text states, in its order. Offsets are into `text`. */
export function doubtsIn(text: string): DoubtPhrase[] {
  return DOUBTS.flatMap(([doubt, pattern]) =>
    [...text.matchAll(pattern)].map(({ index, 0: words }): DoubtPhrase => ({
      kind: 'doubt',
      start: index,
      end: index + words.length,
      doubt,
    })),
  ).sort((left, right) => left.start - right.start);
}

/** Whether the words say how often, in a way that no rule can be made of. */
export function hidesRule(doubts: readonly DoubtPhrase[]): boolean {
  return doubts.some(({ doubt }) => doubt !== 'holidays');
}
