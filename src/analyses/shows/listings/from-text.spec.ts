import { describe, expect, it } from '@jest/globals';
import type { RunContext } from '../../../contract/analysis.ts';
import type { ShowReading } from '../../../contract/show.ts';
import type { PageText, TextLine } from '../../../contract/text-line.ts';
import { readListings } from './from-text.ts';
import { BAR_WEEKS } from './bar-weeks.fixture.ts';
import { pageOf } from './page.fixture.ts';
import { LISTS } from './lists.fixture.ts';
import { LINE_UPS } from './line-ups.fixture.ts';
import { MORE } from './more-pages.fixture.ts';
import { MORE_NOTHING, NOTHING } from './no-listings.fixture.ts';
import type { PageCase } from './pages.fixture.ts';
import { POSTERS } from './posters.fixture.ts';
import { POSTS } from './posts.fixture.ts';
import { REAL } from './real-pages.fixture.ts';

const CONTEXT: RunContext = { timezone: null, city: null, state: null, notes: null, startedAt: '2026-11-20T12:00:00Z' };

describe.each([
  ['posters', POSTERS],
  ['lists', LISTS],
  ['posts', POSTS],
  ['more of all kinds', MORE],
  ['the trade’s own ways', REAL],
  ['line-ups', LINE_UPS],
  ['weeks of bars', BAR_WEEKS],
  ['pages without a listing', [...NOTHING, ...MORE_NOTHING]],
])('%s', (_, cases: PageCase[]) => {
  it.each(cases)('$what', ({ lines, shows, ...layout }) => {
    const readings = readListings(pageOf(lines, layout), CONTEXT);
    expect(readings.map(inWords).sort()).toEqual([...shows].sort());
  });
});

const ALL = [...POSTERS, ...LISTS, ...POSTS, ...MORE, ...REAL, ...LINE_UPS, ...BAR_WEEKS];

describe('evidence', () => {
  it('names words and a place on the page for every field', () => {
    const fields = ALL.flatMap(({ lines, ...layout }) =>
      readListings(pageOf(lines, layout), CONTEXT).flatMap((reading) => Object.values(reading.fields)),
    );
    expect(fields.length).toBeGreaterThan(300);
    for (const { text, box } of fields) {
      expect(text.trim()).not.toBe('');
      const [x, y, width, height] = box ?? [-1, -1, -1, -1];
      expect(Math.min(x, y, width, height)).toBeGreaterThanOrEqual(0);
      expect(Math.max(x + width, y + height)).toBeLessThanOrEqual(1.001);
    }
  });
});

describe('a page that lies a little askew', () => {
  it.each([-2, 2])('%d°', (degrees) => {
    const level = LISTS.map(({ lines, ...layout }) => readListings(pageOf(lines, layout), CONTEXT).map(inWords));
    const turned = LISTS.map(({ lines, ...layout }) =>
      readListings(tilt(pageOf(lines, layout), degrees), CONTEXT).map(inWords),
    );
    expect(turned).toEqual(level);
  });
});

/** Turns the page around its middle, with the upright boxes a reader would give. */
function tilt({ width, height, lines }: PageText, degrees: number): PageText {
  const angle = (degrees * Math.PI) / 180;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const turned = lines.map((line): TextLine => {
    const [x, y, w, h] = line.box;
    const size = { width: w * width, height: h * height };
    const middle = { x: (x + w / 2 - 0.5) * width, y: (y + h / 2 - 0.5) * height };
    const around = {
      width: size.width * cos + size.height * Math.abs(sin),
      height: size.width * Math.abs(sin) + size.height * cos,
    };
    const left = middle.x * cos - middle.y * sin + width / 2 - around.width / 2;
    const top = middle.x * sin + middle.y * cos + height / 2 - around.height / 2;
    return { ...line, angle, box: [left / width, top / height, around.width / width, around.height / height] };
  });
  return { width, height, lines: turned };
}

function inWords(reading: ShowReading): string {
  const { venue, schedule, host, status } = reading;
  const { days, rrule, startDate, startTime, endTime, text } = schedule;
  const once = startDate !== null && startDate === schedule.endDate ? ` ${startDate}` : '';
  const monthly = rrule?.startsWith('FREQ=MONTHLY') === true ? ` ${rrule}` : '';
  const end = endTime ?? (/close|\?|late/i.test(text ?? '') ? 'close' : '?');
  const who = [host.name, host.company === null ? null : `+ ${host.company}`].filter((name) => name !== null).join(' ');
  return [
    venue.name ?? '-',
    venue.city ?? '-',
    (days.join(',') || '-') + once + monthly,
    `${startTime ?? '?'}-${end}`,
    who || '-',
    ...(status === 'cancelled' ? ['cancelled'] : []),
  ].join(' | ');
}
