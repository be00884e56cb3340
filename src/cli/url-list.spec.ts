import { describe, expect, it } from '@jest/globals';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { isUrl, urlsOf } from './url-list.ts';

const A = 'https://cdn.example/a.jpg';
const B = 'http://cdn.example/b.jpg?w=300&h=400#top';

describe('urlsOf', () => {
  it.each([
    ['a column called url', 'x.csv', `title,url\nAlpha,${A}\nBeta,${B}\n`],
    ['whatever its case, with semicolons', 'x.CSV', `Title;Poster URL\r\nAlpha;${A}\r\nBeta;${B}\r\n`],
    [
      'the likelier name before the other',
      'x.csv',
      `image,url\nhttp://other.example/,${A}\nhttp://other.example/2,${B}\n`,
    ],
    ['not one of that name without addresses', 'x.csv', `image\tpage\na.jpg\t${A}\nb.jpg\t${B}\n`],
    ['the first column with addresses', 'x.csv', `title,where,also\nAlpha,${A},http://x/\nBeta,${B},http://x/\n`],
    ['no header at all', 'x.csv', `Alpha,${A}\nBeta,${B}\n`],
    ['one column', 'x.csv', `${A}\n${B}\n`],
    ['a byte order mark, quotes and gaps', 'x.csv', `\ufeff"url","title"\n"${A}","x, y"\n,\n"${B}",\n`],
    ['a JSON list of texts', 'x.json', JSON.stringify([A, B, A])],
    [
      'of objects',
      'x.json',
      JSON.stringify([
        { title: 'Alpha', poster: A },
        { poster: B, title: 'Beta' },
      ]),
    ],
    [
      'of objects with a field of our own',
      'x.json',
      JSON.stringify([
        { id: 1, cover: A },
        { id: 2, cover: B },
      ]),
    ],
    ['inside an object', 'x.json', JSON.stringify({ count: 2, posters: [A, B] })],
    ['lines', 'x.txt', `# posters\n\n${A}   # the first\r\n  ${B}\n${A}\n#${A}2\n`],
  ])('finds the addresses: %s', (_name, file, text) => expect(urlsOf(file, text)).toEqual([A, B]));

  it('keeps what is no address where one should be: it fails by its name', () => {
    expect(urlsOf('x.csv', `url\n${A}\nposter.jpg\nftp://x/\n`)).toEqual([A, 'poster.jpg', 'ftp://x/']);
    expect(urlsOf('x.txt', `${A}\nposter.jpg\n`)).toEqual([A, 'poster.jpg']);
  });

  it.each([
    ['x.txt', 'just words\n'],
    ['x.csv', 'title,year\nAlpha,1999\n'],
    ['x.csv', ''],
    ['x.json', '[]'],
    ['x.json', '"https://cdn.example/a.jpg"'],
    ['x.json', '[1, null, {"a": {"url": 1}}]'],
    ['x.json', '[not json'],
    ['x.csv', `url\n"${A}`],
  ])('says in words that there is none: %s %j', (file, text) => {
    expect(() => urlsOf(file, text)).toThrow(expect.objectContaining({ code: 'request.invalid' }));
  });

  const url = fc.webUrl({ withQueryParameters: true, withFragments: true });
  const urls = fc.uniqueArray(url, { minLength: 1, maxLength: 30 });
  const cell = fc.string({ unit: 'grapheme' }).filter((text) => !isUrl(text) && !/[\r\0]/.test(text));

  it('gives back what was written, in order, in every format', () => {
    const cases = fc.property(urls, fc.array(cell, { minLength: 30, maxLength: 30 }), (list, titles) => {
      const rows = list.map((each, place) => ({ title: titles[place], url: each }));
      expect(urlsOf('x.json', JSON.stringify(list))).toEqual(list);
      expect(urlsOf('x.json', JSON.stringify(rows))).toEqual(list);
      expect(urlsOf('x.txt', list.join('\n'))).toEqual(list);
      expect(urlsOf('x.csv', stringify(rows, { header: true }))).toEqual(list);
    });
    fc.assert(cases, { numRuns: 200 });
  });

  it('any text at all gives a list of addresses or words', () => {
    const endings = fc.constantFrom('.csv', '.json', '.txt');
    const cases = fc.property(
      endings,
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.jsonValue(),
      (ending, text, json) => {
        for (const content of [text, JSON.stringify(json), `http://a.example/\n${text}`]) {
          try {
            const listed = urlsOf(`x${ending}`, content);
            expect(listed.some(isUrl)).toBe(true);
            expect(new Set(listed).size).toBe(listed.length);
          } catch (error) {
            expect(error).toMatchObject({ code: 'request.invalid' });
          }
        }
      },
    );
    fc.assert(cases, { numRuns: 500 });
  });
});
