// The vendors' templates, each against a stand-in of the vendor's script that takes calls as the real one does: first those
// that its snippet has kept, then live ones. Under a strict policy: scripts need Nod's own nonce.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { track, tracked, visit } from '../support/tags.mjs';
import { openShop } from '../support/visitor.mjs';
import { until } from '../support/until.mjs';

const shop = await openShop();
const NONCE = 'Zm9yLXRoaXMtdGVzdA';
const POLICY = `default-src 'self'; script-src 'nonce-${NONCE}' 'wasm-unsafe-eval'; style-src 'self'; connect-src *; base-uri 'none'`;
const BUTTON = '<button data-nod-event="add_to_cart" data-nod-prop-sku="A1" data-nod-prop-value="24">Add</button>';

/** What a stand-in has been called with, as JSON. */
const heard = (visitor) => visitor.page.evaluate(() => JSON.parse(JSON.stringify(window.heard ?? [], (_, value) => value)));
const hears = (visitor, count) => until(`${count} calls of the vendor`, async () => (await heard(visitor)).length >= count);

/** A page with one vendor; its script is `script`, a stand-in at /vendor.js. */
function withVendor(t, template, settings, script, { region = 'DE', ...more } = {}) {
  return visit(t, shop, {
    region,
    nonce: NONCE,
    headers: { 'Content-Security-Policy': POLICY },
    body: BUTTON,
    files: { '/vendor.js': { html: script, type: 'text/javascript' } },
    vendors: [{ id: 'vendor', template, purposes: ['analytics'], settings, events: ['*'] }],
    ...more,
  });
}

const asked = (visitor) => visitor.requests.filter(({ path }) => path.startsWith('/vendor.js'));

/** The whole way: nothing before the choice, the early event after it, then live ones, and none after the withdrawal. */
async function wholeWay(visitor) {
  await visitor.settled();
  await visitor.find('button[data-nod-event]').click();
  await visitor.settled();
  assert.deepEqual(asked(visitor), [], 'the script is not even requested before the choice');
  assert.equal(await visitor.page.evaluate(() => typeof (window.gtag ?? window.fbq ?? window.clarity ?? window._paq ?? window.plausible)), 'undefined');
  await visitor.choose('accept');
  await until('the vendor’s script', () => asked(visitor).length === 1);
}

async function withdraw(visitor) {
  await visitor.page.evaluate(() => window.nod('consent', { analytics: false }));
  await visitor.settled();
}

async function afterWithdrawal(visitor) {
  const before = await heard(visitor);
  await visitor.find('button[data-nod-event]').click();
  await visitor.settled();
  assert.deepEqual(await heard(visitor), before, 'nothing is handed over after the withdrawal');
}

const GOOGLE = `window.heard = [];
  const take = (words) => heard.push([...words]);
  dataLayer.forEach(take);
  const { push } = dataLayer;
  dataLayer.push = function (words) { take(words); return push.apply(dataLayer, arguments); };`;

test('google-tag', async (t) => {
  const settings = { id: 'G-TEST1', options: { send_page_view: false }, script: '/vendor.js' };
  const visitor = await withVendor(t, 'google-tag', settings, GOOGLE);
  await wholeWay(visitor);
  assert.equal(asked(visitor)[0].url, `${visitor.origin}/vendor.js?id=G-TEST1`);
  await hears(visitor, 3);
  const [js, config, event] = await heard(visitor);
  assert.equal(js[0], 'js');
  assert.ok(Math.abs(Date.parse(js[1]) - Date.now()) < 600_000);
  assert.deepEqual(config, ['config', 'G-TEST1', { send_page_view: false }]);
  assert.deepEqual(event, ['event', 'add_to_cart', { sku: 'A1', value: 24, send_to: 'G-TEST1' }]);
  await visitor.find('button[data-nod-event]').click();
  await hears(visitor, 4);
  await withdraw(visitor);
  assert.equal(await visitor.page.evaluate(() => window['ga-disable-G-TEST1']), true);
  await afterWithdrawal(visitor);
  await visitor.page.evaluate(() => window.nod('consent', { analytics: true }));
  await visitor.find('button[data-nod-event]').click();
  await until('it to be enabled again', () => visitor.page.evaluate(() => window['ga-disable-G-TEST1'] === false));
  await hears(visitor, 5);
  assert.equal(asked(visitor).length, 1, 'the script is loaded once a page');
});

test('meta-pixel', async (t) => {
  const script = `window.heard = [];
    fbq.callMethod = (...words) => heard.push(words);
    while (fbq.queue.length) fbq.callMethod(...fbq.queue.shift());`;
  const visitor = await withVendor(t, 'meta-pixel', { id: '1234567890', script: '/vendor.js' }, script);
  await wholeWay(visitor);
  await hears(visitor, 3);
  const [auto, init, event] = await heard(visitor);
  assert.deepEqual([auto, init], [['set', 'autoConfig', false, '1234567890'], ['init', '1234567890']]);
  const [{ id }] = await tracked(visitor, 'add_to_cart'); // by which Meta matches it with what the edge sends
  assert.deepEqual(event, ['trackSingle', '1234567890', 'AddToCart', { sku: 'A1', value: 24 }, { eventID: id }]);
  assert.deepEqual(await visitor.page.evaluate(() => [_fbq === fbq, fbq.push === fbq, fbq.loaded, fbq.version]), [true, true, true, '2.0']);
  await visitor.page.evaluate(() => window.nod('track', 'brewed', { minutes: 3 }));
  await hears(visitor, 4);
  assert.deepEqual((await heard(visitor))[3].slice(0, 4), ['trackSingleCustom', '1234567890', 'brewed', { minutes: 3 }]);
  await withdraw(visitor);
  assert.deepEqual((await heard(visitor)).at(-1), ['consent', 'revoke']);
  await afterWithdrawal(visitor);
  await visitor.page.evaluate(() => window.nod('consent', { analytics: true }));
  await hears(visitor, 6);
  assert.deepEqual((await heard(visitor)).at(-1), ['consent', 'grant']);
});

test('clarity', async (t) => {
  const script = `window.heard = [];
    const { q } = clarity;
    window.clarity = (...words) => heard.push(words);
    q.forEach((words) => clarity(...words));`;
  const visitor = await withVendor(t, 'clarity', { id: 'abc123', script: '/vendor.js' }, script, {
    files: { '/vendor.js/abc123': { html: script, type: 'text/javascript' } },
  });
  await wholeWay(visitor);
  assert.equal(asked(visitor)[0].url, `${visitor.origin}/vendor.js/abc123`);
  await hears(visitor, 2);
  assert.deepEqual(await heard(visitor), [['consentv2', { analytics_Storage: 'granted', ad_Storage: 'granted' }], ['event', 'add_to_cart']]);
  await visitor.page.evaluate(() => window.nod('consent', { marketing: false }));
  await hears(visitor, 3);
  assert.deepEqual((await heard(visitor)).at(-1), ['consentv2', { analytics_Storage: 'granted', ad_Storage: 'denied' }]);
  await withdraw(visitor);
  assert.deepEqual((await heard(visitor)).slice(-2), [['consentv2', { analytics_Storage: 'denied', ad_Storage: 'denied' }], ['stop']]);
  await afterWithdrawal(visitor);
});

test('matomo', async (t) => {
  const script = `window.heard = [];
    const kept = _paq;
    window._paq = { push: (...calls) => heard.push(...calls) };
    _paq.push(...kept);`;
  const visitor = await withVendor(t, 'matomo', { server: 'https://matomo.example', site: '7', script: '/vendor.js' }, script);
  await wholeWay(visitor);
  await hears(visitor, 7);
  const names = (await heard(visitor)).map(([name]) => name);
  assert.ok(names.indexOf('requireConsent') < names.indexOf('trackPageView'), `${names}`);
  assert.ok(names.indexOf('setConsentGiven') < names.indexOf('trackPageView'), `${names}`);
  assert.deepEqual(
    (await heard(visitor)).filter(([name]) => /setTrackerUrl|setSiteId/.test(name)),
    [['setTrackerUrl', 'https://matomo.example/matomo.php'], ['setSiteId', '7']],
  );
  await until('the event', async () => (await heard(visitor)).some(([name, , what]) => name === 'trackEvent' && what === 'add_to_cart'));
  await withdraw(visitor);
  assert.deepEqual((await heard(visitor)).slice(-2), [['forgetConsentGiven'], ['deleteCookies']]);
  await afterWithdrawal(visitor);
});

test('plausible', async (t) => {
  const script = `window.heard = [];
    window.attributes = { ...document.currentScript.dataset, defer: document.currentScript.defer };
    const { q = [] } = plausible;
    window.plausible = (...words) => heard.push(words);
    q.forEach((words) => plausible(...words));`;
  const visitor = await withVendor(t, 'plausible', { domain: 'shop.example', script: '/vendor.js' }, script);
  await wholeWay(visitor);
  await hears(visitor, 1);
  assert.deepEqual(await heard(visitor), [['add_to_cart', { props: { sku: 'A1', value: 24 } }]]);
  assert.equal((await visitor.page.evaluate(() => window.attributes)).domain, 'shop.example');
  await withdraw(visitor);
  await afterWithdrawal(visitor);
});

test('script: a plain script, whose function gets the events once it is there', async (t) => {
  const script = 'window.heard = []; window.acme = { track: (...words) => heard.push(words) };';
  const visitor = await withVendor(t, 'script', { script: '/vendor.js', function: 'acme.track' }, script);
  await wholeWay(visitor);
  await hears(visitor, 1);
  await visitor.find('button[data-nod-event]').click();
  await hears(visitor, 2);
  assert.deepEqual(await heard(visitor), Array(2).fill(['add_to_cart', { sku: 'A1', value: 24 }]));
  await withdraw(visitor);
  await afterWithdrawal(visitor);
});

test('a vendor needs all of its purposes, and gets the events that it is to get, with its own purposes granted', async (t) => {
  const visitor = await withVendor(t, 'google-tag', {}, GOOGLE, {
    vendors: [{
      id: 'vendor', template: 'google-tag', purposes: ['analytics', 'marketing'],
      settings: { id: 'G-TEST1', script: '/vendor.js' }, events: ['cart_*'],
    }],
  });
  await visitor.settled();
  await visitor.page.evaluate(() => window.nod('consent', { analytics: true }));
  await visitor.page.evaluate(() => window.nod('track', 'cart_before'));
  await tracked(visitor, 'cart_before');
  await visitor.settled();
  assert.deepEqual(asked(visitor), []);
  await visitor.page.evaluate(() => window.nod('consent', 'accept-all'));
  await until('the vendor’s script', () => asked(visitor).length === 1);
  await visitor.page.evaluate(() => ['other', 'cart_after'].forEach((name) => window.nod('track', name)));
  await hears(visitor, 3);
  assert.deepEqual((await heard(visitor)).map(([command, name]) => [command, name]).filter(([command]) => command === 'event'), [['event', 'cart_after']]);
});

test('a vendor that a rule loads is loaded when the rule says so, and if it may be', async (t) => {
  const visitor = await withVendor(t, 'script', { script: '/vendor.js', function: 'acme.track' },
    'window.heard = []; window.acme = { track: (...words) => heard.push(words) };', {
      rules: [{ id: 'chat', when: [{ on: 'click', selector: '#chat' }], then: [{ do: 'load', vendor: 'vendor' }] }],
      body: `${BUTTON}<p id="chat">Chat</p>`,
    });
  await visitor.settled();
  await visitor.find('#chat').click();
  await visitor.settled();
  assert.deepEqual(asked(visitor), []);
  await visitor.choose('accept');
  await until('the vendor’s script', () => asked(visitor).length === 1);
  await visitor.page.reload();
  await visitor.settled();
  assert.equal(asked(visitor).length, 1, 'allowed, but not yet wanted on this page');
  await visitor.find('#chat').click();
  await until('the vendor’s script again', () => asked(visitor).length === 2);
});

test('a vendor whose script cannot be had, or that throws, harms nobody', async (t) => {
  const vendor = (id, settings) => ({ id, template: 'script', purposes: ['analytics'], settings, events: ['*'] });
  const visitor = await withVendor(t, 'script', {}, 'window.heard = []; window.acme = { track: (...words) => heard.push(words) };', {
    files: {
      '/vendor.js': { html: 'window.heard = []; window.acme = { track: (...words) => heard.push(words) };', type: 'text/javascript' },
      '/broken.js': { html: 'window.broken = () => { throw new Error("a vendor’s own mistake"); }', type: 'text/javascript' },
    },
    vendors: [
      vendor('missing', { script: '/missing.js', function: 'missing.track' }),
      vendor('broken', { script: '/broken.js', function: 'broken' }),
      vendor('vendor', { script: '/vendor.js', function: 'acme.track' }),
    ],
  });
  visitor.expect(/404/);
  await visitor.settled();
  await visitor.choose('accept');
  await visitor.find('button[data-nod-event]').click();
  await hears(visitor, 1);
  assert.deepEqual(await heard(visitor), [['add_to_cart', { sku: 'A1', value: 24 }]]);
});
