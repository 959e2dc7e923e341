// Tabs: one that is closed in the middle loses nothing that its bounds hold; of two, what one withdraws the other obeys.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { engineRuns, holds, numberedShop, numbers, track } from '../support/numbered.mjs';
import { until } from '../support/until.mjs';
import { openShop } from '../support/visitor.mjs';

const shop = await openShop();
const SINKS = ['operations', 'warehouse', 'advertising'];
const FAILED_REQUEST = /Failed to load resource|net::ERR_/;

test('a tab that is closed in the middle of a burst: all of it arrives, once', async (t) => {
  const { origin, sinks, open } = await numberedShop(t, shop);
  const visitor = await open();
  await visitor.choose('accept');
  const tab = await visitor.newTab();
  await tab.page.goto(origin);
  await engineRuns(tab);
  await track(tab, 3);
  for (const name of SINKS) await holds(sinks[name], numbers(name, 3), `${name}, at first`);
  await track(tab, 297, 297); // in one task: nothing of it can be answered before it ends
  await tab.page.close({ runBeforeUnload: true });
  for (const name of SINKS) await holds(sinks[name], numbers(name, 300), `${name} of a closed tab`, { atOnce: true }); // beacons
  // What it has kept, because it heard no answer, the next page sends again: it is known already.
  await visitor.page.reload();
  await engineRuns(visitor);
  await until('what was kept to be forgotten', () => visitor.page.evaluate(() => !localStorage.getItem('nod.events')));
  await track(visitor, 3);
  for (const name of SINKS) await until(`the last of ${name}`, () => sinks[name].events.length >= 101);
  const counts = SINKS.map((name) => [sinks[name].events.length, sinks[name].repeated.length]);
  assert.deepEqual(counts, SINKS.map(() => [101, 0]), 'none twice');
});

test('a tab that is closed before its tags have come: what it was told arrives all the same', async (t) => {
  const { origin, sinks, open } = await numberedShop(t, shop);
  const visitor = await open();
  await visitor.choose('accept');
  const tab = await visitor.newTab();
  await tab.page.route('**/tags.json*', () => {}); // no answer, ever
  await tab.page.goto(origin);
  await engineRuns(tab);
  await track(tab, 90);
  await tab.page.close({ runBeforeUnload: true });
  for (const name of SINKS) await holds(sinks[name], numbers(name, 90), name);
});

test('a tab that is closed offline: the next page sends what was kept, within the bound', async (t) => {
  const { origin, sinks, open } = await numberedShop(t, shop);
  const visitor = await open();
  visitor.expect(FAILED_REQUEST);
  await visitor.choose('accept');
  await visitor.settled();
  await visitor.context.setOffline(true);
  await track(visitor, 90);
  await visitor.page.evaluate(() => dispatchEvent(new Event('pagehide')));
  await until('it to be kept', () => visitor.page.evaluate(() => localStorage.getItem('nod.events')));
  await visitor.page.close();
  await visitor.context.setOffline(false);
  const next = await visitor.newTab();
  await next.page.goto(origin);
  for (const name of SINKS) await holds(sinks[name], numbers(name, 90), `${name}, kept`);
  await until('what was kept to be forgotten', () => next.page.evaluate(() => !localStorage.getItem('nod.events')));
});

test('two tabs, one of which withdraws: the other sends nothing more that was withdrawn, until it is granted again', async (t) => {
  const { origin, sinks, open } = await numberedShop(t, shop);
  const first = await open();
  await first.choose('accept');
  const second = await first.newTab();
  await second.page.goto(origin);
  await engineRuns(second);
  const consent = (tab, choice) => tab.choosing(() => tab.page.evaluate((wish) => void window.nod('consent', wish), choice));

  // Each tab counts from 0 for itself: the events' ids tell them apart, and the sinks get each number twice.
  const total = (perTab) => SINKS.map((name) => numbers(name, perTab).length * 2);
  const held = () => SINKS.map((name) => sinks[name].events.length);
  const isAt = (expected) => () => JSON.stringify(held()) === JSON.stringify(expected) || null;
  await Promise.all([track(first, 300), track(second, 300)]);
  await until('both tabs’ events', isAt(total(300)));

  await consent(first, { marketing: false });
  await Promise.all([track(first, 300), track(second, 300)]);
  const [operations, warehouse] = total(600);
  await until('what is still granted', isAt([operations, warehouse, total(300)[2]]));
  assert.deepEqual(await second.page.evaluate(() => window.blocked.length), 100, 'the other tab knows what it refused');

  await consent(second, { marketing: true });
  await Promise.all([track(first, 300), track(second, 300)]);
  const expected = [...total(900).slice(0, 2), total(900)[2] - total(300)[2]];
  await until('what is granted again', isAt(expected));
  const refused = sinks.advertising.events.filter(({ props }) => props.number >= 300 && props.number < 600);
  assert.deepEqual(refused, [], 'nothing from the time in between');
  const ids = SINKS.flatMap((name) => sinks[name].events.map(({ id }) => id));
  assert.equal(new Set(ids).size, ids.length, 'none twice');
});

test('a withdrawal takes back what was waiting to be sent', async (t) => {
  const { sinks, open } = await numberedShop(t, shop);
  const visitor = await open();
  visitor.expect(FAILED_REQUEST);
  await visitor.choose('accept');
  let isHeld = true;
  await visitor.context.route('**/v1/events', (route) => (isHeld ? route.abort('connectionrefused') : route.continue()));
  await track(visitor, 300);
  await visitor.choosing(() => visitor.page.evaluate(() => void window.nod('consent', { analytics: true, marketing: false })));
  isHeld = false;
  await track(visitor, 300);
  for (const name of ['operations', 'warehouse']) await holds(sinks[name], numbers(name, 600), name);
  await holds(sinks.advertising, [], 'advertising');
  assert.equal(await visitor.page.evaluate(() => localStorage.getItem('nod.events')), null);
});
