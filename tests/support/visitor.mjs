// A visitor: one browser context of its own, a page, and everything that left the browser or went wrong in it.
//
// Requests are watched on the network (beacons, images and frames included), not in the document. What goes wrong in a
// page (an exception, a rejected promise, a console error, a breach of its policy) fails the test, unless it was expected.
import assert from 'node:assert/strict';
import { after } from 'node:test';
import { chromium } from 'playwright-core';
import { sharedInstance } from './instance.mjs';
import { PATIENCE, until } from './until.mjs';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const PURPOSES = { necessary: 'Necessary', functional: 'Functional', analytics: 'Analytics', marketing: 'Marketing' };
const THIRD_PARTIES = /^\/demo\/(vendors|collect)\//;

/** A browser and the run's instance, for the tests of one file. */
export async function openShop() {
  const instance = await sharedInstance();
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: FLAGS });
  after(() => browser.close());
  return {
    instance,
    browser,
    /** A new visitor; the context's options are Playwright's. It leaves when the test `t` ends. */
    visitor: (t, options) => Visitor.arrive(t, instance, browser, options),
  };
}

class Visitor {
  /** Every request that left the browser: {method, url, path, type, body}. */
  requests = [];
  /** What went wrong, as sentences. */
  trouble = [];
  #expected = [];

  static async arrive(t, instance, browser, options = {}) {
    const visitor = new Visitor();
    visitor.instance = instance;
    visitor.context = await browser.newContext({
      locale: 'en-GB',
      baseURL: instance.url,
      viewport: { width: 1280, height: 800 },
      ...options,
    });
    visitor.context.setDefaultTimeout(PATIENCE);
    await visitor.#watch();
    t.after(async () => {
      await visitor.context.close();
      visitor.#assertCalm();
    });
    visitor.page = await visitor.context.newPage();
    return visitor;
  }

  /** Goes on in another tab of the same browser. */
  async newTab() {
    const tab = Object.create(this);
    tab.page = await this.context.newPage();
    return tab;
  }

  async #watch() {
    this.context.on('request', (request) => {
      const { pathname } = new URL(request.url());
      this.requests.push({
        method: request.method(),
        url: request.url(),
        path: pathname,
        type: request.resourceType(),
        body: request.postData(),
      });
    });
    this.context.on('weberror', (error) => this.trouble.push(`exception: ${error.error().stack ?? error.error()}`));
    this.context.on('console', (message) => {
      if (message.type() === 'error') this.trouble.push(`console: ${message.text()} (${message.location().url})`);
    });
    await this.context.exposeBinding('reportTrouble', (_, what) => void this.trouble.push(what));
    await this.context.addInitScript(() => {
      const report = window.reportTrouble;
      delete window.reportTrouble;
      addEventListener('error', (event) => event instanceof ErrorEvent && report(`window.onerror: ${event.message}`));
      addEventListener('unhandledrejection', (event) => report(`unhandledrejection: ${event.reason}`));
      addEventListener('securitypolicyviolation', (event) =>
        report(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
      );
    });
  }

  /** Names what may go wrong in this test, because the test itself causes it. */
  expect(...patterns) {
    this.#expected.push(...patterns);
  }

  #assertCalm() {
    const surprises = this.trouble.filter((what) => !this.#expected.some((pattern) => pattern.test(what)));
    assert.deepEqual(surprises, [], 'nothing goes wrong in the page');
  }

  async open(path = '/demo/', options) {
    return this.page.goto(new URL(path, this.instance.url).href, options);
  }

  // What is on the screen. Playwright's selectors see into open shadow roots.

  get banner() {
    return this.page.locator('nod-consent section.banner');
  }

  /** A button of the banner: accept, reject, manage or retry. */
  button(what) {
    return this.banner.locator(`button[data-do=${what}]`);
  }

  get preferences() {
    return this.page.locator('nod-consent dialog.preferences[open]');
  }

  /** The switch of a purpose in the preferences. */
  switchOf(purpose) {
    return this.preferences.getByRole('switch', { name: PURPOSES[purpose], exact: true });
  }

  async switches() {
    const states = {};
    for (const purpose of Object.keys(PURPOSES)) {
      states[purpose] = (await this.switchOf(purpose).getAttribute('aria-checked')) === 'true';
    }
    return states;
  }

  /** The iframe that the shop marks as marketing, and what stands in its place while it is held. */
  get video() {
    return this.page.locator('iframe[data-nod=marketing]');
  }

  get placeholder() {
    return this.page.locator('nod-placeholder');
  }

  // What the visitor does.

  /** Opens the preferences through the shop's permanent link. */
  async openPreferences() {
    await this.page.locator('footer a[href="#nod"]').click();
    await this.preferences.waitFor();
  }

  /** Presses a button and waits for the edge's answer to the choice; resolves to it. */
  async choosing(press) {
    const [answer] = await Promise.all([this.answer(), press()]);
    assert.equal(answer.status(), 201, await answer.text());
    return answer.json();
  }

  /** The edge's next answer to a choice. */
  answer() {
    return this.page.waitForResponse((response) => isChoice(response.request()));
  }

  /** Chooses in the banner; resolves to the edge's answer. */
  choose(what) {
    return this.choosing(() => this.button(what).click());
  }

  // What is so.

  /** The page's own answer: `nod('consent')`. */
  consent() {
    return this.page.evaluate(() => window.nod('consent'));
  }

  /** The parts of the cookie `nod`, or null. */
  async cookie() {
    const cookie = (await this.context.cookies()).find(({ name }) => name === 'nod');
    if (!cookie) return null;
    const [form, visitor, version, at, bits, flags] = cookie.value.split('.');
    return { ...cookie, form, visitor, version: Number(version), at: parseInt(at, 36), bits: parseInt(bits, 36), flags };
  }

  async cookieNames() {
    return (await this.context.cookies()).map(({ name }) => name).sort();
  }

  /** Whatever the browser keeps for the page's origin, in any kind of storage. */
  async stored() {
    const kept = await this.page.evaluate(async () => ({
      local: Object.keys(localStorage),
      session: Object.keys(sessionStorage),
      databases: (await indexedDB.databases()).map(({ name }) => name),
      caches: window.isSecureContext ? await caches.keys() : [],
    }));
    return { cookies: await this.cookieNames(), ...kept };
  }

  /** The requests to the stand-ins of analytics, marketing and video: their scripts, their frame and what they send. */
  get thirdParty() {
    return this.requests.filter(({ path }) => THIRD_PARTIES.test(path)).map(({ method, path }) => `${method} ${path}`);
  }

  /** The choices that were sent to the edge. */
  get sent() {
    return this.requests
      .filter((request) => request.method === 'POST' && request.path === '/v1/consent')
      .map(({ body }) => JSON.parse(body));
  }

  /** The visitor's records in D1, oldest first. */
  async records() {
    const { visitor } = (await this.cookie()) ?? {};
    assert.ok(visitor, 'the visitor has an id');
    const rows = this.instance.database.rows(
      'SELECT * FROM consent_records WHERE visitor = ? ORDER BY recorded_at, rowid',
      visitor,
    );
    return rows.map((row) => ({ ...row, purposes: JSON.parse(row.purposes) }));
  }

  /** How many scripts of third parties have run in the page, in their order. */
  ran() {
    return this.page.evaluate(() => window.__vendors ?? []);
  }

  /** Waits until third parties' scripts have run: these, in this order. */
  async runs(...names) {
    let ran;
    await until(`as many scripts as these to run: ${names}`, async () => (ran = await this.ran()).length >= names.length).catch(
      ({ message }) => {
        throw new Error(`${message}\nRan: ${ran}\nWent wrong: ${this.trouble.join('\n')}`);
      },
    );
    assert.deepEqual(ran, names, 'the scripts run in document order');
  }

  /** Waits until a request that matches has left. */
  async sends(method, path) {
    await until(
      `${method} ${path}`,
      () => this.requests.some((request) => request.method === method && request.path === path) || null,
    );
  }

  /**
   * Waits until whatever the page would do by itself has been done: it is loaded, its network is quiet, the engine answers,
   * and a request that was made after all that has come back.
   */
  async settled() {
    await this.page.waitForLoadState('load');
    await this.consent();
    await this.page.waitForLoadState('networkidle');
    const status = await this.page.evaluate(async () => {
      await new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
      return (await fetch(location.pathname, { cache: 'no-store' })).status;
    });
    assert.equal(status, 200);
  }
}

/** Is this request a choice on its way to the edge? */
export const isChoice = (request) => request.method() === 'POST' && new URL(request.url()).pathname === '/v1/consent';
