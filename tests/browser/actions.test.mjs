// What rules do beside tracking: insert an element, call an address, set a variable; each only if its purposes are granted.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { track, tracked, visit } from '../support/tags.mjs';
import { openShop } from '../support/visitor.mjs';
import { until } from '../support/until.mjs';
import { tapWire } from '../support/wire.mjs';

const shop = await openShop();
const NONCE = 'Zm9yLXRoaXMtdGVzdA';
const clicked = (id, selector, then, more) => ({ id, when: [{ on: 'click', selector }], then: [then], ...more });
const paths = (visitor) => visitor.requests.map(({ method, url }) => `${method} ${new URL(url).pathname}${new URL(url).search}`);

test('insert: an element with what the page says, into what it names, allowed by the page’s policy', async (t) => {
  const rules = [
    clicked('pixel', '#pixel', {
      do: 'insert', element: 'img', purposes: ['marketing'], into: '#here',
      attributes: { src: { text: '/pixel.gif?page={page.path}&sku={element.data.sku}' }, alt: '' },
    }),
    clicked('code', '#code', { do: 'insert', element: 'script', purposes: ['analytics'], attributes: { src: '/inserted.js' } }),
    clicked('nowhere', '#nowhere', { do: 'insert', element: 'img', purposes: ['analytics'], into: '#gone', attributes: { src: '/never.gif' } }),
  ];
  const visitor = await visit(t, shop, {
    rules,
    nonce: NONCE,
    headers: { 'Content-Security-Policy': `default-src 'self'; script-src 'nonce-${NONCE}' 'wasm-unsafe-eval'; style-src 'self'; connect-src *` },
    body: '<p id="pixel" data-sku="a&b=c">Pixel</p><p id="code">Code</p><p id="nowhere">Nowhere</p><div id="here"></div>',
    files: { '/inserted.js': { html: 'window.inserted = true', type: 'text/javascript' }, '/pixel.gif': { html: '', type: 'image/gif' } },
  });
  await visitor.settled();
  for (const id of ['nowhere', 'pixel', 'code']) await visitor.find(`#${id}`).click();
  await until('the script', () => visitor.page.evaluate(() => window.inserted));
  assert.equal(await visitor.find('#here img').getAttribute('src'), '/pixel.gif?page=%2F&sku=a%26b%3Dc');
  assert.equal(paths(visitor).some((path) => path.includes('never')), false);
});

test('call: an address with a body, which outlives the page', async (t) => {
  const wire = await tapWire(); // a debugger may miss what a page sends as it ends
  const body = { path: { from: 'page.path' }, list: [1, { text: '{element.tag}' }] };
  const rules = [
    clicked('told', '#told', { do: 'call', url: '/told', purposes: ['analytics'], body }),
    clicked('asked', '#asked', { do: 'call', url: { text: '/asked?tag={element.tag}' }, method: 'GET', purposes: ['analytics'] }),
    clicked('left', 'a', { do: 'call', url: '/left', purposes: ['analytics'], body }),
  ];
  const visitor = await visit(t, shop, {
    rules,
    body: '<a href="/second">Away</a><p id="told">Told</p><p id="asked">Asked</p>',
    files: { '/told': '', '/asked': '', '/left': '' },
    browser: { proxy: { server: wire.server } },
  });
  await visitor.find('#asked').click();
  await visitor.find('#told').click();
  await visitor.sends('GET', '/asked');
  await visitor.sends('POST', '/told');
  assert.equal(visitor.requests.find(({ path }) => path === '/asked').url, `${visitor.origin}/asked?tag=p`);
  assert.deepEqual(JSON.parse(visitor.requests.find(({ path }) => path === '/told').body), { path: '/', list: [1, 'p'] });
  await visitor.find('a').click();
  await visitor.page.waitForURL('**/second');
  await until('the call on the wire', () => wire.requests.includes('POST /left'));
  await visitor.settled();
});

test('nothing is inserted or called without its purposes', async (t) => {
  const rules = [
    clicked('pixel', 'p', { do: 'insert', element: 'img', purposes: ['analytics', 'marketing'], attributes: { src: '/pixel.gif', alt: '' } }),
    clicked('hook', 'p', { do: 'call', url: '/hook', purposes: ['marketing'] }),
    clicked('own', 'p', { do: 'call', url: '/own', purposes: ['necessary'] }),
  ];
  const files = { '/pixel.gif': { html: '', type: 'image/gif' }, '/hook': '', '/own': '' };
  const visitor = await visit(t, shop, { region: 'DE', rules, body: '<p>Text</p>', files });
  await visitor.settled();
  await visitor.page.evaluate(() => window.nod('consent', { analytics: true }));
  await visitor.find('p').click();
  await visitor.sends('POST', '/own');
  await visitor.settled();
  assert.deepEqual(paths(visitor).filter((path) => /pixel|hook/.test(path)), []);
  await visitor.page.evaluate(() => window.nod('consent', 'accept-all'));
  await visitor.find('p').click();
  await visitor.sends('GET', '/pixel.gif');
  await visitor.sends('POST', '/hook');
});

test('set: a variable that later rules read', async (t) => {
  const rules = [
    { id: 'remember', when: [{ on: 'datalayer', event: 'login' }], then: [{ do: 'set', variable: 'plan', value: { from: 'trigger.data.plan' } }] },
    track('clicked', { on: 'click', selector: 'p' }, { props: { plan: { from: 'variables.plan' }, currency: { from: 'variables.currency' } } }),
    track('gold_clicked', { on: 'click', selector: 'p' }, { if: [{ path: 'variables.plan', is: 'equals', value: 'gold' }] }),
  ];
  const visitor = await visit(t, shop, { rules, variables: { currency: 'EUR', plan: 'none' }, body: '<p>Text</p>' });
  await visitor.settled();
  await visitor.find('p').click();
  await visitor.page.evaluate(() => dataLayer.push({ event: 'login', plan: 'gold' }));
  await visitor.find('p').click();
  const clicks = await tracked(visitor, 'clicked', 2);
  assert.deepEqual(clicks.map(({ props }) => props), [{ plan: 'none', currency: 'EUR' }, { plan: 'gold', currency: 'EUR' }]);
  assert.equal((await tracked(visitor, 'gold_clicked')).length, 1);
});
