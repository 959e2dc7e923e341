// The triggers that wait for the page itself: each fires when it should, as often as it should, and tells what it may.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frames, HIDDEN, TALL } from '../support/pages.mjs';
import { named, sent, track, tracked, visit } from '../support/tags.mjs';
import { openShop } from '../support/visitor.mjs';

const shop = await openShop();

test('page: at the start, and at each other address, hashes apart', async (t) => {
  const rules = [track('page_view', { on: 'page' }, { props: { path: { from: 'page.path' }, title: { from: 'page.title' }, q: { from: 'page.query.q' } } })];
  const visitor = await visit(t, shop, { rules, path: '/?q=mugs' });
  await tracked(visitor, 'page_view');
  await visitor.page.evaluate(() => {
    history.replaceState({}, '', '/?q=mugs#there'); // the same page
    history.pushState({}, '', '/bowls');
    document.title = 'Bowls';
    history.replaceState({ with: 'state' }, '', '/bowls'); // still the same
  });
  await tracked(visitor, 'page_view', 2);
  await visitor.page.evaluate(() => history.replaceState({}, '', '/bowls?q=blue'));
  await tracked(visitor, 'page_view', 3);
  await visitor.page.goBack();
  const views = await tracked(visitor, 'page_view', 4);
  await visitor.settled();
  assert.deepEqual(
    views.map(({ props }) => props),
    [
      { path: '/', title: 'A page', q: 'mugs' },
      { path: '/bowls', title: 'Bowls' },
      { path: '/bowls', title: 'Bowls', q: 'blue' },
      { path: '/', title: 'Bowls', q: 'mugs' },
    ],
  );
  assert.equal(named(visitor, 'page_view').length, 4);
});

test('ready and loaded: once each', async (t) => {
  const visitor = await visit(t, shop, { rules: [track('is_ready', { on: 'ready' }), track('is_loaded', { on: 'loaded' })] });
  await tracked(visitor, 'is_ready');
  await tracked(visitor, 'is_loaded');
  await visitor.settled();
  assert.deepEqual(sent(visitor).map(({ name }) => name), ['is_ready', 'is_loaded']);
});

test('scroll: each depth once a page view, by the way that was gone', async (t) => {
  const rules = [25, 75, 100].map((percent) =>
    track(`scrolled_${percent}`, { on: 'scroll', percent }, { props: { percent: { from: 'trigger.percent' } } }));
  const visitor = await visit(t, shop, { rules, head: TALL.head, body: TALL.gap + TALL.gap, files: TALL.files });
  await visitor.settled();
  const scroll = (part) => visitor.page.evaluate((part) => scrollTo(0, part * (document.documentElement.scrollHeight - innerHeight)), part);
  await scroll(0.5);
  assert.equal((await tracked(visitor, 'scrolled_25'))[0].props.percent, 25);
  assert.deepEqual(sent(visitor).map(({ name }) => name), ['scrolled_25']);
  await scroll(0);
  await frames(visitor);
  await scroll(1);
  await tracked(visitor, 'scrolled_100');
  assert.deepEqual(sent(visitor).map(({ name }) => name), ['scrolled_25', 'scrolled_75', 'scrolled_100']);
  await visitor.page.evaluate(() => {
    scrollTo(0, 0);
    history.pushState({}, '', '/second');
  });
  await frames(visitor);
  await scroll(0.5);
  assert.equal((await tracked(visitor, 'scrolled_25', 2)).length, 2);
});

test('timer: as often as it says, anew with each page view, and not while the page is hidden', async (t) => {
  const rules = [track('waited', { on: 'timer', seconds: 1, times: 2 }), track('passing', { on: 'datalayer', event: 'passing' })];
  const visitor = await visit(t, shop, { rules, ...HIDDEN });
  const pass = async (count) => {
    await visitor.page.evaluate(() => window.passed(2));
    await visitor.page.evaluate(() => dataLayer.push({ event: 'passing' }));
    await tracked(visitor, 'passing', count);
  };
  await pass(1);
  assert.deepEqual(named(visitor, 'waited'), []);
  await visitor.page.evaluate(() => window.hide(false));
  await tracked(visitor, 'waited', 2);
  await pass(2);
  assert.equal(named(visitor, 'waited').length, 2);
  await visitor.page.evaluate(() => history.pushState({}, '', '/second'));
  assert.equal((await tracked(visitor, 'waited', 4)).length, 4);
});

test('visibility: when the page is hidden, and when it is shown again', async (t) => {
  const rules = ['hidden', 'visible'].map((state) => track(`became_${state}`, { on: 'visibility', state }));
  const visitor = await visit(t, shop, { rules, ...HIDDEN });
  await visitor.settled();
  await visitor.page.evaluate(() => window.hide(false));
  await tracked(visitor, 'became_visible');
  await visitor.page.evaluate(() => window.hide(true));
  await tracked(visitor, 'became_hidden');
  assert.deepEqual(sent(visitor).map(({ name }) => name), ['became_visible', 'became_hidden']);
});

test('error: its message and its file, without what stands behind a question mark', async (t) => {
  const props = { message: { from: 'trigger.message' }, file: { from: 'trigger.file' } };
  const files = { '/broken.js': { html: 'setTimeout(() => { throw new Error("it broke"); }, 0)', type: 'text/javascript' } };
  const visitor = await visit(t, shop, { rules: [track('broke', { on: 'error' }, { props })], files });
  visitor.expect(/it broke/, /404/);
  await visitor.settled();
  await visitor.page.evaluate(() => {
    document.body.append(Object.assign(new Image(), { src: '/missing.png' })); // no error of JavaScript's
    document.head.append(Object.assign(document.createElement('script'), { src: '/broken.js?token=secret' }));
  });
  const [{ props: told }] = await tracked(visitor, 'broke');
  assert.deepEqual(told, { message: 'Uncaught Error: it broke', file: `${visitor.origin}/broken.js` });
  assert.equal(named(visitor, 'broke').length, 1);
});

test('consent: at each choice; for a purpose only when it has become granted', async (t) => {
  const rules = [
    track('chosen', { on: 'consent' }, { purpose: 'necessary' }),
    track('granted', { on: 'consent', purpose: 'analytics' }, { purpose: 'necessary' }),
  ];
  const visitor = await visit(t, shop, { region: 'DE', rules });
  await visitor.choose('accept');
  await tracked(visitor, 'granted');
  await tracked(visitor, 'chosen');
  for (const choice of [{ marketing: false }, { analytics: false }, { analytics: true }]) {
    await visitor.page.evaluate((choice) => window.nod('consent', choice), choice);
  }
  await tracked(visitor, 'chosen', 4);
  assert.equal((await tracked(visitor, 'granted', 2)).length, 2);
  await visitor.page.reload();
  await visitor.settled();
  assert.equal(named(visitor, 'chosen').length, 4, 'a choice that was made on an earlier page is none of this one');
});

test('datalayer: what was pushed before and after, in order, beside another tag manager’s own wrapper', async (t) => {
  const props = { value: { from: 'trigger.data.ecommerce.value' } };
  const rules = [track('bought', { on: 'datalayer', event: 'purchase' }, { props }), track('listed', { on: 'datalayer', event: 'view_item_list' })];
  const files = {
    '/early.js': {
      html: `window.dataLayer = [{ currency: 'EUR' }, { event: 'purchase', ecommerce: { value: 1 } }, { event: 'view_item_list' }];
        // As another tag manager does: it keeps the original and answers with its own.
        const { push } = dataLayer;
        window.heard = [];
        dataLayer.push = function (...items) { heard.push(...items.map((item) => item.event ?? item[0])); return push.apply(dataLayer, items) + 1000; };`,
      type: 'text/javascript',
    },
  };
  const visitor = await visit(t, shop, { rules, head: '<script src="/early.js"></script>', files });
  await tracked(visitor, 'listed');
  const answer = await visitor.page.evaluate(() => {
    const { push } = dataLayer;
    dataLayer.push = function (...items) { return push.apply(dataLayer, items); }; // and one that comes later
    (function () { dataLayer.push(arguments); })('event', 'purchase', { value: 3 }); // gtag()'s commands are Google's
    return dataLayer.push({ event: 'purchase', ecommerce: { value: 2 } }, { event: 'other' });
  });
  assert.equal(answer, 1006);
  const bought = await tracked(visitor, 'bought', 2);
  assert.deepEqual(bought.map(({ props }) => props.value), [1, 2]);
  assert.deepEqual(sent(visitor).map(({ name }) => name), ['bought', 'listed', 'bought']);
  assert.deepEqual(await visitor.page.evaluate(() => window.heard), ['event', 'purchase', 'other']);
});

test('event: what a mark or a call tracks can make another event', async (t) => {
  const rules = [track('changed', { on: 'event', name: 'cart_*' }, { props: { by: { from: 'event.name' }, sku: { from: 'event.props.sku' } } })];
  const visitor = await visit(t, shop, { rules, body: '<button data-nod-event="cart_add" data-nod-prop-sku="A1">Add</button>' });
  await visitor.settled();
  await visitor.find('button').click();
  await visitor.page.evaluate(() => window.nod('track', 'cart_remove', { sku: 'B2' }));
  const changes = await tracked(visitor, 'changed', 2);
  assert.deepEqual(changes.map(({ props }) => props), [{ by: 'cart_add', sku: 'A1' }, { by: 'cart_remove', sku: 'B2' }]);
});
