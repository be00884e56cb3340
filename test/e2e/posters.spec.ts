import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { samplePosters } from '../support/sample-posters.ts';
import { until } from '../support/until.ts';
import { ADMIN_TOKEN, App } from './support/app.ts';
import { axeViolations } from './support/axe.ts';
import { describeInBrowser, pointsTooWide } from './support/browser.ts';
import { dropFiles } from './support/files.ts';

const IMAGES = fileURLToPath(new URL('../../samples/posters/images/', import.meta.url));

describeInBrowser('the red zones of posters', () => {
  let app: App;
  let page: Page;

  beforeAll(async () => {
    const { answerFor } = await samplePosters();
    app = await App.start('gemini');
    app.gemini?.set({ answerFor });
    ({ page } = await app.visit({ adminToken: ADMIN_TOKEN }));
  }, 90_000);
  afterAll(async () => {
    await app?.stop();
  }, 60_000);

  it('are chosen before the start; what cannot be used is said, and starts nothing', async () => {
    await page.goto('/admin/parser?analysis=posters');
    await page.getByRole('heading', { name: 'Drop a pile of images' }).waitFor();
    await dropFiles(
      page,
      (await readdir(IMAGES)).map((name) => join(IMAGES, name)),
    );
    await page.getByText(/^8 images, /).waitFor();
    const runAll = page.getByRole('button', { name: 'Run all' });
    await until(() => runAll.isEnabled(), 'the run can be started');
    for (const name of ['Corner badge', 'Top-ten mark', 'Bottom bar']) {
      expect(await page.getByRole('checkbox', { name }).isChecked()).toBe(true);
    }
    await page.getByRole('button', { name: 'Other zones, threshold' }).click();
    const own = page.getByRole('textbox', { name: 'Zones of your own (JSON)' });
    await own.fill('[{ "name": "play", "box": [0.4, 0.45, 0.7, 0.1] }]');
    await page.getByText('The zones are not a list of name and box within the poster.').waitFor();
    expect(await runAll.isEnabled()).toBe(false);
    await own.fill('[{ "name": "play", "box": [0.4, 0.45, 0.2, 0.1] }]');
    await until(() => runAll.isEnabled(), 'the run can be started');
    expect(await axeViolations(page)).toEqual([]);
    await own.fill('');
    await runAll.click();
  }, 60_000);

  it('are drawn on each poster, with what violates them and what to do about it', async () => {
    await page.getByText('8 posters · 2 compliant · 7 violations').waitFor({ timeout: 60_000 });
    const posters = page.getByRole('region', { name: 'Posters' });
    const low = posters.getByRole('article', { name: '02-credits-low.jpg' });
    await low.getByText('100% in Bottom bar').waitFor();
    await low.getByText('Move it up by 7% of the height.').waitFor();
    const clear = posters.getByRole('article', { name: '01-all-clear.jpg' });
    await posters.getByText(/^Not compliant \d$/).click();
    await clear.waitFor({ state: 'detached' });
    expect(await posters.getByRole('article').count()).toBe(6);
    await posters.getByText(/^All \d$/).click();
    await clear.waitFor();
  }, 90_000);

  it('in both schemes and on a phone', async () => {
    const path = new URL(page.url());
    for (const scheme of ['light', 'dark'] as const) {
      const phone = await app.visit({ adminToken: ADMIN_TOKEN, scheme, device: 'phone' });
      await phone.page.goto(`${path.pathname}${path.search}`);
      await phone.page.getByRole('article').first().waitFor();
      await phone.page.waitForTimeout(500);
      expect(await axeViolations(phone.page)).toEqual([]);
      expect(await pointsTooWide(phone.page)).toBe(0);
      await phone.close();
    }
    expect(app.faults).toEqual([]);
  }, 60_000);
});
