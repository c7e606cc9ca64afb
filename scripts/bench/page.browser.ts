// One visit of a page in a real Chromium: a phone of 360 by 800 CSS pixels, cold cache, a slow line and a slow processor if wanted.
import sparticuz from '@sparticuz/chromium';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';

/** As Chrome's DevTools have them: bits a second, delay of each request, how many times slower the processor. */
export type Line = { kbitPerSecond: number; delayMs: number; cpuSlowdown: number };

export const slow4g: Line = { kbitPerSecond: 1600, delayMs: 150, cpuSlowdown: 4 };
export const slow3g: Line = { kbitPerSecond: 400, delayMs: 400, cpuSlowdown: 4 };

export type Loaded = { url: string; bytesOnTheWire: number; mediaType: string };

export type Visit = {
  fcpMs: number;
  lcpMs: number;
  cls: number;
  elements: number;
  loaded: Loaded[];
};

/** Starts the browser that comes with the project. */
export async function openBrowser(): Promise<Browser> {
  // In one process Chromium ends with its first closed window.
  const args = sparticuz.args.filter((one) => one !== '--single-process' && one !== '--no-zygote');
  return chromium.launch({ executablePath: await sparticuz.executablePath(), args, headless: true });
}

const phone = { viewport: { width: 360, height: 800 }, deviceScaleFactor: 2, hasTouch: true, locale: 'vi-VN' };

const throttle = async (session: CDPSession, { kbitPerSecond, delayMs, cpuSlowdown }: Line): Promise<void> => {
  const bytesPerSecond = (kbitPerSecond * 1000) / 8;
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: delayMs,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: bytesPerSecond,
  });
  await session.send('Emulation.setCPUThrottlingRate', { rate: cpuSlowdown });
};

/** Bytes of every answer as they came, heads included. */
const watch = async (session: CDPSession): Promise<Loaded[]> => {
  const loaded: Loaded[] = [];
  const asked = new Map<string, { url: string; mediaType: string }>();
  session.on('Network.responseReceived', ({ requestId, response }) => {
    asked.set(requestId, { url: response.url, mediaType: response.mimeType });
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const one = asked.get(requestId);
    if (one !== undefined && !one.url.startsWith('data:')) loaded.push({ ...one, bytesOnTheWire: encodedDataLength });
  });
  await session.send('Network.enable');
  return loaded;
};

// Runs in the page. As text: what compiles these files would add calls to helpers that the page does not have.
const collect = `new Promise((resolve) => {
  const seen = { fcpMs: 0, lcpMs: 0, cls: 0, elements: document.querySelectorAll('*').length };
  const observe = (type, take) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  observe('paint', (entry) => { if (entry.name === 'first-contentful-paint') seen.fcpMs = entry.startTime; });
  observe('largest-contentful-paint', (entry) => { seen.lcpMs = entry.startTime; });
  observe('layout-shift', (entry) => { if (!entry.hadRecentInput) seen.cls += entry.value; });
  setTimeout(() => resolve(seen), 600);
})`;

/** Opens the page in a fresh context; waits until nothing more comes. */
export async function visit(browser: Browser, url: string, line: Line | undefined): Promise<Visit> {
  const context: BrowserContext = await browser.newContext(phone);
  try {
    const page: Page = await context.newPage();
    const session = await context.newCDPSession(page);
    const loaded = await watch(session);
    if (line !== undefined) await throttle(session, line);
    await page.goto(url, { waitUntil: 'networkidle', timeout: 60_000 });
    const seen = await page.evaluate<Omit<Visit, 'loaded'>>(collect);
    return { ...seen, loaded };
  } finally {
    await context.close();
  }
}

/** The visible words of the page when nothing but the document itself arrives, and no script runs. */
export async function readAlone(browser: Browser, url: string): Promise<string> {
  const context = await browser.newContext({ ...phone, javaScriptEnabled: false });
  try {
    const page = await context.newPage();
    await page.route('**/*', (route) =>
      route.request().resourceType() === 'document' ? route.continue() : route.abort(),
    );
    await page.goto(url, { waitUntil: 'domcontentloaded' });
    return await page.locator('body').innerText();
  } finally {
    await context.close();
  }
}
