import { basename, join } from 'node:path';
import type { Page } from 'playwright-core';
import type { RunResult } from '../../../src/contract/run.ts';
import { startGeminiStandIn, type GeminiStandIn } from '../../support/gemini-stand-in.ts';
import { PARSER_PATHS, putSettings, runUntil, startAsync, upload } from '../../support/requests.ts';
import { samplePosters, type SamplePosters } from '../../support/sample-posters.ts';
import { PANCAKES, pancakeAnswers } from '../../support/sample-video.ts';
import { showsOf } from '../../support/stand-in-shows.ts';
import { lookAnswer, PORTFOLIO, shelfAnswer, SHELVES } from '../../support/sample-answers.ts';
import type { StandInAsk } from '../../support/stand-in-types.ts';
import { ADMIN_TOKEN, type App } from './app.ts';
import { bytesOf, photosOf, samples } from './files.ts';

interface PicturedPage {
  name: string;
  path: string;
  isForAdmin: boolean;
  ready: (page: Page) => Promise<void>;
}

export interface Furnished {
  pages: PicturedPage[];
  /** The service that the last run was read by. */
  gemini: GeminiStandIn;
}

const PUBLISHED = 12;

/**
 * A server with what people would have there after a week: samples of this project read by the reader of this machine, a
 * dozen shows published, a second run to review, one that a visitor sent in, one by a service that is not always well, and
 * the sample shelves, portfolio, posters and video.
 */
export async function furnish(app: App): Promise<Furnished> {
  const all = await samples();
  const first = await read(app, all.slice(0, 18));
  await publishSome(app, first);
  const second = await read(app, all);
  const visitor = await startAsync(app.url, PARSER_PATHS.parallel, await files(all.slice(1, 3)));
  await runUntil(app.url, visitor.runId, visitor.runToken, ({ state }) => state === 'completed', 60_000);
  const { body } = await app.asAdmin('get', '/api/shows').expect(200);
  const [show] = (body as { shows: { id: string }[] }).shows;

  const gemini = await startGeminiStandIn({
    apiKey: 'a-key',
    answerFor: showsOf,
    latencyMs: unevenly,
    unavailableRate: 0.12,
  });
  await app.server.stop();
  await app.startAgain({ MODEL: 'gemini', GEMINI_API_KEY: 'a-key', GEMINI_BASE_URL: gemini.baseUrl });
  await putSettings(app.url, ADMIN_TOKEN, { hedging: 'auto', maxInFlight: 6, budgetUsdPerRun: 1 });
  await read(app, all);
  const timed = await read(app, all);
  gemini.set({ answerFor: shelfAnswer, latencyMs: 0, unavailableRate: 0 });
  const detections = (await bytesOf(join(SHELVES, 'detections.json'))).toString();
  const shelves = await ask(app, 'products', await photosOf(SHELVES), detections);
  gemini.set({ answerFor: lookAnswer });
  const portfolio = await ask(app, 'styles', await photosOf(PORTFOLIO));
  const posters = await samplePosters();
  gemini.set({ answerFor: posters.answerFor });
  const judged = await readPosters(app, posters);
  gemini.set({ answerFor: await pancakeAnswers() });
  const cooked = await readVideo(app);

  const heading = (name: string) => (page: Page) => page.getByRole('heading', { name, exact: true }).first().waitFor();
  const visitors = { isForAdmin: false };
  const admin = { isForAdmin: true };
  const review = `/admin/runs/${second.runId}`;
  return {
    pages: [
      { name: 'shows', path: '/', ...visitors, ready: (page) => page.getByRole('heading', { level: 3 }).first().waitFor() },
      { name: 'calendar', path: '/calendar', ...visitors, ready: (page) => page.getByRole('link', { name: 'Calendar' }).first().waitFor() },
      { name: 'show', path: `/shows/${show?.id ?? ''}`, ...visitors, ready: heading('Next nights') },
      { name: 'submit', path: '/submit', ...visitors, ready: heading('Submit a show') },
      { name: 'submission', path: `/submit/${visitor.runId}#${visitor.runToken}`, ...visitors, ready: heading('Please look over it') },
      { name: 'sign-in', path: '/admin/parser', ...visitors, ready: heading('Sign in') },
      { name: 'parser', path: '/admin/parser', ...admin, ready: heading('Drop a pile of images') },
      { name: 'run', path: `/admin/parser?run=${second.runId}`, ...admin, ready: (page) => page.getByRole('article').first().waitFor() },
      { name: 'posters', path: `/admin/parser?run=${judged.runId}`, ...admin, ready: postersOnTop },
      { name: 'recipe', path: `/admin/parser?run=${cooked.runId}`, ...admin, ready: recipe },
      { name: 'review', path: review, ...admin, ready: (page) => page.getByRole('img', { name: /as it was sent/ }).first().waitFor() },
      { name: 'products', path: `/admin/parser?run=${shelves.runId}`, ...admin, ready: chooseBox },
      { name: 'styles', path: `/admin/parser?run=${portfolio.runId}`, ...admin, ready: heading('The portfolio') },
      { name: 'changes', path: `${review}?view=changes`, ...admin, ready: heading('Publish') },
      { name: 'runs', path: '/admin/runs', ...admin, ready: (page) => page.getByRole('table', { name: 'Runs' }).waitFor() },
      { name: 'settings', path: '/admin/settings', ...admin, ready: (page) => page.getByRole('textbox', { name: 'Retries' }).waitFor() },
      { name: 'performance', path: '/performance', ...admin, ready: heading('A run, call by call') },
      { name: 'timeline', path: `/performance?run=${timed.runId}`, ...admin, ready: timeline },
    ],
    gemini,
  }; // prettier-ignore
}

/** Most answers in half a second, some in a second, one in ten late: late enough for a second call to overtake it. */
function unevenly({ index, earlier }: StandInAsk): number {
  if (index % 10 === 7 && earlier === 0) return 4_000;
  return 350 + ((index * 137) % 500);
}

async function timeline(page: Page): Promise<void> {
  const title = page.getByRole('heading', { name: 'A run, call by call' });
  await title.waitFor();
  await page.waitForTimeout(1_000);
  await title.evaluate((heading) => heading.scrollIntoView({ block: 'start' }));
  await page.mouse.wheel(0, -90);
}

/** The third step chosen: its frame lights up in the strip. */
async function recipe(page: Page): Promise<void> {
  await page.getByRole('list', { name: 'Steps' }).getByRole('button').nth(2).click();
  const frames = page.getByRole('heading', { name: /^Frames/ });
  await frames.evaluate((heading) => heading.scrollIntoView({ block: 'start' }));
  await page.mouse.wheel(0, -90);
}

async function readVideo(app: App): Promise<RunResult> {
  const video = [{ name: basename(PANCAKES), bytes: await bytesOf(PANCAKES) }];
  // One by one: the stand-in tells frames apart by their order.
  const call = upload(app.url, '/api/runs', video, ADMIN_TOKEN).field('analysis', 'recipes');
  const { body } = await call.field('mode', 'sequential').expect(202);
  const { runId } = body as { runId: string };
  return runUntil(app.url, runId, ADMIN_TOKEN, ({ state }) => state === 'completed', 60_000);
}

/** One product is chosen: its details, and its boxes in the images. */
async function chooseBox(page: Page): Promise<void> {
  const products = page.getByRole('listbox', { name: 'Products' }).getByRole('option');
  await products.filter({ hasText: 'Tomato Soup' }).click();
  await page.locator('[data-shelf] [role=option][aria-selected=true]').first().waitFor();
  await page.evaluate(() => scrollTo(0, 0));
}

async function postersOnTop(page: Page): Promise<void> {
  const title = page.getByRole('heading', { name: 'Posters' });
  await title.waitFor();
  await title.evaluate((heading) => heading.scrollIntoView({ block: 'start' }));
  await page.mouse.wheel(0, -90);
}

async function readPosters(app: App, { files: images }: SamplePosters): Promise<RunResult> {
  const { body } = await upload(app.url, '/api/runs', images, ADMIN_TOKEN).field('analysis', 'posters').expect(202);
  const { runId } = body as { runId: string };
  return runUntil(app.url, runId, ADMIN_TOKEN, ({ state }) => state === 'completed', 60_000);
}

async function files(paths: string[]) {
  return Promise.all(paths.map(async (path) => ({ name: basename(path), bytes: await bytesOf(path) })));
}

async function read(app: App, paths: string[]): Promise<RunResult> {
  const { runId } = await startAsync(app.url, PARSER_PATHS.adminParallel, await files(paths), ADMIN_TOKEN);
  return runUntil(app.url, runId, ADMIN_TOKEN, ({ state }) => state === 'completed', 120_000);
}

/** A run of another analysis. */
async function ask(app: App, analysis: string, paths: string[], detections?: string): Promise<RunResult> {
  let call = upload(app.url, '/api/runs', await files(paths), ADMIN_TOKEN).field('analysis', analysis);
  if (detections !== undefined) call = call.field('detections', detections);
  const { runId } = (await call.expect(202)).body as { runId: string };
  return runUntil(app.url, runId, ADMIN_TOKEN, ({ state }) => state === 'completed', 120_000);
}

async function publishSome(app: App, { runId }: RunResult): Promise<void> {
  const { id, items } = await app.changesetOf(runId);
  const decisions = items
    .filter(({ proposed }) => proposed?.venue.name !== null && proposed?.venue.city !== null)
    .slice(0, PUBLISHED)
    .map((item) => ({ itemId: item.id, action: 'accept' }));
  await app.asAdmin('post', `/api/changesets/${id}/decisions`, { decisions }).expect(200);
  await app.asAdmin('post', `/api/changesets/${id}/publish`, {}).expect(200);
}
