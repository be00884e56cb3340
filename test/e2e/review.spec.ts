import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { BOAT, OWL } from '../support/catalogue-server.ts';
import { ADMIN_TOKEN, App } from './support/app.ts';
import { describeInBrowser } from './support/browser.ts';
import { tabTo } from './support/keys.ts';

const FOX = {
  ...BOAT,
  venueName: 'The Fox',
  venueAddress: '3 Hill Rd',
  days: ['Mondays'],
  scheduleText: 'Mondays 10pm - 2am',
};
const HEN = {
  ...BOAT,
  venueName: 'The Hen',
  venueAddress: '9 Farm Rd',
  days: ['Sundays'],
  scheduleText: 'Sundays 10pm - 2am',
};

describeInBrowser('the admin reviews by keys alone', () => {
  let app: App;
  let page: Page;
  let runId: string;

  beforeAll(async () => {
    app = await App.start('gemini');
    // Of the Owl the second image has another end: a conflict.
    ({ runId } = await app.read([
      [OWL, BOAT],
      [{ ...OWL, scheduleText: 'Fridays 8pm - 1am', endTime: '1am' }, FOX],
      [HEN],
    ]));
    ({ page } = await app.visit({ adminToken: ADMIN_TOKEN }));
    await page.goto(`/admin/runs/${runId}`);
    await page.getByRole('heading', { name: 'The Owl' }).waitFor();
  }, 90_000);
  afterAll(async () => {
    await app?.stop();
  }, 60_000);

  it('? shows the keys, Escape closes them', async () => {
    await page.keyboard.press('?');
    const keys = page.getByRole('dialog', { name: 'Keys' });
    for (const action of ['Accept', 'Edit', 'Skip', 'Undo', 'Next', 'Previous', 'Next conflict']) {
      await keys.getByRole('cell', { name: action, exact: true }).waitFor();
    }
    await page.keyboard.press('Escape');
    await keys.waitFor({ state: 'hidden' });
  });

  it('n goes to the conflict, whose values are choices', async () => {
    await page.keyboard.press('n');
    await page.getByRole('heading', { name: 'The Owl' }).waitFor();
    const choices = page.getByRole('radiogroup', { name: 'The images differ. Which is right?' });
    expect(await choices.getByRole('radio').count()).toBe(2);
  });

  it('a accepts and goes on, u takes it back, s skips', async () => {
    await page.keyboard.press('a');
    await decided(page, 1);
    await page.keyboard.press('u');
    await decided(page, 0);
    await page.getByRole('heading', { name: 'The Owl' }).waitFor();
    await page.keyboard.press('a');
    await decided(page, 1);
    const skipped = await nameOnDesk(page);
    await page.keyboard.press('s');
    await decided(page, 2);
    expect(skipped).not.toBe('The Owl');
    expect(await nameOnDesk(page)).not.toBe(skipped);
  });

  it('e edits, letters are letters meanwhile, Enter accepts what was edited', async () => {
    await page.keyboard.press('e');
    const venue = page.getByRole('textbox', { name: 'Venue', exact: true });
    await venue.waitFor();
    if (!(await venue.evaluate((field) => field === document.activeElement))) await tabTo(page, 'Venue');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('Krackpots');
    await page.keyboard.press('Enter');
    await decided(page, 3);
    await page.keyboard.press('a');
    await decided(page, 4);
  });

  it('publishes, and everybody sees the three at the first page', async () => {
    await tabTo(page, 'See the changes');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Publish' }).waitFor();
    await tabTo(page, 'Publish 3 shows');
    await page.keyboard.press('Enter');
    await page.getByRole('status').filter({ hasText: 'Published' }).waitFor();
    const names = await listed(app);
    expect(names).toHaveLength(3);
    expect(names).toContain('Krackpots');
    expect(names).toContain('The Owl');
  });

  it('undoes the publication, and they are gone again', async () => {
    await tabTo(page, 'Undo the publication');
    await page.keyboard.press('Enter');
    await page.getByText('The list becomes again what it was before.').waitFor();
    // The focus is on the answer already.
    await page.keyboard.press('Enter');
    await page.getByText(/^Published before and undone/).waitFor();
    expect(await listed(app)).toEqual([]);
  });

  it('has met no error, no refusal by the policy and no stranger on the way', () => {
    expect(app.faults).toEqual([]);
  });
});

async function decided(page: Page, count: number): Promise<void> {
  await page.getByText(`${count} of 4 decided`).filter({ visible: true }).first().waitFor();
}

async function nameOnDesk(page: Page): Promise<string> {
  return (await page.getByRole('form', { name: 'What would be listed' }).getByRole('heading').textContent()) ?? '';
}

/** What a visitor sees at the first page. */
async function listed(app: App): Promise<string[]> {
  const { page, close } = await app.visit();
  await page.goto('/');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page
    .getByText(/^\d+ shows?$/)
    .or(page.getByText(/Nothing is listed yet/))
    .first()
    .waitFor({ state: 'attached' });
  const names = await page.getByRole('heading', { level: 3 }).getByRole('link').allTextContents();
  await close();
  return [...new Set(names)];
}
