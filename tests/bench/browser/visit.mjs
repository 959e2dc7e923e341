// One measured visit in a new browser.
import { setTimeout as pause } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { probe } from './probe.mjs';

const NETWORK = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 };
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-blink-features=AutomationControlled', // the peer hides itself from browsers that say they are driven
];
const PATIENCE = 60_000;
const QUIET = 500;
/** How long after the banner a first visit is watched. */
const AFTER_BANNER = 1000;

/** Somebody's first visit, who only looks: bytes, paints, blocking. */
export const firstVisit = (subject, options) => inNewBrowser(options, (context) => watch(context, subject, options));

/** A first visit that ends in "Accept all", and the next one with the choice kept and the cache empty. */
export function press(subject, options) {
  return inNewBrowser(options, async (context) => {
    const first = await open(context, subject, options, true);
    await waitFor(
      first,
      () => window.seen.stored !== null && window.seen.analytics() !== null && window.seen.paint !== null,
      'the choice to be stored',
    );
    await quiet(first);
    const { stored, pressed, paint, presses, tooEarly, longTasks } = await first.page.evaluate(() => ({
      ...window.seen,
      analytics: null,
    }));
    const isLong = longTasks.some(([start, duration]) => start + duration > pressed && start < pressed + paint);
    if (tooEarly) first.problems.push('a choice was stored before there was one');
    await first.cdp.send('Network.clearBrowserCache');
    await first.page.close();

    const again = await open(context, subject, options, false);
    await waitFor(again, () => window.seen.analytics() !== null, 'analytics to run on the next visit');
    await quiet(again);
    const back = await again.page.evaluate(() => ({ analytics: window.seen.analytics(), banner: window.seen.banner }));
    if (back.banner !== null) again.problems.push('the visitor was asked again');
    await again.page.close();
    return {
      stored,
      paint,
      presses,
      isLong,
      bytesOfChoice: first.bytes,
      analytics: back.analytics,
      problems: [...first.problems, ...again.problems],
    };
  });
}

async function watch(context, subject, options) {
  const visit = await open(context, subject, options, false);
  await waitFor(visit, subject.banner ? () => window.seen.banner !== null : () => window.seen.analytics() !== null, 'the banner');
  await visit.page.waitForLoadState('load');
  await pause(AFTER_BANNER); // what is measured includes the second after the banner
  await quiet(visit);
  const seen = await visit.page.evaluate(() => ({
    banner: window.seen.banner,
    inDocument: window.seen.inDocument,
    analytics: window.seen.analytics(),
    longTasks: window.seen.longTasks,
    paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null,
    stored: window.seen.stored,
  }));
  if (subject.banner && seen.analytics !== null) visit.problems.push('analytics ran without a choice');
  if (seen.stored !== null) visit.problems.push('a choice was stored that nobody made');
  await visit.page.close();
  const end = (seen.banner ?? Infinity) + AFTER_BANNER;
  const blocking = seen.longTasks
    .filter(([start]) => start < end)
    .reduce((sum, [, duration]) => sum + Math.max(0, duration - 50), 0);
  return {
    bytes: visit.bytes,
    requests: visit.requests,
    firstPaint: seen.paint,
    banner: seen.banner,
    inDocument: seen.inDocument,
    blocking,
    analytics: seen.analytics,
    problems: visit.problems,
  };
}

async function inNewBrowser({ warmUp }, use) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: FLAGS });
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
    // The browser's own start-up must not be measured: another host's page first, so that nothing of the subject is cached.
    const page = await context.newPage();
    await page.goto(warmUp, { waitUntil: 'networkidle' });
    await page.close();
    return await use(context);
  } finally {
    await browser.close();
  }
}

async function open(context, { url, banner, accept, cookie }, { isThrottled }, isPressing) {
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  const visit = { page, cdp, bytes: 0, requests: 0, open: 0, quietSince: Date.now(), problems: [] };
  page.on('pageerror', (error) => visit.problems.push(`error in the page: ${error.message}`));
  page.on(
    'response',
    (response) => response.status() >= 400 && visit.problems.push(`${response.status()} for ${response.url()}`),
  );
  const asked = new Set();
  const settle = ({ requestId, encodedDataLength = 0 }) => {
    if (!asked.delete(requestId)) return;
    visit.bytes += encodedDataLength;
    visit.requests++;
    visit.open--;
    visit.quietSince = Date.now();
  };
  cdp.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (!request.url.startsWith('http') || asked.has(requestId)) return;
    asked.add(requestId);
    visit.open++;
  });
  cdp.on('Network.loadingFinished', settle);
  cdp.on('Network.loadingFailed', settle);
  await cdp.send('Network.enable');
  if (isThrottled) {
    await cdp.send('Network.emulateNetworkConditions', NETWORK);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  }
  await page.exposeBinding('pressHere', async (_, place) => {
    const mouse = (type, more) => cdp.send('Input.dispatchMouseEvent', { type, ...place, ...more }).catch(() => {});
    await Promise.all([
      mouse('mouseMoved'),
      mouse('mousePressed', { button: 'left', buttons: 1, clickCount: 1 }),
      mouse('mouseReleased', { button: 'left', clickCount: 1 }),
    ]);
  });
  await page.addInitScript(probe, banner ? { banner, accept, cookie, isPressing } : null);
  await page.goto(url, { waitUntil: 'commit' });
  return visit;
}

const waitFor = (visit, condition, what) =>
  visit.page.waitForFunction(condition, undefined, { timeout: PATIENCE, polling: 50 }).catch((error) => {
    throw new Error(`Waited in vain for ${what} at ${visit.page.url()}: ${error.message}`);
  });

/** Waits until no request is under way and none has been for a while. */
async function quiet(visit) {
  while (visit.open > 0 || Date.now() - visit.quietSince < QUIET) await pause(50);
}
