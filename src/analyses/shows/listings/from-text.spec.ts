import { describe, expect, it } from '@jest/globals';
import type { RunContext } from '../../../contract/analysis.ts';
import type { ShowReading } from '../../../contract/show.ts';
import { readListings } from './from-text.ts';
import { pageOf } from './page.fixture.ts';
import { LISTS } from './lists.fixture.ts';
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
  ['pages without a listing', [...NOTHING, ...MORE_NOTHING]],
])('%s', (_, cases: PageCase[]) => {
  it.each(cases)('$what', ({ lines, shows, ...layout }) => {
    const readings = readListings(pageOf(lines, layout), CONTEXT);
    expect(readings.map(inWords).sort()).toEqual([...shows].sort());
  });
});

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
