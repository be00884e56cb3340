import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Observation } from '../../contract/analysis.ts';
import { DEFAULT_POSTER_OPTIONS, type ElementKind, type PosterElement } from '../../contract/poster.ts';
import type { Box } from '../../contract/show.ts';
import { checkedOptions } from '../options.ts';
import { posterFromReply, type PosterReading } from './from-reply.ts';
import { postersAnalysis } from './index.ts';
import { judged, mergePosters } from './merge-posters.ts';
import { replySchema } from './reply-schema.ts';
import { posterReport } from './report.ts';

function element(kind: ElementKind, box: Box | null, more: Partial<PosterElement> = {}): PosterElement {
  return { kind, text: null, box, placedBy: 'model', confidence: 0.9, ...more };
}

function seen(name: string, elements: PosterElement[]): Observation<PosterReading> {
  const reading: PosterReading = { aspect: 0.6667, judged: 'all', isTextRead: true, elements };
  return { imageId: `img_${name}`, image: `${name}.jpg`, index: 0, reading };
}

describe('a reply', () => {
  it('has boxes by named edges or as box_2d, and kinds by whatever they are called', () => {
    const reply = replySchema.parse({
      elements: [
        { kind: 'title', text: 'The  Last\nFerry', left: 100, top: 700, right: 900, bottom: 800, confidence: 0.95 },
        { kind: 'Age rating', text: 'PG-13', box_2d: [900, 800, 950, 900] },
        { kind: 'billing block', box_2d: null },
        { kind: 'something else' },
      ],
    });
    const [reading] = posterFromReply(reply, { width: 400, height: 600 });
    expect(reading).toMatchObject({ aspect: 0.6667, judged: 'all', isTextRead: false });
    expect(reading?.elements.map(({ kind, text }) => [kind, text])).toEqual([
      ['title', 'The Last Ferry'],
      ['ratingMark', 'PG-13'],
      ['credits', null],
      ['text', null],
    ]);
    const [title, rating, credits] = reading?.elements ?? [];
    for (const [at, edge] of [0.1, 0.7, 0.8, 0.1].entries()) expect(title?.box?.[at]).toBeCloseTo(edge, 9);
    for (const [at, edge] of [0.8, 0.9, 0.1, 0.05].entries()) expect(rating?.box?.[at]).toBeCloseTo(edge, 9);
    expect(credits?.box).toBeNull();
  });

  it('without an element is a poster all the same', () => {
    expect(posterFromReply(replySchema.parse({ elements: null }), null)).toEqual([
      { aspect: null, judged: 'all', isTextRead: false, elements: [] },
    ]);
  });
});

describe('judging', () => {
  it('says what lies in which zone, by how much, why that is wrong and what to do', () => {
    const elements = [
      element('title', [0.1, 0.85, 0.8, 0.1], { text: 'The Last Ferry' }),
      element('face', [0.85, 0.1, 0.1, 0.1]),
      element('text', [0.1, 0.93, 0.2, 0.02], { text: 'only in cinemas' }),
      element('logo', [0.0, 0.0, 0.1, 0.1], { confidence: 0.2 }),
    ];
    const { zones, violations, compliant } = judged(elements, DEFAULT_POSTER_OPTIONS);
    expect(compliant).toBe(false);
    expect(zones.map(({ name, overlaps, compliant: ok }) => [name, overlaps, ok])).toEqual([
      // Too unsure to be judged, and said all the same.
      ['corner-badge', [{ element: 3, share: 1 }], true],
      ['top-ten', [{ element: 1, share: 0.5 }], false],
      [
        'bottom-bar',
        [
          { element: 2, share: 1 },
          { element: 0, share: 0.3 },
        ],
        false,
      ],
    ]);
    expect(violations.map(({ why, suggestion }) => `${why} ${suggestion}`)).toEqual([
      '“top-ten” covers 50 % of the face. Move the picture so that the face comes down by 5 % of the height.',
      '“bottom-bar” covers 30 % of the title “The Last Ferry”. Move the title “The Last Ferry” up by 3 % of the height.',
    ]);
  });

  it('goes by the thresholds of the options', () => {
    const elements = [element('title', [0.1, 0.85, 0.8, 0.1])];
    expect(judged(elements, { ...DEFAULT_POSTER_OPTIONS, minOverlap: 0.4 }).compliant).toBe(true);
    expect(judged(elements, { ...DEFAULT_POSTER_OPTIONS, keepClear: ['face'] }).compliant).toBe(true);
    expect(judged(elements, { ...DEFAULT_POSTER_OPTIONS, minConfidence: 0.95 }).compliant).toBe(true);
  });

  it('leaves out what has no place, and says so', () => {
    const [record] = mergePosters([seen('a', [element('title', null, { text: 'Nowhere' })])], {});
    expect(record).toMatchObject({ compliant: true, violations: [] });
    expect(record?.remarks).toEqual(['Not judged, since nobody could say where it is: the title “Nowhere”.']);
  });

  it('is the same whatever the order of arrival, and one record for each poster', () => {
    const all = [1, 2, 10].map((number) => seen(`poster-${number}`, [element('face', [0.8, 0.05, 0.1, 0.1 / number])]));
    const inOrder = mergePosters(all, {});
    expect(inOrder.map(({ image }) => image)).toEqual(['poster-1.jpg', 'poster-2.jpg', 'poster-10.jpg']);
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
        expect(mergePosters(shuffled, {})).toEqual(inOrder);
      }),
    );
  });
});

describe('options', () => {
  it('have defaults, and are taken again as they were given', () => {
    expect(checkedOptions('posters', undefined)).toEqual({ options: DEFAULT_POSTER_OPTIONS });
    const wish = { zones: ['safe-margin', { name: ' logo ', box: [0.4, 0, 0.2, 0.1] }], minOverlap: 0.1 };
    const { options } = checkedOptions('posters', wish);
    expect(options).toMatchObject({ zones: ['safe-margin', { name: 'logo', box: [0.4, 0, 0.2, 0.1] }] });
    expect(checkedOptions('posters', options)).toEqual({ options });
  });

  it.each([
    ['text', /options: must be an object/],
    [{ zones: [] }, /options\.zones: .*at least one/],
    [{ zones: ['side-bar'] }, /options\.zones\.0: must be a preset \(corner-badge, /],
    [{ zones: [{ name: 'a', box: [0.5, 0, 0.6, 0.1] }] }, /options\.zones\.0.*within/],
    [{ zones: ['top-ten', 'top-ten'] }, /two zones of one name/],
    [{ zones: Array.from({ length: 21 }, (_, at) => ({ name: `z${at}`, box: [0, 0, 1, 1] })) }, /at most 20/],
    [{ minOverlap: 5 }, /options\.minOverlap: must be at most 1/],
    [{ keepClear: ['titles'] }, /options\.keepClear\.0: must be one of title/],
    [{ colour: 'red' }, /options: .*colour/],
  ])('%j are refused in words', (given, words) => {
    expect(() => checkedOptions('posters', given)).toThrow(words);
  });

  it('are refused where the analysis takes none, and never reach the model', () => {
    expect(() => checkedOptions('shows', {})).toThrow('The analysis "shows" takes no options.');
    expect(checkedOptions('styles', undefined)).toEqual({});
    const context = { timezone: null, city: null, state: null, notes: null, startedAt: '2026-01-01T00:00:00Z' };
    const options = { zones: ['safe-margin'] };
    expect(postersAnalysis.prompt({ ...context, options })).toBe(postersAnalysis.prompt(context));
  });
});

describe('the report', () => {
  it('has totals, a table and every poster with its zones; all text is escaped, and there is no script', async () => {
    const name = '<script>alert("x")</script>';
    const title = element('title', [0.1, 0.9, 0.8, 0.08], { text: '"><img src=x onerror=alert(1)>' });
    const records = mergePosters([seen(name, [title]), seen('fine', [])], {});
    const jpeg = new Uint8Array([1, 2, 3]);
    const html = await posterReport({
      records,
      picture: (imageId) => Promise.resolve(imageId === 'img_fine' ? { jpeg, width: 320, height: 480 } : null),
    });
    expect(html).not.toMatch(/<script|<img|onerror=alert\(1\)>/);
    expect(html).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;');
    expect(html).toContain('data:image/jpeg;base64,AQID');
    expect(html.match(/<section/g)).toHaveLength(2);
    expect(html.match(/class="bad"/g)).toHaveLength(1);
    expect(html).toContain('<dt>Not compliant</dt><dd>1</dd>');
  });
});
