// Point 4: a mixed choice, its change and its withdrawal through the permanent link are each obeyed at once; what a purpose
// stored is cleared; D1 keeps the whole history.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openShop } from '../support/visitor.mjs';
import { until } from '../support/until.mjs';

const shop = await openShop();
const save = (visitor) => visitor.choosing(() => visitor.preferences.getByRole('button', { name: 'Save choices' }).click());
const close = async (visitor) => {
  await visitor.page.keyboard.press('Escape');
  await visitor.preferences.waitFor({ state: 'hidden' });
};

test('mixed, changed, withdrawn: each at once, without a reload, and all of it in D1', async (t) => {
  const visitor = await shop.visitor(t);
  await visitor.open('/demo/');
  await visitor.page.evaluate(() => (window.sameDocument = true));

  // Analytics only.
  await visitor.button('manage').click();
  await visitor.preferences.waitFor();
  assert.deepEqual(await visitor.switches(), { necessary: true, functional: false, analytics: false, marketing: false });
  await visitor.switchOf('analytics').click();
  const mixed = await save(visitor);
  await visitor.preferences.getByText('Your choice is saved.').waitFor();
  await close(visitor);
  await visitor.runs('tally', 'tally-goals');
  await visitor.settled();
  assert.deepEqual(
    visitor.thirdParty.filter((request) => /ads|marketing|clip|video/.test(request)),
    [],
  );
  assert.deepEqual(await visitor.cookieNames(), ['_tally_id', '_tally_s', 'nod']);
  assert.equal(await visitor.banner.count(), 0);

  // Marketing instead.
  await visitor.openPreferences();
  assert.deepEqual(await visitor.switches(), { necessary: true, functional: false, analytics: true, marketing: false });
  await visitor.switchOf('analytics').click();
  await visitor.switchOf('marketing').click();
  const changed = await save(visitor);
  await close(visitor);
  await visitor.runs('tally', 'tally-goals', 'beacon-ads');
  await visitor.sends('POST', '/demo/collect/video');
  await until(
    'the cookies of analytics to go',
    async () => !(await visitor.cookieNames()).some((name) => name.startsWith('_tally')),
  );
  assert.deepEqual(await visitor.cookieNames(), ['_bads_uid', 'nod']);
  assert.deepEqual((await visitor.stored()).local, ['bads_seen']);

  // Nothing any more.
  await visitor.openPreferences();
  const withdrawn = await visitor.choosing(() => visitor.preferences.getByRole('button', { name: 'Reject all' }).click());
  await close(visitor);
  await visitor.placeholder.waitFor();
  assert.equal(await visitor.video.isVisible(), false);
  assert.deepEqual(await visitor.stored(), { cookies: ['nod'], local: [], session: [], databases: [], caches: [] });
  const before = visitor.thirdParty.length;
  await visitor.page.locator('[data-add]').first().click();
  await visitor.settled();
  assert.deepEqual(visitor.thirdParty.slice(before), [], 'nobody hears of anything after the withdrawal');
  assert.equal(visitor.page.frames().length, 2, 'the frame is there');
  assert.equal(visitor.page.frames()[1].url(), 'about:blank', 'and empty');

  assert.equal(await visitor.page.evaluate(() => window.sameDocument), true, 'all without a reload');
  const rows = await visitor.records();
  const necessary = { necessary: true, functional: false };
  assert.deepEqual(
    rows.map(({ action, surface, purposes }) => ({ action, surface, purposes })),
    [
      { action: 'custom', surface: 'preferences', purposes: { ...necessary, analytics: true, marketing: false } },
      { action: 'custom', surface: 'preferences', purposes: { ...necessary, analytics: false, marketing: true } },
      { action: 'withdraw', surface: 'preferences', purposes: { ...necessary, analytics: false, marketing: false } },
    ],
  );
  const ids = [mixed, changed, withdrawn].map(({ record }) => record.id);
  assert.deepEqual(
    rows.map(({ id }) => id),
    ids,
  );
  assert.deepEqual(
    rows.map(({ previous }) => previous),
    [null, ids[0], ids[1]],
  );
});

test('what was withdrawn stays away after a reload', async (t) => {
  const visitor = await shop.visitor(t);
  await visitor.open('/demo/');
  await visitor.choose('accept');
  await visitor.runs('tally', 'tally-goals', 'beacon-ads');
  await visitor.openPreferences();
  await visitor.choosing(() => visitor.preferences.getByRole('button', { name: 'Reject all' }).click());
  await visitor.page.reload();
  await visitor.settled();
  assert.deepEqual(await visitor.ran(), []);
  assert.equal(await visitor.banner.count(), 0);
  await visitor.placeholder.waitFor();
  assert.deepEqual(await visitor.cookieNames(), ['nod']);
});

test('a purpose that stays allowed keeps what it stored', async (t) => {
  const visitor = await shop.visitor(t);
  await visitor.open('/demo/');
  await visitor.choose('accept');
  await visitor.runs('tally', 'tally-goals', 'beacon-ads');
  await visitor.openPreferences();
  await visitor.switchOf('marketing').click();
  await save(visitor);
  await until('the cookie of marketing to go', async () => !(await visitor.cookieNames()).includes('_bads_uid'));
  assert.deepEqual(await visitor.cookieNames(), ['_tally_id', '_tally_s', 'nod']);
  assert.deepEqual((await visitor.stored()).local, []);
});

test('closing the preferences without saving changes nothing', async (t) => {
  const visitor = await shop.visitor(t);
  await visitor.open('/demo/');
  await visitor.openPreferences();
  await visitor.switchOf('analytics').click();
  await close(visitor);
  await visitor.settled();
  assert.deepEqual(visitor.sent, []);
  assert.equal(await visitor.cookie(), null);
  assert.ok(await visitor.banner.isVisible(), 'the visitor has not chosen yet');
  await visitor.openPreferences();
  assert.equal((await visitor.switches()).analytics, false, 'what was not saved is forgotten');
});
