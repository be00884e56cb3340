import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { RunContext } from '../../../contract/analysis.ts';
import type { PageText } from '../../../contract/text-line.ts';
import { readListings } from './from-text.ts';

interface DrawnImage {
  width: number;
  height: number;
  /** Degrees, clockwise positive. */
  rotation?: number;
  lines: { text: string; box: [left: number, top: number, right: number, bottom: number] }[];
  fields: { k: 'venue' | 'addr' | 'time' | 'host' | 'day'; v: string }[];
}

const TRUTH = new URL('../../../../../shared/data/reader/ground-truth.json', import.meta.url);
const withShared = existsSync(TRUTH) ? describe : describe.skip;
const images: Record<string, DrawnImage> = existsSync(TRUTH) ? JSON.parse(readFileSync(TRUTH, 'utf8')) : { none: null };
const CONTEXT: RunContext = { timezone: null, city: null, state: null, notes: null, startedAt: '2025-11-20T12:00:00Z' };

withShared('the drawn images, from their true lines', () => {
  it.each(Object.entries(images))('%s', (_, image) => {
    const found = readListings(toPage(image), CONTEXT).map(({ venue, host, schedule }) => ({
      venue: venue.name,
      addr: [venue.address, venue.city, `${venue.state ?? ''} ${venue.postcode ?? ''}`].join(', '),
      host: host.name ?? host.company,
      day: schedule.days.join(),
      timed: schedule.startTime !== null,
    }));
    expect(found.toSorted(byDay)).toEqual(toShows(image).toSorted(byDay));
  });
  it('says where each field stands', () => {
    const image = images['01-feed-light-1080.png'];
    if (image === undefined) throw new Error('the image is missing');
    const reading = readListings(toPage(image), CONTEXT).find(({ venue }) => venue.name === 'Rusty Anchor Tavern');
    const [x = 0, y = 0, width = 0, height = 0] = reading?.fields['venue.name']?.box ?? [];
    expect(reading?.fields['venue.name']?.text).toBe('Rusty Anchor Tavern');
    expect(x * image.width).toBeGreaterThan(200);
    expect((x + width) * image.width).toBeLessThan(730);
    expect(y * image.height).toBeCloseTo(493.3, 0);
    expect(height * image.height).toBeCloseTo(54, 0);
    expect(reading?.fields['schedule.startTime']?.text).toBe('8:00 PM');
    expect(reading?.fields['schedule.endTime']?.text).toBe('12:00 AM');
  });
});

function toPage({ width, height, rotation = 0, lines }: DrawnImage): PageText {
  const angle = (rotation * Math.PI) / 180;
  return {
    width,
    height,
    lines: lines.map(({ text, box: [left, top, right, bottom] }) => ({
      text,
      confidence: 0.98,
      angle,
      box: [left / width, top / height, (right - left) / width, (bottom - top) / height],
    })),
  };
}

function toShows({ fields }: DrawnImage): { venue: string; addr: string; host: string; day: string; timed: boolean }[] {
  const shows = fields.reduce<Record<string, string>[]>((all, { k, v }) => {
    const last = all.at(-1);
    if (last === undefined || k in last) all.push({ [k]: v });
    else last[k] = v;
    return all;
  }, []);
  return shows.map(({ venue = '', addr = '', host = '', day = '' }) => ({
    venue,
    addr,
    host,
    day: day.slice(0, 2).toUpperCase(),
    timed: true,
  }));
}

function byDay(a: { day: string }, b: { day: string }): number {
  return a.day.localeCompare(b.day);
}
