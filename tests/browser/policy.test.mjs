// Point 9: all of it works under `script-src 'self' 'wasm-unsafe-eval'; style-src 'self'`, without one breach of the policy.
// (Every browser test fails on a breach or a console error; here the whole way is gone once, and the watch is proven.)
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openShop } from '../support/visitor.mjs';

const shop = await openShop();

test('from the first visit to the withdrawal: no breach, no console error', async (t) => {
  const visitor = await shop.visitor(t);
  const response = await visitor.open('/demo/');
  const policy = response.headers()['content-security-policy'];
  assert.match(policy, /script-src 'self' 'wasm-unsafe-eval';/);
  assert.match(policy, /style-src 'self';/);
  assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval(?<!wasm-unsafe-eval)|nonce-|sha256-|\*/);
  await visitor.choose('accept');
  await visitor.runs('tally', 'tally-goals', 'beacon-ads');
  await visitor.openPreferences();
  await visitor.choosing(() => visitor.preferences.getByRole('button', { name: 'Reject all' }).click());
  await visitor.page.keyboard.press('Escape');
  await visitor.placeholder.waitFor();
  await visitor.placeholder.getByRole('button').click();
  await visitor.video.waitFor();
  await visitor.settled();
  assert.deepEqual(visitor.trouble, []);
  assert.equal(await visitor.page.locator('style').count(), 0, 'no inline style element');
  const engines = visitor.requests.filter(({ path }) => /^\/nod\/(tag|widget)-[0-9a-f]{8}\.wasm$/.test(path));
  assert.equal(engines.length, 2, 'both wasm modules ran under it');
});

test('the watch sees a breach when there is one', async (t) => {
  const visitor = await shop.visitor(t);
  visitor.expect(/policy|Content Security Policy/);
  await visitor.open('/demo/');
  await visitor.page.evaluate(() => {
    const script = document.createElement('script');
    script.text = 'window.ran = true';
    document.head.append(script);
    document.body.setAttribute('style', 'color: red');
  });
  await visitor.settled();
  assert.equal(await visitor.page.evaluate(() => window.ran), undefined);
  assert.ok(
    visitor.trouble.some((what) => what.startsWith('policy: script-src')),
    visitor.trouble.join('\n'),
  );
  assert.ok(
    visitor.trouble.some((what) => what.startsWith('policy: style-src')),
    visitor.trouble.join('\n'),
  );
});
