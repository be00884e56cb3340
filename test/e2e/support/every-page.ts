import type { Page } from 'playwright-core';
import request from 'supertest';
import { BOAT, OWL, type ToldShow } from '../../support/catalogue-server.ts';
import { picture } from '../../support/pictures.ts';
import { PARSER_PATHS, upload } from '../../support/requests.ts';
import { ADMIN_TOKEN, type App } from './app.ts';

/** A page as a person finds it, and what shows that it is there. */
export interface PageToSee {
  name: string;
  path: string;
  isForAdmin: boolean;
  isThere: (page: Page) => Promise<void>;
}

const VENUES = ['The Fox', 'The Hen', 'Blue Barrel', 'Copper Kettle', 'Lucky 13', 'Jolene’s', 'Hwy 9 Tap', 'Arlo’s'];
const DAYS = ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays'];

/** A dozen shows that a person has published. */
export function dozen(): ToldShow[] {
  const others = VENUES.flatMap((venueName, at) => {
    const day = (add: number) => DAYS[(at + add) % DAYS.length] ?? '';
    const show = (night: string, startTime: string, endTime: string): ToldShow => ({
      venueName,
      venueAddress: `${101 + 37 * at} Main St`,
      venueCity: at % 2 === 0 ? 'Tampa' : 'Orlando',
      venueState: 'FL',
      scheduleText: `${night} ${startTime} - ${endTime}`,
      days: [night],
      startTime,
      endTime,
      hostName: ['DJ Ann', 'KJ Leo', 'Big Tony'][at % 3] ?? '',
    });
    return at < 2 ? [show(day(0), '8pm', '12am'), show(day(3), '9pm', '1am')] : [show(day(0), '8pm', '12am')];
  });
  return [OWL, BOAT, ...others];
}

/**
 * Gives a server something for every page to show: a catalogue, a run with a conflict to review, one with a failure, what
 * a visitor sent in. @returns the pages
 */
export async function everyPage(app: App): Promise<PageToSee[]> {
  const catalogue = await app.read(dozen().map((show) => [show]));
  await app.publish(catalogue.runId);
  const { body } = await app.asAdmin('get', '/api/shows').expect(200);
  const [show] = (body as { shows: { id: string }[] }).shows;
  const changed = { ...OWL, scheduleText: 'Fridays 8pm - 1am', endTime: '1am' };
  const review = await app.read([[OWL, { ...BOAT, hostName: 'KJ Moe' }], [changed], [{ venueName: 'The Gate' }]]);
  const visitor = upload(app.url, PARSER_PATHS.parallel, [{ name: 'seen.png', bytes: await picture(900) }]);
  const sent = await visitor.set('Prefer', 'respond-async').expect(202);
  const { runId: submissionId, runToken } = sent.body as { runId: string; runToken: string };
  const withFailure = await request(app.url)
    .post(PARSER_PATHS.adminParallel)
    .set('Authorization', `Bearer ${ADMIN_TOKEN}`)
    .attach('screenshots', await picture(901), 'good.png')
    .attach('screenshots', (await picture(902)).subarray(0, 60), 'cut-off.png')
    .expect(200);
  const { runId: failedId } = withFailure.body as { runId: string };

  const heading = (name: string | RegExp) => (page: Page) =>
    page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
  const admin = { isForAdmin: true };
  const visitors = { isForAdmin: false };
  return [
    { name: 'shows', path: '/', ...visitors, isThere: (page) => page.getByRole('link', { name: 'The Owl' }).first().waitFor() },
    { name: 'calendar', path: '/calendar', ...visitors, isThere: (page) => page.getByRole('button', { name: /after$/ }).first().waitFor() },
    { name: 'show', path: `/shows/${show?.id ?? ''}`, ...visitors, isThere: (page) => page.getByRole('heading', { name: 'Next nights' }).waitFor() },
    { name: 'submit', path: '/submit', ...visitors, isThere: heading('Submit a show') },
    { name: 'submission', path: `/submit/${submissionId}#${runToken}`, ...visitors, isThere: heading('Please look over it') },
    { name: 'sign-in', path: '/admin/parser', ...visitors, isThere: heading('Sign in') },
    { name: 'not-found', path: '/admin/nowhere', ...visitors, isThere: heading('There is nothing here') },
    { name: 'parser', path: '/admin/parser', ...admin, isThere: heading('Read images') },
    { name: 'parser-run', path: `/admin/parser?run=${failedId}`, ...admin, isThere: (page) => page.getByRole('article', { name: 'cut-off.png' }).waitFor() },
    { name: 'review', path: `/admin/runs/${review.runId}`, ...admin, isThere: (page) => page.getByRole('form', { name: 'What would be listed' }).waitFor() },
    { name: 'changes', path: `/admin/runs/${review.runId}?view=changes`, ...admin, isThere: (page) => page.getByRole('heading', { name: 'Publish' }).waitFor() },
    { name: 'runs', path: '/admin/runs', ...admin, isThere: (page) => page.getByRole('table', { name: 'Runs' }).waitFor() },
    { name: 'audit', path: '/admin/runs?view=audit', ...admin, isThere: (page) => page.getByText('published', { exact: false }).first().waitFor() },
    { name: 'settings', path: '/admin/settings', ...admin, isThere: (page) => page.getByRole('textbox', { name: 'Retries' }).waitFor() },
    { name: 'performance', path: '/performance', ...admin, isThere: (page) => page.getByRole('heading', { name: 'A run, call by call' }).waitFor() },
  ]; // prettier-ignore
}
