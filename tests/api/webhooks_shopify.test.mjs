// Shopify: labels that nobody signed are believed only where body and connection agree; compliance topics become requests.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Staff } from '../support/graphql.mjs';
import { sharedInstance } from '../support/instance.mjs';
import { shopify } from '../support/payloads.mjs';
import { at, newPerson } from '../support/people.mjs';
import { connect } from '../support/senders.mjs';

const instance = await sharedInstance();
const { database } = instance;
const staff = new Staff(instance);
const DAYS = 24 * 60 * 60 * 1000;

/** How many rows hold what came of deliveries: nothing that is put aside may add one. */
function effects() {
  const { deliveries, dead_letters, journal, outbox, ...rest } = database.counts();
  return rest;
}

/** Asserts that a delivery was put aside with this reason and has no other effect. */
async function putAside(sender, reason, body, options) {
  const before = effects();
  const answer = await sender.deliver(body, options);
  assert.deepEqual([answer.status, answer.reason], ['dead_lettered', reason], JSON.stringify(options));
  assert.deepEqual(effects(), before);
}

describe('a signed body under a false label', () => {
  const bodies = (shop, person) => ({
    'customers/create': shopify.customer(person),
    'orders/create': shopify.order(person),
    'customers_email_marketing_consent/update': shopify.emailConsent(person, 'subscribed'),
    'customers/data_request': shopify.dataRequest(shop, person),
    'customers/redact': shopify.redact(shop, person),
    'shop/redact': shopify.shopRedact(shop),
  });
  for (const claimed of ['customers/redact', 'customers/data_request', 'shop/redact'])
    test(`nothing else passes as ${claimed}`, async () => {
      const sender = await connect(staff, 'SHOPIFY');
      for (const [topic, body] of Object.entries(bodies(sender.shop, newPerson())))
        if (topic !== claimed) await putAside(sender, 'other_shape', body, { topic: claimed });
      assert.deepEqual(await staff.deliveries({ connection: sender.id, status: 'PROCESSED' }), []);
    });

  test('an order is no customer, and a customer no order', async () => {
    const sender = await connect(staff, 'SHOPIFY');
    await putAside(sender, 'other_shape', shopify.order(newPerson()), { topic: 'customers/update' });
    await putAside(sender, 'other_shape', shopify.customer(newPerson()), { topic: 'orders/create' });
  });

  test('another shop, in the label or in the body, is not the connection’s', async () => {
    const sender = await connect(staff, 'SHOPIFY');
    await sender.process(shopify.customer(newPerson()), { topic: 'customers/create' });
    const other = 'someone-else.myshopify.com';
    await putAside(sender, 'other_shop', shopify.customer(newPerson()), { topic: 'customers/create', labels: { 'Shop-Domain': other } });
    await putAside(sender, 'other_shop', shopify.shopRedact(other), { topic: 'shop/redact' });
    await putAside(sender, 'other_shop', shopify.redact(other, newPerson()), { topic: 'customers/redact' });
    assert.equal((await staff.connection(sender.id)).shop, sender.shop, 'the first shop that is met stays');
  });

  test('a body without a label is put aside', async () => {
    const sender = await connect(staff, 'SHOPIFY');
    for (const label of ['Topic', 'Shop-Domain'])
      await putAside(sender, 'unlabelled', shopify.customer(newPerson()), { topic: 'customers/create', labels: { [label]: undefined } });
  });

  test('labels of both families at once are not authentic', async () => {
    const sender = await connect(staff, 'SHOPIFY');
    const body = shopify.customer(newPerson());
    const { headers } = sender.request(body, { topic: 'customers/create', family: 'Shopify-' });
    assert.equal((await sender.send(body, { topic: 'customers/create', headers })).status, 401);
  });
});

test('topics that say nothing of people are ignored, and leave no entry in the journal', async () => {
  const sender = await connect(staff, 'SHOPIFY');
  const before = effects();
  for (const [topic, body] of [['products/update', '{"id":1,"title":"Mug"}'], ['orders/delete', '{"id":820982911946154508}']]) {
    const answer = await sender.deliver(body, { topic });
    assert.deepEqual([answer.status, answer.reason], ['ignored', 'no_personal_data'], topic);
    assert.deepEqual(await staff.journal({ object: answer.delivery }), []);
  }
  assert.deepEqual(effects(), before);
});

describe('compliance topics', () => {
  test('customers/data_request becomes an access request with the platform’s number and 30 days', async () => {
    const sender = await connect(staff, 'SHOPIFY');
    const person = newPerson();
    await sender.process(shopify.customer(person), { topic: 'customers/create' });
    await sender.process(shopify.dataRequest(sender.shop, person, 9999), { topic: 'customers/data_request' });
    const { requests } = await staff.byEmail(person.email);
    assert.equal(requests.length, 1);
    const [{ id, kind, status, externalReference, receivedAt, dueAt }] = requests;
    assert.deepEqual([kind, status, externalReference].map((word) => word.toLowerCase()), ['access', 'received', '9999']);
    const days = (Date.parse(dueAt) - Date.parse(receivedAt)) / DAYS;
    assert.ok(days > 27 && days <= 31, `the end of the thirtieth day at the latest, and not ${days} days`);
    assert.deepEqual((await staff.journal({ object: id })).map(({ action }) => action), ['rights_request.received']);
    const [{ orders }] = database.rows('SELECT orders FROM rights_requests WHERE id = ?', id);
    assert.deepEqual(JSON.parse(orders), ['299938', '280263']);
  });

  test('customers/redact becomes a deletion request and deletes nothing by itself', async () => {
    const sender = await connect(staff, 'SHOPIFY');
    const person = newPerson();
    await sender.process(shopify.customer(person, { consent: 'subscribed' }), { topic: 'customers/create' });
    await sender.process(shopify.redact(sender.shop, person), { topic: 'customers/redact' });
    const subject = await staff.byEmail(person.email);
    assert.deepEqual(subject.requests.map(({ kind }) => kind.toLowerCase()), ['deletion']);
    assert.equal(subject.platforms.length, 1);
  });

  test('a request about somebody whom nobody knew is kept and found', async () => {
    const sender = await connect(staff, 'SHOPIFY');
    const person = newPerson({ phone: null });
    await sender.process(shopify.dataRequest(sender.shop, person), { topic: 'customers/data_request' });
    assert.equal((await staff.byEmail(person.email)).requests.length, 1);
  });

  test('a repeated request is one request', async () => {
    const sender = await connect(staff, 'SHOPIFY');
    const person = newPerson();
    const body = shopify.dataRequest(sender.shop, person);
    await sender.process(body, { topic: 'customers/data_request' });
    assert.equal((await sender.deliver(body, { topic: 'customers/data_request' })).status, 'duplicate');
    assert.equal((await staff.byEmail(person.email)).requests.length, 1);
  });
});

describe('marketing consent', () => {
  test('a decision is kept with its evidence and stands until a newer one', async () => {
    const sender = await connect(staff, 'SHOPIFY');
    const person = newPerson();
    await sender.process(shopify.emailConsent(person, 'subscribed', at(100)), { topic: 'customers_email_marketing_consent/update' });
    const [first] = (await staff.byEmail(person.email)).consents;
    assert.deepEqual([first.channel.toLowerCase(), first.granted, first.weak, first.isStanding], ['email', true, false, true]);
    assert.equal(Date.parse(first.decidedAt), Date.parse(at(100)));
    assert.equal(first.connection.id, sender.id);
    assert.equal(first.evidence.opt_in_level, 'single_opt_in');
    await sender.process(shopify.emailConsent(person, 'unsubscribed', at(200)), { topic: 'customers_email_marketing_consent/update' });
    const all = (await staff.byEmail(person.email)).consents;
    assert.deepEqual(all.map(({ granted, isStanding }) => [granted, isStanding]).sort(), [[false, true], [true, false]]);
  });

  test('an older decision that arrives late is kept and does not stand', async () => {
    const sender = await connect(staff, 'SHOPIFY');
    const person = newPerson();
    const topic = 'customers_email_marketing_consent/update';
    await sender.process(shopify.emailConsent(person, 'unsubscribed', at(200)), { topic });
    await sender.process(shopify.emailConsent(person, 'subscribed', at(100)), { topic });
    const standing = (await staff.byEmail(person.email)).consents.filter(({ isStanding }) => isStanding);
    assert.deepEqual(standing.map(({ granted }) => granted), [false]);
  });

  test('text messages and e-mail are decided apart', async () => {
    const sender = await connect(staff, 'SHOPIFY');
    const person = newPerson();
    await sender.process(shopify.customer(person, { consent: 'unsubscribed', sms: 'subscribed' }), { topic: 'customers/create' });
    const standing = (await staff.byEmail(person.email)).consents.filter(({ isStanding }) => isStanding);
    assert.deepEqual(standing.map(({ channel, granted }) => [channel.toLowerCase(), granted]).sort(), [['email', false], ['sms', true]]);
  });

  test('who was never asked has decided nothing', async () => {
    const sender = await connect(staff, 'SHOPIFY');
    const person = newPerson();
    await sender.process(shopify.customer(person, { consent: 'not_subscribed' }), { topic: 'customers/create' });
    assert.deepEqual((await staff.byEmail(person.email)).consents, []);
  });
});

test('what staff see of a delivery is classes, times and hashes', async () => {
  const sender = await connect(staff, 'SHOPIFY');
  const person = newPerson();
  const { delivery } = await sender.process(shopify.order(person), { topic: 'orders/create', at: at(50) });
  const seen = await staff.delivery(delivery);
  assert.equal(seen.event, 'orders/create');
  assert.equal(Date.parse(seen.happenedAt), Date.parse(at(50)));
  assert.match(seen.body, /^[0-9a-f]{64}$/);
  assert.equal(seen.isReplayable, false);
  for (const expected of ['email', 'phone', 'customer_id', 'name', 'postal_address', 'online_identifier', 'free_text', 'credential'])
    assert.ok(seen.classes.map((name) => name.toLowerCase()).includes(expected), `${expected} in ${seen.classes}`);
  const [entry] = await staff.journal({ object: delivery });
  assert.equal(entry.action, 'delivery.processed');
});
