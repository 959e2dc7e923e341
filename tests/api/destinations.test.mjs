// Server-side destinations: each gets what it may have, in its own protocol, once and in order.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { events, ids, wire } from '../support/destinations.mjs';
import { sharedInstance } from '../support/instance.mjs';

const instance = await sharedInstance();
const HASH = { email: 'a'.repeat(64), google: { email: 'b'.repeat(64) }, meta: { email: 'c'.repeat(64), phone: 'd'.repeat(64) } };
const THREE = { analytics: { kind: 'ga4' }, advertising: { kind: 'meta', purposes: ['marketing'] }, warehouse: { kind: 'webhook' } };

test('each kind gets every event once, in order and in its own protocol', async (t) => {
  const wired = await wire(t, instance, THREE);
  const visitor = await wired.visitor();
  const sent = [events(60), events(3)];
  for (const batch of sent) await wired.send(visitor, batch);
  for (const id of Object.keys(THREE)) {
    await wired.holds(id, ids(sent.flat()));
    await wired.comesTo(id, { deliveredCount: 63, withheldCount: 0, lostCount: 0, state: 'CLOSED', lastError: null });
    assert.deepEqual(wired.sinks[id].repeated, []);
  }
  const sizes = wired.sinks.analytics.requests.map(({ body }) => JSON.parse(body).events.length);
  assert.ok(sizes.every((size) => size <= 25), `${sizes}`);
  const [first] = wired.sinks.warehouse.events;
  assert.deepEqual([first.name, first.purpose, first.props, first.at], ['viewed', 'analytics', { number: 0 }, sent[0][0].at]);
  assert.equal(first.page.path, '/cart');
});

test('a visitor has a name of its own at each destination, and keeps it', async (t) => {
  const wired = await wire(t, instance, THREE);
  const [one, other] = [await wired.visitor(), await wired.visitor()];
  const batches = [events(1), events(1), events(1)];
  for (const [at, visitor] of [one, one, other].entries()) await wired.send(visitor, batches[at]);
  for (const id of Object.keys(THREE)) await wired.holds(id, ids(batches.flat()));
  const names = {
    analytics: wired.sinks.analytics.events.map(({ client }) => client),
    advertising: wired.sinks.advertising.events.map(({ user }) => user.external_id[0]),
    warehouse: wired.sinks.warehouse.events.map(({ visitor }) => visitor),
  };
  for (const [id, [first, second, third]] of Object.entries(names)) {
    assert.equal(first, second, id);
    assert.notEqual(first, third, id);
  }
  assert.notEqual(names.advertising[0], names.warehouse[0]);
  for (const sink of Object.values(wired.sinks)) {
    for (const { body, url, headers } of sink.requests) {
      const all = `${body} ${url} ${JSON.stringify(headers)}`;
      assert.ok(!all.includes(one) && !all.includes(other), 'the visitor’s id goes nowhere');
    }
  }
});

test('hashes of identifiers go to those that are to have them, each in its own form', async (t) => {
  const wired = await wire(t, instance, { ...THREE, crm: { kind: 'webhook', settings: { identity: true } } });
  const visitor = await wired.visitor();
  const sent = events(1);
  await wired.send(visitor, sent, { identity: { purpose: 'analytics', ...HASH } });
  for (const id of ['analytics', 'advertising', 'warehouse', 'crm']) await wired.holds(id, ids(sent));
  assert.deepEqual(wired.sinks.advertising.events[0].user.em, [HASH.meta.email]);
  assert.deepEqual(wired.sinks.advertising.events[0].user.ph, [HASH.meta.phone]);
  assert.equal(wired.sinks.advertising.events[0].user.client_user_agent, 'Browser/1.0 (test)');
  assert.equal(wired.sinks.crm.events[0].identity.email, HASH.email);
  assert.equal(wired.sinks.warehouse.events[0].identity, undefined);
  assert.equal(wired.sinks.analytics.events[0].userData, undefined);
  const stored = instance.database.dump();
  for (const hash of [HASH.email, HASH.meta.email, HASH.meta.phone]) assert.ok(!stored.includes(hash), 'a hash in transit is not stored');
});

test('an event goes where its purpose and the destination’s are granted', async (t) => {
  const wired = await wire(t, instance, { ...THREE, operations: { kind: 'webhook', purposes: ['necessary'] } });
  const visitor = await wired.visitor({ functional: false, analytics: true, marketing: false });
  const own = { necessary: events(2, { purpose: 'necessary' }), analytics: events(2), marketing: events(2, { purpose: 'marketing' }) };
  const answer = await wired.send(visitor, Object.values(own).flat());
  assert.deepEqual(answer, { accepted: 4, blocked: 2 });
  const both = ids([...own.necessary, ...own.analytics]);
  for (const id of ['analytics', 'warehouse', 'operations']) await wired.holds(id, both);
  assert.deepEqual(wired.sinks.analytics.events[0].consent, { ad_user_data: 'DENIED', ad_personalization: 'DENIED' });
  // What it may not have was never on its way.
  assert.deepEqual([wired.sinks.advertising.ids, (await wired.destination('advertising')).withheldCount], [[], 0]);

  const nobody = events(1, { purpose: 'necessary' });
  await wired.send(null, nobody);
  await wired.holds('operations', [...both, ...ids(nobody)]);
  assert.deepEqual(wired.sinks.analytics.ids, both, 'who has not chosen is not measured');
});

test('a destination gets the events that it names, by conditions and under its own names', async (t) => {
  const wired = await wire(t, instance, {
    shop: {
      kind: 'webhook',
      events: ['purchase', 'cart_*'],
      if: [{ path: 'event.props.number', is: 'greater', value: 0 }],
      unless: [{ path: 'page.path', is: 'starts_with', value: '/test' }],
      mapping: { names: { purchase: 'Purchase' }, props: { value: { from: 'event.props.number' }, where: { text: '{page.host}{page.path}' } } },
    },
  });
  const visitor = await wired.visitor();
  const sent = [...events(2, { name: 'purchase', props: { secret: 1 } }), ...events(2, { name: 'cart_open' }), ...events(2, { name: 'cart' })];
  await wired.send(visitor, sent, { page: { host: 'shop.example', path: '/test/1' } });
  const again = [...events(2, { name: 'purchase', props: { secret: 1 } }), ...events(2, { name: 'cart_open' }), ...events(2, { name: 'cart' })];
  await wired.send(visitor, again);
  await wired.holds('shop', [again[1].id, again[3].id]);
  assert.deepEqual(
    wired.sinks.shop.events.map(({ name, props }) => [name, props]),
    [
      ['Purchase', { value: 1, where: 'shop.example/cart' }],
      ['cart_open', { value: 1, where: 'shop.example/cart' }],
    ],
  );
});

test('what Google would drop in silence is counted as lost', async (t) => {
  const wired = await wire(t, instance, { analytics: { kind: 'ga4' } });
  const old = events(1).map((event) => ({ ...event, at: Date.now() - 4 * 24 * 60 * 60 * 1000 }));
  await wired.send(await wired.visitor(), [...events(2), ...events(1, { name: 'session_start' }), ...old]);
  await wired.comesTo('analytics', { deliveredCount: 2, lostCount: 2 });
  assert.deepEqual(wired.losses('analytics'), { reserved_name: 1, too_old: 1 });
});

test('events of Workers Analytics Engine are counted as delivered', async (t) => {
  const wired = await wire(t, instance, { engine: { kind: 'analytics_engine', settings: { doubles: ['number'] } } });
  await wired.send(await wired.visitor(), events(5));
  await wired.comesTo('engine', { deliveredCount: 5, hasSecret: true });
});

test('destinations of one name on two sites have nothing to do with one another', async (t) => {
  const [one, other] = [await wire(t, instance, { warehouse: { kind: 'webhook' } }), await wire(t, instance, { warehouse: { kind: 'webhook' } })];
  const sent = events(2);
  await one.send(await one.visitor(), sent);
  await one.holds('warehouse', ids(sent));
  await one.comesTo('warehouse', { deliveredCount: 2 });
  assert.deepEqual([other.sinks.warehouse.ids, (await other.destination('warehouse')).deliveredCount], [[], 0]);
});
