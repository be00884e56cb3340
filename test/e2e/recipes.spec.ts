import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { PANCAKES, pancakeAnswers, pancakesTableLast } from '../support/sample-video.ts';
import { until } from '../support/until.ts';
import { ADMIN_TOKEN, App } from './support/app.ts';
import { axeViolations } from './support/axe.ts';
import { describeInBrowser, pointsTooWide } from './support/browser.ts';
import { dropFiles, picturesOnDisk } from './support/files.ts';

describeInBrowser('a recipe from a cooking video', () => {
  let app: App;
  let page: Page;

  beforeAll(async () => {
    const answerFor = await pancakeAnswers();
    app = await App.start('gemini');
    // The recipe is written so slowly that its draft can be seen before.
    app.gemini?.set({ answerFor, latencyMs: ({ imageSha256 }) => (imageSha256 === null ? 4_000 : 150) });
    ({ page } = await app.visit({ adminToken: ADMIN_TOKEN }));
  }, 90_000);
  afterAll(async () => {
    await app?.stop();
  }, 60_000);

  it('is asked for where images are; what is no video is said in words, and not sent', async () => {
    await page.goto('/admin/parser');
    await page.getByRole('heading', { name: 'Drop a pile of images' }).waitFor();
    await page.getByRole('radiogroup', { name: 'Ask about' }).getByText('Recipes').click();
    await page.getByRole('heading', { name: 'Drop a cooking video' }).waitFor();
    await dropFiles(page, await picturesOnDisk(1));
    await page.getByText('This is no video that can be read here.').waitFor();
    await dropFiles(page, [PANCAKES, ...(await picturesOnDisk(1))]);
    await page.getByText('One run takes one video.').waitFor();
    expect(await axeViolations(page)).toEqual([]);
  }, 60_000);

  it('shows its frames while it is sent, and stops sending when that is wanted', async () => {
    // As phones write them: the page puts its table of contents in front, or nothing could be seen before it is whole.
    const late = join(app.dataDir, 'late.mp4');
    await writeFile(late, await pancakesTableLast());
    const slow = await slowLine(page, 60_000);
    await page.locator('input[data-intake="video"]').setInputFiles(late);
    await page.getByRole('heading', { name: 'Sending late.mp4' }).waitFor();
    await page.getByText(/ of 342 kB$/).waitFor();
    const strip = page.getByRole('list', { name: 'Frames in the order of the video' });
    await strip.getByRole('button', { name: /^Frame 1 0:\d\d/ }).waitFor({ timeout: 40_000 });
    const sent = async () =>
      Number(await page.getByRole('progressbar', { name: 'Sending late.mp4' }).getAttribute('aria-valuenow'));
    expect(await sent()).toBeLessThan(100);
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Stop sending' }).click();
    await page.getByText('Cancelled', { exact: true }).waitFor();
    await page.getByRole('heading', { name: 'Sending late.mp4' }).waitFor({ state: 'detached' });
    await slow.end();
    await until(async () => (await readdir(join(app.dataDir, 'uploads'))).length === 0, 'what was sent is removed');
    await page.getByRole('button', { name: 'New video' }).click();
    await page.getByRole('heading', { name: 'Drop a cooking video' }).waitFor();
  }, 60_000);

  it('goes on after the page was left, then shows a draft, then the recipe as it is written', async () => {
    const slow = await slowLine(page, 60_000);
    await page.locator('input[data-intake="video"]').setInputFiles(PANCAKES);
    const strip = page.getByRole('list', { name: 'Frames in the order of the video' });
    await strip.getByRole('button', { name: /^Frame 1 0:\d\d/ }).waitFor({ timeout: 40_000 });
    page.once('dialog', (dialog) => void dialog.accept());
    await page.reload();
    await page.getByText('The rest of pancakes.mp4 is missing').waitFor({ timeout: 20_000 });
    expect(await axeViolations(page)).toEqual([]);
    await slow.end();
    const again = page.locator('input[data-intake="rest"]');
    await again.setInputFiles({ name: 'other.mp4', mimeType: 'video/mp4', buffer: Buffer.alloc(10) });
    await page.getByText('other.mp4 is another file').waitFor();
    // From the run's page, or where new videos are given: it is the same run that goes on.
    const runAddress = addressOf(page);
    await page.getByRole('button', { name: 'New video' }).click();
    await page.locator('input[data-intake="video"]').setInputFiles(PANCAKES);
    await strip.getByRole('button', { name: /^Frame 2 0:\d\d/ }).waitFor({ timeout: 40_000 });
    expect(addressOf(page)).toBe(runAddress);
    await page.getByText('Draft', { exact: true }).waitFor({ timeout: 30_000 });
    await page.reload();
    await strip.getByRole('button', { name: /^Frame 1 0:\d\d/ }).waitFor();
    await page.getByRole('heading', { name: 'Buttermilk Pancakes' }).waitFor({ timeout: 30_000 });
    await page.getByText('Draft', { exact: true }).waitFor({ state: 'detached' });
    expect(await strip.getByRole('button').count()).toBeGreaterThanOrEqual(5);
    const ingredients = page.getByRole('list', { name: 'Ingredients' });
    await ingredients.getByRole('button', { name: /^1 ½ cups buttermilk/ }).waitFor();
    const madeUp = ingredients.getByRole('listitem').filter({ hasText: 'vanilla extract' });
    await madeUp.getByText('not seen in the video').waitFor();
    expect(await axeViolations(page)).toEqual([]);
  }, 120_000);

  it('lights up the frames of a step and of an ingredient, by keys', async () => {
    const lit = page.locator('button[data-marked]');
    const step = page.getByRole('list', { name: 'Steps' }).getByRole('button').nth(2);
    await step.focus();
    await page.keyboard.press('Enter');
    await page.getByText(/^Step 3: \d+ frames?$/).waitFor();
    expect(await lit.count()).toBeGreaterThan(0);
    await page.keyboard.press('Enter');
    expect(await lit.count()).toBe(0);
    await page.getByRole('button', { name: /^2 cups flour/ }).click();
    await page.getByText(/^flour: seen in \d+ frames?$/).waitFor();
    const frames = page.getByRole('list', { name: 'Frames in the order of the video' }).getByRole('button');
    await frames.first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    expect(await frames.nth(1).getAttribute('aria-pressed')).toBe('true');
  }, 30_000);

  it('says what took how long: a bar for each step, and the same in words', async () => {
    const times = page.getByRole('table', { name: 'What took how long' });
    const row = times.getByRole('row', { name: /^Describing frames/ });
    await row.getByText(/^from .* to .*$/).waitFor({ state: 'attached' });
    expect(await times.getByRole('row').count()).toBeGreaterThanOrEqual(6);
  });

  it('finds a moment by what happens in it; where that is not set up, it says so', async () => {
    const field = page.getByRole('searchbox', { name: 'What happens in it' });
    await field.fill('butter melts in a pan');
    await field.press('Enter');
    const found = page.getByRole('list', { name: 'Frames found' }).getByRole('button');
    await found.first().waitFor();
    expect(await found.first().textContent()).toMatch(/^0:\d\d .*Butter melts/);
    await found.first().click();
    expect(await found.first().getAttribute('aria-pressed')).toBe('true');
    expect(await axeViolations(page)).toEqual([]);

    const other = await app.visit({ adminToken: ADMIN_TOKEN });
    other.forgive(/status of 503/);
    const problem = { code: 'model.notConfigured', detail: 'No model that compares texts is set up.', status: 503 };
    await other.page.route('**/search?**', (route) => route.fulfill({ status: 503, json: problem }));
    await other.page.goto(addressOf(page));
    await other.page.getByRole('searchbox').fill('eggs');
    await other.page.keyboard.press('Enter');
    await other.page.getByText('Searching by meaning is not set up on this server').waitFor();
    await other.close();
  }, 60_000);

  it('can be taken away as JSON-LD', async () => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'JSONLD' }).click();
    const text = await readFile(await (await download).path(), 'utf8');
    const graph = (JSON.parse(text) as { '@graph': Record<string, unknown>[] })['@graph'];
    expect(graph[0]).toMatchObject({ '@type': 'Recipe', name: 'Buttermilk Pancakes', totalTime: 'PT25M' });
  });

  it('in both schemes, in Spanish and on a phone', async () => {
    for (const scheme of ['light', 'dark'] as const) {
      const phone = await app.visit({ adminToken: ADMIN_TOKEN, scheme, device: 'phone' });
      await phone.page.addInitScript(`localStorage.setItem('contactsheet.language', 'es')`);
      await phone.page.goto(addressOf(page));
      await phone.page.getByRole('heading', { name: 'Buttermilk Pancakes' }).waitFor();
      await phone.page.waitForTimeout(500);
      expect(await axeViolations(phone.page)).toEqual([]);
      expect(await pointsTooWide(phone.page)).toBe(0);
      await phone.close();
    }
    expect(app.faults).toEqual([]);
  }, 60_000);
});

function addressOf(page: Page): string {
  const { pathname, search } = new URL(page.url());
  return pathname + search;
}

/** Bytes a second go out, until it is ended. */
async function slowLine(page: Page, uploadThroughput: number): Promise<{ end(): Promise<void> }> {
  const network = await page.context().newCDPSession(page);
  const line = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput };
  await network.send('Network.emulateNetworkConditions', line);
  return {
    async end() {
      await network.send('Network.emulateNetworkConditions', { ...line, uploadThroughput: -1 });
      await network.detach();
    },
  };
}
