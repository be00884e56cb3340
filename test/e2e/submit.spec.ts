import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { OWL } from '../support/catalogue-server.ts';
import { until } from '../support/until.ts';
import { ADMIN_TOKEN, App } from './support/app.ts';
import { describeInBrowser, pointsTooWide } from './support/browser.ts';
import { picturesOnDisk } from './support/files.ts';

describeInBrowser('a visitor submits a show from a phone', () => {
  let app: App;
  let page: Page;
  let statusLink = '';

  beforeAll(async () => {
    app = await App.start('gemini');
    // One image of a show without its end and town, one of a made-up one.
    const told = { ...OWL, venueCity: undefined, venueState: undefined };
    app.gemini?.set({ answerFor: ({ index }) => ({ shows: index === 0 ? [told] : [] }), latencyMs: 400 });
    ({ page } = await app.visit({ device: 'phone' }));
  }, 90_000);
  afterAll(async () => {
    await app?.stop();
  }, 60_000);

  it('opens the page from the menu', async () => {
    await page.goto('/');
    await page.getByRole('button', { name: 'Open the menu' }).tap();
    await page.getByRole('navigation', { name: 'Menu' }).getByRole('link', { name: 'Submit a show' }).tap();
    await page.getByRole('heading', { name: 'Submit a show' }).waitFor();
  });

  it('is offered the camera, and gives images', async () => {
    await page.getByRole('button', { name: 'Take a photo' }).waitFor();
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose images' }).tap();
    await (await choosing).setFiles(await picturesOnDisk(2));
    const send = page.getByRole('button', { name: 'Read 2 images' });
    await send.waitFor();
    await until(() => send.isEnabled(), 'the images can be sent');
    expect(await pointsTooWide(page)).toBe(0);
    await send.tap();
  });

  it('is thanked at once, and shown what was read, with what is missing marked', async () => {
    await page.getByRole('heading', { name: 'Please look over it' }).waitFor();
    const card = page.getByRole('article', { name: 'The Owl' });
    await card.getByText('Missing: the city').waitFor();
    expect(await pointsTooWide(page)).toBe(0);
  });

  it('corrects it, and is thanked', async () => {
    await page.getByRole('button', { name: 'Fill in what is missing' }).tap();
    const card = page.getByRole('article', { name: 'The Owl' });
    await card.getByLabel('City').fill('Tampa');
    await card.getByLabel('Host', { exact: true }).fill('DJ Anna');
    expect(await pointsTooWide(page)).toBe(0);
    await card.getByRole('button', { name: 'Send' }).tap();
    await card.getByText('Your correction is with the person who decides. Thank you!').waitFor();
    await card.getByText('Tampa').waitFor();
    statusLink = (await page.getByText(/^http.*\/submit\/.+#.+/).textContent()) ?? '';
    expect(statusLink).toContain(app.url);
  });

  it('sees with the status link, in another browser, how it stands', async () => {
    const { page: elsewhere } = await app.visit();
    await elsewhere.goto(statusLink);
    await elsewhere.getByRole('heading', { name: 'Please look over it' }).waitFor();
    await elsewhere.getByRole('article', { name: 'The Owl' }).getByText('DJ Anna').waitFor();

    const { page: admin } = await app.visit({ adminToken: ADMIN_TOKEN });
    await admin.goto('/admin/runs');
    await admin.getByText('Sent in by a visitor').first().waitFor();
    await admin
      .getByRole('link', { name: /Review/ })
      .first()
      .click();
    await admin.getByText('What the sender says').waitFor();
    await admin.getByRole('button', { name: 'Take it over' }).click();
    await admin.getByRole('button', { name: /^Accept as edited/ }).click();
    await admin.getByRole('button', { name: 'See the changes' }).click();
    await admin.getByRole('button', { name: 'Publish 1 show' }).click();
    await admin.getByRole('status').filter({ hasText: 'Published' }).waitFor();

    await elsewhere.reload();
    await elsewhere.getByRole('heading', { name: 'It is listed. Thank you!' }).waitFor();
    await elsewhere.getByRole('link', { name: 'See it on the list' }).click();
    await elsewhere.getByText('DJ Anna').first().waitFor();
  });

  it('has met no error, no refusal by the policy and no stranger on the way', () => {
    expect(app.faults).toEqual([]);
  });
});
