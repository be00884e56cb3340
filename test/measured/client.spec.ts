import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { ADMIN_TOKEN, App } from '../e2e/support/app.ts';
import { describeInBrowser } from '../e2e/support/browser.ts';
import { dozen } from '../e2e/support/every-page.ts';
import { pictures } from '../support/pictures.ts';
import { named, PARSER_PATHS, runUntil, startAsync } from '../support/requests.ts';

const MOST_SCRIPT_BYTES = 200_000;
const INTERACTIVE_MS = 1_500;
const SLOW_DOWN = 4;
const VISITS = 5;
/** Of a processor: a page that gets less has neighbours. */
const QUIET_SHARE = 0.95;
const TILES = 500;
const FRAME_MS = 50;
const ROUNDS = 3;
/** What a machine's own noise may be multiplied by where that noise alone is above the bound. */
const NOISE_FACTOR = 2;

describeInBrowser('figures of the client', () => {
  let app: App;

  beforeAll(async () => {
    app = await App.start('gemini');
    const { runId } = await app.read(dozen().map((show) => [show]));
    await app.publish(runId);
  }, 90_000);
  afterAll(async () => {
    await app?.stop();
  }, 60_000);

  it(`the first page comes with less than ${MOST_SCRIPT_BYTES / 1_000} kB of script`, async () => {
    const { page, context } = await app.visit();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Network.enable');
    const scripts = new Set<string>();
    let bytes = 0;
    // Modules that are loaded ahead (modulepreload) are of the type "Other" here; their addresses say what they are.
    devtools.on('Network.responseReceived', ({ requestId, response }) => {
      if (/\.js(?:\?|$)/.test(response.url)) scripts.add(requestId);
    });
    devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (scripts.has(requestId)) bytes += encodedDataLength;
    });
    await page.goto('/', { waitUntil: 'networkidle' });
    await page.getByRole('link', { name: 'The Owl' }).first().waitFor();
    console.log(`script of the first page: ${(bytes / 1_000).toFixed(1)} kB as sent, ${scripts.size} files`);
    expect(scripts.size).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(MOST_SCRIPT_BYTES);
  }, 60_000);

  it(`it is interactive in ${INTERACTIVE_MS} ms on a processor ${SLOW_DOWN} times as slow`, async () => {
    const visits: FirstVisit[] = [];
    // The first visit fills the caches of the server, not of the browser: each is by a browser that was never here.
    for (let at = 0; at <= VISITS; at += 1) {
      const visit = await timeToInteractive(app);
      if (at > 0) visits.push(visit);
    }
    const ms = median(visits.map((visit) => visit.ms));
    const share = median(visits.map(({ processorShare }) => processorShare));
    const isBusy = share < QUIET_SHARE;
    console.log(
      `interactive (heading and list drawn, a click answered) at ${SLOW_DOWN} times slower: median ${Math.round(ms)} ms ` +
        `of ${visits.map((visit) => Math.round(visit.ms)).join(', ')}; a page has ${Math.round(share * 100)} % of a processor here` +
        (isBusy ? `: others have the rest, so it is held against ${Math.round(ms * share)} ms` : ''),
    );
    expect(isBusy ? ms * share : ms).toBeLessThan(INTERACTIVE_MS);
  }, 120_000);

  it(`${TILES} tiles scroll without a frame over ${FRAME_MS} ms`, async () => {
    app.gemini?.set({ latencyMs: 1 });
    const files = named(await pictures(TILES));
    const { runId } = await startAsync(app.url, PARSER_PATHS.adminParallel, files, ADMIN_TOKEN);
    await runUntil(app.url, runId, ADMIN_TOKEN, ({ state }) => state === 'completed', 120_000);
    const { page } = await app.visit({ adminToken: ADMIN_TOKEN });
    await page.goto('about:blank');
    await page.evaluate(`document.body.innerHTML = '<p>empty</p>'.repeat(1500)`);
    const noise = await worstFrames(page);
    await page.goto(`/admin/parser?run=${runId}`);
    await page.getByText(`${TILES} of ${TILES} images`).first().waitFor();
    await page.getByRole('list', { name: 'Images of the run' }).getByRole('article').first().waitFor();
    // Thumbnails are made once; how long that takes is measured in thumbnails.spec.ts.
    await worstFrames(page, 1);
    const tiles = await worstFrames(page);
    const isNoisy = median(noise) > FRAME_MS;
    console.log(
      `worst frame while ${TILES} tiles scroll: median ${median(tiles).toFixed(1)} ms of ${words(tiles)}; ` +
        `on an empty page ${median(noise).toFixed(1)} ms of ${words(noise)}` +
        (isNoisy ? `: this machine is too busy for ${FRAME_MS} ms, so the two are compared` : ''),
    );
    expect(median(tiles)).toBeLessThan(isNoisy ? NOISE_FACTOR * median(noise) : FRAME_MS);
  }, 240_000);
});

interface FirstVisit {
  /**
   * From the beginning of the navigation until the heading and the first show are drawn and a click on a button of the page
   * has changed it.
   */
  ms: number;
  /** 0..1, of what a page that computes without a break gets of a processor: below 1 where others compute, too. */
  processorShare: number;
}

async function timeToInteractive(app: App): Promise<FirstVisit> {
  const { page, context, close } = await app.visit();
  await context.addInitScript(watchForUse);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busySeconds = async () =>
    (await devtools.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
  const before = await busySeconds();
  const wallMs = await page.evaluate(computeAWhile);
  const processorShare = ((await busySeconds()) - before) / (wallMs / 1_000);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOW_DOWN });
  await page.goto('/');
  // Not asked again and again: each question would take from the time of the page.
  const ms = await page.evaluate(() => globalThis.usableAtMs);
  await close();
  return { ms, processorShare: Math.min(processorShare, 1) };
}

/** In the page. @returns how long it took, ms */
function computeAWhile(): number {
  const began = performance.now();
  while (performance.now() - began < 400);
  return performance.now() - began;
}

declare global {
  var usableAtMs: Promise<number>;
}

/** In the page: tries every frame whether a person could use it, until a click was answered. */
function watchForUse(): void {
  let before: string | null = null;
  let tell: (ms: number) => void = () => undefined;
  globalThis.usableAtMs = new Promise((resolve) => {
    tell = resolve;
  });
  const look = () => {
    const button = document.querySelector<HTMLElement>('button[aria-label^="Colours"]');
    const isDrawn = document.querySelector('h1') !== null && document.querySelector('h3 a[href^="/shows/"]') !== null;
    const label = button?.getAttribute('aria-label') ?? null;
    if (before !== null && label !== before) {
      tell(performance.now());
      return;
    }
    if (before === null && isDrawn && button !== null) {
      before = label;
      button.click();
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Scrolls to the end and back by the wheel. @returns the longest frame of each round, ms */
async function worstFrames(page: Page, rounds = ROUNDS): Promise<number[]> {
  const worst: number[] = [];
  await page.mouse.move(720, 700);
  for (let round = 0; round < rounds; round += 1) {
    await page.evaluate(beginFrames);
    for (const step of [240, -240]) {
      for (let turn = 0; turn < 40; turn += 1) {
        await page.mouse.wheel(0, step);
        await page.waitForTimeout(16);
      }
    }
    worst.push(await page.evaluate(() => globalThis.endFrames?.() ?? Infinity));
  }
  return worst;
}

declare global {
  var endFrames: (() => number) | undefined;
}

/** In the page: the time between any two frames from now on. */
function beginFrames(): void {
  let isOver = false;
  let last = performance.now();
  let longest = 0;
  const frame = (now: number) => {
    longest = Math.max(longest, now - last);
    last = now;
    if (!isOver) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  globalThis.endFrames = () => {
    isOver = true;
    return longest;
  };
}

function median(times: readonly number[]): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? Infinity;
}

function words(times: readonly number[]): string {
  return times.map((time) => time.toFixed(1)).join(', ');
}
