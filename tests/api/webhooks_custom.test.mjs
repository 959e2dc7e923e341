// Custom applications: a shared secret proved in two ways, a key pair, an API key; and where in their JSON the people are.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, test } from 'node:test';
import { Staff } from '../support/graphql.mjs';
import { sharedInstance } from '../support/instance.mjs';
import { custom, userId } from '../support/payloads.mjs';
import { newPerson } from '../support/people.mjs';
import { refused } from '../support/refused.mjs';
import { connect, connectEd25519, seconds, taken } from '../support/senders.mjs';

const instance = await sharedInstance();
const { database } = instance;
const staff = new Staff(instance);

describe('proofs', () => {
  const WAYS = {
    'a signature with the shared secret': [() => connect(staff, 'CUSTOM')],
    'the shared secret as a bearer token': [() => connect(staff, 'CUSTOM'), { bearer: true }],
    'a signature with a key pair': [() => connectEd25519(staff)],
    'an API key': [() => connect(staff, 'CUSTOM', { scheme: 'API_KEY' })],
  };
  for (const [name, [make, options]] of Object.entries(WAYS))
    test(`${name} is taken, and the person is known`, async () => {
      const sender = await make();
      const person = newPerson();
      await sender.process(custom(person), options);
      const subject = await staff.byEmail(person.email);
      for (const other of [await staff.byPhone(person.phone), await staff.byCustomer(sender.id, userId(person))])
        assert.equal(other.id, subject.id);
    });

  test('a bearer token beside a signature is not looked at', async () => {
    const sender = await connect(staff, 'CUSTOM');
    const body = custom(newPerson());
    const signed = sender.request(body).headers;
    const { headers: bearer } = sender.request(body, { bearer: true });
    const forged = { ...signed, 'webhook-signature': `v1,${Buffer.alloc(32).toString('base64')}` };
    await refused(instance, 401, () => sender.send(body, { headers: { ...forged, ...bearer } }));
    const signedWithWrongToken = { ...signed, Authorization: 'Bearer of-nobody' };
    await taken(await fetch(sender.address, { method: 'POST', headers: { 'Content-Type': 'application/json', ...signedWithWrongToken }, body }));
  });

  test('a bearer token without an id of the delivery is told so', async () => {
    for (const [sender, options] of [
      [await connect(staff, 'CUSTOM'), { bearer: true }],
      [await connect(staff, 'CUSTOM', { scheme: 'API_KEY' }), {}],
    ]) {
      const { headers, body } = sender.request(custom(newPerson()), options);
      delete headers['Idempotency-Key'];
      const { detail } = await refused(instance, 401, () => fetch(sender.address, { method: 'POST', headers, body }));
      assert.match(detail, /Idempotency-Key/);
      await taken(await fetch(sender.address, { method: 'POST', headers: { ...headers, 'Webhook-Id': 'order-17' }, body }));
    }
  });

  test('a secret in the address is no proof', async () => {
    const sender = await connect(staff, 'CUSTOM', { scheme: 'API_KEY' });
    const address = `${sender.address}?key=${sender.secret}&access_token=${sender.secret}`;
    await refused(instance, 401, () => fetch(address, { method: 'POST', body: custom(newPerson()), headers: { 'Idempotency-Key': '1' } }));
  });

  test('an id with a dot in it is refused: the signature would cover other borders too', async () => {
    const sender = await connect(staff, 'CUSTOM');
    await refused(instance, 401, () => sender.send(custom(newPerson()), { id: 'msg.1' }));
  });

  test('a public key is never taken for a shared secret', async () => {
    const sender = await connectEd25519(staff);
    const [body, id, time] = [custom(newPerson()), 'msg_1', seconds()];
    const code = createHmac('sha256', Buffer.from(sender.publicKey, 'base64')).update(`${id}.${time}.${body}`).digest('base64');
    const headers = { 'webhook-id': id, 'webhook-timestamp': `${time}`, 'webhook-signature': `v1,${code}` };
    await refused(instance, 401, () => fetch(sender.address, { method: 'POST', headers, body }));
  });

  test('keys that cannot be right are refused when the connection is made', async () => {
    const make = (scheme, secret) => staff.mustNot('createConnection', { source: 'CUSTOM', label: 'x', scheme, ...(secret && { secret }) });
    await make('ED25519');
    await make('ED25519', 'whpk_AAAA');
    await make('ED25519', `whsk_${Buffer.alloc(32, 1).toString('base64')}`);
    await make('ED25519', `whsec_${Buffer.alloc(32, 1).toString('base64')}`);
    await make('SHARED_SECRET', 'too short');
    await make('SHOPIFY', 'shpss_of_another_platform');
  });
});

describe('field mapping', () => {
  const CRM = {
    event: ['what'],
    occurredAt: ['when'],
    records: [{ part: 'member', root: 'members[]', email: ['contact.mail'], phone: ['contact.tel'], customerId: ['nr'], authoritative: true }],
  };
  const sample = (...people) => ({
    what: 'member.changed',
    when: '2026-01-01T00:00:00Z',
    members: people.map((person) => ({ nr: userId(person), contact: { mail: person.email, tel: person.phone } })),
  });

  test('a mapping is tried out on a sample: where what was found, and no value', async () => {
    const person = newPerson();
    const counts = database.counts();
    const { trial } = await staff.must('tryFieldMapping', { mapping: CRM, sample: sample(person, newPerson()) }, `trial {
      event records { part people found { kind path count } } problems { code message } }`);
    assert.deepEqual([trial.event, trial.records[0].part, trial.records[0].people], ['what', 'member', 2]);
    assert.deepEqual(trial.records[0].found.map(({ path, count }) => [path, count]).sort(), [
      ['contact.mail', 2],
      ['contact.tel', 2],
      ['nr', 2],
    ]);
    assert.ok(!JSON.stringify(trial).includes(person.email));
    assert.deepEqual(database.counts(), counts);
    assert.deepEqual(database.filesWith(person.email), [], 'a sample is not kept');
  });

  test('a mapping that finds nobody in its sample is not saved', async () => {
    const sender = await connect(staff, 'CUSTOM');
    await staff.mustNot('saveFieldMapping', { connection: sender.id, mapping: CRM, sample: JSON.parse(custom(newPerson())) });
    assert.equal((await staff.connection(sender.id)).mapping, null);
    await sender.process(custom(newPerson()));
  });

  test('a saved mapping is used for the next delivery, and each of several people is one of their own', async () => {
    const sender = await connect(staff, 'CUSTOM');
    await sender.process(custom(newPerson())); // the edge remembers the connection as it was
    const [one, other] = [newPerson(), newPerson()];
    await staff.must('saveFieldMapping', { connection: sender.id, mapping: CRM, sample: sample(newPerson()) });
    await sender.process(JSON.stringify(sample(one, other)));
    const [first, second] = [await staff.byEmail(one.email), await staff.byEmail(other.email)];
    assert.ok(first && second);
    assert.notEqual(first.id, second.id);
    assert.equal((await staff.byCustomer(sender.id, userId(one))).id, first.id);
  });

  test('a mapping that is none is refused with a sentence', async () => {
    const record = CRM.records[0];
    for (const mapping of [
      { ...CRM, event: [] },
      { ...CRM, records: [] },
      { ...CRM, records: [{ ...record, email: ['a..b'] }] },
      { ...CRM, records: [{ ...record, part: 'Not A Name' }] },
      { ...CRM, records: [record, record] },
    ])
      await staff.mustNot('tryFieldMapping', { mapping, sample: sample(newPerson()) });
  });
});
