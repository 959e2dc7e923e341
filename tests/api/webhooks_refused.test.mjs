// What is not authentic gets one and the same 401, whatever was wrong; and of what is refused nothing is stored.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { describe, test } from 'node:test';
import { Staff } from '../support/graphql.mjs';
import { sharedInstance } from '../support/instance.mjs';
import { custom, mailchimp, shopify, stripe } from '../support/payloads.mjs';
import { newPerson } from '../support/people.mjs';
import { refused, seen } from '../support/refused.mjs';
import { connect, connectEd25519, seconds, taken } from '../support/senders.mjs';
import { until } from '../support/until.mjs';

const instance = await sharedInstance();
const { database } = instance;
const staff = new Staff(instance);
const MAX_BYTES = 256 * 1024;
const FIVE_MINUTES = 300;

/** A Stripe connection that has taken a delivery, so that everything the edge remembers of it is remembered. */
async function known() {
  const sender = await connect(staff, 'STRIPE');
  await sender.process(stripe.customer(newPerson()));
  return sender;
}

const unknownAddress = () => instance.at(`/v1/webhooks/${randomBytes(32).toString('base64url')}`);

/** An answer that any stranger gets: to an address that was never given out. */
const uniform = async () => seen(await fetch(unknownAddress(), { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } }));

describe('the uniform 401', () => {
  test('an unknown, a disabled and a secretless connection and a wrong signature answer the same bytes', async () => {
    const expected = await uniform();
    assert.equal(expected.status, 401);
    const body = stripe.customer(newPerson());

    const wrong = await known();
    assert.deepEqual(await seen(await wrong.send(body, { secret: 'whsec_guessed' })), expected, 'wrong signature');
    assert.deepEqual(await seen(await fetch(wrong.address, { method: 'POST', body })), expected, 'no signature');
    const cut = wrong.request(body);
    cut.headers['Stripe-Signature'] = cut.headers['Stripe-Signature'].slice(0, -1);
    assert.deepEqual(await seen(await fetch(wrong.address, cut)), expected, 'a signature that cannot be read');

    const disabled = await known();
    await staff.must('disableConnection', { connection: disabled.id });
    assert.deepEqual(await seen(await disabled.send(body)), expected, 'disabled, and signed as ever');
    assert.deepEqual(await seen(await disabled.send(body, { secret: 'whsec_guessed' })), expected, 'disabled, and forged');

    const secretless = await known();
    database.change('UPDATE connections SET secret = NULL, version = version + 1 WHERE id = ?', secretless.id);
    assert.deepEqual(await seen(await secretless.send(body)), expected, 'without a secret, and signed as ever');

    for (const path of ['short', 'a'.repeat(2000), '%00', '..%2F..', `${new URL(wrong.url).pathname.split('/').pop()}x`]) {
      const response = await fetch(instance.at(`/v1/webhooks/${path}`), { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } });
      assert.deepEqual(await seen(response), expected, path);
    }
  });

  test('it is the same for every kind of connection', async () => {
    const expected = await uniform();
    const senders = await Promise.all([
      connect(staff, 'SHOPIFY'),
      connect(staff, 'MAILCHIMP'),
      connect(staff, 'MAILCHIMP', { scheme: 'MANDRILL' }),
      connect(staff, 'CUSTOM'),
      connect(staff, 'CUSTOM', { scheme: 'API_KEY' }),
      connectEd25519(staff),
    ]);
    for (const sender of senders) {
      const response = await fetch(sender.address, { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } });
      assert.deepEqual(await seen(response), expected, sender.scheme);
    }
  });

  test('an unsigned connection that is disabled takes nothing either', async () => {
    const sender = await connect(staff, 'MAILCHIMP', { scheme: 'MAILCHIMP_UNSIGNED' });
    await sender.deliver(mailchimp.unsubscribe(newPerson()));
    await staff.must('disableConnection', { connection: sender.id });
    assert.equal((await seen(await sender.send(mailchimp.unsubscribe(newPerson())))).status, 401);
  });

  test('nothing of a refused delivery is stored but that staff are told: how many, when and why', async () => {
    const sender = await known();
    const person = newPerson();
    await refused(instance, 401, () => sender.send(stripe.customer(person), { secret: 'whsec_guessed' }));
    assert.deepEqual(database.filesWith(person.email), []);
    assert.equal(await staff.byEmail(person.email), null);
    const connection = await until('the refusal to be counted', async () => {
      const seenByStaff = await staff.connection(sender.id);
      return seenByStaff.refusedCount > 0 && seenByStaff;
    });
    assert.equal(connection.refusedCount, 1);
    assert.equal(connection.lastRefusedBecause, 'mismatch');
    assert.ok(Date.parse(connection.lastRefusedAt));
  });

  test('a proof that is given twice is refused, and a forged one does not hide behind a right one', async () => {
    const status = ({ address }, { headers, body }, twice) =>
      new Promise((resolve, reject) => {
        const call = request(address, { method: 'POST', headers: { ...headers, ...twice, 'Content-Length': Buffer.byteLength(body) } });
        call.on('error', reject).on('response', (answer) => answer.resume() && resolve(answer.statusCode));
        call.end(body);
      });
    const shop = await connect(staff, 'SHOPIFY');
    const order = shop.request(shopify.order(newPerson()), { topic: 'orders/create' });
    const code = order.headers['X-Shopify-Hmac-Sha256'];
    assert.equal(await status(shop, order, { 'X-Shopify-Hmac-Sha256': [code, code] }), 401);
    const app = await connect(staff, 'CUSTOM');
    const message = app.request(custom(newPerson()), { id: 'once' });
    assert.equal(await status(app, message, { 'webhook-id': ['once', 'once'] }), 401);
    const payments = await known();
    const event = payments.request(stripe.customer(newPerson()));
    const forged = `t=${seconds()},v1=${'0'.repeat(64)}`;
    const other = stripe.customer(newPerson());
    for (const twice of [[forged, forged], [event.headers['Stripe-Signature'], forged]])
      assert.equal(await status(payments, { ...event, body: other }, { 'Stripe-Signature': twice }), 401);
  });
});

describe('the time of signing', () => {
  const WAYS = [
    ['Stripe', () => connect(staff, 'STRIPE'), (person) => stripe.customer(person)],
    ['Mailchimp', () => connect(staff, 'MAILCHIMP'), (person) => mailchimp.subscribe(person)],
    ['Standard Webhooks', () => connect(staff, 'CUSTOM'), (person) => custom(person)],
    ['Standard Webhooks with a key pair', () => connectEd25519(staff), (person) => custom(person)],
  ];
  for (const [name, make, build] of WAYS)
    test(`${name}: more than five minutes ago or ahead is refused, less is taken, and 0 is no way around it`, async () => {
      const sender = await make();
      for (const time of [seconds(-FIVE_MINUTES - 5), seconds(FIVE_MINUTES + 60), 0, 1, -1, 9_999_999_999, 'now', ''])
        await refused(instance, 401, () => sender.send(build(newPerson()), { time }));
      for (const offset of [-FIVE_MINUTES + 60, FIVE_MINUTES - 5])
        await sender.process(build(newPerson()), { time: seconds(offset) });
    });
});

describe('a body that is too large', () => {
  const padded = (bytes) => {
    const body = stripe.customer(newPerson());
    return body.slice(0, -1) + ' '.repeat(bytes - Buffer.byteLength(body)) + '}';
  };

  test('256 KiB are taken, and one byte more is 413 for everybody', async () => {
    const sender = await known();
    await sender.process(padded(MAX_BYTES));
    const body = padded(MAX_BYTES + 1);
    const right = await seen(await sender.send(body));
    const forged = await seen(await sender.send(body, { secret: 'whsec_guessed' }));
    const stranger = await seen(await fetch(unknownAddress(), { method: 'POST', body, headers: { 'Content-Type': 'application/json' } }));
    assert.equal(right.status, 413);
    assert.deepEqual(forged, right);
    assert.deepEqual(stranger, right);
  });

  test('it is counted on the stream: without a Content-Length, and without an end', async () => {
    const sender = await known();
    const counts = database.counts();
    const body = Buffer.from(padded(MAX_BYTES + 1));
    const { headers } = sender.request(body);
    for (const [what, end] of [['chunked', true], ['unfinished', false]]) {
      const status = await new Promise((resolve, reject) => {
        const call = request(sender.address, { method: 'POST', headers: { ...headers, 'Transfer-Encoding': 'chunked' }, agent: false });
        call.on('response', (answer) => {
          answer.resume();
          resolve(answer.statusCode);
          call.destroy();
        });
        call.on('error', reject);
        for (let at = 0; at < body.length; at += 16_384) call.write(body.subarray(at, at + 16_384));
        if (end) call.end();
      });
      assert.equal(status, 413, what);
    }
    assert.deepEqual(database.counts(), counts);
  });

  test('a chunked body of a usual size is taken', async () => {
    const sender = await known();
    const body = stripe.customer(newPerson());
    const stream = new ReadableStream({
      start(controller) {
        for (const character of body.match(/.{1,100}/gs)) controller.enqueue(Buffer.from(character));
        controller.close();
      },
    });
    await taken(await fetch(sender.address, { ...sender.request(body), body: stream, duplex: 'half' }));
  });
});

describe('a probe', () => {
  test('GET and HEAD are answered with 200, alike for an address that exists and one that does not', async () => {
    const senders = await Promise.all([connect(staff, 'MAILCHIMP'), connect(staff, 'MAILCHIMP', { scheme: 'MANDRILL' })]);
    const counts = database.counts();
    for (const method of ['GET', 'HEAD']) {
      const expected = await seen(await fetch(unknownAddress(), { method }));
      assert.equal(expected.status, 200, method);
      for (const sender of senders) assert.deepEqual(await seen(await fetch(sender.address, { method })), expected, method);
    }
    assert.deepEqual(database.counts(), counts);
  });

  test('other methods are not deliveries', async () => {
    const sender = await known();
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      const counts = database.counts();
      const { headers, body } = sender.request(stripe.customer(newPerson()));
      const response = await fetch(sender.address, { method, headers, body });
      assert.equal(response.status, 405, method);
      assert.deepEqual(database.counts(), counts);
    }
  });
});

test('a body that is no text is verified as bytes, and is then no JSON', async () => {
  const sender = await connect(staff, 'SHOPIFY');
  const body = Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x80, 0x7d]);
  const answer = await sender.deliver(body, { topic: 'orders/create' });
  assert.deepEqual([answer.status, answer.reason], ['dead_lettered', 'not_json']);
  const other = Buffer.from(body);
  other[1] ^= 1;
  await refused(instance, 401, () => fetch(sender.address, { ...sender.request(body, { topic: 'orders/create' }), body: other }));
  await sender.process(shopify.customer(newPerson()), { topic: 'customers/create' });
});
