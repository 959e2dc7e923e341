// Point 3: Accept all opens what was held, in order and without a reload, and the visitor sees that it was recorded.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openShop } from '../support/visitor.mjs';

const shop = await openShop();
const GRANTED = { necessary: true, functional: true, analytics: true, marketing: true };

test('Accept all: analytics, marketing and video load in order, without a reload', async (t) => {
  const visitor = await shop.visitor(t);
  await visitor.open('/demo/');
  await visitor.page.evaluate(() => (window.sameDocument = true));
  const { record } = await visitor.choose('accept');
  await visitor.runs('tally', 'tally-goals', 'beacon-ads');
  for (const purpose of ['analytics', 'video']) await visitor.sends('POST', `/demo/collect/${purpose}`);
  await visitor.sends('GET', '/demo/collect/marketing');
  await visitor.video.waitFor();
  assert.equal(await visitor.placeholder.count(), 0);
  assert.equal(await visitor.page.evaluate(() => window.sameDocument), true, 'no reload');
  assert.equal(visitor.requests.filter(({ type, path }) => type === 'document' && path === '/demo/').length, 1);

  const rows = await visitor.records();
  assert.deepEqual(
    rows.map(({ id, action, purposes }) => ({ id, action, purposes })),
    [{ id: record.id, action: 'accept-all', purposes: GRANTED }],
  );
  assert.deepEqual(record.purposes, GRANTED);
});

test('the banner says that the choice is saved only once the edge has answered', async (t) => {
  const visitor = await shop.visitor(t);
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await visitor.context.route('**/v1/consent*', async (route) => {
    await held;
    await route.continue();
  });
  await visitor.open('/demo/');
  await visitor.button('accept').click();
  await visitor.banner.and(visitor.page.locator('[data-state=saving]')).waitFor();
  await visitor.runs('tally', 'tally-goals', 'beacon-ads');
  assert.equal(await visitor.banner.getAttribute('data-state'), 'saving', 'the choice is obeyed at once, and not yet confirmed');
  const answered = visitor.answer();
  release();
  assert.equal((await answered).status(), 201);
  await visitor.banner.and(visitor.page.locator('[data-state=saved]')).waitFor();
  assert.equal(await visitor.banner.getByRole('status').innerText(), 'Your choice is saved.');
});

test('the page is told: nod:consent, and nod("consent") with the record', async (t) => {
  const visitor = await shop.visitor(t);
  await visitor.open('/demo/');
  await visitor.consent();
  const heard = visitor.page.evaluate(
    () => new Promise((resolve) => addEventListener('nod:consent', ({ detail }) => detail.stored && resolve(detail))),
  );
  const { record } = await visitor.choose('accept');
  const state = await heard;
  assert.deepEqual(state.purposes, GRANTED);
  assert.deepEqual(
    {
      decided: state.decided,
      action: state.action,
      visitor: state.visitor,
      stored: state.stored,
      record: state.record,
      at: state.at,
    },
    {
      decided: true,
      action: 'accept-all',
      visitor: record.visitor,
      stored: true,
      record: record.id,
      at: Date.parse(record.claimed_at),
    },
  );
  assert.deepEqual(await visitor.consent(), state);
});

test('a visitor who comes back gets what was allowed at once, even while the engine cannot be loaded', async (t) => {
  const visitor = await shop.visitor(t);
  await visitor.open('/demo/');
  await visitor.choose('accept');
  visitor.expect(/ERR_FAILED|Failed to load resource/);
  await visitor.context.route('**/nod/*', (route) => route.abort());
  await visitor.page.reload();
  await visitor.runs('tally', 'tally-goals', 'beacon-ads');
  await visitor.video.waitFor();
  assert.equal(await visitor.banner.count(), 0);
});

test('one embed can be allowed where it stands', async (t) => {
  const visitor = await shop.visitor(t);
  await visitor.open('/demo/product.html');
  const { record } = await visitor.choosing(() => visitor.placeholder.getByRole('button', { name: 'Allow Marketing' }).click());
  assert.deepEqual([record.action, record.surface], ['custom', 'placeholder']);
  assert.deepEqual(record.purposes, { necessary: true, functional: false, analytics: false, marketing: true });
  await visitor.sends('POST', '/demo/collect/video');
  await visitor.runs('beacon-ads');
});
