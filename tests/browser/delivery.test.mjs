// A choice is never lost: it counts and is kept the moment it is made, and reaches the edge exactly once, however late.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isChoice, openShop } from '../support/visitor.mjs';
import { until } from '../support/until.mjs';

const shop = await openShop();
const FAILED_REQUEST = /Failed to load resource|net::ERR_/;
const GRANTED = { necessary: true, functional: true, analytics: true, marketing: true };

/** Holds the requests that match until `release()`. */
async function hold(visitor, pattern) {
  let release;
  const released = new Promise((resolve) => (release = resolve));
  await visitor.context.route(pattern, async (route) => {
    await released;
    await route.continue().catch(() => {}); // the page may have left meanwhile
  });
  return release;
}

test('a click before the engine has arrived counts at once and is recorded once when it has', async (t) => {
  const visitor = await shop.visitor(t);
  const release = await hold(visitor, '**/nod/*');
  await visitor.open('/demo/', { waitUntil: 'commit' });
  await visitor.button('accept').click();
  const cookie = await visitor.cookie();
  assert.equal(cookie?.bits, 0b1111, 'the choice is in the cookie');
  await visitor.runs('tally', 'tally-goals', 'beacon-ads');
  assert.deepEqual(visitor.sent, [], 'nothing can have been sent yet');
  const answer = visitor.answer();
  release();
  const { record } = await (await answer).json();
  assert.equal(record.claimed_at, new Date(cookie.at).toISOString());
  await visitor.banner.getByText('Your choice is saved.').waitFor();
  await visitor.settled();
  assert.equal(visitor.sent.length, 1);
  const rows = await visitor.records();
  assert.deepEqual(
    rows.map(({ action, purposes }) => ({ action, purposes })),
    [{ action: 'accept-all', purposes: GRANTED }],
  );
});

test('of several clicks before the engine has arrived the last counts, and the edge never hears anything else last', async (t) => {
  const visitor = await shop.visitor(t);
  const release = await hold(visitor, '**/nod/tag*');
  await visitor.open('/demo/', { waitUntil: 'commit' });
  await visitor.banner.waitFor();
  await visitor.button('accept').click();
  await visitor.placeholder.waitFor({ state: 'detached' });
  release();
  await visitor.settled();
  await visitor.openPreferences();
  await visitor.choosing(() => visitor.preferences.getByRole('button', { name: 'Reject all' }).click());
  const rows = await visitor.records();
  assert.equal(rows.at(-1).purposes.analytics, false);
  assert.equal(rows.at(-1).previous, rows.at(-2).id);
});

test('a record that fails is said, retried by the visitor, and confirmed once it succeeds', async (t) => {
  const visitor = await shop.visitor(t);
  visitor.expect(FAILED_REQUEST);
  await visitor.context.route('**/v1/consent*', (route) => route.abort('connectionrefused'));
  await visitor.open('/demo/');
  await visitor.button('accept').click();
  await visitor.banner.getByText('Your choice counts on this page, but could not be saved yet.').waitFor();
  await visitor.runs('tally', 'tally-goals', 'beacon-ads');
  const state = await visitor.consent();
  assert.deepEqual([state.decided, state.stored, state.purposes], [true, false, GRANTED]);
  const failed = visitor.sent.length;
  assert.ok(failed >= 1);

  await visitor.context.unroute('**/v1/consent*');
  await visitor.choosing(() => visitor.button('retry').click());
  await visitor.banner.getByText('Your choice is saved.').waitFor();
  assert.equal((await visitor.consent()).stored, true);
  assert.deepEqual(visitor.sent.at(-1), visitor.sent[0], 'the same choice, with its own time');
  assert.equal((await visitor.records()).length, 1);
});

test('the preferences say so too, and offer to try again', async (t) => {
  const visitor = await shop.visitor(t);
  visitor.expect(FAILED_REQUEST);
  await visitor.open('/demo/');
  await visitor.openPreferences();
  await visitor.context.route('**/v1/consent*', (route) => route.abort('connectionrefused'));
  await visitor.switchOf('analytics').click();
  await visitor.preferences.getByRole('button', { name: 'Save choices' }).click();
  await visitor.preferences.getByText('Your choice counts on this page, but could not be saved yet.').waitFor();
  await visitor.runs('tally', 'tally-goals');
  await visitor.context.unroute('**/v1/consent*');
  await visitor.choosing(() => visitor.preferences.getByRole('button', { name: 'Try again' }).click());
  await visitor.preferences.getByText('Your choice is saved.').waitFor();
  assert.equal((await visitor.records()).length, 1);
});

test('an answer that got lost does not make a second record', async (t) => {
  const visitor = await shop.visitor(t);
  visitor.expect(FAILED_REQUEST);
  let lost = 0;
  await visitor.context.route('**/v1/consent*', async (route) => {
    if (lost++) return route.continue();
    await route.fetch(); // the edge has it, the page never hears
    await route.abort('connectionreset');
  });
  await visitor.open('/demo/');
  await visitor.button('reject').click();
  await visitor.button('retry').waitFor();
  assert.equal((await visitor.records()).length, 1);
  await visitor.choosing(() => visitor.button('retry').click());
  await visitor.banner.getByText('Your choice is saved.').waitFor();
  assert.equal((await visitor.records()).length, 1);
});

test('a tab that was closed too early: the next page delivers, and asks nothing', async (t) => {
  const visitor = await shop.visitor(t);
  visitor.expect(FAILED_REQUEST);
  await visitor.context.route('**/nod/tag*', (route) => route.abort());
  await visitor.open('/demo/');
  await visitor.button('reject').click();
  await until('the cookie', () => visitor.cookie());
  assert.deepEqual(visitor.sent, []);
  await visitor.page.close();

  await visitor.context.unroute('**/nod/tag*');
  const next = await visitor.newTab();
  const [answer] = await Promise.all([next.answer(), next.open('/demo/cart.html')]);
  assert.equal(answer.status(), 201);
  await next.settled();
  assert.equal(await next.banner.count(), 0);
  assert.equal((await next.consent()).stored, true);
  assert.equal((await visitor.records()).length, 1);
  await next.open('/demo/checkout.html');
  await next.settled();
  assert.equal(
    visitor.requests.filter((request) => request.method === 'POST' && request.path === '/v1/consent').length,
    1,
    'delivered once',
  );
});

test('a browser that comes back online delivers by itself', async (t) => {
  const visitor = await shop.visitor(t);
  visitor.expect(FAILED_REQUEST);
  await visitor.open('/demo/');
  await visitor.settled();
  await visitor.context.setOffline(true);
  await visitor.button('reject').click();
  await visitor.button('retry').waitFor();
  const answer = visitor.page.waitForResponse((response) => isChoice(response.request()) && response.status() === 201);
  await visitor.context.setOffline(false);
  await answer;
  assert.equal((await visitor.records()).length, 1);
});

test('a choice about a notice that has meanwhile changed is not kept', async (t) => {
  const visitor = await shop.visitor(t);
  visitor.expect(/409|Failed to load resource/);
  const stale = {
    type: '/problems/stale-notice',
    title: 'Stale notice',
    status: 409,
    detail: 'Load the page again.',
    current: 'f'.repeat(64),
  };
  await visitor.context.route('**/v1/consent*', (route) =>
    route.fulfill({ status: 409, contentType: 'application/problem+json', body: JSON.stringify(stale) }),
  );
  await visitor.open('/demo/');
  await visitor.button('accept').click();
  await until('the choice to be forgotten', async () => !(await visitor.cookie()));
  await visitor.context.unroute('**/v1/consent*');
  await visitor.page.reload();
  await visitor.banner.waitFor();
  assert.equal(await visitor.banner.getAttribute('data-state'), 'asking', 'the visitor is asked about the current one');
});
