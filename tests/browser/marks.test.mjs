// Marks in HTML: `data-nod-event`, `data-nod-on`, `data-nod-prop-*`, and from where a mark has its properties.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { named, sent, tracked, visit } from '../support/tags.mjs';
import { openShop } from '../support/visitor.mjs';

const shop = await openShop();
const told = (events) => events.map(({ name, props }) => [name, props]);
const insert = (visitor, html) =>
  visitor.page.evaluate((text) => document.body.append(document.createRange().createContextualFragment(text)), html);

test('each kind: a click where none is named, submit, change, view, load', async (t) => {
  const body = `<button data-nod-event="clicked">Click</button>
    <form data-nod-event="submitted" data-nod-on="submit">
      <input id="size" name="size" data-nod-event="changed" data-nod-on="change"><button id="send">Send</button></form>
    <p data-nod-event="viewed" data-nod-on="view">Text</p>
    <p data-nod-event="loaded" data-nod-on="load">Text</p>
    <a data-nod-event="both" data-nod-on="load click">Text</a>`;
  const visitor = await visit(t, shop, { body });
  await visitor.page.evaluate(() => document.forms[0].addEventListener('submit', (event) => event.preventDefault()));
  await tracked(visitor, 'loaded');
  await tracked(visitor, 'both');
  await tracked(visitor, 'viewed');
  await visitor.find('[data-nod-event=clicked]').click();
  await tracked(visitor, 'clicked');
  await visitor.find('#size').fill('secret size');
  await visitor.find('#send').click();
  await tracked(visitor, 'changed');
  await tracked(visitor, 'submitted');
  await visitor.find('a').click();
  await tracked(visitor, 'both', 2);
  assert.deepEqual(sent(visitor).map(({ name }) => name), ['loaded', 'both', 'viewed', 'clicked', 'changed', 'submitted', 'both']);
  assert.doesNotMatch(JSON.stringify(sent(visitor)), /secret/);
});

test('properties are inherited, and the nearest wins; what is inside a mark is not asked', async (t) => {
  const body = `<section data-nod-prop-list="home" data-nod-prop-sku="page" data-nod-prop-place="main">
    <article data-nod-prop-sku="card" data-nod-event="opened">
      <h2>Text</h2>
      <button data-nod-event="added" data-nod-prop-sku="A1" data-nod-purpose="functional"><b data-nod-prop-sku="inside">Add</b></button>
    </article></section>`;
  const visitor = await visit(t, shop, { body });
  await visitor.find('b').click();
  await visitor.find('h2').click();
  await tracked(visitor, 'added');
  await tracked(visitor, 'opened');
  assert.deepEqual(told(sent(visitor)), [
    ['added', { list: 'home', sku: 'A1', place: 'main' }],
    ['opened', { list: 'home', sku: 'card', place: 'main' }],
  ]);
  assert.deepEqual(sent(visitor).map(({ purpose }) => purpose), ['functional', 'analytics']);
});

test('the nearest mark that waits for the kind takes what happens', async (t) => {
  const body = `<form data-nod-event="ordered" data-nod-on="submit"><fieldset data-nod-event="opened">
    <input name="size" value="1"><button data-nod-event="seen" data-nod-on="view">Order</button></fieldset></form>`;
  const visitor = await visit(t, shop, { body });
  await visitor.page.evaluate(() => document.forms[0].addEventListener('submit', (event) => event.preventDefault()));
  await tracked(visitor, 'seen');
  await visitor.find('button').click();
  await tracked(visitor, 'ordered');
  assert.deepEqual(sent(visitor).map(({ name }) => name), ['seen', 'opened', 'ordered']);
});

test('values: numbers and truths where they are spelled as such, else texts', async (t) => {
  const values = { a: '24', b: '-3.5', c: '007', d: '1e3', e: '1.50', f: 'true', g: 'false', h: 'TRUE', i: '', j: 'NaN', k: 'Infinity',
    l: '9007199254740993', m: ' 1', n: '0', 'item_id': 'x', 'item-name': 'y' };
  const props = Object.entries(values).map(([name, value]) => `data-nod-prop-${name}="${value}"`).join(' ');
  const visitor = await visit(t, shop, { body: `<button data-nod-event="told" ${props}>Tell</button>` });
  await visitor.find('button').click();
  const [event] = await tracked(visitor, 'told');
  assert.deepEqual(event.props, { ...values, a: 24, b: -3.5, f: true, g: false, n: 0 });
});

test('through open shadow roots: properties of hosts, and of the slot that an element is shown in', async (t) => {
  const card = '<x-card data-nod-prop-card="1"><button id="slotted">Slotted</button></x-card>';
  const visitor = await visit(t, shop, { body: `<div data-nod-prop-list="outer">${card}</div>` });
  await visitor.page.evaluate(() => {
    document.querySelector('x-card').attachShadow({ mode: 'open' }).append(document.createRange().createContextualFragment(
      `<section data-nod-event="slotted" data-nod-prop-within="shadow"><slot></slot></section>
       <button id="own" data-nod-event="own" data-nod-prop-sku="A1">Own</button>
       <form data-nod-event="sent" data-nod-on="submit">
         <select data-nod-event="chosen" data-nod-on="change"><option>1<option>2</select><button id="send">Send</button></form>`,
    ));
    document.querySelector('x-card').shadowRoot.querySelector('form').addEventListener('submit', (event) => event.preventDefault());
  });
  await visitor.find('#slotted').click();
  await visitor.find('#own').click();
  await visitor.find('select').focus();
  await visitor.find('select').selectOption('2');
  await visitor.find('#send').click();
  await tracked(visitor, 'sent');
  assert.deepEqual(told(sent(visitor)), [
    ['slotted', { list: 'outer', card: 1, within: 'shadow' }],
    ['own', { list: 'outer', card: 1, sku: 'A1' }],
    ['chosen', { list: 'outer', card: 1 }],
    ['sent', { list: 'outer', card: 1 }],
  ]);
});

test('what comes later is marked as well, and tells once', async (t) => {
  const visitor = await visit(t, shop, { body: '<p id="plain" data-nod-prop-sku="A1">Text</p>' });
  await visitor.settled();
  await insert(visitor, '<p data-nod-event="came" data-nod-on="load">Text</p><p data-nod-event="showed" data-nod-on="view">Text</p>');
  await tracked(visitor, 'came');
  await tracked(visitor, 'showed');
  await visitor.page.evaluate(() => Object.assign(document.getElementById('plain').dataset, { nodOn: 'load', nodEvent: 'became' }));
  assert.deepEqual((await tracked(visitor, 'became'))[0].props, { sku: 'A1' });
  await visitor.page.evaluate(() => document.body.append(document.querySelector('[data-nod-event=came]'))); // moved, not new
  await insert(visitor, '<p data-nod-event="last" data-nod-on="load">Text</p>');
  await tracked(visitor, 'last');
  assert.equal(named(visitor, 'came').length, 1);
});

test('a click before the engine is there counts, with the time at which it was made', async (t) => {
  const press = `document.addEventListener('DOMContentLoaded', () => {
    document.querySelector('button').click();
    window.pressed = Date.now();
  });`;
  const visitor = await visit(t, shop, {
    body: '<button data-nod-event="early">Early</button>',
    head: '<script src="/press.js"></script>',
    files: { '/press.js': { html: press, type: 'text/javascript' } },
  });
  const [event] = await tracked(visitor, 'early');
  const pressed = await visitor.page.evaluate(() => window.pressed);
  assert.ok(event.at <= pressed && event.at > pressed - 1000, `${event.at} is not just before ${pressed}`);
});
