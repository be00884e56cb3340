import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { putSettings } from '../support/requests.ts';
import { lookAnswer, PORTFOLIO, SHELVES, shelfAnswer } from '../support/sample-answers.ts';
import { until } from '../support/until.ts';
import { ADMIN_TOKEN, App } from './support/app.ts';
import { axeViolations } from './support/axe.ts';
import { describeInBrowser, pointsTooWide } from './support/browser.ts';
import { dropFiles, photosOf } from './support/files.ts';

const [SHELF_PHOTOS, BOXES, PRODUCTS, LOOKS] = [8, 320, 24, 12];

describeInBrowser('the admin asks about products and styles', () => {
  let app: App;
  let page: Page;

  beforeAll(async () => {
    app = await App.start('gemini');
    // A few at a time, so that there is something to watch.
    await putSettings(app.url, ADMIN_TOKEN, { maxInFlight: 6 });
    page = (await app.visit({ adminToken: ADMIN_TOKEN })).page;
  }, 90_000);
  afterAll(async () => {
    await app?.stop();
  }, 60_000);

  const axeInBoth = async () => {
    const found: string[] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
      await page.waitForTimeout(250);
      found.push(...(await axeViolations(page)).map((violation) => `${colorScheme}: ${violation}`));
    }
    await page.emulateMedia({ colorScheme: 'light' });
    return found;
  };
  const begin = async (analysis: 'Products' | 'Styles', files: string[], count: number) => {
    await page.goto('/admin/parser');
    await page.getByRole('heading', { name: 'Drop a pile of images' }).waitFor();
    await dropFiles(page, files);
    await page.getByText(new RegExp(`^${count} images`)).waitFor({ timeout: 40_000 });
    await page.getByRole('radiogroup', { name: 'Ask about' }).getByText(analysis, { exact: true }).click();
  };
  const start = async () => {
    const button = page.getByRole('button', { name: 'Run all' });
    await until(() => button.isEnabled(), '"Run all" can be pressed', 30_000);
    await button.click();
  };
  const download = async (format: string): Promise<Buffer> => {
    const [file] = await Promise.all([
      page.waitForEvent('download', { timeout: 40_000 }),
      page.getByRole('group', { name: 'Download' }).getByRole('button', { name: format, exact: true }).click(),
    ]);
    return readFile(await file.path());
  };

  it('products without a file of boxes: they are found, appear over the image, and are asked about one by one', async () => {
    const tall = [0, 1, 2, 3].map((at) => ({ left: at * 250, right: at * 250 + 200, top: 100, bottom: 900 }));
    app.gemini?.set({
      latencyMs: 60,
      answerFor: ({ prompt, imageSha256 }) =>
        prompt.startsWith('You find the products')
          ? { objects: tall }
          : { products: [{ name: `Thing ${imageSha256?.slice(0, 4)}`, brand: 'Hollis', category: 'box' }] },
    });
    await begin('Products', (await photosOf(SHELVES)).slice(0, 2), 2);
    await page.getByText(/if an image has 12 products/).waitFor();
    await page.getByRole('switch', { name: 'Ask about each product by itself' }).waitFor();
    expect(await axeInBoth()).toEqual([]);
    await start();
    const lit = page.locator('[data-shelf] [role=option][data-state=done]');
    await until(async () => (await lit.count()) === 2 * tall.length, 'all boxes are lit', 40_000);
    await page.getByText('5 of 5 answered').first().waitFor();
    const products = page.getByRole('listbox', { name: 'Products' }).getByRole('option');
    await until(async () => (await products.count()) === 2 * tall.length, 'each product is there', 20_000);
  }, 90_000);

  it('products: boxes light up as they are answered, and are of the products beside them', async () => {
    app.gemini?.set({ answerFor: shelfAnswer, latencyMs: 60 });
    await begin('Products', await photosOf(SHELVES), SHELF_PHOTOS);
    await page.getByLabel('Choose a file').setInputFiles(join(SHELVES, 'detections.json'));
    await page.getByText(`${BOXES} boxes in ${SHELF_PHOTOS} images`).waitFor();
    await start();
    const lit = page.locator('[data-shelf] [role=option][data-state=done]');
    await until(async () => (await lit.count()) > 5, 'some boxes are lit', 40_000);
    expect(await lit.count()).toBeLessThan(BOXES);
    const products = page.getByRole('listbox', { name: 'Products' });
    await until(async () => (await lit.count()) === BOXES, 'all boxes are lit', 90_000);
    await until(async () => (await products.getByRole('option').count()) === PRODUCTS, 'each product is there once');
    await page.getByText('Done', { exact: true }).first().waitFor();

    const soup = products.getByRole('option').filter({ hasText: 'Tomato Soup' });
    await soup.click();
    const chosen = page.locator('[data-shelf] [role=option][aria-selected=true]');
    const places = Number(/(\d+) places/.exec((await soup.textContent()) ?? '')?.[1]);
    expect(places).toBeGreaterThan(3);
    expect(await chosen.count()).toBe(places);
    expect(await chosen.first().getAttribute('aria-label')).toBe('Tomato Soup, Hollis');
    expect(await axeInBoth()).toEqual([]);
    expect(String(await download('CSV'))).toContain('Tomato Soup');
  }, 200_000);

  it('styles: looks with their colours and what they have in common; taken away as a contact sheet', async () => {
    app.gemini?.set({ answerFor: lookAnswer, latencyMs: 200 });
    await begin('Styles', await photosOf(PORTFOLIO), LOOKS);
    await start();
    await page.getByRole('heading', { name: 'The portfolio' }).waitFor({ timeout: 40_000 });
    const looks = page.getByRole('region', { name: /^Looks/ }).getByRole('article');
    await until(async () => (await looks.count()) === LOOKS, 'all looks are there', 40_000);
    await page.getByText('Done', { exact: true }).first().waitFor();
    await page.getByText('look-12.jpg', { exact: true }).first().waitFor();
    expect(await axeInBoth()).toEqual([]);

    await page.getByRole('button', { name: /^Mood\s*calm/i }).click();
    await page.getByText(/^\d+ of 12 looks have calm$/).waitFor();
    expect((await download('PDF')).subarray(0, 5).toString()).toBe('%PDF-');
    expect((await download('PNG')).subarray(1, 4).toString()).toBe('PNG');
  }, 120_000);

  it('both fit on a phone, and come up again from the list of runs', async () => {
    await page.goto('/admin/runs');
    await page.getByRole('table', { name: 'Runs' }).waitFor();
    const { body } = await app.asAdmin('get', '/api/runs').expect(200);
    const phone = (await app.visit({ device: 'phone', adminToken: ADMIN_TOKEN })).page;
    const tooWide: Record<string, number> = {};
    for (const { runId, analysis } of body as { runId: string; analysis: string }[]) {
      await phone.goto(`/admin/parser?run=${runId}`);
      const there = analysis === 'styles' ? phone.getByRole('article') : phone.getByRole('option');
      await there.first().waitFor();
      const points = await pointsTooWide(phone);
      if (points > 0) tooWide[analysis] = points;
    }
    expect(tooWide).toEqual({});
    expect(app.faults).toEqual([]);
  }, 60_000);
});
