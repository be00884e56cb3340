import { pastSequence } from './connectors.ts';
import type { Token } from './tokens.ts';
import type { YearlyDate } from './yearly-dates.ts';

const fixed = (month: number, day: number): YearlyDate => ({ kind: 'fixed', month, day });
const monday = (month: number, ordinal: number): YearlyDate => ({ kind: 'weekday', month, weekday: 'MO', ordinal });
const sunday = (month: number, ordinal: number): YearlyDate => ({ kind: 'weekday', month, weekday: 'SU', ordinal });

/** Holidays as flyers of the United States name them, by their words without accents and apostrophes. */
const HOLIDAYS: readonly (readonly [words: readonly string[], date: YearlyDate])[] = [
  [['new years day', 'new years', 'ano nuevo'], fixed(1, 1)],
  [['mlk day', 'martin luther king day'], monday(1, 3)],
  [['valentines day', 'valentines', 'san valentin'], fixed(2, 14)],
  [['presidents day'], monday(2, 3)],
  [['st patricks day', 'st . patricks day', 'st paddys day', 'saint patricks day'], fixed(3, 17)],
  [['easter', 'easter sunday', 'pascua', 'domingo de pascua'], { kind: 'easter' }],
  [['cinco de mayo'], fixed(5, 5)],
  [['mothers day'], sunday(5, 2)],
  [['memorial day', 'memorial day weekend'], monday(5, -1)],
  [['fathers day'], sunday(6, 3)],
  [['juneteenth'], fixed(6, 19)],
  [['canada day'], fixed(7, 1)],
  [['independence day', 'fourth of july'], fixed(7, 4)],
  [['labor day', 'labour day', 'labor day weekend'], monday(9, 1)],
  [['columbus day', 'indigenous peoples day'], monday(10, 2)],
  [['halloween'], fixed(10, 31)],
  [['dia de muertos', 'dia de los muertos'], fixed(11, 2)],
  [['veterans day'], fixed(11, 11)],
  [
    ['thanksgiving', 'thanksgiving day', 'accion de gracias', 'dia de accion de gracias'],
    { kind: 'weekday', month: 11, weekday: 'TH', ordinal: 4 },
  ],
  [['christmas eve', 'xmas eve', 'nochebuena'], fixed(12, 24)],
  [['christmas', 'christmas day', 'xmas', 'navidad'], fixed(12, 25)],
  [['boxing day'], fixed(12, 26)],
  [['new years eve', 'nye', 'nochevieja'], fixed(12, 31)],
];

/** The holiday whose name begins at a token, the longest name there is, with the index behind it. */
export function holidayAt(tokens: readonly Token[], index: number): { date: YearlyDate; next: number } | null {
  let best: { date: YearlyDate; next: number } | null = null;
  for (const [words, date] of HOLIDAYS) {
    const next = pastSequence(tokens, index, words);
    if (next !== null && (best === null || next > best.next)) best = { date, next };
  }
  return best;
}
