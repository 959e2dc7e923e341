// What is granted arrives once and in order, whatever fails on the way: a sink, the network, an answer.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holds, numberedShop, numbers, track } from '../support/numbered.mjs';
import { until } from '../support/until.mjs';
import { openShop } from '../support/visitor.mjs';

const shop = await openShop();
const FAILED_REQUEST = /Failed to load resource|net::ERR_/;
const SINKS = ['operations', 'warehouse', 'advertising'];

/** Asserts that each sink holds all numbers below `end`. */
async function hold(sinks, end, what) {
  for (const name of SINKS) await holds(sinks[name], numbers(name, end), `${name}, ${what}`);
}

for (const [how, fail] of Object.entries({
  'answers 503': (sink) => sink.fail(503),
  'does not answer': (sink) => sink.hangUp(),
})) {
  test(`a sink that ${how} for a while loses nothing, gets nothing twice, and holds up nobody else`, async (t) => {
    const { sinks, open } = await numberedShop(t, shop);
    const visitor = await open();
    await visitor.choose('accept');
    await track(visitor, 300);
    await hold(sinks, 300, 'while all is well');

    fail(sinks.warehouse);
    await track(visitor, 900);
    const others = ['operations', 'advertising'];
    for (const name of others) await holds(sinks[name], numbers(name, 1200), `${name}, beside one that is down`);
    await until('the sink to have been tried again', () => sinks.warehouse.refused >= 2);
    await holds(sinks.warehouse, numbers('warehouse', 300), 'what the sink took before');

    sinks.warehouse.recover();
    await track(visitor, 300);
    await hold(sinks, 1500, 'once all is well again');
  });
}

test('offline for a while: everything arrives once the browser is back, in order', async (t) => {
  const { sinks, open } = await numberedShop(t, shop);
  const visitor = await open();
  visitor.expect(FAILED_REQUEST);
  await visitor.choose('accept');
  await track(visitor, 300);
  await hold(sinks, 300, 'online');
  await visitor.context.setOffline(true);
  await track(visitor, 1500);
  await visitor.context.setOffline(false);
  await hold(sinks, 1800, 'back online');
  await track(visitor, 3);
  await hold(sinks, 1803, 'in the end');
});

test('a choice that is made offline: what waited for it goes once it is recorded', async (t) => {
  const { sinks, open } = await numberedShop(t, shop);
  const visitor = await open();
  visitor.expect(FAILED_REQUEST);
  await track(visitor, 300);
  await holds(sinks.operations, numbers('operations', 300), 'what needs no choice');
  await visitor.context.setOffline(true);
  await visitor.button('accept').click();
  await track(visitor, 300);
  await visitor.context.setOffline(false);
  await hold(sinks, 600, 'after the choice was recorded');
});

test('a request whose answer is lost is sent again, and counted once', async (t) => {
  const { site, sinks, open } = await numberedShop(t, shop);
  const visitor = await open();
  visitor.expect(FAILED_REQUEST);
  await visitor.choose('accept');
  let lost = 0;
  await visitor.context.route('**/v1/events', async (route) => {
    if (route.request().method() !== 'POST' || lost >= 3) return route.continue();
    lost++;
    const answer = await route.fetch();
    assert.equal(answer.status(), 202);
    await route.abort('connectionreset');
  });
  await track(visitor, 600);
  await hold(sinks, 600, 'some sent twice');
  await track(visitor, 3);
  await hold(sinks, 603, 'in the end');
  assert.equal(lost, 3);
  const [{ accepted }] = shop.instance.database.rows('SELECT sum(accepted) AS accepted FROM event_counts WHERE site = ?', site.key);
  assert.equal(accepted, 603);
});
