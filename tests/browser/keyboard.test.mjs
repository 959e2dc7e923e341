// Point 8: the keyboard alone can do it all, and the focus is always where the visitor will want to go on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openShop } from '../support/visitor.mjs';
import { until } from '../support/until.mjs';

const shop = await openShop();

/** The focused element, through shadow roots: its accessible text or label. */
const focused = (visitor) =>
  visitor.page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.getAttribute('aria-label') || element?.labels?.[0]?.textContent || element?.textContent?.trim() || '';
  });

/** Presses Tab until the focus is on this. */
async function tabTo(visitor, name, key = 'Tab') {
  const seen = [];
  for (let presses = 0; presses < 60; presses++) {
    const now = await focused(visitor);
    if (now === name) return seen;
    seen.push(now);
    await visitor.page.keyboard.press(key);
  }
  throw new Error(`Tab never reaches “${name}”; it went over: ${seen.join(' | ')}`);
}

const press = (visitor, key) => visitor.page.keyboard.press(key);

async function arrive(t, path = '/demo/') {
  const visitor = await shop.visitor(t);
  await visitor.open(path);
  await visitor.banner.waitFor();
  await visitor.settled();
  return visitor;
}

for (const [name, action, key] of [
  ['Accept all', 'accept-all', 'Enter'],
  ['Reject all', 'reject-all', 'Space'],
]) {
  test(`${name}, by Tab and ${key}`, async (t) => {
    const visitor = await arrive(t);
    const over = await tabTo(visitor, name);
    assert.ok(over.length <= 4, `the banner comes first in the order; before it: ${over}`);
    const { record } = await visitor.choosing(() => press(visitor, key));
    assert.equal(record.action, action);
    await visitor.banner.getByText('Your choice is saved.').waitFor();
  });
}

test('the three answers follow each other, and the page behind stays reachable', async (t) => {
  const visitor = await arrive(t);
  await tabTo(visitor, 'Reject all');
  await press(visitor, 'Tab');
  assert.equal(await focused(visitor), 'Accept all');
  await press(visitor, 'Tab');
  assert.equal(await focused(visitor), 'Manage choices');
  await tabTo(visitor, 'Shop');
});

test('manage, switch, save, close and reopen, with nothing but keys; the focus goes in, stays in and comes back', async (t) => {
  const visitor = await arrive(t);
  await tabTo(visitor, 'Manage choices');
  await press(visitor, 'Enter');
  await visitor.preferences.waitFor();
  await until('the focus to be in the preferences', async () => (await focused(visitor)) === 'Privacy choices');

  await tabTo(visitor, 'Analytics');
  await press(visitor, 'Space');
  assert.equal((await visitor.switches()).analytics, true);
  await press(visitor, 'Enter');
  assert.equal((await visitor.switches()).analytics, false);
  await press(visitor, 'Space');
  await tabTo(visitor, 'Details: Marketing');
  await press(visitor, 'Enter');
  await visitor.preferences.getByText('Beacon Ads').waitFor();
  await tabTo(visitor, 'Save choices');
  const { record } = await visitor.choosing(() => press(visitor, 'Enter'));
  assert.deepEqual(record.purposes, { necessary: true, functional: false, analytics: true, marketing: false });
  await visitor.preferences.getByText('Your choice is saved.').waitFor();
  await until('the focus to be on Close', async () => (await focused(visitor)) === 'Close');
  await press(visitor, 'Enter');
  await visitor.preferences.waitFor({ state: 'hidden' });

  await tabTo(visitor, 'Privacy choices');
  await press(visitor, 'Enter');
  await visitor.preferences.waitFor();
  assert.equal((await visitor.switches()).analytics, true);
  for (let presses = 0; presses < 30; presses++) {
    await press(visitor, 'Tab');
    const inside = await visitor.page.evaluate(() => {
      const active = document.activeElement;
      return active === document.body || active.localName === 'nod-consent';
    });
    assert.ok(inside, `Tab leaves the open dialog for “${await focused(visitor)}”`);
  }
  await press(visitor, 'Escape');
  await visitor.preferences.waitFor({ state: 'hidden' });
  await until('the focus to come back to the link', async () => (await focused(visitor)) === 'Privacy choices');
});

test('Escape on the way from the banner brings the focus back to Manage choices', async (t) => {
  const visitor = await arrive(t);
  await tabTo(visitor, 'Manage choices');
  await press(visitor, 'Space');
  await visitor.preferences.waitFor();
  await press(visitor, 'Escape');
  await visitor.preferences.waitFor({ state: 'hidden' });
  await until('the focus to come back', async () => (await focused(visitor)) === 'Manage choices');
  assert.deepEqual(visitor.sent, []);
});

test('the placeholder’s button and the retry button can be reached and pressed', async (t) => {
  const visitor = await arrive(t, '/demo/product.html');
  visitor.expect(/Failed to load resource|net::ERR_/);
  await tabTo(visitor, 'Allow Marketing');
  await visitor.context.route('**/v1/consent*', (route) => route.abort());
  await press(visitor, 'Enter');
  await visitor.button('retry').waitFor();
  await visitor.context.unroute('**/v1/consent*');
  await tabTo(visitor, 'Try again');
  const { record } = await visitor.choosing(() => press(visitor, 'Enter'));
  assert.equal(record.surface, 'placeholder');
});

test('what is focused can be seen: every answer shows an outline', async (t) => {
  const visitor = await arrive(t);
  for (const name of ['Reject all', 'Accept all', 'Manage choices']) {
    await tabTo(visitor, name);
    const outline = await visitor.page.evaluate(() => {
      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement.shadowRoot.activeElement);
      return { outlineStyle, width: parseFloat(outlineWidth) };
    });
    assert.notEqual(outline.outlineStyle, 'none', name);
    assert.ok(outline.width >= 2, name);
  }
});
