// Stripe's own library signs what Nod accepts, and accepts what the rest of these tests sign.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import Stripe from 'stripe';
import { Staff } from '../support/graphql.mjs';
import { sharedInstance } from '../support/instance.mjs';
import { stripe } from '../support/payloads.mjs';
import { at, newPerson } from '../support/people.mjs';
import { connect, seconds, taken } from '../support/senders.mjs';

const { webhooks } = new Stripe('sk_test_of_nobody');
const staff = new Staff(await sharedInstance());
const sender = await connect(staff, 'STRIPE');

/** Sends a body with a header that Stripe's library made. */
const sendSigned = (payload, options = {}) =>
  sender.send(payload, { headers: { 'Stripe-Signature': webhooks.generateTestHeaderString({ payload, secret: sender.secret, ...options }) } });

test('what the library signs is accepted, and its person is known', async () => {
  for (const build of [(person) => stripe.customer(person), (person) => stripe.checkout(person)]) {
    const person = newPerson();
    const answer = await taken(await sendSigned(build(person)));
    assert.equal(answer.status, 'processed', JSON.stringify(answer));
    assert.ok(await staff.byEmail(person.email));
  }
});

test('what it signs with text beyond ASCII is accepted as well', async () => {
  const person = newPerson({ first: 'Zoë', last: '中村', note: '\u{1f381} für dich' });
  assert.equal((await taken(await sendSigned(stripe.customer(person)))).status, 'processed');
});

test('a thin event that it signs is accepted, and recorded as not expanded', async () => {
  const answer = await taken(await sendSigned(stripe.thin()));
  assert.deepEqual([answer.status, answer.reason], ['ignored', 'not_expanded']);
});

test('a secret that Stripe gave is taken as it is written', async () => {
  const own = await connect(staff, 'STRIPE', { secret: 'whsec_test_secret' });
  const payload = stripe.customer(newPerson());
  const header = webhooks.generateTestHeaderString({ payload, secret: 'whsec_test_secret' });
  await taken(await own.send(payload, { headers: { 'Stripe-Signature': header } }));
});

test('one right signature among several is enough, as while a secret is rolled', async () => {
  const payload = stripe.customer(newPerson());
  const time = seconds();
  const [right, wrong] = [sender.secret, 'whsec_of_another_endpoint'].map(
    (secret) => /v1=([0-9a-f]{64})/.exec(webhooks.generateTestHeaderString({ payload, secret, timestamp: time }))[1],
  );
  const header = `t=${time},v1=${wrong},v1=${right},v0=${wrong}`;
  assert.equal((await taken(await sender.send(payload, { headers: { 'Stripe-Signature': header } }))).status, 'processed');
});

test('what these tests sign, the library accepts', () => {
  const person = newPerson();
  for (const payload of [stripe.customer(person), stripe.checkout(person)]) {
    const { headers } = sender.request(payload);
    const event = webhooks.constructEvent(payload, headers['Stripe-Signature'], sender.secret);
    assert.equal(event.id, JSON.parse(payload).id);
  }
});

test('what the library refuses is refused: another secret, an old signature, another body', async () => {
  const payload = stripe.customer(newPerson());
  const header = (options) => webhooks.generateTestHeaderString({ payload, secret: sender.secret, ...options });
  const cases = {
    'another secret': [payload, header({ secret: 'whsec_of_another_endpoint' })],
    'a signature of ten minutes ago': [payload, header({ timestamp: seconds(-600) })],
    'another body': [payload.replace('usd', 'eur'), header()],
    'the older scheme': [payload, header({ scheme: 'v0' })],
    'no secret at all': [payload, 't=1,v1='],
  };
  for (const [what, [body, signature]] of Object.entries(cases)) {
    assert.throws(() => webhooks.constructEvent(body, signature, sender.secret), what);
    const response = await sender.send(body, { headers: { 'Stripe-Signature': signature } });
    assert.equal(response.status, 401, what);
  }
});

test('a signature from the future is refused, which the library lets pass', async () => {
  const response = await sendSigned(stripe.customer(newPerson(), { when: at(1) }), { timestamp: seconds(600) });
  assert.equal(response.status, 401);
});
