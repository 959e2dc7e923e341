// A page that lies gains nothing: the edge decides by what it has recorded itself.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextMoment, problem, record } from '../support/api.mjs';
import { counts, events, newSite, newSource, send, settled, taken, visitorWith } from '../support/events.mjs';
import { sharedInstance } from '../support/instance.mjs';

const instance = await sharedInstance();
const { database } = instance;

test('consent that the page claims and the record denies', async () => {
  const site = newSite(instance);
  const visitor = await visitorWith(instance, site, { analytics: false, marketing: false });
  const everything = { necessary: true, functional: true, analytics: true, marketing: true };
  const claims = { consent: everything, purposes: everything, permitted: Object.keys(everything), granted: true, regime: 'us', model: 'opt-out' };
  const lies = [...events(1, { ...claims }), ...events(1, { purpose: 'marketing', ...claims })];
  assert.deepEqual(await taken(instance, { site, visitor, ...claims, events: lies }), { accepted: 0, blocked: 2 });
  await counts(instance, site, { add_to_cart: [0, 2] });
});

test('a choice that was taken back since', async () => {
  const site = newSite(instance);
  const visitor = await visitorWith(instance, site, { analytics: true });
  assert.equal((await taken(instance, { site, visitor, events: events(1) })).accepted, 1);
  const { notice } = database.rows('SELECT notice FROM sites WHERE key = ?', site)[0];
  await record(instance, { site, notice, visitor, action: 'withdraw', purposes: {}, at: nextMoment() });
  assert.deepEqual(await taken(instance, { site, visitor, events: events(1) }), { accepted: 0, blocked: 1 });
});

for (const origin of ['https://evil.example', 'null', 'http://localhost:1']) {
  test(`a page of ${origin}`, async () => {
    const site = newSite(instance, { origins: ['https://shop.example'] });
    const visitor = await visitorWith(instance, site, { analytics: true });
    const response = await send(instance, { site, visitor, events: events(1) }, { headers: { Origin: origin } });
    assert.equal(response.headers.get('access-control-allow-origin'), null, 'it may not even read why');
    const { type } = await problem(response, 403);
    assert.match(type, /foreign-origin/);
    await settled(instance, site);
    await counts(instance, site, {});
  });
}

test("another site's visitor, of the same controller and of another", async () => {
  const [site, sibling] = [newSite(instance), newSite(instance)];
  const stranger = newSite(instance, { controller: `other-${newSource().toLowerCase()}` });
  for (const owner of [sibling, stranger]) {
    const visitor = await visitorWith(instance, owner, { analytics: true, marketing: true });
    assert.equal((await taken(instance, { site: owner, visitor, events: events(1) })).accepted, 1, 'where it chose it may');
    const answer = await taken(instance, { site, visitor, events: events(1) }, { region: 'US-CA' });
    assert.deepEqual(answer, { accepted: 0, blocked: 1 }, 'here nobody knows it, and naming it gains nothing');
  }
});

test('an identity that the visitor did not allow to be told', async () => {
  const site = newSite(instance);
  const visitor = await visitorWith(instance, site, { analytics: true });
  const identity = { purpose: 'marketing', email: 'ab'.repeat(32) };
  await taken(instance, { site, visitor, identity, events: events(1) });
  await counts(instance, site, { add_to_cart: [1, 0] });
  assert.deepEqual(database.rows('SELECT * FROM visitor_identities WHERE visitor = ?', visitor), []);
});
