import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ADMIN_TOKEN, App } from './support/app.ts';
import { axeViolations } from './support/axe.ts';
import { describeInBrowser, pointsTooWide, type Visit } from './support/browser.ts';
import { everyPage, type PageToSee } from './support/every-page.ts';
import { walkByTab } from './support/keys.ts';

/** Drawn once, so that what is faded in is there. */
const SETTLED_MS = 250;

describeInBrowser('every page', () => {
  let app: App;
  let pages: PageToSee[];
  let visitor: Visit;
  let admin: Visit;

  beforeAll(async () => {
    app = await App.start('gemini');
    pages = await everyPage(app);
    visitor = await app.visit();
    admin = await app.visit({ adminToken: ADMIN_TOKEN });
    // An address that is not there is answered with 404, and the console says so.
    visitor.forgive(/status of 404 .*\/admin\/nowhere/);
  }, 120_000);
  afterAll(async () => {
    await app?.stop();
  }, 60_000);

  const open = async ({ path, isForAdmin, isThere }: PageToSee) => {
    const { page } = isForAdmin ? admin : visitor;
    await page.goto('about:blank');
    await page.goto(path);
    await isThere(page);
    await page.waitForTimeout(SETTLED_MS);
    return page;
  };

  it('axe finds no violation, in light and in dark', async () => {
    const found: Record<string, string[]> = {};
    for (const each of pages) {
      const page = await open(each);
      for (const scheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: scheme });
        await page.locator(`html[data-mantine-color-scheme=${scheme}]`).waitFor();
        await page.waitForTimeout(SETTLED_MS);
        const violations = await axeViolations(page);
        if (violations.length > 0) found[`${each.name}, ${scheme}`] = violations;
      }
      await page.emulateMedia({ colorScheme: 'light' });
    }
    expect(found).toEqual({});
  }, 180_000);

  it('Tab reaches every control, in the order in which they stand, and shows where it is', async () => {
    const found: Record<string, object> = {};
    let reached = 0;
    for (const each of pages) {
      const walk = await walkByTab(await open(each));
      reached += walk.reached;
      const { missed, unmarked, outOfOrder } = walk;
      if (missed.length + unmarked.length + outOfOrder.length > 0) found[each.name] = { missed, unmarked, outOfOrder };
    }
    expect(found).toEqual({});
    expect(reached).toBeGreaterThan(pages.length * 5);
  }, 180_000);

  it('nothing has to be moved sideways on a phone', async () => {
    const phones = {
      visitor: await app.visit({ device: 'phone' }),
      admin: await app.visit({ device: 'phone', adminToken: ADMIN_TOKEN }),
    };
    phones.visitor.forgive(/status of 404 .*\/admin\/nowhere/);
    const tooWide: Record<string, number> = {};
    for (const { name, path, isForAdmin, isThere } of pages) {
      const { page } = isForAdmin ? phones.admin : phones.visitor;
      await page.goto(path);
      await isThere(page);
      const points = await pointsTooWide(page);
      if (points > 0) tooWide[name] = points;
    }
    expect(tooWide).toEqual({});
  }, 120_000);

  it('has made no error, met no refusal by the policy and asked no stranger', () => {
    expect(app.faults).toEqual([]);
  });
});
