// The triggers that wait for what is done with an element: clicked, submitted, looked at.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frames, HIDDEN, TALL } from '../support/pages.mjs';
import { named, sent, track, tracked, visit } from '../support/tags.mjs';
import { until } from '../support/until.mjs';
import { openShop } from '../support/visitor.mjs';
import { tapWire } from '../support/wire.mjs';

const shop = await openShop();

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
  await visitor.find('button').click();
  await visitor.find('b').click();
  const [{ props: told }] = await tracked(visitor, 'clicked');
  assert.deepEqual(told, { tag: 'a', id: 'shop', text: 'The shop', href: `${visitor.origin}/second`, data_sku: 'A1', attribute_rel: 'help' });
  assert.equal(named(visitor, 'clicked').length, 1);
});

test('click: on a link that leaves the page, the event is not lost', async (t) => {
  const wire = await tapWire(); // a debugger may miss what a page sends as it ends
  const rules = [track('left', { on: 'click', selector: 'a' })];
  const visitor = await visit(t, shop, { rules, body: '<a href="/second">Away</a>', browser: { proxy: { server: wire.server } } });
  assert.equal(wire.requests.includes('POST /v1/events'), false);
  await visitor.find('a').click();
  await visitor.page.waitForURL('**/second');
  await until('the event on the wire', () => wire.requests.includes('POST /v1/events'));
  await visitor.settled();
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
  await visitor.find('#press i').click();
  await visitor.find('#go').click();
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
  await visitor.find('#email').fill('');
  await visitor.find('button').click(); // the browser refuses to submit it
  await visitor.find('#email').fill('typed@b.example');
  await visitor.find('textarea').fill('typed by hand');
  for (const field of ['#email', 'textarea']) await visitor.find(field).click();
  await visitor.find('button').click();
  await tracked(visitor, 'signed_up');
  await tracked(visitor, 'clicked', 2);
  assert.equal(named(visitor, 'signed_up').length, 1);
  assert.doesNotMatch(JSON.stringify(visitor.requests.map(({ body }) => body)), /typed|written/);
});

test('view: half of it for one second without a break, once, also where it is taller than the view, also later', async (t) => {
  const rules = [track('seen', { on: 'view', selector: '.look' }, { props: { id: { from: 'element.id' } } })];
  const body = ['<p class="look" id="glimpse">A</p>', '<p class="look" id="steady">B</p>', '<div class="look tall" id="tall"></div>']
    .map((part) => TALL.gap + part + TALL.gap).join('');
  const visitor = await visit(t, shop, { rules, head: TALL.head, body, files: TALL.files });
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
  const visitor = await visit(t, shop, { rules, body: '<p>Text</p>', ...HIDDEN });
  await visitor.page.evaluate(() => window.passed(2));
  await visitor.page.evaluate(() => dataLayer.push({ event: 'passing' }));
  await tracked(visitor, 'passing');
  assert.deepEqual(named(visitor, 'seen'), []);
  await visitor.page.evaluate(() => window.hide(false));
  assert.equal((await tracked(visitor, 'seen')).length, 1);
});

test('a selector that no browser can read stops no other trigger', async (t) => {
  const rules = [
    track('never', { on: 'click', selector: 'p:has(((' }),
    track('unseen', { on: 'view', selector: '##' }),
    track('clicked', { on: 'click', selector: 'p' }),
  ];
  const visitor = await visit(t, shop, { rules, body: '<p>Text</p>' });
  await visitor.settled();
  await visitor.find('p').click();
  await tracked(visitor, 'clicked');
  assert.deepEqual(sent(visitor).map(({ name }) => name), ['clicked']);
});
