// Several tabs are one visitor: a choice made in one holds in the others once they are looked at again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openShop } from '../support/visitor.mjs';
import { until } from '../support/until.mjs';

const shop = await openShop();

/** Looks at a tab. A headless browser hides no tab, so the event that a tab gets when it is shown is given by hand. */
async function lookAt(tab) {
  await tab.page.bringToFront();
  await tab.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
}

test('a choice in one tab is followed by another, which asks no more and records nothing of its own', async (t) => {
  const first = await shop.visitor(t);
  await first.open('/demo/');
  const second = await first.newTab();
  await second.open('/demo/');
  await second.banner.waitFor();
  await second.settled();
  await first.page.bringToFront();
  await first.choose('accept');
  await lookAt(second);
  await second.runs('tally', 'tally-goals', 'beacon-ads');
  await second.banner.waitFor({ state: 'detached' });
  assert.equal((await second.consent()).decided, true);
  await second.settled();
  assert.equal((await first.records()).length, 1);
});

test('a withdrawal in one tab closes the gate in another', async (t) => {
  const first = await shop.visitor(t);
  await first.open('/demo/');
  await first.choose('accept');
  const second = await first.newTab();
  await second.open('/demo/');
  await second.runs('tally', 'tally-goals', 'beacon-ads');
  await second.video.waitFor();
  await second.settled();
  await first.page.bringToFront();
  await first.openPreferences();
  await first.choosing(() => first.preferences.getByRole('button', { name: 'Reject all' }).click());
  await lookAt(second);
  await second.placeholder.waitFor();
  assert.equal((await second.consent()).purposes.marketing, false);
  assert.deepEqual(
    (await first.records()).map(({ action }) => action),
    ['accept-all', 'withdraw'],
  );
});

test('a choice that one tab could not deliver is delivered by another, once', async (t) => {
  const first = await shop.visitor(t);
  first.expect(/Failed to load resource|net::ERR_/);
  await first.open('/demo/');
  await first.settled();
  await first.context.route('**/v1/consent*', (route) => route.abort());
  await first.button('reject').click();
  await first.button('retry').waitFor();
  await first.context.unroute('**/v1/consent*');
  const second = await first.newTab();
  const [answer] = await Promise.all([second.answer(), second.open('/demo/cart.html')]);
  assert.equal(answer.status(), 201);
  await until('the second tab to know', async () => (await second.consent()).stored);
  await lookAt(first);
  await until('the first tab to know', async () => (await first.consent()).stored);
  assert.equal((await first.records()).length, 1);
});
