import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { getRun } from '../support/requests.ts';
import { until } from '../support/until.ts';
import { ADMIN_TOKEN, App } from './support/app.ts';
import { describeInBrowser } from './support/browser.ts';
import { picturesOnDisk } from './support/files.ts';

const IMAGES = 8;

describeInBrowser('the next run obeys the settings', () => {
  let app: App;
  let page: Page;
  let files: string[];

  beforeAll(async () => {
    app = await App.start('gemini');
    app.gemini?.set({ latencyMs: 150 });
    files = await picturesOnDisk(2 * IMAGES);
    ({ page } = await app.visit({ adminToken: ADMIN_TOKEN }));
  }, 90_000);
  afterAll(async () => {
    await app?.stop();
  }, 60_000);

  it('one by one: one call at a time', async () => {
    await setMode(page, 'One by one');
    const { mode, most } = await readPile(app, page, files.slice(0, IMAGES));
    expect({ mode, most }).toEqual({ mode: 'sequential', most: 1 });
  }, 60_000);

  it('in parallel: several', async () => {
    await setMode(page, 'In parallel');
    const { mode, most } = await readPile(app, page, files.slice(IMAGES));
    expect(mode).toBe('parallel');
    expect(most).toBeGreaterThan(1);
  }, 60_000);

  it('a value out of its bounds is said as it is typed, and cannot be saved', async () => {
    await page.goto('/admin/settings');
    await page.getByRole('textbox', { name: 'Retries' }).fill('1000');
    await page.getByText(/^A whole number from/).waitFor();
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('button', { name: 'Test the key' }).click();
    await page.getByText(/^It answers, in/).waitFor();
  });

  it('has met no error, no refusal by the policy and no stranger on the way', () => {
    expect(app.faults).toEqual([]);
  });
});

async function setMode(page: Page, mode: string): Promise<void> {
  await page.goto('/admin/settings');
  const choice = page.getByRole('radiogroup', { name: 'How to read' });
  if (await choice.getByRole('radio', { name: mode }).isChecked()) {
    await page.getByRole('button', { name: 'Fill in the defaults' }).waitFor();
    return;
  }
  await choice.getByText(mode).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved. The next run starts with these settings.').waitFor();
}

/** Reads a pile with what the page offers by itself. @returns the mode of the run, and the most calls under way at once */
async function readPile(app: App, page: Page, files: string[]): Promise<{ mode: string; most: number }> {
  app.gemini?.reset();
  await page.goto('/admin/parser');
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files' }).click();
  await (await choosing).setFiles(files);
  const runAll = page.getByRole('button', { name: 'Run all' });
  await page.getByText(new RegExp(`^${files.length} images, about`)).waitFor();
  await until(() => runAll.isEnabled(), 'the run can be started');
  await runAll.click();
  await page.getByText(`${files.length} of ${files.length} images`).first().waitFor();
  await page.getByRole('link', { name: 'Review the list' }).waitFor();
  const runId = new URL(page.url()).searchParams.get('run') ?? '';
  const { mode } = await getRun(app.url, runId, ADMIN_TOKEN);
  return { mode, most: app.gemini?.maxInFlight ?? 0 };
}
