// `sendTestDelivery`: a delivery is made up, signed with the connection's secret, and judged and read as any other; and of all that
// nothing is kept but that somebody tested (docs/decisions/0015-test-deliveries.md).
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sharedInstance } from '../support/instance.mjs';
import { custom, shopify } from '../support/payloads.mjs';
import { newPerson } from '../support/people.mjs';
import { connect, connectEd25519 } from '../support/senders.mjs';
import { newOwner, staffOf } from '../support/staff.mjs';
import { until } from '../support/until.mjs';

const instance = await sharedInstance();
const { database } = instance;

const FIELDS = `test { status reason advice proof event bytes classes identities { kind count } consents }
  connection { id lastTestedAt lastTestedBecause lastDeliveryAt isFailing shop refusedCount }`;
const send = (owner, { id }) => owner.must('sendTestDelivery', { connection: id }, FIELDS);
const refusal = (owner, { id }) => owner.mustNot('sendTestDelivery', { connection: id }, FIELDS);

/** A mapping as staff save it, with a sample that it fits. */
const MAPPING = {
  event: ['kind'],
  occurredAt: ['at'],
  records: [{ part: 'member', root: 'members[]', email: ['mail'], phone: ['tel.*'] }],
  classes: [{ class: 'name', path: 'members[].name' }],
  consents: [{ channel: 'EMAIL', granted: 'may\\.write' }],
};
const SAMPLE = { kind: 'joined', members: [{ mail: 'ada@example.com' }] };
async function mapped(owner, mapping = MAPPING) {
  const sender = await connect(owner, 'CUSTOM');
  await owner.must('saveFieldMapping', { connection: sender.id, mapping, sample: SAMPLE });
  return sender;
}

describe('a test delivery', () => {
  const WAYS = [
    ['Shopify', (owner) => connect(owner, 'SHOPIFY'), 'customers/create', ['EMAIL', 'PHONE', 'CUSTOMER_ID'], 1],
    ['Stripe', (owner) => connect(owner, 'STRIPE'), 'customer.created', ['EMAIL', 'PHONE', 'CUSTOMER_ID'], 0],
    ['Mailchimp', (owner) => connect(owner, 'MAILCHIMP'), 'subscribe', ['EMAIL', 'CUSTOMER_ID'], 1],
    ['Mandrill', (owner) => connect(owner, 'MAILCHIMP', { scheme: 'MANDRILL' }), 'unsub', ['EMAIL'], 1],
    ['an application with a mapping of its own', mapped, 'nod.test', ['EMAIL', 'PHONE'], 1],
  ];
  for (const [name, make, event, kinds, consents] of WAYS)
    test(`of ${name} is authentic and read, and leaves nothing but its entry in the journal`, async () => {
      const owner = newOwner(instance);
      const sender = await make(owner);
      const counts = database.counts();
      const { test: came, connection } = await send(owner, sender);
      assert.deepEqual([came.status, came.reason, came.advice, came.proof, came.event], ['PROCESSED', null, null, 'signature', event]);
      assert.deepEqual(came.identities, kinds.map((kind) => ({ kind, count: 1 })));
      assert.ok(came.classes.includes('email') && came.bytes > 50, JSON.stringify(came));
      assert.equal(came.consents, consents);
      assert.deepEqual(database.counts(), { ...counts, journal: counts.journal + 1 });
      assert.ok(Math.abs(Date.parse(connection.lastTestedAt) - Date.now()) < 60_000);
      assert.deepEqual(connection, { ...connection, lastTestedBecause: null, lastDeliveryAt: null, isFailing: false, shop: null, refusedCount: 0 });
      assert.deepEqual(await owner.deliveries({}), []);
      const [entry] = await owner.all('journal', 'object actor detail', { action: 'connection.tested' }, 'JournalFilter');
      assert.deepEqual([entry.object, entry.actor], [sender.id, 'staff']);
      assert.deepEqual([entry.detail.status, entry.detail.reason, typeof entry.detail.by], ['processed', null, 'string']);
    });

  test('is another one each time, and none is ever taken for one of the platform’s', async () => {
    const owner = newOwner(instance);
    const sender = await connect(owner, 'SHOPIFY');
    for (let time = 0; time < 3; time += 1) assert.equal((await send(owner, sender)).test.status, 'PROCESSED');
    assert.equal((await owner.journal({ action: 'connection.tested' })).length, 3);
    assert.equal((await owner.connection(sender.id)).shop, null, 'the made-up shop is not met');
    await sender.process(shopify.customer(newPerson()), { topic: 'customers/create' });
    const { connection, test: came } = await send(owner, sender);
    assert.deepEqual([came.status, connection.shop], ['PROCESSED', sender.shop], 'as the shop that the connection knows');
    assert.equal((await owner.deliveries({})).length, 1);
  });

  test('is signed with the newest secret while two hold', async () => {
    const owner = newOwner(instance);
    const sender = await connect(owner, 'STRIPE');
    await owner.must('rotateConnectionSecret', { connection: sender.id, overlapSeconds: 3600 });
    assert.equal((await send(owner, sender)).test.proof, 'signature');
  });

  test('says what is wrong where the secret holds no more, and keeps it at the connection', async () => {
    const owner = newOwner(instance);
    const sender = await connect(owner, 'STRIPE');
    database.change('UPDATE connections SET secret_not_after = ? WHERE id = ?', Date.now() - 1000, sender.id);
    const { test: came, connection } = await send(owner, sender);
    assert.deepEqual([came.status, came.reason, came.proof, came.event, came.classes, came.identities], ['REFUSED', 'no_secret', null, '', [], []]);
    assert.match(came.advice, /^It was refused: the connection has no live secret; set one or rotate it\.$/);
    assert.equal(connection.lastTestedBecause, 'no_secret');
    assert.equal(connection.refusedCount, 0, 'a test is no call from outside');
    await owner.must('rotateConnectionSecret', { connection: sender.id, overlapSeconds: 0 });
    assert.equal((await send(owner, sender)).connection.lastTestedBecause, null);
  });

  test('says what is wrong with a mapping that contradicts itself', async () => {
    const owner = newOwner(instance);
    const sender = await mapped(owner, { event: ['kind'], records: [{ part: 'm', email: ['kind.mail', 'members[].mail'] }] });
    const { test: came, connection } = await send(owner, sender);
    assert.deepEqual([came.status, came.reason, connection.lastTestedBecause], ['DEAD_LETTERED', 'no_identifier', 'no_identifier']);
    assert.match(came.advice, /^It cannot be used: nobody is named .*\.$/);
    assert.deepEqual(database.rows('SELECT 1 FROM dead_letters WHERE controller = ?', owner.controller), []);
  });

  test('does not make a connection work whose calls are refused: the platform did not sign it', async () => {
    const owner = newOwner(instance);
    const sender = await connect(owner, 'STRIPE');
    await sender.send('{}', { secret: 'whsec_guessed' });
    await until('the refusal to be noted', async () => (await owner.connection(sender.id)).refusedCount);
    const { test: came, connection } = await send(owner, sender);
    assert.deepEqual([came.status, connection.isFailing], ['PROCESSED', true]);
  });
});

describe('what cannot be tested is said, with what to do', () => {
  const CASES = [
    ['NOT_SIGNED', (owner) => connect(owner, 'MAILCHIMP', { scheme: 'MAILCHIMP_UNSIGNED' })],
    ['ONLY_SENDER_SIGNS', (owner) => connectEd25519(owner)],
    ['ONLY_SENDER_SIGNS', (owner) => connect(owner, 'CUSTOM', { scheme: 'API_KEY' })],
    ['NO_MAPPING', (owner) => connect(owner, 'CUSTOM')],
    ['UNKNOWN_CONNECTION', () => ({ id: 'A'.repeat(22) })],
    ['UNKNOWN_CONNECTION', () => ({ id: 'nothing' })],
    [
      'DISABLED_CONNECTION',
      async (owner) => {
        const sender = await connect(owner, 'STRIPE');
        await owner.must('disableConnection', { connection: sender.id });
        return sender;
      },
    ],
  ];
  for (const [code, make] of CASES)
    test(code, async () => {
      const owner = newOwner(instance);
      const sender = await make(owner);
      const counts = database.counts();
      const error = await refusal(owner, sender);
      assert.deepEqual([error.code, error.field], [code, ['input', 'connection']]);
      assert.deepEqual(database.counts(), counts);
    });

  test('another controller’s connection', async () => {
    const [mine, theirs] = [newOwner(instance), newOwner(instance)];
    const sender = await connect(theirs, 'STRIPE');
    const counts = database.counts();
    assert.equal((await refusal(mine, sender)).code, 'UNKNOWN_CONNECTION');
    assert.deepEqual(database.counts(), counts);
    assert.equal(database.rows('SELECT tested_at FROM connections WHERE id = ?', sender.id)[0].tested_at, null);
  });

  test('is for owners', async () => {
    const owner = newOwner(instance);
    const sender = await connect(owner, 'STRIPE');
    for (const role of ['viewer', 'reviewer']) {
      const staff = staffOf(instance, { controller: owner.controller, role });
      const { errors } = await staff.answer('mutation($id: ID!) { sendTestDelivery(input: {connection: $id}) { userErrors { code } } }', { id: sender.id });
      assert.equal(errors[0].extensions.code, 'FORBIDDEN', role);
    }
  });
});

test('what a test finds is what a real delivery of the application leaves', async () => {
  const owner = newOwner(instance);
  const sender = await connect(owner, 'CUSTOM');
  const mapping = { event: ['type'], occurredAt: ['timestamp'], records: [{ part: 'user', email: ['data.email'], phone: ['data.phone'] }] };
  const body = custom(newPerson());
  await owner.must('saveFieldMapping', { connection: sender.id, mapping, sample: JSON.parse(body) });
  const { test: came } = await send(owner, sender);
  await sender.process(body);
  const [delivery] = await owner.deliveries({});
  assert.deepEqual([came.status, came.proof, came.classes], [delivery.status, delivery.proof, delivery.classes]);
});
