import { Random } from '../../samples/random.ts';
import type { MadeRow, MadeSet } from './made-set.ts';
import { byFrequency, slip } from './slips.ts';
import { GIVEN_NAMES, PAPER_VENUES, SURNAMES, TITLE_STARTS, TITLE_WORDS } from './word-stock.ts';

interface Author {
  given: string;
  middle: string;
  surname: string;
}

interface Paper {
  title: string;
  authors: Author[];
  venue: number;
  year: number;
}

/**
 * Papers in two catalogues. `acm`: as DBLP and ACM list them, each once, authors in full in another order, venues short and
 * long. `scholar`: as DBLP and Google Scholar: the second has most papers that the first does not, several times each, with
 * initials for names, titles cut or garbled, venues in many forms, years missing or wrong. Journal versions of conference papers
 * have the same title in another year.
 */
export function makeBibliography(seed: number, things: number, kind: 'acm' | 'scholar'): MadeSet {
  const random = new Random(seed);
  const authors = Array.from({ length: Math.max(40, things) }, () => newAuthor(random));
  const files: MadeRow[][] = [[], []];
  let thing = 0;
  let before: Paper | null = null;
  while (thing < things) {
    const paper = newPaper(random, authors);
    if (before !== null && random.chance(0.03)) extendedVersion(paper, before, random);
    before = paper;
    const isFirst = kind === 'acm' ? random.chance(0.95) : random.chance(0.3);
    if (isFirst) files[0]!.push({ thing, cells: inFull(paper, random) });
    if (kind === 'acm') {
      if (!isFirst || random.chance(0.9)) files[1]!.push({ thing, cells: inFull(paper, random, true) });
    } else {
      const copies = isFirst && random.chance(0.08) ? 0 : random.chance(0.55) ? 1 : random.int(2, 4);
      for (let made = 0; made < copies; made++) files[1]!.push({ thing, cells: garbled(paper, random) });
    }
    thing++;
  }
  return {
    columns: ['title', 'authors', 'venue', 'year'],
    by: ['title', 'authors', 'venue', 'year'],
    files: files.map((rows) => random.shuffled(rows)),
    acrossOnly: true,
  };
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

function newAuthor(random: Random): Author {
  const middle = random.chance(0.35) ? capital(byFrequency(GIVEN_NAMES, random)) : '';
  return { given: capital(random.pick(GIVEN_NAMES)), middle, surname: capital(random.pick(SURNAMES)) };
}

function newPaper(random: Random, authors: readonly Author[]): Paper {
  const length = random.int(2, 7);
  const words = Array.from({ length }, () => byFrequency(TITLE_WORDS, random));
  if (length > 3 && random.chance(0.6)) words.splice(-2, 0, random.pick(['for', 'in', 'of', 'with', 'over', 'and']));
  const title = [random.pick(TITLE_STARTS), ...words]
    .filter((word) => word !== '')
    .map(capital)
    .join(' ');
  return {
    title: random.chance(0.02)
      ? random.pick(['Guest Editorial', 'Foreword', "Editor's Notes", 'Reminiscences on Influential Papers'])
      : title,
    authors: Array.from({ length: random.int(1, 5) }, () => random.pick(authors)),
    venue: random.int(0, PAPER_VENUES.length - 1),
    year: random.int(1994, 2003),
  };
}

function extendedVersion(paper: Paper, before: Paper, random: Random): void {
  paper.title = before.title;
  if (random.chance(0.7)) paper.authors = before.authors;
  paper.year = before.year + random.int(1, 2);
  paper.venue = (before.venue + random.int(1, 3)) % PAPER_VENUES.length;
}

function inFull({ title, authors, venue, year }: Paper, random: Random, isOther = false): string[] {
  const forms = PAPER_VENUES[venue]!;
  const names = authors.map(({ given, middle, surname }) => {
    const second = middle === '' ? '' : random.chance(0.5) ? `${middle.charAt(0)}.` : isOther ? '' : middle;
    return [given, second, surname].filter(Boolean).join(' ');
  });
  const ordered = isOther && random.chance(0.3) ? random.shuffled(names) : names;
  const written = random.chance(0.04) ? slip(title, random) : title;
  return [
    isOther && random.chance(0.3) ? written.toLowerCase() : written,
    ordered.join(', '),
    isOther ? forms[1]! : forms[0]!,
    String(year),
  ];
}

function garbled({ title, authors, venue, year }: Paper, random: Random): string[] {
  let written = random.chance(0.5) ? title.toLowerCase() : title;
  if (random.chance(0.12)) written = slip(slip(written, random), random);
  if (random.chance(0.08))
    written = written
      .split(' ')
      .slice(0, Math.max(2, random.int(3, 8)))
      .join(' ');
  if (random.chance(0.05))
    written = `${written} ${random.pick(['(extended abstract)', '- a technical report', 'vol. 28', '...'])}`;
  if (random.chance(0.04)) written = `${authors[0]!.surname}. ${written}`;
  const names = authors.map(({ given, middle, surname }) => {
    const initials = given.charAt(0) + middle.charAt(0);
    return random.chance(0.9) ? `${initials} ${surname}` : `${surname}, ${given.charAt(0)}.`;
  });
  const shown = random.chance(0.1) ? names.slice(0, 2) : names;
  const listed = random.chance(0.05) ? [...shown, '...'] : shown;
  const form = random.chance(0.25) ? '' : random.pick(PAPER_VENUES[venue]!);
  const isYearKnown = random.chance(0.55);
  const shownYear = random.chance(0.08) ? year + random.int(-1, 1) : year;
  return [
    written,
    listed.join(', '),
    random.chance(0.1) ? slip(form, random) : form,
    isYearKnown ? String(shownYear) : '',
  ];
}
