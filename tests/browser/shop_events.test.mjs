// The demo shop as its owner has marked it up and configured it (www/demo/tags.json): what its pages tell.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { named, sent, tracked } from '../support/tags.mjs';
import { openShop } from '../support/visitor.mjs';

const shop = await openShop();

const told = (events) => events.map(({ name, props }) => [name, props]);
const collected = (visitor) => visitor.requests.filter(({ path, body }) => path === '/demo/collect/analytics' && body?.includes('marl.example'));

test('an order, from the first page to the purchase', async (t) => {
  const visitor = await shop.visitor(t);
  await visitor.open('/demo/');
  await visitor.choose('accept');
  await visitor.page.locator('[data-add][value=TIDE-MUG]').click();
  await tracked(visitor, 'add_to_cart');
  await visitor.open('/demo/product.html?sku=REED-VASE');
  await tracked(visitor, 'view_item');
  await visitor.page.locator('#quantity').fill('99'); // more than the shop has: the form is not submitted
  await visitor.page.getByRole('button', { name: 'Add to cart' }).click();
  await visitor.page.locator('#quantity').fill('2');
  await visitor.page.getByRole('button', { name: 'Add to cart' }).click();
  await tracked(visitor, 'add_to_cart', 2);
  await visitor.open('/demo/cart.html');
  await visitor.page.getByRole('link', { name: 'Go to checkout' }).click();
  for (const [field, value] of Object.entries({ email: 'ada@b.example', name: 'Ada Byron', address: 'Lane 1', postcode: '12345', city: 'Town' })) {
    await visitor.page.locator(`#${field}`).fill(value);
  }
  await visitor.page.getByRole('button', { name: 'Place order' }).click();
  await tracked(visitor, 'purchase');
  assert.deepEqual(told(sent(visitor).filter(({ name }) => !['page_view', 'read', 'stayed', 'studio_seen'].includes(name))), [
    ['add_to_cart', { list: 'home', currency: 'EUR', sku: 'TIDE-MUG', price: 24 }],
    ['view_item', { sku: 'REED-VASE', price: 48, currency: 'EUR' }],
    ['add_to_cart', { sku: 'REED-VASE', price: 48, currency: 'EUR' }],
    ['begin_checkout', {}],
    ['purchase', { currency: 'EUR', value: 120, count: 3 }],
  ]);
  assert.equal((await tracked(visitor, 'page_view', 4)).length, 4);
  await visitor.sends('GET', '/demo/vendors/plume.js');
  const pixel = visitor.requests.filter(({ url }) => url.includes('goal=purchase'));
  assert.deepEqual(pixel.map(({ url }) => new URL(url).search), ['?goal=purchase&value=120&currency=EUR']);
  assert.doesNotMatch(JSON.stringify(sent(visitor)), /ada|byron|12345/i, 'what is typed stays in the page');
});

test('nothing is told before the choice; then all of it is, in order; after the withdrawal nothing', async (t) => {
  const visitor = await shop.visitor(t);
  await visitor.open('/demo/german.html');
  await visitor.page.locator('[data-add]').first().click();
  await visitor.page.locator('#studio').scrollIntoViewIfNeeded();
  await visitor.settled();
  assert.deepEqual(sent(visitor), []);
  assert.deepEqual(collected(visitor), []);
  await visitor.choose('accept');
  await tracked(visitor, 'add_to_cart');
  await tracked(visitor, 'studio_seen');
  assert.deepEqual(sent(visitor).slice(0, 2).map(({ name }) => name), ['page_view', 'add_to_cart']);
  await visitor.sends('POST', '/demo/collect/analytics');
  await visitor.page.evaluate(() => window.nod('consent', 'reject-all'));
  const count = sent(visitor).length;
  const heard = collected(visitor).length;
  await visitor.page.locator('[data-add]').first().click();
  await visitor.settled();
  assert.equal(sent(visitor).length, count);
  assert.equal(collected(visitor).length, heard);
});

test('a visitor from California is asked for nothing, and a language is told', async (t) => {
  const visitor = await shop.visitor(t);
  await visitor.open('/demo/california.html');
  await tracked(visitor, 'page_view');
  await visitor.page.locator('footer a[hreflang=de]').click();
  assert.deepEqual((await tracked(visitor, 'language_chosen'))[0].props, { language: 'de' });
  assert.equal(named(visitor, 'add_to_cart').length, 0);
});
