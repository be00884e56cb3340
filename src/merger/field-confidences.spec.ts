import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Observation } from '../contract/analysis.ts';
import type { EvidenceFields, ShowReading } from '../contract/show.ts';
import { mergeShows } from './merge-shows.ts';
import { readingOf, type Told } from './readings.fixture.ts';

interface Seen extends Told {
  /** Of the phone and the host. */
  grounded?: boolean;
  sure?: number;
}

const SHOW: Told = { venue: 'Rusty Anchor', city: 'Tampa', days: ['TU'], start: '21:00' };

/** One image each, that says this of phone and host. */
function seen(...images: Seen[]): Observation<ShowReading>[] {
  return images.map(({ grounded, sure, ...told }, index) => {
    const reading = readingOf({ ...SHOW, ...told });
    const judged = {
      ...(grounded === undefined ? {} : { grounded }),
      ...(sure === undefined ? {} : { confidence: sure }),
    };
    const phone: EvidenceFields =
      told.phone === undefined ? {} : { 'venue.phone': { text: told.phone, box: null, ...judged } };
    const host: EvidenceFields = told.host == null ? {} : { 'host.name': { text: told.host, box: null, ...judged } };
    const image = `${index}.png`;
    return { imageId: `img_${index}`, image, index: 0, reading: { ...reading, fields: { ...phone, ...host } } };
  });
}

function only(observations: Observation<ShowReading>[]) {
  const [show, ...others] = mergeShows(observations);
  if (!show || others.length > 0) throw new Error('one show was expected');
  return show;
}

const KNOWN = '813-555-0123';
const MADE_UP = '813-555-9999';

describe('how sure the fields of a merged show are', () => {
  it('grows with each image that says so, and falls with each that says otherwise', () => {
    const alone = only(seen({ host: 'KJ Ann', sure: 0.9 })).confidences?.['host.name'] ?? 0;
    const together = only(seen({ host: 'KJ Ann', sure: 0.9 }, { host: 'Ann', sure: 0.8 })).confidences?.['host.name'];
    const disputed = only(
      seen({ host: 'KJ Ann', sure: 0.9 }, { host: 'KJ Ann', sure: 0.9 }, { host: 'Bob Day', sure: 0.9 }),
    ).confidences?.['host.name'];
    expect(alone).toBeCloseTo(0.9, 3);
    expect(together).toBeGreaterThan(alone);
    expect(disputed).toBeLessThan(
      only(seen({ host: 'KJ Ann', sure: 0.9 }, { host: 'KJ Ann', sure: 0.9 })).confidences?.['host.name'] ?? 0,
    );
  });

  it('is never nothing, however sure others are of something else', () => {
    const printed = { phone: KNOWN, grounded: true, sure: 0.02 };
    const invented = { phone: MADE_UP, grounded: false, sure: 0.99 };
    const { venue, confidences } = only(seen(printed, invented, invented));
    expect(venue.phone).toContain('0123');
    expect(confidences?.['venue.phone']).toBe(0.005);
  });

  it('is said of no field that nobody judged', () => {
    expect(only(seen({ host: 'KJ Ann' })).confidences).toBeUndefined();
  });

  it('keeps what was said of each image in the evidence', () => {
    const { evidence } = only(
      seen({ phone: KNOWN, grounded: true, sure: 0.95 }, { phone: MADE_UP, grounded: false, sure: 0.1 }),
    );
    expect(evidence.map(({ fields }) => fields['venue.phone'])).toEqual([
      { text: KNOWN, box: null, grounded: true, confidence: 0.95 },
      { text: MADE_UP, box: null, grounded: false, confidence: 0.1 },
    ]);
  });

  it('takes the value that is printed, where as many images say another that is not', () => {
    const [printed, invented] = [
      { phone: KNOWN, grounded: true },
      { phone: MADE_UP, grounded: false, confidence: 1 },
    ];
    expect(only(seen(printed, invented)).venue.phone).toContain('0123');
    expect(only(seen(printed, invented, invented)).venue.phone).toContain('0123');
    // That no words were found can be the reader's fault: three images against one are not.
    expect(only(seen(printed, invented, invented, invented)).venue.phone).toContain('9999');
    expect(only(seen(printed, invented)).conflicts).toMatchObject([{ field: 'venue.phone' }]);
  });

  it('does not depend on the order of the images', () => {
    const image = fc.record({
      host: fc.constantFrom('KJ Ann', 'Ann', 'Bob Day'),
      phone: fc.constantFrom(KNOWN, MADE_UP),
      grounded: fc.constantFrom(true, false, undefined),
      sure: fc.constantFrom(0.02, 0.5, 0.92, 0.99, undefined),
    });
    const pile = fc.array(image, { minLength: 1, maxLength: 6 }).map((all) => seen(...all));
    const both = pile.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
    fc.assert(
      fc.property(both, ([all, shuffled]) => {
        const shows = mergeShows(all);
        expect(mergeShows(shuffled)).toEqual(shows);
        expect(mergeShows([...all, ...shuffled])).toEqual(shows);
        for (const { confidences = {} } of shows)
          for (const confidence of Object.values(confidences)) {
            expect(confidence).toBeGreaterThan(0);
            expect(confidence).toBeLessThan(1);
          }
      }),
    );
  });
});
