// A page says who its visitor is: the profile shows the visitor, and nobody is joined to anybody.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { counts, events, hashed, newSite, settled, taken, visitorWith } from '../support/events.mjs';
import { sharedInstance } from '../support/instance.mjs';
import { shopify } from '../support/payloads.mjs';
import { at, newPerson } from '../support/people.mjs';
import { connect } from '../support/senders.mjs';
import { newOwner } from '../support/staff.mjs';
import { until } from '../support/until.mjs';

const instance = await sharedInstance();
const { database } = instance;

async function begin() {
  const staff = newOwner(instance);
  const site = newSite(instance, { controller: staff.controller });
  const visitor = await visitorWith(instance, site, { analytics: true });
  const identify = (identity, of = visitor) => taken(instance, { site, visitor: of, identity, events: events(1) });
  const links = () => database.rows('SELECT visitor, identity FROM visitor_identities WHERE controller = ?', staff.controller);
  return { staff, site, visitor, identify, links };
}

test('whom a page names is shown with the visitor, and who did it is in the journal once', async () => {
  const { staff, site, visitor, identify, links } = await begin();
  const person = newPerson();
  const identity = { email: hashed(person.email), phone: hashed(person.phone) };
  const from = Date.now();
  for (let load = 0; load < 3; load += 1) await identify(identity);
  await counts(instance, site, { add_to_cart: [3, 0] });
  assert.equal(links().length, 2);
  const subject = await staff.byEmail(person.email);
  assert.deepEqual(subject.visitors.map(({ id, site }) => ({ id, site })), [{ id: visitor, site }]);
  const seen = Date.parse(subject.visitors[0].firstSeenAt);
  assert.ok(seen >= from && seen <= Date.now());
  assert.deepEqual(subject.identities.map(({ kind }) => kind), ['EMAIL'], 'what is typed together is not one person for that');
  assert.deepEqual((await staff.byPhone(person.phone)).visitors.map(({ id }) => id), [visitor]);
  const entries = await staff.journal({ action: 'visitor.identified' });
  assert.deepEqual(entries.map(({ object }) => object), [visitor, visitor]);
  for (const raw of [person.email, identity.email, identity.phone]) assert.deepEqual(database.filesWith(raw), []);
});

test('it is the same person as a platform’s, and another controller hears nothing', async () => {
  const { staff, site, visitor, identify } = await begin();
  const person = newPerson();
  const shop = await connect(staff, 'SHOPIFY');
  await shop.process(shopify.customer(person, { when: at(1) }), { topic: 'customers/create' });
  const before = await staff.byEmail(person.email);
  assert.deepEqual(before.visitors, []);
  await identify({ email: hashed(person.email) });
  await counts(instance, site, { add_to_cart: [1, 0] });
  const subject = await staff.byEmail(person.email);
  assert.deepEqual({ ...subject, visitors: [] }, before);
  assert.deepEqual(subject.visitors.map(({ id }) => id), [visitor]);
  const other = newOwner(instance);
  assert.equal(await other.byEmail(person.email), null);

  // The shop leaves: what the visitor allowed the page to tell stays.
  await shop.process(shopify.shopRedact(shop.shop), { topic: 'shop/redact' });
  await until('the purge to be done', () => !database.rows('SELECT * FROM outbox WHERE controller = ?', staff.controller).length);
  const left = await staff.byEmail(person.email);
  assert.deepEqual([left.platforms, left.visitors.map(({ id }) => id)], [[], [visitor]]);
});

test('a visitor who refuses is linked to nobody, nor is one who is none', async () => {
  const { staff, site, identify, links } = await begin();
  const person = newPerson();
  const identity = { email: hashed(person.email) };
  const refuses = await visitorWith(instance, site, { analytics: false });
  await identify(identity, refuses);
  await identify(identity, null);
  await settled(instance, site);
  assert.deepEqual(links(), []);
  assert.equal(await staff.byEmail(person.email), null);
});
