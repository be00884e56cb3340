import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { until } from '../support/until.ts';
import { ADMIN_TOKEN, App } from './support/app.ts';
import { describeInBrowser } from './support/browser.ts';
import { dropFiles, samples } from './support/files.ts';

describeInBrowser('without a key: the reader of this machine', () => {
  let app: App;
  let page: Page;

  beforeAll(async () => {
    app = await App.start('local');
    ({ page } = await app.visit({ adminToken: ADMIN_TOKEN }));
  }, 90_000);
  afterAll(async () => {
    await app?.stop();
  }, 60_000);

  it('three sample images become shows on the page', async () => {
    await page.goto('/admin/parser');
    await page.getByRole('heading', { name: 'Drop a pile of images' }).waitFor();
    await dropFiles(page, await samples('01-', '02-', '06-'));
    await page.getByText(/^3 images, no cost, about .*no cap$/).waitFor();
    const runAll = page.getByRole('button', { name: 'Run all' });
    await until(() => runAll.isEnabled(), 'the run can be started');
    await runAll.click();
    await page.getByRole('link', { name: 'Review the list' }).waitFor({ timeout: 60_000 });
    await page.getByText('3 of 3 images').first().waitFor();
    expect(await page.getByRole('list', { name: 'Shows found' }).getByRole('listitem').count()).toBeGreaterThan(2);
  }, 90_000);

  it('and each is reviewed beside the place where it is printed', async () => {
    await page.getByRole('link', { name: 'Review the list' }).click();
    await page.getByRole('form', { name: 'What would be listed' }).waitFor();
    await page.getByRole('img', { name: /, as it was sent$/ }).waitFor();
    expect(await page.getByText('Next nights').count()).toBeGreaterThan(0);
  });

  it('has met no error, no refusal by the policy and no stranger on the way', () => {
    expect(app.faults).toEqual([]);
  });
});
