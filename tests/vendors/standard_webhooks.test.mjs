// The Standard Webhooks library signs what Nod accepts from custom applications, and accepts what these tests sign.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { Staff } from '../support/graphql.mjs';
import { sharedInstance } from '../support/instance.mjs';
import { custom } from '../support/payloads.mjs';
import { newPerson } from '../support/people.mjs';
import { connect, taken } from '../support/senders.mjs';

const staff = new Staff(await sharedInstance());
const sender = await connect(staff, 'CUSTOM');
const library = new Webhook(sender.secret);
const MINUTE = 60_000;

/** What the library makes of a body: the headers of the specification. */
function signed(body, { id = `msg_${randomUUID()}`, time = new Date(), by = library } = {}) {
  const signature = by.sign(id, time, body);
  return { 'webhook-id': id, 'webhook-timestamp': `${Math.floor(time / 1000)}`, 'webhook-signature': signature };
}

test('what the library signs is accepted, and its person is known', async () => {
  const person = newPerson();
  const body = custom(person);
  const answer = await taken(await sender.send(body, { headers: signed(body) }));
  assert.equal(answer.status, 'processed', JSON.stringify(answer));
  assert.ok(await staff.byEmail(person.email));
});

test('a message that is sent again, signed anew, is the same message', async () => {
  const body = custom(newPerson());
  const id = `msg_${randomUUID()}`;
  await taken(await sender.send(body, { headers: signed(body, { id }) }));
  const again = await taken(await sender.send(body, { headers: signed(body, { id, time: new Date(Date.now() - MINUTE) }) }));
  assert.equal(again.status, 'duplicate');
});

test('one right signature in the list is enough', async () => {
  const body = custom(newPerson());
  const id = `msg_${randomUUID()}`;
  const other = signed(body, { id, by: new Webhook(Buffer.alloc(32, 7).toString('base64')) })['webhook-signature'];
  const headers = signed(body, { id });
  headers['webhook-signature'] = `${other} v1a,AAAA v2,x ${headers['webhook-signature']}`;
  await taken(await sender.send(body, { headers }));
});

test('what these tests sign, the library accepts', () => {
  const body = custom(newPerson());
  assert.deepEqual(library.verify(body, sender.request(body).headers), JSON.parse(body));
});

test('what the library refuses is refused', async () => {
  const body = custom(newPerson());
  const right = signed(body);
  const cases = {
    'another key': [body, signed(body, { by: new Webhook(Buffer.alloc(32, 7).toString('base64')) })],
    'ten minutes ago': [body, signed(body, { time: new Date(Date.now() - 10 * MINUTE) })],
    'ten minutes ahead': [body, signed(body, { time: new Date(Date.now() + 10 * MINUTE) })],
    'another body': [body.replace('created', 'deleted'), right],
    'another id': [body, { ...right, 'webhook-id': `msg_${randomUUID()}` }],
    'half a signature': [body, { ...right, 'webhook-signature': right['webhook-signature'].slice(0, 8) }],
    'no signature': [body, { ...right, 'webhook-signature': 'v1,' }],
  };
  for (const [what, [payload, headers]] of Object.entries(cases)) {
    assert.throws(() => library.verify(payload, headers), what);
    assert.equal((await sender.send(payload, { headers })).status, 401, what);
  }
});

test('the library and these tests agree with the published vector', () => {
  const vector = new Webhook('whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD');
  const body = '{"email":"test@example.com","username":"test_user"}';
  const [id, time, signature] = ['msg_27UH4WbU6Z5A5EzD8u03UvzRbpk', 1649367553, 'v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw='];
  assert.equal(vector.sign(id, new Date(time * 1000), body), signature);
  const { headers } = sender.request(body, { id, time, secret: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD' });
  assert.equal(headers['webhook-signature'], signature);
});
