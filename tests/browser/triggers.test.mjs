// The triggers: each fires when it should, as often as it should, and tells what it may.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { named, sent, track, tracked, visit } from '../support/tags.mjs';
import { openShop } from '../support/visitor.mjs';

const shop = await openShop();
const TALL = '<div class="gap"></div>';
const STYLES = { '/page.css': { html: '.gap{height:1500px}.tall{height:4000px}', type: 'text/css' } };
const styled = '<link rel="stylesheet" href="/page.css">';

/** After two frames: what was seen in between has been noticed. */
const frames = (visitor) =>
  visitor.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))));

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

test('click: by selector, on whatever is inside, with what the element says', async (t) => {
  const props = Object.fromEntries(
    ['tag', 'id', 'text', 'href', 'data.sku', 'attribute.rel'].map((path) => [path.replace('.', '_'), { from: `element.${path}` }]),
  );
  const body = '<a class="out" id="shop" href="/second" rel="help" data-sku="A1"><b>The  shop</b></a> <button>Other</button>';
  const visitor = await visit(t, shop, { rules: [track('clicked', { on: 'click', selector: 'a.out' }, { props })], body });
  await visitor.page.evaluate(() => {
    document.body.addEventListener('click', (event) => {
      event.preventDefault();
      event.stopImmediatePropagation(); // the page's own listeners do not hide it
    }, true);
  });
  await visitor.page.locator('button').click();
  await visitor.page.locator('b').click();
  const [{ props: told }] = await tracked(visitor, 'clicked');
  assert.deepEqual(told, { tag: 'a', id: 'shop', text: 'The shop', href: `${visitor.origin}/second`, data_sku: 'A1', attribute_rel: 'help' });
  assert.equal(named(visitor, 'clicked').length, 1);
});

test('click: on a link that leaves the page, the event is not lost', async (t) => {
  const rules = [track('left', { on: 'click', selector: 'a' })];
  const visitor = await visit(t, shop, { rules, body: '<a href="/second">Away</a>' });
  await visitor.settled();
  await visitor.page.locator('a').click();
  await visitor.page.waitForURL('**/second');
  assert.equal((await tracked(visitor, 'left')).length, 1);
});

test('click and submit: inside open shadow roots', async (t) => {
  const rules = [
    track('pressed', { on: 'click', selector: '#press' }, { props: { text: { from: 'element.text' } } }),
    track('ordered', { on: 'submit', selector: 'form.order' }, { props: { id: { from: 'element.id' } } }),
    track('in_card', { on: 'click', selector: 'x-card' }),
  ];
  const visitor = await visit(t, shop, { rules, body: '<x-card></x-card>' });
  await visitor.page.evaluate(() => {
    const outer = document.querySelector('x-card').attachShadow({ mode: 'open' });
    outer.append(document.createElement('x-inner'));
    const inner = outer.firstChild.attachShadow({ mode: 'open' });
    inner.append(document.createRange().createContextualFragment(
      '<button id="press"><i>Press</i></button><form class="order" id="f1"><input name="id"><button id="go">Go</button></form>',
    ));
    inner.querySelector('form').addEventListener('submit', (event) => event.preventDefault());
  });
  await visitor.page.locator('#press i').click();
  await visitor.page.locator('#go').click();
  assert.equal((await tracked(visitor, 'pressed'))[0].props.text, 'Press');
  assert.equal((await tracked(visitor, 'ordered'))[0].props.id, 'f1');
  assert.equal((await tracked(visitor, 'in_card', 2)).length, 2);
  assert.equal(named(visitor, 'ordered').length, 1);
});

test('submit: the form is submitted, not its button clicked; what is typed is nobody’s', async (t) => {
  const everything = ['text', 'attribute', 'data'].map((path) => [path, { from: `element.${path}` }]);
  const rules = [
    track('signed_up', { on: 'submit', selector: '#sign-up' }, { props: Object.fromEntries(everything) }),
    track('clicked', { on: 'click', selector: 'input, textarea' }, { props: Object.fromEntries(everything) }),
  ];
  const body = `<form id="sign-up"><input id="email" type="email" name="email" required value="written@b.example">
    <textarea>written by hand</textarea><button>Sign up</button></form>`;
  const visitor = await visit(t, shop, { rules, body });
  await visitor.page.evaluate(() => document.forms[0].addEventListener('submit', (event) => event.preventDefault()));
  await visitor.page.locator('#email').fill('');
  await visitor.page.locator('button').click(); // the browser refuses to submit it
  await visitor.page.locator('#email').fill('typed@b.example');
  await visitor.page.locator('textarea').fill('typed by hand');
  for (const field of ['#email', 'textarea']) await visitor.page.locator(field).click();
  await visitor.page.locator('button').click();
  await tracked(visitor, 'signed_up');
  await tracked(visitor, 'clicked', 2);
  assert.equal(named(visitor, 'signed_up').length, 1);
  assert.doesNotMatch(JSON.stringify(visitor.requests.map(({ body }) => body)), /typed|written/);
});

test('view: half of it for one second without a break, once, also where it is taller than the view, also later', async (t) => {
  const rules = [track('seen', { on: 'view', selector: '.look' }, { props: { id: { from: 'element.id' } } })];
  const body = `${TALL}<p class="look" id="glimpse">A</p>${TALL}<p class="look" id="steady">B</p>${TALL}<div class="look tall" id="tall"></div>${TALL}`;
  const visitor = await visit(t, shop, { rules, head: styled, body, files: STYLES });
  await visitor.settled();
  const show = (id) => visitor.page.evaluate((id) => document.getElementById(id).scrollIntoView({ block: 'center' }), id);
  // In and out of view again, faster than a second, however slow this machine is: the frames are all that passes.
  await visitor.page.evaluate(async () => {
    const frame = () => new Promise(requestAnimationFrame);
    document.getElementById('glimpse').scrollIntoView();
    await frame();
    await frame();
    scrollTo(0, 0);
    await frame();
  });
  await show('steady');
  await tracked(visitor, 'seen');
  // Less than half of the view is filled by the tall one, then more than half.
  await visitor.page.evaluate(() => scrollTo(0, document.getElementById('tall').offsetTop - innerHeight * 0.8));
  await frames(visitor);
  await visitor.page.evaluate(() => scrollTo(0, document.getElementById('tall').offsetTop - innerHeight * 0.3));
  await tracked(visitor, 'seen', 2);
  await visitor.page.evaluate(() => {
    document.body.prepend(document.createRange().createContextualFragment('<p class="look" id="late">C</p>'));
    scrollTo(0, 0);
  });
  await tracked(visitor, 'seen', 3);
  await show('steady');
  await visitor.page.evaluate(() => document.body.prepend(document.createRange().createContextualFragment('<p class="look" id="last">D</p>')));
  await visitor.page.evaluate(() => scrollTo(0, 0));
  await tracked(visitor, 'seen', 4);
  assert.deepEqual(named(visitor, 'seen').map(({ props }) => props.id), ['steady', 'tall', 'late', 'last']);
});

test('view: a page that is hidden is not seen', async (t) => {
  const rules = [track('seen', { on: 'view', selector: 'p' }), track('passing', { on: 'datalayer', event: 'passing' })];
  const visitor = await visit(t, shop, { rules, body: '<p>Text</p>', head: '<script src="/hidden.js"></script>', files: HIDDEN });
  await visitor.page.evaluate(() => window.passed(2));
  await visitor.page.evaluate(() => dataLayer.push({ event: 'passing' }));
  await tracked(visitor, 'passing');
  assert.deepEqual(named(visitor, 'seen'), []);
  await visitor.page.evaluate(() => window.hide(false));
  assert.equal((await tracked(visitor, 'seen')).length, 1);
});

// A headless browser hides no tab: the page plays it, from its first line. `passed(n)` waits for seconds of its own.
const HIDDEN = {
  '/hidden.js': {
    html: `let hidden = true;
      Object.defineProperty(document, 'hidden', { get: () => hidden });
      Object.defineProperty(document, 'visibilityState', { get: () => (hidden ? 'hidden' : 'visible') });
      window.hide = (is) => { hidden = is; document.dispatchEvent(new Event('visibilitychange')); };
      window.passed = (seconds) => new Promise((done) => setInterval(() => seconds-- || done(), 1000));`,
    type: 'text/javascript',
  },
};

test('scroll: each depth once a page view, by the way that was gone', async (t) => {
  const rules = [25, 75, 100].map((percent) =>
    track(`scrolled_${percent}`, { on: 'scroll', percent }, { props: { percent: { from: 'trigger.percent' } } }));
  const visitor = await visit(t, shop, { rules, head: styled, body: TALL + TALL, files: STYLES });
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
  const visitor = await visit(t, shop, { rules, head: '<script src="/hidden.js"></script>', files: HIDDEN });
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
  const visitor = await visit(t, shop, { rules, head: '<script src="/hidden.js"></script>', files: HIDDEN });
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
  const rules = [track('cart_changed', { on: 'event', name: 'cart_*' }, { props: { by: { from: 'event.name' }, sku: { from: 'event.props.sku' } } })];
  const visitor = await visit(t, shop, { rules, body: '<button data-nod-event="cart_add" data-nod-prop-sku="A1">Add</button>' });
  await visitor.settled();
  await visitor.page.locator('button').click();
  await visitor.page.evaluate(() => window.nod('track', 'cart_remove', { sku: 'B2' }));
  const changes = await tracked(visitor, 'cart_changed', 2);
  assert.deepEqual(changes.map(({ props }) => props), [{ by: 'cart_add', sku: 'A1' }, { by: 'cart_remove', sku: 'B2' }]);
});

test('a selector that no browser can read stops no other trigger', async (t) => {
  const rules = [
    track('never', { on: 'click', selector: 'p:has(((' }),
    track('unseen', { on: 'view', selector: '##' }),
    track('clicked', { on: 'click', selector: 'p' }),
  ];
  const visitor = await visit(t, shop, { rules, body: '<p>Text</p>' });
  visitor.expect(/not a valid selector/);
  await visitor.settled();
  await visitor.page.locator('p').click();
  await tracked(visitor, 'clicked');
  assert.deepEqual(sent(visitor).map(({ name }) => name), ['clicked']);
});
