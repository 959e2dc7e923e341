// Two controllers that know the same people: neither ever sees, changes or counts what is the other's.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DELIVERY, SUBJECT } from '../support/graphql.mjs';
import { sharedInstance } from '../support/instance.mjs';
import { custom, mailchimp, shopify } from '../support/payloads.mjs';
import { at, newPerson } from '../support/people.mjs';
import { connect } from '../support/senders.mjs';
import { newOwner } from '../support/staff.mjs';
import { until } from '../support/until.mjs';

const instance = await sharedInstance();
const { database } = instance;

/** A controller with one of everything: a merge, a dead letter, a request, a consent. */
async function furnish(person) {
  const staff = newOwner(instance);
  const [shop, audience, app] = await Promise.all(['SHOPIFY', 'MAILCHIMP', 'CUSTOM'].map((source) => connect(staff, source)));
  await shop.process(shopify.customer({ ...person, email: null }, { when: at(1) }), { topic: 'customers/create' });
  await audience.process(mailchimp.subscribe(person, at(2)));
  const merging = await shop.process(shopify.customer(person, { when: at(3) }), { topic: 'customers/update' });
  await shop.process(shopify.dataRequest(shop.shop, person), { topic: 'customers/data_request' });
  const letter = await app.deliver('{"type":"nobody"}');
  const subject = await until('the merge to be shown', async () => {
    const known = await staff.byEmail(person.email);
    return known.changes.length && known;
  });
  return { staff, shop, audience, app, subject, merging: merging.delivery, letter: letter.delivery, merge: subject.changes[0].id };
}

const person = newPerson();
const [one, other] = [await furnish(person), await furnish(person)];

describe('two controllers', () => {
  test('the same person has other pseudonyms and other ids at each', () => {
    for (const member of ['id', 'pseudonym']) {
      const both = [one, other].flatMap(({ subject }) => subject.identities.map((identity) => identity[member]));
      assert.equal(new Set(both).size, both.length, member);
    }
  });

  test('each sees its own and nothing else in every list', async () => {
    const ids = { one: [one.shop.id, one.audience.id, one.app.id], other: [other.shop.id, other.audience.id, other.app.id] };
    assert.deepEqual((await one.staff.connections()).map(({ id }) => id).sort(), ids.one.sort());
    assert.deepEqual((await other.staff.connections()).map(({ id }) => id).sort(), ids.other.sort());
    for (const [{ staff }, own] of [[one, ids.one], [other, ids.other]]) {
      const deliveries = await staff.deliveries();
      assert.equal(deliveries.length, 5);
      assert.ok(deliveries.every(({ connection }) => own.includes(connection.id)));
      const requests = await staff.all('rightsRequests', 'id connection { id }');
      assert.deepEqual(requests.map(({ connection }) => own.includes(connection.id)), [true]);
      const journal = await staff.journal();
      assert.deepEqual(journal.map(({ seq }) => Number(seq)).sort((a, b) => a - b), journal.map((_, place) => place + 1));
    }
  });

  test('another’s ids find nothing in any query', async () => {
    const { staff } = one;
    for (const { id } of other.subject.identities) assert.equal(await staff.subject(id), null);
    assert.equal(await staff.byCustomer(other.shop.id, person.customer), null);
    assert.deepEqual(await staff.deliveries({ connection: other.shop.id }), []);
    for (const object of [other.letter, other.merge, other.shop.id, other.subject.requests[0].id])
      assert.deepEqual(await staff.journal({ object }), [], object);
  });

  test('another’s ids are refused by every mutation, in the same words as ids that nobody has', async () => {
    const { staff } = one;
    const mapping = { event: ['type'], records: [{ part: 'person', email: ['data.email'], authoritative: true }] };
    const sample = JSON.parse(custom(newPerson()));
    const cases = [
      ['rotateConnectionSecret', ({ connection }) => ({ connection }), 'secret'],
      ['disableConnection', ({ connection }) => ({ connection }), 'connection { id }'],
      ['saveFieldMapping', ({ connection }) => ({ connection, mapping, sample }), 'connection { id }'],
      ['replayDelivery', ({ letter }) => ({ delivery: letter }), `delivery { ${DELIVERY} }`],
      ['splitDataSubject', ({ merge }) => ({ merge, reason: 'To see what happens.' }), `subjects { ${SUBJECT} }`],
    ];
    const before = database.rows('SELECT * FROM connections WHERE controller = ?', other.staff.controller);
    const counts = database.counts();
    for (const [name, input, fields] of cases) {
      const theirs = await staff.mustNot(name, input({ connection: other.app.id, letter: other.letter, merge: other.merge }), fields);
      const shaped = (id) => id.replace(/[A-Za-z0-9]/g, 'A'); // of the same form, and nobody's
      const nobodys = await staff.mustNot(name, input({ connection: shaped(other.app.id), letter: shaped(other.letter), merge: shaped(other.merge) }), fields);
      assert.deepEqual(theirs, nobodys, name);
    }
    assert.deepEqual(database.rows('SELECT * FROM connections WHERE controller = ?', other.staff.controller), before);
    assert.deepEqual(database.counts(), counts);
    assert.equal((await other.staff.byEmail(person.email)).id, other.subject.id);
  });

  test('what one does to a person is nothing to the other', async () => {
    const before = await other.staff.byEmail(person.email);
    await one.staff.must('splitDataSubject', { merge: one.merge, reason: 'Two people.' });
    await one.shop.process(shopify.shopRedact(one.shop.shop), { topic: 'shop/redact' });
    await until('the purge to be done', () => !database.rows('SELECT * FROM outbox WHERE controller = ?', one.staff.controller).length);
    const left = await one.staff.byCustomer(one.shop.id, person.customer);
    assert.deepEqual([left.platforms, left.consents, left.requests.length], [[], [], 1], 'the request is still to be answered');
    assert.deepEqual(await other.staff.byEmail(person.email), before);
  });
});
