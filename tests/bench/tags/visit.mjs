// The measured visits: the page's load on a slow machine, and a burst of events and of identifiers on a fast one.
import { setTimeout as pause } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { CATEGORIES, mainThread } from './trace.mjs';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const PATIENCE = 60_000;
/** Nothing has arrived for so long: nothing more will. Longer than any library waits for its batch to fill. */
const SILENCE = 8_000;
const QUIET = 700;

/** Uses a new browser with a visitor who has been here before and may be tracked, the cache emptied. */
async function asReturning(subject, use) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: FLAGS });
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
    context.setDefaultTimeout(PATIENCE);
    const first = await context.newPage();
    await first.goto(subject.url, { waitUntil: 'networkidle' });
    await subject.prepare?.(first);
    if (subject.name !== 'bare page') await first.waitForFunction(() => window.hasBegun);
    await settled(subject);
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await first.close();
    await cdp.send('Network.enable');
    await cdp.send('Network.clearBrowserCache');
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' }); // the thread's own time: a busy machine does not count
    return await use(page, cdp, browser);
  } finally {
    await browser.close();
  }
}

/** One load on a machine four times slower, until the first event has arrived and the page rests. */
export function load(subject) {
  return asReturning(subject, async (page, cdp, browser) => {
    let bytes = 0;
    cdp.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    await page.addInitScript(() => {
      window.longTasks = [];
      new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
        type: 'longtask',
        buffered: true,
      });
    });
    subject.tally.empty();
    await browser.startTracing(page, { categories: CATEGORIES });
    await page.goto(subject.url, { waitUntil: 'load' });
    if (subject.name !== 'bare page') await arrived(subject, 1);
    await pause(QUIET); // what is measured includes whatever the page still does then
    const time = mainThread(await browser.stopTracing());
    const longTasks = await page.evaluate(() => window.longTasks);
    const blocking = longTasks.reduce((sum, duration) => sum + Math.max(0, duration - 50), 0);
    return { ...time, blocking, longest: Math.max(0, ...longTasks), bytes };
  });
}

/** Events one at a time, as visitors make them, and then a burst: what was called, done and sent. */
export function events(subject, calls) {
  return asReturning(subject, async (page, cdp) => {
    subject.tally.empty();
    await page.goto(subject.url, { waitUntil: 'load' });
    await arrived(subject, 1);
    await page.evaluate(trackPaced, 100); // the engine's compilers have seen the path
    await arrived(subject, 101);
    await settled(subject);

    subject.tally.empty();
    await page.evaluate(trackPaced, 1);
    await arrived(subject, 1);
    const alone = subject.tally.bytes;
    await settled(subject);

    const paced = await tracked(subject, page, cdp, trackPaced, calls);
    await settled(subject);
    const burst = await tracked(subject, page, cdp, trackAtOnce, calls);
    return { alone, paced, burst };
  });
}

/** Tracks so many events, and waits until they have arrived and the page rests. Times are microseconds an event. */
async function tracked(subject, page, cdp, track, calls) {
  subject.tally.empty();
  const before = await metrics(cdp);
  const call = await page.evaluate(track, calls);
  await arrived(subject, calls);
  await settled(subject);
  const after = await metrics(cdp);
  const { events, requests, preflights, bytes, encodings } = subject.tally;
  return {
    call: (call * 1000) / calls,
    mainThread: ((after.TaskDuration - before.TaskDuration) * 1e6) / calls,
    wire: bytes / Math.max(1, events),
    events,
    requests,
    preflights,
    encodings: [...encodings],
  };
}

/** In the page: so many events in a row. Resolves to the milliseconds that the calls took. */
function trackAtOnce(calls) {
  const start = performance.now();
  for (let index = 0; index < calls; index++) window.track('add_to_cart', { sku: `A${index}`, price: 12.5, currency: 'EUR' });
  return performance.now() - start;
}

/** In the page: so many events, each in a task of its own, one every 10 ms. Resolves to the milliseconds that the calls took. */
async function trackPaced(calls) {
  let took = 0;
  for (let index = 0; index < calls; index++) {
    await new Promise((next) => setTimeout(next, 10));
    const start = performance.now();
    window.track('add_to_cart', { sku: `A${index}`, price: 12.5, currency: 'EUR' });
    took += performance.now() - start;
  }
  return took;
}

/** Identifiers hashed, by Nod and by the browser's own WebCrypto, one at a time and all at once: milliseconds. */
export function hashes(subject, count) {
  return asReturning(subject, async (page) => {
    await page.goto(subject.url, { waitUntil: 'load' });
    await page.waitForFunction(() => window.nod('hash', 'email', 'a@b.example'));
    return page.evaluate(hashAll, count);
  });
}

async function hashAll(count) {
  const values = Array.from({ length: count }, (_, index) => ` Person.${index}@Example.com `);
  const encoder = new TextEncoder();
  const hex = (digest) => Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const ways = {
    nod: (value) => window.nod('hash', 'email', value),
    webCrypto: async (value) => hex(await crypto.subtle.digest('SHA-256', encoder.encode(value.trim().toLowerCase()))),
  };
  const took = {};
  const seen = new Set();
  for (const isWarm of [false, true]) {
    for (const [name, hash] of Object.entries(ways)) {
      const list = isWarm ? values : values.slice(0, 500);
      let start = performance.now();
      const one = [];
      for (const value of list) one.push(await hash(value));
      took[`${name}, one at a time`] = performance.now() - start;
      start = performance.now();
      const all = await Promise.all(list.map(hash));
      took[`${name}, all at once`] = performance.now() - start;
      if (isWarm) seen.add(one.join()).add(all.join());
    }
  }
  if (seen.size !== 1) throw new Error('Nod and WebCrypto do not agree.');
  return took;
}

async function metrics(cdp) {
  const { metrics: list } = await cdp.send('Performance.getMetrics');
  return Object.fromEntries(list.map(({ name, value }) => [name, value]));
}

/** Until so many events have arrived, or nothing has for a while: a library may lose some. */
async function arrived({ tally }, events) {
  const begun = Date.now();
  while (tally.events < events && Date.now() - Math.max(begun, tally.last) < SILENCE) await pause(10);
}

async function settled({ tally }) {
  const begun = Date.now();
  while (Date.now() - Math.max(begun, tally.last) < QUIET) await pause(20);
}
