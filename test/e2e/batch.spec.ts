import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startOpenAiBatchStandIn, type OpenAiBatchStandIn } from '../support/openai-batch-stand-in.ts';
import { showsOf } from '../support/stand-in-shows.ts';
import { until } from '../support/until.ts';
import { ADMIN_TOKEN, App } from './support/app.ts';
import { axeViolations } from './support/axe.ts';
import { describeInBrowser } from './support/browser.ts';
import { dropFiles, picturesOnDisk } from './support/files.ts';

const IMAGES = 3;

describeInBrowser('the admin has a pile read in batches', () => {
  let openai: OpenAiBatchStandIn;
  let app: App;

  beforeAll(async () => {
    openai = await startOpenAiBatchStandIn({ answerFor: showsOf });
    app = await App.start('local', { MODEL: 'openai', OPENAI_BASE_URL: openai.baseUrl, OPENAI_MODEL: 'm' });
  }, 90_000);
  afterAll(async () => {
    await app?.stop();
    await openai?.close();
  }, 60_000);

  it('at half the price, and sees what is waited for', async () => {
    const { page } = await app.visit({ adminToken: ADMIN_TOKEN });
    await page.goto('/admin/parser');
    await page.getByRole('heading', { name: 'Drop a pile of images' }).waitFor();
    await dropFiles(page, await picturesOnDisk(IMAGES));
    await page.getByText(/^3 images/).waitFor({ timeout: 40_000 });
    await page.getByRole('button', { name: 'Where they are from, and more' }).click();
    await page.getByRole('checkbox', { name: 'In batches, at half the price' }).check();
    await page.getByText(/^3 images,.* within a day/).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    openai.set({ isHeld: true });
    await page.getByRole('button', { name: 'Run all' }).click();
    await page.getByText(/Waiting for the batch: 0 of 3 answered/).waitFor({ timeout: 40_000 });
    openai.set({ isHeld: false });
    await page
      .getByText('3 images were read in batches, at half the price of single calls.')
      .waitFor({ timeout: 60_000 });
    await until(() => openai.lines.length === IMAGES && openai.otherCalls === 0, 'each was asked once, in a batch');
    expect(app.faults).toEqual([]);
  }, 150_000);
});
