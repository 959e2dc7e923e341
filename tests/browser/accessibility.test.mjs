// Point 8: axe finds nothing, and nothing scrolls sideways: the banner in each of its states, the preferences, every page of
// the shop; each at 320 and 1440 px, light and dark.
import { test } from 'node:test';
import { DIALOG, assertAccessible } from '../support/accessibility.mjs';
import { openShop } from '../support/visitor.mjs';

const shop = await openShop();
const PAGES = [
  '/demo/',
  '/demo/product.html',
  '/demo/cart.html',
  '/demo/checkout.html',
  '/demo/privacy.html',
  '/demo/california.html',
  '/demo/german.html',
];

async function arrive(t, path, options) {
  const visitor = await shop.visitor(t, options);
  await visitor.open(path);
  await visitor.banner.waitFor();
  await visitor.settled();
  return visitor;
}

for (const path of PAGES) {
  test(`${path}, with the banner and without it`, async (t) => {
    const visitor = await arrive(t, path);
    await assertAccessible(visitor.page, `${path} with the banner`);
    await visitor.choose('accept');
    await visitor.page.reload();
    await visitor.settled();
    await assertAccessible(visitor.page, `${path} with everything allowed`);
  });
}

test('the cart and the checkout with something in the cart', async (t) => {
  const visitor = await arrive(t, '/demo/product.html');
  await visitor.choose('reject');
  await visitor.page.getByRole('button', { name: 'Add to cart' }).click();
  for (const path of ['/demo/cart.html', '/demo/checkout.html']) {
    await visitor.open(path);
    await visitor.page.locator('[data-cart]:not([hidden])').waitFor();
    await visitor.settled();
    await assertAccessible(visitor.page, `${path} with a piece`);
  }
});

test('the banner that could not save', async (t) => {
  const visitor = await arrive(t, '/demo/');
  visitor.expect(/Failed to load resource|net::ERR_/);
  await visitor.context.route('**/v1/consent*', (route) => route.abort());
  await visitor.button('reject').click();
  await visitor.button('retry').waitFor();
  await assertAccessible(visitor.page, 'the banner that failed');
});

test('the preferences, their details, and their confirmation', async (t) => {
  const visitor = await arrive(t, '/demo/');
  await visitor.openPreferences();
  await assertAccessible(visitor.page, 'the preferences', DIALOG);
  for (const summary of await visitor.preferences.locator('summary').all()) await summary.click();
  await assertAccessible(visitor.page, 'the preferences with every detail', DIALOG);
  await visitor.switchOf('analytics').click();
  await visitor.choosing(() => visitor.preferences.getByRole('button', { name: 'Save choices' }).click());
  await visitor.preferences.getByText('Your choice is saved.').waitFor();
  await assertAccessible(visitor.page, 'the preferences that confirm', DIALOG);
});

test('the preferences that could not be loaded, and those that could not save', async (t) => {
  const visitor = await arrive(t, '/demo/');
  visitor.expect(/Failed to load resource|net::ERR_/);
  await visitor.context.route('**/notice.json*', (route) => route.abort());
  await visitor.page.locator('footer a[href="#nod"]').click();
  await visitor.banner.getByText('The details could not be loaded.').waitFor();
  await assertAccessible(visitor.page, 'the banner that says that the details could not be loaded');
  await visitor.context.unroute('**/notice.json*');
  await visitor.button('retry').click();
  await visitor.switchOf('analytics').click();
  await visitor.context.route('**/v1/consent*', (route) => route.abort());
  await visitor.preferences.getByRole('button', { name: 'Save choices' }).click();
  await visitor.preferences.getByRole('button', { name: 'Try again' }).waitFor();
  await assertAccessible(visitor.page, 'the preferences that could not save', DIALOG);
});

test('the line that says that Global Privacy Control is honoured', async (t) => {
  const visitor = await arrive(t, '/demo/california.html', { extraHTTPHeaders: { 'Sec-GPC': '1' } });
  await assertAccessible(visitor.page, 'the banner that honours');
  await visitor.openPreferences();
  await assertAccessible(visitor.page, 'the preferences that honour', DIALOG);
});
