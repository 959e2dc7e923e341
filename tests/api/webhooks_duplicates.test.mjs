// A delivery that comes again is the same one: by the bytes that were signed, and by the platform's own id.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { Staff } from '../support/graphql.mjs';
import { sharedInstance } from '../support/instance.mjs';
import { custom, mailchimp, mandrill, shopify, stripe } from '../support/payloads.mjs';
import { at, newPerson } from '../support/people.mjs';
import { connect, seconds } from '../support/senders.mjs';

const instance = await sharedInstance();
const { database } = instance;
const staff = new Staff(instance);

/** Asserts that a repetition has no effect but that it is counted. */
async function repeats(sender, again) {
  const before = database.counts();
  const answer = await again();
  assert.equal(answer.status, 'duplicate', JSON.stringify(answer));
  assert.deepEqual(database.counts(), before, 'a repetition has no effect');
  const known = await staff.deliveries({ connection: sender.id });
  assert.equal(known.find(({ id }) => id === answer.delivery)?.repeats, 1, 'it is the first delivery that was repeated');
}

test('Shopify: the same body is the same delivery, under whatever id and time it is labelled', async () => {
  const sender = await connect(staff, 'SHOPIFY');
  const body = shopify.order(newPerson());
  await sender.process(body, { topic: 'orders/create' });
  await repeats(sender, () => sender.deliver(body, { topic: 'orders/create', webhookId: randomUUID(), at: at(9_999) }));
});

test('Shopify: the same body under the other family of names is the same delivery', async () => {
  const sender = await connect(staff, 'SHOPIFY');
  const body = shopify.order(newPerson());
  await sender.process(body, { topic: 'orders/create' });
  await repeats(sender, () => sender.deliver(body, { topic: 'orders/create', family: 'Shopify-' }));
});

test('Shopify: another body under the same webhook id is the same delivery', async () => {
  const sender = await connect(staff, 'SHOPIFY');
  const [person, webhookId] = [newPerson(), randomUUID()];
  await sender.process(shopify.customer(person), { topic: 'customers/update', webhookId });
  await repeats(sender, () => sender.deliver(shopify.customer(person, { when: at(5) }), { topic: 'customers/update', webhookId }));
});

test('Stripe: each try is signed anew, and is the same delivery', async () => {
  const sender = await connect(staff, 'STRIPE');
  const body = stripe.customer(newPerson());
  await sender.process(body, { time: seconds(-60) });
  await repeats(sender, () => sender.deliver(body, { time: seconds() }));
});

test('Stripe: another body under the same event id is the same delivery', async () => {
  const sender = await connect(staff, 'STRIPE');
  const [person, id] = [newPerson(), `evt_${randomUUID()}`];
  await sender.process(stripe.customer(person, { id }));
  await repeats(sender, () => sender.deliver(stripe.customer(person, { id, when: at(5) })));
});

test('Mailchimp: type, member, list and time name a delivery, whatever else it says', async () => {
  const sender = await connect(staff, 'MAILCHIMP');
  const person = newPerson();
  await sender.process(mailchimp.subscribe(person));
  await repeats(sender, () => sender.deliver(mailchimp.subscribe({ ...person, first: 'Freddie' })));
  await sender.process(mailchimp.unsubscribe(person), undefined);
});

test('Mandrill: another spelling of the same form is the same delivery', async () => {
  const sender = await connect(staff, 'MAILCHIMP', { scheme: 'MANDRILL' });
  const body = mandrill(newPerson());
  await sender.deliver(body);
  const respelt = body.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
  assert.notEqual(respelt, body);
  await repeats(sender, () => sender.deliver(respelt));
});

for (const bearer of [false, true])
  test(`a custom application's id makes a repetition the same${bearer ? ', with a bearer token' : ''}`, async () => {
    const sender = await connect(staff, 'CUSTOM');
    const [person, id] = [newPerson(), randomUUID()];
    await sender.process(custom(person), { id, bearer });
    await repeats(sender, () => sender.deliver(custom(person), { id, bearer, time: seconds(-60) }));
    await sender.process(custom(person), { id: randomUUID(), bearer }); // the same words another time are another message
  });

test('the same delivery to two connections is two deliveries', async () => {
  const [one, other] = [await connect(staff, 'STRIPE'), await connect(staff, 'STRIPE')];
  const body = stripe.customer(newPerson());
  const first = await one.process(body);
  const second = await other.process(body);
  assert.notEqual(first.delivery, second.delivery);
});

test('a repetition of what was ignored or put aside is a duplicate too', async () => {
  const stripeSender = await connect(staff, 'STRIPE');
  const thin = stripe.thin();
  assert.equal((await stripeSender.deliver(thin)).status, 'ignored');
  await repeats(stripeSender, () => stripeSender.deliver(thin));
  const shop = await connect(staff, 'SHOPIFY');
  assert.equal((await shop.deliver('not json', { topic: 'orders/create' })).status, 'dead_lettered');
  await repeats(shop, () => shop.deliver('not json', { topic: 'orders/create' }));
});
