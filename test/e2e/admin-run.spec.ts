import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { putSettings } from '../support/requests.ts';
import { until } from '../support/until.ts';
import { ADMIN_TOKEN, App } from './support/app.ts';
import { describeInBrowser, type Visit } from './support/browser.ts';
import { dropFiles, picturesOnDisk } from './support/files.ts';

const IMAGES = 44;
const LATENCY_MS = 300;

describeInBrowser('the admin drops 44 images', () => {
  let app: App;
  let person: Visit;
  let page: Page;

  beforeAll(async () => {
    app = await App.start('gemini', { MODEL_RPM: '' });
    app.gemini?.set({ latencyMs: LATENCY_MS });
    // Two at a time, so that there is something to watch.
    await putSettings(app.url, ADMIN_TOKEN, { maxInFlight: 2 });
    person = await app.visit();
    page = person.page;
  }, 90_000);
  afterAll(async () => {
    await app?.stop();
  }, 60_000);

  it('signs in, once the token is right', async () => {
    person.forgive(/status of 401/);
    await page.goto('/admin/parser');
    await page.getByLabel('Admin token').fill('not-the-token');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('This is not the admin token of this server.').waitFor();
    await page.getByLabel('Admin token').fill(ADMIN_TOKEN);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Read images' }).waitFor();
  });

  it('drops them anywhere on the page, and is told what they will take before the start', async () => {
    await page.getByRole('heading', { name: 'Drop a pile of images' }).waitFor();
    await dropFiles(page, await picturesOnDisk(IMAGES));
    await page.getByText(/^44 images, about/).waitFor({ timeout: 40_000 });
    expect(await page.getByRole('list', { name: 'The pile' }).getByRole('article').count()).toBeGreaterThan(10);
    await buttonReady(page, 'Run all');
    expect(await page.getByText('not sent to').count()).toBe(0);
    await page.getByRole('button', { name: 'Run all' }).click();
  }, 60_000);

  it('watches, loads the page again in the middle, and all of it is still there', async () => {
    await processed(page, 4);
    await page.reload();
    await page.getByText(/^\d+ of 44 images$/).waitFor();
    expect(await countProcessed(page)).toBeGreaterThanOrEqual(4);
    await page.getByRole('list', { name: 'Images of the run' }).getByRole('article').first().waitFor();
    await page.getByRole('list', { name: 'Shows found' }).getByRole('listitem').first().waitFor();
    // Nobody has said what the account allows.
    await page.getByText('Time left, at least').waitFor();
    expect(await countProcessed(page)).toBeLessThan(IMAGES);
  }, 60_000);

  it('pauses: no image is read any more; and goes on', async () => {
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    await until(() => app.gemini?.inFlight === 0, 'calls under way end');
    await page.waitForTimeout(LATENCY_MS);
    const paused = await countProcessed(page);
    await page.waitForTimeout(3 * LATENCY_MS);
    expect(await countProcessed(page)).toBe(paused);
    expect(paused).toBeLessThan(IMAGES);
    await page.getByRole('button', { name: 'Resume' }).click();
    await processed(page, paused + 2);
  }, 60_000);

  it('sees that the server was killed, and the run go on by itself once it is back', async () => {
    // So slow that it cannot end before it is killed.
    app.gemini?.set({ latencyMs: 1_500 });
    person.forgive(
      /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_INCOMPLETE_CHUNKED|ERR_EMPTY_RESPONSE|ERR_FAILED|Unable to preload/,
    );
    expect(app.faults).toEqual([]);
    await app.server.kill();
    await page.getByText('The connection to the server is lost. Trying again…').waitFor();
    const before = await countProcessed(page);
    expect(before).toBeLessThan(IMAGES);
    app.gemini?.set({ latencyMs: 50 });
    await app.startAgain();
    await page.getByText('Connected again.').waitFor({ timeout: 40_000 });
    await processed(page, IMAGES, 40_000);
    await page.getByText('Done', { exact: true }).first().waitFor();
    // No image that was read before is read again: all but the few that were under way are asked about once.
    expect(app.gemini?.calls.filter(({ status }) => status === 200).length ?? 0).toBeLessThanOrEqual(IMAGES + 4);
  }, 120_000);

  it('finds the run in the list of runs, and its shows ready for review', async () => {
    await page.getByRole('link', { name: 'Review the list' }).waitFor();
    const main = page.getByRole('navigation', { name: 'Main' });
    await main.getByRole('link', { name: 'Runs' }).click();
    await page.getByRole('heading', { name: 'Runs', exact: true }).waitFor();
    const row = page.getByRole('row').filter({ hasText: 'Done' });
    await row.getByText('44').first().waitFor();
    await row
      .getByRole('link', { name: /^Review/ })
      .first()
      .click();
    await page.getByRole('heading', { name: 'Review' }).waitFor();
    await page
      .getByText(/^\d+ of \d+ decided$/)
      .filter({ visible: true })
      .first()
      .waitFor();
  }, 60_000);

  it('has met no error, no refusal by the policy and no stranger on the way', () => {
    expect(app.faults).toEqual([]);
  });
});

async function countProcessed(page: Page): Promise<number> {
  const words = await page
    .getByText(/^\d+ of 44 images$/)
    .first()
    .textContent();
  return Number(/^\d+/.exec(words ?? '')?.[0] ?? 0);
}

async function processed(page: Page, count: number, limitMs = 20_000): Promise<void> {
  await until(async () => (await countProcessed(page)) >= count, `${count} images are read`, limitMs);
}

async function buttonReady(page: Page, name: string): Promise<void> {
  await until(() => page.getByRole('button', { name }).isEnabled(), `"${name}" can be pressed`);
}
