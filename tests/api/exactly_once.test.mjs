// Fifty identical deliveries at once have one effect, and all are acknowledged; different ones at once are all in the journal.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inBatches } from '../support/flips.mjs';
import { sharedInstance } from '../support/instance.mjs';
import { custom, mailchimp, mandrill, shopify, stripe } from '../support/payloads.mjs';
import { at, newPerson } from '../support/people.mjs';
import { connect, taken } from '../support/senders.mjs';
import { newOwner } from '../support/staff.mjs';
import { until } from '../support/until.mjs';

const instance = await sharedInstance();
const { database } = instance;

/** The sequence of a controller's journal. */
const sequence = (controller) => database.rows('SELECT seq FROM journal WHERE controller = ? ORDER BY seq', controller).map(({ seq }) => seq);
const inOrder = (length) => Array.from({ length }, (_, place) => place + 1);
const rows = (table, controller) => database.rows(`SELECT * FROM ${table} WHERE controller = ?`, controller);

describe('fifty identical deliveries at once', () => {
  const WAYS = {
    Shopify: ['SHOPIFY', {}, (person) => shopify.customer(person, { consent: 'subscribed' }), { topic: 'customers/create' }],
    'a data request': ['SHOPIFY', {}, (person, { shop }) => shopify.dataRequest(shop, person), { topic: 'customers/data_request' }],
    Stripe: ['STRIPE', {}, (person) => stripe.customer(person)],
    Mailchimp: ['MAILCHIMP', {}, (person) => mailchimp.subscribe(person)],
    'Mailchimp, unsigned': ['MAILCHIMP', { scheme: 'MAILCHIMP_UNSIGNED' }, (person) => mailchimp.unsubscribe(person)],
    Mandrill: ['MAILCHIMP', { scheme: 'MANDRILL' }, (person) => mandrill(person)],
    'a custom application': ['CUSTOM', {}, (person) => custom(person), { id: 'message-of-fifty' }],
    'a dead letter': ['CUSTOM', {}, () => '{"type":"nobody"}', { id: 'message-of-fifty' }],
  };
  for (const [name, [source, scheme, build, options]] of Object.entries(WAYS))
    test(`${name}: one effect, fifty 200s`, async () => {
      const staff = newOwner(instance);
      const { controller } = staff;
      const sender = await connect(staff, source, scheme);
      const request = sender.request(build(newPerson(), sender), options);
      const before = sequence(controller).length;
      const responses = await Promise.all(Array.from({ length: 50 }, () => fetch(sender.address, request)));
      const answers = await Promise.all(responses.map(taken));
      assert.equal(answers.filter(({ status }) => status !== 'duplicate').length, 1, 'one of them is the delivery');
      assert.equal(new Set(answers.map(({ delivery }) => delivery)).size, 1, 'all are told of the same one');

      const [delivery, ...more] = rows('deliveries', controller);
      assert.deepEqual(more, []);
      assert.equal(delivery.repeats, 49);
      const effects = ['observations', 'subject_consents', 'rights_requests', 'dead_letters'].map((table) => rows(table, controller).length);
      assert.ok(effects.every((count) => count <= 1) && effects.some((count) => count === 1), `${effects}`);
      assert.deepEqual(sequence(controller), inOrder(sequence(controller).length), 'the journal has no gap');
      const written = database.rows('SELECT action FROM journal WHERE controller = ? AND seq > ?', controller, before);
      const expected = name === 'a dead letter' ? ['delivery.dead_lettered'] : ['delivery.processed', ...(name === 'a data request' ? ['rights_request.received'] : [])];
      assert.deepEqual(written.map(({ action }) => action), expected);
    });
});

test('fifty copies of a merge at once are one merge', async () => {
  const staff = newOwner(instance);
  const sender = await connect(staff, 'SHOPIFY');
  const person = newPerson();
  // The id alone, and the address alone; then a record with both.
  await sender.process(shopify.customer({ ...person, email: null }, { when: at(0) }), { topic: 'customers/create' });
  await sender.process(shopify.order({ ...person, customer: 1n }, { when: at(1), customer: null }), { topic: 'orders/create' });
  const request = sender.request(shopify.customer(person, { when: at(2) }), { topic: 'customers/update' });
  await Promise.all(Array.from({ length: 50 }, async () => taken(await fetch(sender.address, request))));
  const subject = await until('the merge to be shown', async () => {
    const known = await staff.byEmail(person.email);
    return known.changes.length && known;
  });
  assert.deepEqual(subject.changes.map(({ kind }) => kind), ['MERGED']);
  await until('the work that is left to be done', () => !rows('outbox', staff.controller).length);
  assert.equal(rows('subject_changes', staff.controller).length, 1);
  assert.equal((await staff.journal({ action: 'subjects.merged' })).length, 1);
});

test('two hundred different deliveries at once are all in the journal, without a gap', async () => {
  const staff = newOwner(instance);
  const { controller } = staff;
  const senders = await Promise.all(['SHOPIFY', 'STRIPE', 'MAILCHIMP', 'CUSTOM'].map((source) => connect(staff, source)));
  const build = {
    SHOPIFY: (person) => [shopify.customer(person), { topic: 'customers/create' }],
    STRIPE: (person) => [stripe.customer(person)],
    MAILCHIMP: (person) => [mailchimp.subscribe(person)],
    CUSTOM: (person) => [custom(person)],
  };
  const people = Array.from({ length: 200 }, () => newPerson());
  const answers = await inBatches(
    people,
    (person, number) => {
      const sender = senders[number % senders.length];
      return sender.process(...build[sender.source](person));
    },
    200,
  );
  assert.equal(new Set(answers.map(({ delivery }) => delivery)).size, 200);
  assert.deepEqual(sequence(controller), inOrder(sequence(controller).length));
  const journalled = database
    .rows("SELECT object FROM journal WHERE controller = ? AND action = 'delivery.processed'", controller)
    .map(({ object }) => object);
  assert.deepEqual(journalled.sort(), answers.map(({ delivery }) => delivery).sort());
  const order = database.rows('SELECT seq FROM observations WHERE controller = ?', controller).map(({ seq }) => seq);
  assert.equal(new Set(order).size, 200, 'each observation has its place in the order of arrival');
  for (const person of people.slice(0, 8)) assert.ok(await staff.byEmail(person.email));
});
