// The page's own interface: `nod(…)`, its queue and its events, as docs and tag managers use them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { host } from '../support/host.mjs';
import { openShop } from '../support/visitor.mjs';

const shop = await openShop();
const NOTHING = { necessary: true, functional: false, analytics: false, marketing: false };

test('before a choice the state says so, and has no visitor', async (t) => {
  const visitor = await shop.visitor(t);
  await visitor.open('/demo/german.html');
  const { decided, purposes, action, at, regime, model, gpc, visitor: id, stored, record } = await visitor.consent();
  assert.deepEqual(
    { decided, purposes, action, at, regime, model, gpc, id, stored, record },
    {
      decided: false,
      purposes: NOTHING,
      action: null,
      at: null,
      regime: 'gdpr',
      model: 'opt-in',
      gpc: false,
      id: null,
      stored: false,
      record: null,
    },
  );
});

test('calls made before the script are queued and answered in order', async (t) => {
  const { origin } = await host(shop.instance, {
    '/': `<!doctype html><title>Queue</title><script>
      window.nod = window.nod || function () { (nod.q = nod.q || []).push(arguments) };
      window.heard = [];
      nod('on', 'ready', (state) => heard.push(['ready', state.decided]));
      nod('on', 'consent', (state) => heard.push(['consent', state.purposes.analytics, state.stored]));
      addEventListener('nod:ready', () => heard.push(['nod:ready']));
      </script><script async src="NOD?region=DE"></script>`,
  });
  const visitor = await shop.visitor(t);
  await visitor.page.goto(origin);
  await visitor.banner.waitFor();
  await visitor.settled();
  await visitor.page.evaluate(() => window.nod('consent', { analytics: true }));
  const heard = await visitor.page.evaluate(() => window.heard);
  assert.deepEqual(heard.filter(([name]) => name !== 'consent').sort(), [['nod:ready'], ['ready', false]]);
  assert.deepEqual(heard.filter(([name]) => name === 'consent').at(-1), ['consent', true, true]);
});

test('a page can choose for the visitor’s own switch: each form of it is recorded as what it is', async (t) => {
  const visitor = await shop.visitor(t);
  await visitor.open('/demo/');
  const set = (choice) => visitor.page.evaluate((wish) => window.nod('consent', wish), choice);
  const custom = await set({ analytics: true });
  assert.deepEqual([custom.action, custom.stored, custom.purposes], ['custom', true, { ...NOTHING, analytics: true }]);
  const kept = await set({ functional: true });
  assert.deepEqual(
    kept.purposes,
    { ...NOTHING, functional: true, analytics: true },
    'purposes that are not named stay as they are',
  );
  const all = await set('accept-all');
  assert.deepEqual(
    [all.action, all.purposes],
    ['accept-all', { necessary: true, functional: true, analytics: true, marketing: true }],
  );
  const none = await set('reject-all');
  assert.deepEqual([none.action, none.purposes], ['withdraw', NOTHING]);
  const rows = await visitor.records();
  assert.deepEqual(
    rows.map(({ action, surface }) => `${action} ${surface}`),
    ['custom api', 'custom api', 'accept-all api', 'withdraw api'],
  );
  assert.deepEqual(
    rows.map(({ id }) => id),
    [custom, kept, all, none].map(({ record }) => record),
  );
  assert.equal(await visitor.banner.count(), 0, 'who has chosen is not asked');
});

test('a call that is not understood is told in the console, and changes nothing', async (t) => {
  const visitor = await shop.visitor(t);
  const warnings = [];
  visitor.page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
  await visitor.open('/demo/');
  await visitor.settled();
  await visitor.page.evaluate(async () => {
    for (const call of [['consent', 'accept-everything'], ['consent', { astrology: true }], ['sing'], ['on', 'consent'], []])
      await window.nod(...call);
  });
  assert.equal(await visitor.cookie(), null);
  assert.deepEqual(visitor.sent, []);
  assert.ok(warnings.length >= 4 && warnings.every((text) => text.includes('nod')), warnings.join('\n'));
});

test('nod("open") opens the preferences', async (t) => {
  const visitor = await shop.visitor(t);
  await visitor.open('/demo/');
  await visitor.page.evaluate(() => void window.nod('open'));
  await visitor.preferences.waitFor();
});

test('a page that is opened at #nod shows the preferences', async (t) => {
  const visitor = await shop.visitor(t);
  await visitor.open('/demo/cart.html#nod');
  await visitor.preferences.waitFor();
});

test('a listener that throws harms neither the choice nor the other listeners', async (t) => {
  const visitor = await shop.visitor(t);
  visitor.expect(/the page’s own mistake/);
  await visitor.open('/demo/');
  await visitor.page.evaluate(async () => {
    await window.nod('on', 'consent', () => {
      throw new Error('the page’s own mistake');
    });
    await window.nod('on', 'consent', () => (window.heard = true));
  });
  await visitor.choose('accept');
  await visitor.runs('tally', 'tally-goals', 'beacon-ads');
  assert.equal(await visitor.page.evaluate(() => window.heard), true);
});
