import { describe, expect, it } from '@jest/globals';
import type { PosterElement } from '../../contract/poster.ts';
import type { Box } from '../../contract/show.ts';
import type { PageText } from '../../contract/text-line.ts';
import type { PosterReading } from './from-reply.ts';
import { posterFromText, posterOnPrint } from './printed-elements.ts';

/** A poster of 1000 × 1500 pixels: title in two lines, a tagline, a date, credits in two lines, a rating mark. */
function poster(turns?: 1): PageText {
  const line = (text: string, box: Box) => ({ text, box, confidence: 0.95, angle: 0 });
  const lines = [
    line('THE LAST', [0.2, 0.6, 0.6, 0.07]),
    line('FERRY', [0.25, 0.68, 0.5, 0.07]),
    line('Some crossings have no way back', [0.3, 0.1, 0.4, 0.02]),
    line('IN CINEMAS MAY 5', [0.4, 0.85, 0.2, 0.02]),
    line('ACME PICTURES PRESENTS AN ORIEL FILM', [0.2, 0.94, 0.6, 0.012]),
    line('DIRECTED BY A. MOREL MUSIC BY B. SATO', [0.2, 0.955, 0.6, 0.012]),
    line('PG-13', [0.85, 0.95, 0.08, 0.02]),
    { ...line('~|', [0.5, 0.4, 0.1, 0.3]), confidence: 0.3 },
  ];
  return { width: 1_000, height: 1_500, lines, ...(turns && { turns }) };
}

const kinds = ({ elements }: PosterReading) => elements.map(({ kind, text }) => [kind, text]);
const rounded = (box: Box | null | undefined) => box?.map((edge) => Math.round(edge * 1_000) / 1_000);

describe('a poster by its print alone', () => {
  it('has its title by size, credits and rating mark by their words, and says that it is text alone', () => {
    const [reading] = posterFromText(poster());
    expect(reading).toMatchObject({ judged: 'text', isTextRead: true, aspect: 0.6667 });
    expect(kinds(reading!)).toEqual([
      ['ratingMark', 'PG-13'],
      ['credits', 'ACME PICTURES PRESENTS AN ORIEL FILM DIRECTED BY A. MOREL MUSIC BY B. SATO'],
      ['title', 'THE LAST FERRY'],
      ['text', 'Some crossings have no way back'],
      ['text', 'IN CINEMAS MAY 5'],
    ]);
    expect(rounded(reading?.elements[2]?.box)).toEqual([0.2, 0.6, 0.6, 0.15]);
  });

  it('without a word is a poster with nothing on it', () => {
    expect(posterFromText({ width: 100, height: 150, lines: [] })[0]?.elements).toEqual([]);
  });
});

describe('a reading held against the print', () => {
  const seen = (kind: PosterElement['kind'], text: string | null, box: Box | null): PosterElement => ({
    kind,
    text,
    box,
    placedBy: 'model',
    confidence: 0.9,
  });
  const reading = (...elements: PosterElement[]): PosterReading => ({
    aspect: null,
    judged: 'all',
    isTextRead: false,
    elements,
  });

  it('has the boxes of its words where they are printed; faces stay; what nobody named is text', () => {
    const face = seen('face', null, [0.4, 0.2, 0.2, 0.2]);
    const grounded = posterOnPrint(
      poster(),
      reading(
        seen('title', 'The Last Ferry', [0.15, 0.57, 0.7, 0.2]),
        face,
        seen('credits', 'Acme Pictures presents', [0.18, 0.935, 0.64, 0.04]),
        seen('ratingMark', 'PG-13', null),
      ),
    );
    expect(grounded).toMatchObject({ judged: 'all', isTextRead: true, aspect: 0.6667 });
    const [title, same, credits, rating, ...others] = grounded.elements;
    expect(title?.placedBy).toBe('print');
    expect(rounded(title?.box)).toEqual([0.2, 0.6, 0.6, 0.15]);
    expect(same).toEqual(face);
    expect(rounded(credits?.box)).toEqual([0.2, 0.94, 0.6, 0.027]);
    expect(rounded(rating?.box)).toEqual([0.85, 0.95, 0.08, 0.02]);
    expect(others.map(({ kind, text }) => [kind, text])).toEqual([
      ['text', 'Some crossings have no way back'],
      ['text', 'IN CINEMAS MAY 5'],
    ]);
  });

  it('finds the credits that a model forgot, and takes no other words for the title', () => {
    const grounded = posterOnPrint(poster(), reading(seen('title', 'Der letzte Walzer', [0.1, 0.3, 0.8, 0.1])));
    expect(rounded(grounded.elements[0]?.box)).toEqual([0.1, 0.3, 0.8, 0.1]);
    expect(grounded.elements[0]?.placedBy).toBe('model');
    expect(grounded.elements.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['credits', 'ratingMark']));
  });

  it('is on the image as people see it, where the page was turned for reading', () => {
    const page = poster(1);
    // The model saw it before the turn: right of the turned page is up there.
    const grounded = posterOnPrint(page, reading(seen('title', 'The Last Ferry', [0.25, 0.2, 0.15, 0.6])));
    expect(grounded.aspect).toBe(1.5);
    expect(grounded.elements[0]?.placedBy).toBe('print');
    expect(rounded(grounded.elements[0]?.box)).toEqual([0.25, 0.2, 0.15, 0.6]);
  });
});
