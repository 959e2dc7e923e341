// Destinations that fail: nothing is lost that can still arrive, what cannot is counted, and nobody else is held up.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { events, ids, wire } from '../support/destinations.mjs';
import { sharedInstance } from '../support/instance.mjs';
import { connect } from '../support/sinks.mjs';
import { until } from '../support/until.mjs';

const instance = await sharedInstance();
const TWO = { warehouse: { kind: 'webhook' }, advertising: { kind: 'meta' } };

for (const [how, fail] of Object.entries({
  'answers 503': (sink) => sink.fail(503),
  'does not answer': (sink) => sink.hangUp(),
  'asks for peace': (sink) => sink.fail(429, { headers: { 'Retry-After': '2' } }),
  'answers with a redirect': (sink) => sink.fail(307, { headers: { Location: 'http://127.0.0.1:9/' } }),
})) {
  test(`a destination that ${how} for a while gets everything afterwards, once and in order, and holds up nobody`, async (t) => {
    const wired = await wire(t, instance, TWO);
    const visitor = await wired.visitor();
    const sent = [];
    const send = async (batches) => {
      for (let at = 0; at < batches; at++) {
        sent.push(...events(7));
        await wired.send(visitor, sent.slice(-7));
      }
    };
    await send(2);
    await wired.holds('warehouse', ids(sent));

    fail(wired.sinks.warehouse);
    await send(6);
    await wired.holds('advertising', ids(sent));
    await until('it to have been tried several times', () => wired.sinks.warehouse.refused >= 2);
    const standing = await wired.destination('warehouse');
    assert.ok(standing.lastError, 'staff see what is wrong');
    assert.deepEqual([standing.deliveredCount, standing.lostCount], [14, 0]);

    wired.sinks.warehouse.recover();
    await send(2);
    await wired.holds('warehouse', ids(sent));
    await wired.comesTo('warehouse', { deliveredCount: sent.length, lostCount: 0, state: 'CLOSED', openUntil: null });
    assert.deepEqual(wired.sinks.warehouse.again, [], 'nothing was sent twice');
  });
}

test('the breaker opens after five failures, lets one through, and closes when that one arrives', async (t) => {
  const wired = await wire(t, instance, { warehouse: { kind: 'webhook' } });
  const visitor = await wired.visitor();
  wired.sinks.warehouse.fail(500);
  const sent = events(1);
  await wired.send(visitor, sent);
  const open = await until('it to open', async () => {
    const standing = await wired.destination('warehouse');
    return standing.state !== 'CLOSED' && standing;
  });
  assert.ok(wired.sinks.warehouse.refused >= 5, `${wired.sinks.warehouse.refused}`);
  assert.equal(open.lastError, 'http_500');
  await until('one to be let through', () => wired.sinks.warehouse.refused >= 7);

  wired.sinks.warehouse.hold(); // it is well, and slow
  await until('one to find out', () => wired.sinks.warehouse.held === 1);
  assert.equal((await wired.destination('warehouse')).state, 'HALF_OPEN');
  wired.sinks.warehouse.release();
  await wired.holds('warehouse', ids(sent));
  await wired.comesTo('warehouse', { state: 'CLOSED', deliveredCount: 1 });
});

test('what a destination refuses is lost, counted with the reason, and not tried again', async (t) => {
  const wired = await wire(t, instance, TWO);
  const visitor = await wired.visitor();
  wired.sinks.warehouse.fail(422);
  wired.sinks.advertising.fail(400, { body: JSON.stringify({ error: { code: 100, message: 'Invalid parameter' } }) });
  await wired.send(visitor, events(3));
  for (const id of Object.keys(TWO)) await wired.comesTo(id, { lostCount: 3, deliveredCount: 0, state: 'CLOSED' });
  assert.deepEqual([wired.losses('warehouse'), wired.losses('advertising')], [{ http_422: 3 }, { meta_100: 3 }]);
  assert.deepEqual([wired.sinks.warehouse.refused, wired.sinks.advertising.refused], [1, 1]);
  for (const sink of Object.values(wired.sinks)) sink.recover();
  const sent = events(2);
  await wired.send(visitor, sent);
  for (const id of Object.keys(TWO)) await wired.holds(id, ids(sent));
});

test('a slow destination holds up nobody else', async (t) => {
  const wired = await wire(t, instance, TWO);
  const visitor = await wired.visitor();
  wired.sinks.warehouse.hold();
  const sent = [events(2), events(2)];
  for (const batch of sent) await wired.send(visitor, batch);
  await until('a call to be held', () => wired.sinks.warehouse.held > 0);
  wired.sinks.warehouse.release();
  for (const id of Object.keys(TWO)) await wired.holds(id, ids(sent.flat()));
});

test('what was withdrawn while it waited never arrives, and is counted', async (t) => {
  const wired = await wire(t, instance, { warehouse: { kind: 'webhook' } });
  const [gone, stays] = [await wired.visitor(), await wired.visitor()];
  wired.sinks.warehouse.hangUp();
  const [withdrawn, essential, kept] = [events(3), events(2, { purpose: 'necessary' }), events(2)];
  await wired.send(gone, [...withdrawn, ...essential]);
  await wired.send(stays, kept);
  await until('it to have been tried', () => wired.sinks.warehouse.refused >= 1);
  await wired.choose(gone, { functional: false, analytics: false, marketing: false });
  wired.sinks.warehouse.recover();
  await wired.holds('warehouse', ids(kept));
  await wired.comesTo('warehouse', { deliveredCount: 2, withheldCount: 5, lostCount: 0 });
});

test('a destination that is taken out of the tags gets nothing more; what waited for it is lost', async (t) => {
  const wired = await wire(t, instance, TWO);
  const visitor = await wired.visitor();
  wired.sinks.warehouse.hangUp();
  await wired.send(visitor, events(4));
  await until('it to have been tried', () => wired.sinks.warehouse.refused >= 1);
  wired.destinations.shift();
  await wired.publish();
  wired.sinks.warehouse.recover();
  await until('what waited to be counted', () => wired.losses('warehouse').removed === 4);
  assert.deepEqual(wired.sinks.warehouse.ids, []);
});

test('without its secret a destination waits; with a wrong one too, until it has the right one', async (t) => {
  const wired = await wire(t, instance, { advertising: { kind: 'meta', isConnected: false }, warehouse: { kind: 'webhook', isConnected: false } });
  const visitor = await wired.visitor();
  const sent = events(2);
  await wired.send(visitor, sent);
  for (const id of ['advertising', 'warehouse']) await wired.comesTo(id, { lastError: 'no_secret', hasSecret: false });
  const { advertising, warehouse } = wired.sinks;
  await connect(instance, wired.site, 'advertising', advertising);
  await connect(instance, wired.site, 'warehouse', warehouse);
  const [right, wrong] = [advertising.secret, 'another'];
  advertising.secret = wrong;
  await wired.holds('warehouse', ids(sent));
  await wired.comesTo('advertising', { lastError: 'unauthorised', deliveredCount: 0, lostCount: 0 });
  advertising.secret = right;
  await wired.holds('advertising', ids(sent));
});

test('while a webhook’s secret changes the old one verifies too, unless it is ended at once', async (t) => {
  const wired = await wire(t, instance, { warehouse: { kind: 'webhook' } });
  const visitor = await wired.visitor();
  const { warehouse } = wired.sinks;
  const change = (options) => wired.staff.must('setDestinationSecret', { site: wired.site, destination: 'warehouse', ...options }, 'secret');
  const first = warehouse.secret;
  const { secret: second } = await change();
  assert.match(second, /^whsec_/);
  const sent = [];
  for (const secret of [first, second]) {
    warehouse.secret = secret;
    sent.push(...events(1));
    await wired.send(visitor, sent.slice(-1));
    await wired.holds('warehouse', ids(sent));
  }
  const { secret: third } = await change({ atOnce: true });
  sent.push(...events(1));
  await wired.send(visitor, sent.slice(-1));
  await until('the old secret to be refused', () => warehouse.refused >= 1);
  warehouse.secret = third;
  await wired.holds('warehouse', ids(sent));

  const stored = instance.database.dump();
  for (const secret of [first, second, third]) assert.ok(!stored.includes(secret.slice(6)), 'secrets are sealed');
  const set = (await wired.staff.journal()).filter(({ action, object }) => action === 'destination.secret_set' && object === `${wired.site}/warehouse`);
  assert.equal(set.length, 3);
});
