import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pageOf } from './page.fixture.ts';
import { PrintedPage } from './printed-page.ts';

function found(words: string, ...lines: Parameters<typeof pageOf>): string[] {
  return new PrintedPage(pageOf(...lines)).find(words).map(({ text }) => text);
}

describe('PrintedPage', () => {
  it.each([
    ['Rusty Anchor Tavern', 'KARAOKE AT THE RUSTY ANCHOR TAVERN TONIGHT', 'RUSTY ANCHOR TAVERN'],
    ['Rusty Anchor Tavern', 'Rusty Anch0r Tavem', 'Rusty Anch0r Tavem'],
    ['Rusty Anchor Tavern', 'RustyAnchor Tavern', 'RustyAnchor Tavern'],
    ['Captain & Quill', 'Captain and Quill', 'Captain and Quill'],
    ["O'Malley's", 'O’MALLEYS PUB', 'O’MALLEYS'],
    ['1420 North Main Street', '1420 N. Main St., Tampa', '1420 N. Main St'],
    ['(813) 555-0123', 'call 813.555.0123', '813.555.0123'],
    ['José', 'with JOSE', 'JOSE'],
    ['MI', 'Wyoming, MI 49509', 'MI'],
  ])('finds %s in "%s"', (words, line, printed) => {
    expect(found(words, [line, 100, 100])).toEqual([printed]);
  });

  it.each([
    ['Blue Barrel Ale House', 'The Black Badger'],
    // Another digit is another number.
    ['1420 Main St', '1421 Main St'],
    ['813-555-0123', '813-555-0128'],
    ['555-0123', '1555-01234'],
    ['Bar 9', 'Bar 91'],
    ['MI', 'Family night'],
    ['', 'anything'],
    ['—', 'anything'],
  ])('does not find %s in "%s"', (words, line) => {
    expect(found(words, [line, 100, 100])).toEqual([]);
  });

  it('says where in the line, by its characters', () => {
    const [place] = new PrintedPage(pageOf(['Tuesday at Zekes', 100, 200, 160])).find('Zekes');
    expect(place?.box[0]).toBeCloseTo(0.21, 5);
    expect(place?.box[2]).toBeCloseTo(0.05, 5);
    expect(place?.box[1]).toBeCloseTo(0.2, 5);
    expect(place?.likeness).toBe(1);
  });

  it('follows words into the next line of the same column, past the other column', () => {
    const page = pageOf(
      ['The Black Badger Bar', 100, 100],
      ['Captain Quills', 600, 102],
      ['and Grill', 100, 130],
      ['Seafood', 600, 132],
    );
    const [place] = new PrintedPage(page).find('Black Badger Bar & Grill');
    expect(place?.text).toBe('Black Badger Bar Grill');
    expect(place?.box[1]).toBeCloseTo(0.1, 5);
    expect((place?.box[1] ?? 0) + (place?.box[3] ?? 0)).toBeCloseTo(0.15, 5);
    expect(new PrintedPage(page).find('Quills Seafood').map(({ text }) => text)).toEqual(['Quills Seafood']);
    expect(new PrintedPage(page).find('Badger Bar Captain Quills Seafood House')).toEqual([]);
  });

  it('finds every line of any page again, inside the page', () => {
    const word = fc.stringMatching(/^[a-z]{3,9}$/);
    const line = fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(fc.uniqueArray(line, { minLength: 1, maxLength: 12 }), fc.nat(), (lines, pick) => {
        const page = pageOf(...lines.map((text, index) => [text, 50, 20 + index * 40] as const));
        const wanted = lines[pick % lines.length] ?? '';
        const places = new PrintedPage(page).find(wanted);
        expect(places[0]?.likeness).toBe(1);
        for (const { box, likeness } of places) {
          expect(likeness).toBeGreaterThan(0.6);
          expect(box.every((share) => share >= 0 && share <= 1)).toBe(true);
        }
      }),
    );
  });
});
