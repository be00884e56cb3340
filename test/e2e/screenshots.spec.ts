import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { until } from '../support/until.ts';
import { ADMIN_TOKEN, App } from './support/app.ts';
import { describeInBrowser } from './support/browser.ts';
import { dropFiles, samples } from './support/files.ts';
import { furnish, type Furnished } from './support/furnished.ts';

/**
 * Pictures of every page for people who read the documents: `npm run screenshots`; of a few with
 * `SCREENSHOTS=products,styles npm run test:e2e -- test/e2e/screenshots.spec.ts`. Not a test: nothing is compared.
 */
const FOLDER = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));
const QUALITY = 78;
const SETTLED_MS = 1_000;

const wanted = (process.env.SCREENSHOTS ?? '').split(',').filter((name) => name !== '');
const wants = (name: string) => wanted.includes('on') || wanted.includes(name);
const describeOnDemand = wanted.length > 0 ? describeInBrowser : describe.skip;

describeOnDemand('pictures of every page', () => {
  let app: App;
  let furnished: Furnished;

  beforeAll(async () => {
    await mkdir(FOLDER, { recursive: true });
    app = await App.start('local');
    furnished = await furnish(app);
  }, 240_000);
  afterAll(async () => {
    await app?.stop();
    await furnished?.gemini.close();
  }, 60_000);

  it.each(['light', 'dark'] as const)(
    '%s, at a desk and on a phone',
    async (scheme) => {
      for (const device of ['desk', 'phone'] as const) {
        const visitor = (await app.visit({ scheme, device })).page;
        const admin = (await app.visit({ scheme, device, adminToken: ADMIN_TOKEN })).page;
        for (const { name, path, isForAdmin, ready } of furnished.pages.filter((page) => wants(page.name))) {
          const page = isForAdmin ? admin : visitor;
          await page.goto('about:blank');
          await page.goto(path);
          await ready(page);
          await take(page, `${name}-${device}-${scheme}`);
        }
        if (!wants('pile')) continue;
        await admin.goto('about:blank');
        await admin.goto('/admin/parser');
        await admin.getByRole('heading', { name: 'Drop a pile of images' }).waitFor();
        await dropFiles(admin, await samples());
        await admin.getByText(/^3\d images, .*about/).waitFor({ timeout: 60_000 });
        await until(() => admin.getByRole('button', { name: 'Run all' }).isEnabled(), 'the pile is there', 60_000);
        await admin.waitForTimeout(2_000);
        await take(admin, `pile-${device}-${scheme}`);
      }
      expect(app.faults).toEqual([]);
    },
    300_000,
  );
});

/** As WebP: a picture of text at this quality is a third of its PNG, and there are many. */
async function take(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(SETTLED_MS);
  const picture = sharp(await page.screenshot({ animations: 'disabled' }));
  const { width } = await picture.metadata();
  // A phone's picture has two dots for each point.
  const wanted = name.includes('-phone-') ? 585 : width;
  await writeFile(join(FOLDER, `${name}.webp`), await picture.resize(wanted).webp({ quality: QUALITY }).toBuffer());
}
