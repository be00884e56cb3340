import { accessSync, constants } from 'node:fs';
import { describe } from '@jest/globals';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const USUAL_PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where a Chromium is: `CHROMIUM_PATH`, or where Debian and others put it; null where there is none. */
export const chromiumPath: string | null =
  [process.env.CHROMIUM_PATH ?? '', ...USUAL_PLACES].find((path) => path !== '' && isExecutable(path)) ?? null;

/** Tests that need a browser. Without one they are skipped, in so many words: never failed. */
export function describeInBrowser(name: string, tests: () => void): void {
  /* oxlint-disable jest/valid-title, jest/valid-describe-callback, jest/no-disabled-tests -- they are handed on */
  if (chromiumPath !== null) {
    describe(name, tests);
    return;
  }
  process.stdout.write(`Skipped, there is no Chromium (apt install chromium, or CHROMIUM_PATH): ${name}\n`);
  describe.skip(name, tests);
}

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath ?? '', args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

export type ColourScheme = 'light' | 'dark';

export interface VisitOptions {
  url: string;
  /** Signs in as the admin without the page for it. */
  adminToken?: string;
  scheme?: ColourScheme;
  /** A phone in the hand: 390 × 844, touch. Otherwise a desk: 1440 × 900. */
  device?: 'desk' | 'phone';
}

/** A person in front of a browser of their own. */
export interface Visit {
  page: Page;
  context: BrowserContext;
  /**
   * What must not happen on any page: errors in the console (what the policy refuses is one), exceptions, requests to
   * anywhere but the server.
   */
  faults: string[];
  /** Messages that are not held against the page from now on: a test that kills the server makes some. */
  forgive: (message: RegExp) => void;
  close: () => Promise<void>;
}

const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;

export async function visit(browser: Browser, options: VisitOptions): Promise<Visit> {
  const { url, adminToken, scheme = 'light', device = 'desk' } = options;
  const context = await browser.newContext({
    baseURL: url,
    viewport: SIZES[device],
    colorScheme: scheme,
    locale: 'en-US',
    timezoneId: 'America/New_York',
    ...(device === 'phone' && { hasTouch: true, isMobile: true, deviceScaleFactor: 2 }),
  });
  context.setDefaultTimeout(15_000);
  if (adminToken !== undefined) {
    // An empty page in between has no storage.
    const store = `sessionStorage.setItem('contactsheet.adminToken', ${JSON.stringify(adminToken)})`;
    await context.addInitScript(`if (location.protocol === 'http:') ${store}`);
  }
  await context.addInitScript(
    `addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
       console.error('The policy refused ' + violatedDirective + ' ' + blockedURI))`,
  );
  const page = await context.newPage();
  const faults: string[] = [];
  const forgiven: RegExp[] = [];
  const note = (fault: string) => {
    if (!forgiven.some((message) => message.test(fault))) faults.push(fault);
  };
  page.on('console', (message) => {
    if (message.type() === 'error') note(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => note(`exception: ${error.message}`));
  const { origin } = new URL(url);
  context.on('request', (request) => {
    const asked = new URL(request.url());
    if (asked.protocol.startsWith('http') && asked.origin !== origin) note(`request to ${asked.origin}`);
  });
  return {
    page,
    context,
    faults,
    forgive: (message) => void forgiven.push(message),
    close: () => context.close(),
  };
}

/** Points by which a page is wider than the screen it is on: what has to be moved sideways to be read. */
export function pointsTooWide(page: Page): Promise<number> {
  // Not the window's own width: a phone's window grows with what is in it.
  return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - screen.width));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
