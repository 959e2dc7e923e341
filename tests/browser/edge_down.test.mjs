// Point 7: with the edge down or blocked, in whole or in part, the page works, the gate stays closed, and no error reaches
// the page. (Every test here fails on window.onerror, on an unhandled rejection and on an unexpected console error.)
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { host } from '../support/host.mjs';
import { startInstance } from '../support/instance.mjs';
import { openShop } from '../support/visitor.mjs';

const shop = await openShop();
const FAILED_REQUEST = /Failed to load resource|net::ERR_|Failed to fetch dynamically imported module/;

/** The shop still sells: its own script runs. */
async function assertShopWorks(visitor) {
  await visitor.page.locator('[data-add]').first().click();
  await visitor.page.locator('[data-cart-count]:not([hidden])').waitFor();
  await visitor.page.waitForLoadState('networkidle');
}

const ways = {
  'blocked by the browser': (route) => route.abort('blockedbyclient'),
  'out of reach': (route) => route.abort('connectionrefused'),
  'answering with errors': (route) =>
    route.fulfill({ status: 503, contentType: 'application/problem+json', body: '{"status":503}' }),
};

for (const [how, fail] of Object.entries(ways)) {
  test(`nod.js ${how}: the shop works, nothing is opened or stored`, async (t) => {
    const visitor = await shop.visitor(t);
    visitor.expect(FAILED_REQUEST);
    await visitor.context.route(/\/nod\.js|\/nod\/|\/v1\//, fail);
    await visitor.open('/demo/');
    await assertShopWorks(visitor);
    assert.deepEqual(visitor.thirdParty, []);
    assert.deepEqual(await visitor.cookieNames(), []);
    assert.equal(await visitor.video.getAttribute('src'), null);
  });

  test(`the engine and the preferences ${how}: the banner asks, the choice counts, the failure is said`, async (t) => {
    const visitor = await shop.visitor(t);
    visitor.expect(FAILED_REQUEST);
    await visitor.context.route('**/nod/*', fail);
    await visitor.open('/demo/');
    await visitor.banner.waitFor();
    await assertShopWorks(visitor);
    assert.deepEqual(visitor.thirdParty, []);
    await visitor.button('accept').click();
    await visitor.runs('tally', 'tally-goals', 'beacon-ads');
    await visitor.banner.getByText('Your choice counts on this page, but could not be saved yet.').waitFor();
    await visitor.page.locator('footer a[href="#nod"]').click();
    await visitor.banner.getByText('The details could not be loaded. Your choices still work.').waitFor();
    assert.ok(await visitor.button('retry').isVisible());
  });

  test(`the record ${how}: a refusal is obeyed and kept all the same`, async (t) => {
    const visitor = await shop.visitor(t);
    visitor.expect(FAILED_REQUEST);
    await visitor.context.route('**/v1/consent*', fail);
    await visitor.open('/demo/');
    await visitor.button('reject').click();
    await visitor.banner.getByText('could not be saved yet').waitFor();
    assert.equal((await visitor.consent()).stored, false);
    await assertShopWorks(visitor);
    await visitor.page.reload();
    await visitor.page.waitForLoadState('networkidle');
    assert.equal(await visitor.banner.count(), 0, 'the visitor is not asked again');
    assert.deepEqual(visitor.thirdParty, []);
  });
}

test('without an answer to nod.js, ever, nothing is opened and the shop works', async (t) => {
  const visitor = await shop.visitor(t);
  await visitor.context.route('**/nod.js*', () => {}); // neither answered nor refused
  await visitor.open('/demo/', { waitUntil: 'domcontentloaded' });
  await visitor.page.locator('[data-add]').first().click();
  await visitor.page.locator('[data-cart-count]:not([hidden])').waitFor();
  assert.equal(await visitor.page.evaluate(async () => (await fetch('/healthz')).status), 200);
  assert.deepEqual(visitor.thirdParty, []);
  assert.deepEqual(await visitor.cookieNames(), []);
});

test('a page of another origin whose Nod is really gone: marked scripts stay closed, its own run', async (t) => {
  const port = await new Promise((resolve) => {
    const server = createServer().listen(0, 'localhost', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
  const { origin } = await host(shop.instance, {
    '/': `<!doctype html><title>Gone</title><script src="http://localhost:${port}/demo-shop/nod.js"></script>
      <script>window.own = true</script><script type="text/plain" data-nod="analytics">window.opened = true</script>`,
  });
  const visitor = await shop.visitor(t);
  visitor.expect(FAILED_REQUEST);
  await visitor.page.goto(origin, { waitUntil: 'networkidle' });
  assert.deepEqual(await visitor.page.evaluate(() => [window.own, window.opened]), [true, undefined]);
});

test('a Worker that dies while the page is open: the choice is obeyed and kept, and said not to be saved', async (t) => {
  const { instance, stop } = await startInstance();
  const { origin } = await host(instance, {
    '/': `<!doctype html><html lang="en"><title>A page</title><script src="NOD?region=DE&lang=en"></script><p>Text.
      <script type="text/plain" data-nod="analytics">window.opened = true</script>`,
  });
  const visitor = await shop.visitor(t);
  visitor.expect(FAILED_REQUEST);
  await visitor.page.goto(origin);
  await visitor.banner.waitFor();
  await stop();
  await visitor.button('accept').click();
  await visitor.banner.getByText('Your choice counts on this page, but could not be saved yet.').waitFor();
  assert.equal(await visitor.page.evaluate(() => window.opened), true);
  assert.equal((await visitor.cookie()).bits, 0b1111);
});

test('calls of nod(…) on a page whose Nod never comes do no harm', async (t) => {
  const { origin } = await host(shop.instance, {
    '/': `<!doctype html><title>Queue</title><script>
      window.nod = window.nod || function () { (nod.q = nod.q || []).push(arguments) };
      nod('open');
      nod('on', 'consent', () => (window.heard = true));
      </script><script src="NOD" async></script>`,
  });
  const visitor = await shop.visitor(t);
  visitor.expect(FAILED_REQUEST);
  await visitor.context.route('**/nod.js*', (route) => route.abort());
  await visitor.page.goto(origin, { waitUntil: 'networkidle' });
  assert.equal(await visitor.page.evaluate(() => window.heard), undefined);
});
