// A shop that leaves takes everything with it that came through its connection; what others know of its people stays.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sharedInstance } from '../support/instance.mjs';
import { shopify, stripe } from '../support/payloads.mjs';
import { at, newPerson } from '../support/people.mjs';
import { connect, taken } from '../support/senders.mjs';
import { newOwner } from '../support/staff.mjs';
import { until } from '../support/until.mjs';

const instance = await sharedInstance();
const { database } = instance;

/** A shop and a payment account of one controller that know a person, and a person whom only the shop knows. */
async function begin() {
  const staff = newOwner(instance);
  const [shop, payments] = [await connect(staff, 'SHOPIFY'), await connect(staff, 'STRIPE')];
  const [shared, own] = [newPerson(), newPerson()];
  const captured = [];
  const say = async (body, topic) => {
    const request = shop.request(body, { topic });
    captured.push(request);
    await taken(await fetch(shop.address, request));
  };
  for (const person of [shared, own]) {
    await say(shopify.customer(person, { when: at(1), consent: 'subscribed' }), 'customers/create');
    await say(shopify.order(person, { when: at(2) }), 'orders/create');
  }
  await say('not json', 'orders/create');
  await payments.process(stripe.customer(shared, { when: at(3) }));
  const purge = async () => {
    await shop.process(shopify.shopRedact(shop.shop), { topic: 'shop/redact' });
    await until('the purge to be done', () => !database.rows('SELECT * FROM outbox WHERE controller = ?', staff.controller).length);
  };
  return { staff, shop, payments, shared, own, captured, purge };
}

const rows = (table, { id }) => database.rows(`SELECT * FROM ${table} WHERE connection = ?`, id);

describe('shop/redact', () => {
  test('leaves nothing of what the shop told, and all that others told', async () => {
    const { staff, shop, payments, shared, own, purge } = await begin();
    const pseudonyms = (await staff.byEmail(own.email)).identities.map(({ pseudonym }) => pseudonym);
    assert.ok(pseudonyms.every((pseudonym) => database.dump().includes(pseudonym)));
    await purge();
    assert.equal(await staff.byCustomer(shop.id, shared.customer), null);
    assert.equal(await staff.byEmail(own.email), null);
    assert.equal(await staff.byPhone(own.phone), null);
    const subject = await staff.byEmail(shared.email);
    assert.deepEqual(subject.platforms.map(({ connection }) => connection.id), [payments.id]);
    assert.deepEqual(subject.consents, []);
    for (const table of ['observations', 'subject_consents']) assert.deepEqual(rows(table, shop), [], table);
    assert.deepEqual(rows('deliveries', shop).filter(({ body, event }) => body !== null && event !== 'shop/redact'), [], 'not even the hashes of bodies');
    const left = database.dump();
    for (const pseudonym of pseudonyms) assert.ok(!left.includes(pseudonym), 'pseudonyms of whom nobody else knows are gone');
    assert.deepEqual((await staff.deliveries({ connection: shop.id })).filter(({ isReplayable }) => isReplayable), [], 'dead letters are gone');
    assert.equal((await staff.journal({ action: 'connection.purged' })).length, 1);
  });

  test('what was captured before and is sent again does not come back', async () => {
    const { staff, shop, own, captured, purge } = await begin();
    await purge();
    const before = database.counts();
    for (const request of captured) {
      assert.equal((await taken(await fetch(shop.address, request))).status, 'duplicate');
      const relabelled = { ...request.headers, 'X-Shopify-Webhook-Id': 'another', 'X-Shopify-Triggered-At': at(99) };
      assert.equal((await taken(await fetch(shop.address, { ...request, headers: relabelled }))).status, 'duplicate');
    }
    assert.deepEqual(database.counts(), before);
    assert.equal(await staff.byEmail(own.email), null);
  });

  test('a shop that comes back is known again', async () => {
    const { staff, shop, own, purge } = await begin();
    await purge();
    await shop.process(shopify.customer(own, { when: at(500) }), { topic: 'customers/create' });
    const subject = await staff.byEmail(own.email);
    assert.equal(Date.parse(subject.platforms[0].firstSeenAt), Date.parse(at(500)), 'from now on');
  });
});
