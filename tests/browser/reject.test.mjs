// Point 2: Reject all keeps the silence, is recorded once, and is remembered.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openShop } from '../support/visitor.mjs';

const shop = await openShop();
const REFUSED = { necessary: true, functional: false, analytics: false, marketing: false };

test('Reject all: nobody is asked for anything, one record, no banner after a reload, the preferences show it', async (t) => {
  const visitor = await shop.visitor(t);
  await visitor.open('/demo/');
  const { record } = await visitor.choose('reject');
  assert.equal(record.action, 'reject-all');
  assert.deepEqual(record.purposes, REFUSED);
  await visitor.settled();
  assert.deepEqual(visitor.thirdParty, []);

  const rows = await visitor.records();
  assert.equal(rows.length, 1);
  assert.equal(rows[0].id, record.id);
  assert.equal(rows[0].surface, 'banner');
  assert.deepEqual(rows[0].purposes, REFUSED);

  await visitor.page.reload();
  await visitor.settled();
  assert.equal(await visitor.banner.count(), 0, 'the visitor is not asked again');
  assert.deepEqual(visitor.thirdParty, []);
  assert.equal(visitor.sent.length, 1, 'the choice is not sent again');
  await visitor.openPreferences();
  assert.deepEqual(await visitor.switches(), REFUSED);
  const state = await visitor.consent();
  assert.equal(state.decided, true);
  assert.deepEqual(state.purposes, REFUSED);

  await visitor.open('/demo/checkout.html');
  await visitor.settled();
  assert.equal(await visitor.banner.count(), 0, 'nor on another page of the site');
  assert.deepEqual(visitor.thirdParty, []);
  assert.deepEqual(await visitor.cookieNames(), ['nod']);
});

test('the cookie is small, first-party, lives as long as the regime says, and holds no personal data', async (t) => {
  const visitor = await shop.visitor(t);
  await visitor.open('/demo/german.html');
  const { record } = await visitor.choose('reject');
  const cookie = await visitor.cookie();
  assert.ok(`nod=${cookie.value}`.length <= 200, cookie.value);
  assert.equal(cookie.domain, new URL(shop.instance.url).hostname);
  assert.deepEqual([cookie.path, cookie.sameSite], ['/', 'Lax']);
  const days = (cookie.expires * 1000 - cookie.at) / 86_400_000;
  assert.equal(Math.round(days), 182);
  assert.deepEqual([cookie.form, cookie.visitor, cookie.version, cookie.bits], ['1', record.visitor, 1, 1]);
  assert.equal(new Date(cookie.at).toISOString(), record.claimed_at);
});
