// A delivery that is authentic and cannot be used is put aside, sealed, with its reason; staff mend what was wrong and replay it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DELIVERY, Staff } from '../support/graphql.mjs';
import { sharedInstance } from '../support/instance.mjs';
import { custom, shopify, stripe } from '../support/payloads.mjs';
import { newPerson, traces } from '../support/people.mjs';
import { connect } from '../support/senders.mjs';
import { until } from '../support/until.mjs';

const instance = await sharedInstance();
const { database } = instance;
const staff = new Staff(instance);
const HOURS = 60 * 60 * 1000;

const CRM = { event: ['what'], records: [{ part: 'member', email: ['contact.mail'], phone: ['contact.tel'], authoritative: true }] };
const sample = (person) => ({ what: 'member.changed', contact: { mail: person.email, tel: person.phone, name: person.first } });

/** A custom connection with a delivery that its mapping does not fit. */
async function putAside(person = newPerson()) {
  const sender = await connect(staff, 'CUSTOM');
  const body = JSON.stringify({ type: 'member.changed', ...sample(person) });
  const answer = await sender.deliver(body);
  assert.deepEqual([answer.status, answer.reason], ['dead_lettered', 'no_identifier']);
  return { sender, person, body, id: answer.delivery };
}

const replay = (id) => staff.must('replayDelivery', { delivery: id }, `delivery { ${DELIVERY} }`);
const letters = (id) => database.rows('SELECT * FROM dead_letters WHERE delivery = ?', id).length;

test('each kind of useless content has its reason, answers 200 and is journalled', async () => {
  const stripeSender = await connect(staff, 'STRIPE');
  const customSender = await connect(staff, 'CUSTOM');
  for (const [sender, body, reason] of [
    [stripeSender, 'not json', 'not_json'],
    [stripeSender, '['.repeat(10_000), 'not_json'],
    [stripeSender, '{"id":"evt_1","object":"event"}', 'no_event_type'],
    [customSender, '{"data":{"email":"a@b.example"}}', 'no_event_type'],
    [customSender, '{"type":"user.created"}', 'no_identifier'],
  ]) {
    const answer = await sender.deliver(body);
    assert.deepEqual([answer.status, answer.reason], ['dead_lettered', reason], body.slice(0, 40));
    const delivery = await staff.delivery(answer.delivery);
    assert.deepEqual([delivery.status, delivery.reason, delivery.isReplayable], ['DEAD_LETTERED', reason, true]);
    assert.deepEqual((await staff.journal({ object: answer.delivery })).map(({ action }) => action), ['delivery.dead_lettered']);
  }
});

test('its content is sealed: nothing of it can be read in any store', async () => {
  const { person, id } = await putAside();
  assert.equal(letters(id), 1);
  for (const value of [person.email, person.phone, ...traces(person)]) assert.deepEqual(database.filesWith(value), [], value);
  for (const value of [person.email, person.first]) {
    const encoded = Buffer.from(value).toString('base64').slice(1, -4);
    assert.deepEqual(database.filesWith(encoded), [], 'nor in base64');
  }
});

test('after the mapping is mended a replay has the effect, once, and the sealed content is gone', async () => {
  const { sender, person, body, id } = await putAside();
  assert.equal(await staff.byEmail(person.email), null);
  await staff.must('saveFieldMapping', { connection: sender.id, mapping: CRM, sample: sample(newPerson()) });
  const { delivery } = await replay(id);
  assert.deepEqual([delivery.id, delivery.status, delivery.reason, delivery.isReplayable], [id, 'PROCESSED', null, false]);
  const subject = await staff.byEmail(person.email);
  assert.equal((await staff.byPhone(person.phone)).id, subject.id);
  assert.equal(letters(id), 0);
  const actions = (await staff.journal({ object: id })).map(({ action }) => action);
  assert.ok(actions.includes('delivery.dead_lettered') && actions.includes('delivery.replayed'), `${actions}`);
  assert.equal((await sender.deliver(body, { id: 'another-id-of-the-sender' })).status, 'processed', 'another message may say the same');
  const counts = database.counts();
  await staff.mustNot('replayDelivery', { delivery: id });
  assert.deepEqual(database.counts(), counts);
});

test('many replays at once have one effect', async () => {
  const { sender, person, id } = await putAside();
  await staff.must('saveFieldMapping', { connection: sender.id, mapping: CRM, sample: sample(newPerson()) });
  const answers = await Promise.all(Array.from({ length: 20 }, () => staff.change('replayDelivery', { delivery: id }, 'delivery { status }')));
  assert.ok(answers.some(({ userErrors }) => !userErrors.length));
  assert.ok(await staff.byEmail(person.email));
  assert.equal(database.rows('SELECT * FROM observations WHERE delivery = ?', id).length, 1);
  const replayed = (await staff.journal({ object: id })).filter(({ action }) => action === 'delivery.replayed');
  assert.equal(replayed.length, 1);
});

test('a replay while nothing was mended puts it aside again, and it can still be replayed', async () => {
  const { sender, person, id } = await putAside();
  await staff.change('replayDelivery', { delivery: id });
  assert.equal((await staff.delivery(id)).status, 'DEAD_LETTERED');
  assert.equal(letters(id), 1);
  await staff.must('saveFieldMapping', { connection: sender.id, mapping: CRM, sample: sample(newPerson()) });
  await replay(id);
  assert.ok(await staff.byEmail(person.email));
});

test('a replay is believed though its secret has ended since', async () => {
  const { sender, person, id } = await putAside();
  await staff.must('rotateConnectionSecret', { connection: sender.id, overlapSeconds: 0 });
  await staff.must('saveFieldMapping', { connection: sender.id, mapping: CRM, sample: sample(newPerson()) });
  await replay(id);
  assert.ok(await staff.byEmail(person.email));
});

test('what was processed or ignored is not replayed', async () => {
  const sender = await connect(staff, 'STRIPE');
  for (const body of [stripe.customer(newPerson()), stripe.thin()]) {
    const { delivery } = await sender.deliver(body);
    await staff.mustNot('replayDelivery', { delivery });
  }
  await staff.mustNot('replayDelivery', { delivery: 'no-such-delivery' });
});

test('an erasure in the same words a day later is put aside, and a replay carries it out', async () => {
  const sender = await connect(staff, 'SHOPIFY');
  const body = shopify.shopRedact(sender.shop);
  const first = await sender.process(body, { topic: 'shop/redact' });
  assert.equal((await sender.deliver(body, { topic: 'shop/redact' })).status, 'duplicate', 'the platform tries again');
  database.change('UPDATE deliveries SET received_at = received_at - ? WHERE id = ?', 48 * HOURS, first.delivery);
  const person = newPerson();
  await sender.process(shopify.customer(person), { topic: 'customers/create' });
  const again = await sender.deliver(body, { topic: 'shop/redact' });
  assert.deepEqual([again.status, again.reason], ['dead_lettered', 'repeated_erasure']);
  assert.ok(await staff.byEmail(person.email), 'a replayed capture erases nothing by itself');
  await replay(again.delivery);
  await until('the erasure to be done', async () => !(await staff.byEmail(person.email)));
});

test('a message of a custom application that names nobody now and somebody later is two messages', async () => {
  const sender = await connect(staff, 'CUSTOM');
  const person = newPerson();
  assert.equal((await sender.deliver('{"type":"ping"}', { id: 'one' })).status, 'dead_lettered');
  await sender.process(custom(person), { id: 'two' });
  assert.ok(await staff.byEmail(person.email));
});
