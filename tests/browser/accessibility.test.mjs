// Point 8: axe finds nothing, and nothing scrolls sideways: the banner in each of its states, the preferences, every page of
// the shop; narrow and wide, light and dark.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible, assertNoSidewaysScrolling } from '../support/accessibility.mjs';
import { openShop } from '../support/visitor.mjs';

const shop = await openShop();
const PAGES = ['/demo/', '/demo/product.html', '/demo/cart.html', '/demo/checkout.html', '/demo/privacy.html', '/demo/california.html', '/demo/german.html'];

async function assertFine({ page }, what) {
  await assertNoSidewaysScrolling(page, what);
  await assertAccessible(page, what);
}

for (const width of [320, 1440]) {
  for (const colorScheme of ['light', 'dark']) {
    const look = `${width} px, ${colorScheme}`;
    const arrive = async (t, path, options) => {
      const visitor = await shop.visitor(t, { viewport: { width, height: 800 }, colorScheme, reducedMotion: 'reduce', ...options });
      await visitor.open(path);
      await visitor.banner.waitFor();
      await visitor.settled();
      return visitor;
    };

    for (const path of PAGES) {
      test(`${look}: ${path} with the banner, then without it`, async (t) => {
        const visitor = await arrive(t, path);
        await assertFine(visitor, `${path} with the banner, ${look}`);
        await visitor.choose('accept');
        await visitor.page.reload();
        await visitor.settled();
        assert.equal(await visitor.banner.count(), 0);
        await assertFine(visitor, `${path} without the banner, ${look}`);
      });
    }

    test(`${look}: the cart and the checkout with something in the cart`, async (t) => {
      const visitor = await arrive(t, '/demo/product.html');
      await visitor.choose('reject');
      await visitor.page.getByRole('button', { name: 'Add to cart' }).click();
      for (const path of ['/demo/cart.html', '/demo/checkout.html']) {
        await visitor.open(path);
        await visitor.page.locator('[data-cart]:not([hidden])').waitFor();
        await visitor.settled();
        await assertFine(visitor, `${path} with a piece, ${look}`);
      }
    });

    test(`${look}: the banner as it answers`, async (t) => {
      const visitor = await arrive(t, '/demo/');
      visitor.expect(/Failed to load resource|net::ERR_/);
      await visitor.context.route('**/v1/consent*', (route) => route.abort());
      await visitor.button('reject').click();
      await visitor.button('retry').waitFor();
      await assertFine(visitor, `the banner that failed, ${look}`);
      await visitor.context.unroute('**/v1/consent*');
      await visitor.choosing(() => visitor.button('retry').click());
      await visitor.banner.getByText('Your choice is saved.').waitFor();
      await assertFine(visitor, `the banner that confirms, ${look}`);
    });

    test(`${look}: the preferences, closed details and open ones, then confirmed`, async (t) => {
      const visitor = await arrive(t, '/demo/');
      await visitor.openPreferences();
      await assertFine(visitor, `the preferences, ${look}`);
      for (const summary of await visitor.preferences.locator('summary').all()) await summary.click();
      await assertFine(visitor, `the preferences with every detail, ${look}`);
      await visitor.switchOf('analytics').click();
      await visitor.choosing(() => visitor.preferences.getByRole('button', { name: 'Save choices' }).click());
      await visitor.preferences.getByText('Your choice is saved.').waitFor();
      await assertFine(visitor, `the preferences that confirm, ${look}`);
    });

    test(`${look}: Global Privacy Control's line in banner and preferences`, async (t) => {
      const visitor = await arrive(t, '/demo/california.html', { extraHTTPHeaders: { 'Sec-GPC': '1' } });
      await assertFine(visitor, `the banner that honours, ${look}`);
      await visitor.openPreferences();
      await assertFine(visitor, `the preferences that honour, ${look}`);
    });
  }
}
