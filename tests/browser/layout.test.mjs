// Equal weight, in sight: no answer of the banner is easier to give than another, whatever the window and the language.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { host } from '../support/host.mjs';
import { openShop } from '../support/visitor.mjs';

const shop = await openShop();
const LOOK = [
  'color',
  'backgroundColor',
  'fontSize',
  'fontWeight',
  'borderTopWidth',
  'borderTopColor',
  'borderTopStyle',
  'opacity',
  'textDecorationLine',
  'boxShadow',
  'paddingTop',
];

const HEAD = '<!doctype html><meta name="viewport" content="width=device-width"><title>A page</title>';
const LANGUAGES = ['en', 'de', 'fr', 'es'];
const { origin } = await host(
  shop.instance,
  Object.fromEntries(
    LANGUAGES.map((lang) => [
      `/${lang}`,
      `${HEAD}<script src="NOD?region=DE&lang=${lang}"></script><p>Text.`,
    ]),
  ),
);

for (const [width, height] of [
  [320, 568],
  [390, 844],
  [768, 1024],
  [1440, 900],
  [568, 320],
]) {
  for (const lang of LANGUAGES) {
    test(`${width}×${height}, ${lang}: the three answers look alike and are in sight`, async (t) => {
      const visitor = await shop.visitor(t, { viewport: { width, height } });
      await visitor.page.goto(`${origin}/${lang}`);
      await visitor.banner.waitFor();
      const boxes = {};
      const looks = {};
      for (const what of ['accept', 'reject', 'manage']) {
        boxes[what] = await visitor.button(what).boundingBox();
        looks[what] = await visitor.button(what).evaluate((button, names) => {
          const style = getComputedStyle(button);
          return Object.fromEntries(names.map((name) => [name, style[name]]));
        }, LOOK);
      }
      assert.deepEqual(looks.reject, looks.accept);
      assert.deepEqual(looks.manage, looks.accept);
      for (const [what, { x, y, width: wide, height: high }] of Object.entries(boxes)) {
        assert.ok(
          x >= 0 && x + wide <= width && y >= 0 && y + high <= height,
          `${what} is in sight: ${JSON.stringify(boxes[what])}`,
        );
        assert.ok(high >= 24 && wide >= 24, `${what} can be hit: ${wide}×${high}`);
        assert.ok(
          Math.abs(wide - boxes.accept.width) <= 1 && Math.abs(high - boxes.accept.height) <= 1,
          `${what} is as large as accept: ${JSON.stringify(boxes)}`,
        );
      }
    });
  }
}

test('the page is not moved by the banner', async (t) => {
  const visitor = await shop.visitor(t);
  await visitor.context.addInitScript(() => {
    window.shifts = [];
    const note = ({ value, sources }) => window.shifts.push({ value, moved: sources.map(({ node }) => node?.localName) });
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type: 'layout-shift', buffered: true });
  });
  await visitor.open('/demo/privacy.html');
  await visitor.banner.waitFor();
  await visitor.settled();
  assert.deepEqual(await visitor.page.evaluate(() => window.shifts), []);
});
