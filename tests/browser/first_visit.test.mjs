// Point 1: before a choice the banner shows, nothing is stored, and not one request to a third party leaves the browser.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../support/until.mjs';
import { openShop } from '../support/visitor.mjs';
import { tapWire } from '../support/wire.mjs';

const shop = await openShop();
const EMPTY = { cookies: [], local: [], session: [], databases: [], caches: [] };
const THIRD_PARTIES = [
  'GET /demo/vendors/tally.js',
  'GET /demo/vendors/tally-goals.js',
  'GET /demo/vendors/beacon-ads.js',
  'GET /demo/vendors/clip.html',
  'POST /demo/collect/analytics',
  'GET /demo/collect/marketing',
  'POST /demo/collect/video',
];

for (const path of [
  '/demo/',
  '/demo/product.html',
  '/demo/cart.html',
  '/demo/checkout.html',
  '/demo/privacy.html',
  '/demo/german.html',
]) {
  test(`${path}: the banner asks; nobody else is asked for anything; nothing is stored`, async (t) => {
    const visitor = await shop.visitor(t);
    await visitor.open(path);
    await visitor.banner.waitFor();
    assert.equal(await visitor.banner.getAttribute('data-state'), 'asking');
    for (const what of ['accept', 'reject', 'manage']) assert.ok(await visitor.button(what).isVisible(), what);
    await visitor.settled();
    assert.deepEqual(visitor.thirdParty, []);
    assert.deepEqual(visitor.sent, []);
    assert.deepEqual(await visitor.stored(), EMPTY);
    const origins = new Set(visitor.requests.map(({ url }) => new URL(url).origin));
    assert.deepEqual([...origins], [new URL(shop.instance.url).origin], 'no request to any other host');
  });
}

test('whatever the visitor does but choose, the wire stays silent; the same watch then sees all of it after Accept all', async (t) => {
  const wire = await tapWire();
  const visitor = await shop.visitor(t, { proxy: { server: wire.server } });
  await visitor.open('/demo/product.html');
  await visitor.banner.waitFor();
  await visitor.open('/demo/');
  await visitor.banner.waitFor();
  await visitor.placeholder.scrollIntoViewIfNeeded();
  await visitor.page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await visitor.page.locator('[data-add]').first().click();
  await visitor.page.locator('[data-cart-count]:not([hidden])').waitFor();
  await visitor.openPreferences();
  await visitor.settled();
  await visitor.page.keyboard.press('Escape');
  await visitor.preferences.waitFor({ state: 'hidden' });
  await visitor.settled();
  assert.deepEqual(visitor.thirdParty, []);
  assert.deepEqual(visitor.sent, []);
  assert.ok(wire.requests.includes('GET /demo/'), 'the wire is tapped');
  assert.deepEqual(
    wire.requests.filter((request) => / \/demo\/(vendors|collect)\/| \/v1\//.test(request)),
    [],
  );
  assert.deepEqual(await visitor.stored(), { ...EMPTY, session: ['marl_cart'] }, 'the cart is what the visitor asked for');

  await visitor.choose('accept');
  for (const request of THIRD_PARTIES) {
    await visitor.sends(...request.split(' '));
    await until(`${request} on the wire`, () => wire.requests.includes(request));
  }
});

test('the placeholder stands where the video would, says why, and requests nothing', async (t) => {
  const visitor = await shop.visitor(t);
  await visitor.open('/demo/');
  await visitor.placeholder.waitFor();
  assert.match(await visitor.placeholder.locator('p').innerText(), /third party.*Marketing/);
  assert.equal(await visitor.video.isVisible(), false);
  await visitor.settled();
  const frames = visitor.page.frames().map((frame) => frame.url());
  assert.deepEqual(frames, [shop.instance.at('/demo/'), 'about:blank'], 'no frame has loaded anything');
});
