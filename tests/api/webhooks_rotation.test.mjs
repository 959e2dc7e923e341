// A secret follows another without losing a delivery; and when the old one ends, it ends.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Staff } from '../support/graphql.mjs';
import { inBatches } from '../support/flips.mjs';
import { sharedInstance } from '../support/instance.mjs';
import { custom, mailchimp, mandrill, shopify, stripe } from '../support/payloads.mjs';
import { newPerson } from '../support/people.mjs';
import { connect } from '../support/senders.mjs';

const instance = await sharedInstance();
const { database } = instance;
const staff = new Staff(instance);

const WAYS = {
  Shopify: [() => connect(staff, 'SHOPIFY'), (person) => shopify.customer(person), { topic: 'customers/update' }],
  Stripe: [() => connect(staff, 'STRIPE'), (person) => stripe.customer(person)],
  Mailchimp: [() => connect(staff, 'MAILCHIMP'), (person) => mailchimp.subscribe(person)],
  Mandrill: [() => connect(staff, 'MAILCHIMP', { scheme: 'MANDRILL' }), (person) => mandrill(person)],
  'a shared secret': [() => connect(staff, 'CUSTOM'), (person) => custom(person)],
  'a shared secret as a bearer token': [() => connect(staff, 'CUSTOM'), (person) => custom(person), { bearer: true }],
  'an API key': [() => connect(staff, 'CUSTOM', { scheme: 'API_KEY' }), (person) => custom(person)],
};

/** Rotates a sender's secret at Nod; gives the one before and the one after. */
async function rotate(sender, more = {}) {
  const answer = await staff.must('rotateConnectionSecret', { connection: sender.id, ...more }, 'secret previousValidUntil connection { secretRotatesUntil }');
  return { before: sender.secret, after: answer.secret, ...answer };
}

/** Lets the time of the older secret pass. */
const endOverlap = (sender) =>
  database.change('UPDATE connections SET previous_not_after = 1, version = version + 1 WHERE id = ?', sender.id);

for (const [name, [make, build, options]] of Object.entries(WAYS)) {
  describe(name, () => {
    test('while a rotation lasts both secrets are taken; then the older one is refused', async () => {
      const sender = await make();
      const send = (secret) => sender.send(build(newPerson()), { ...options, secret });
      const { before, after, previousValidUntil, connection } = await rotate(sender);
      assert.notEqual(after, before);
      assert.ok(Date.parse(previousValidUntil) > Date.now());
      assert.equal(connection.secretRotatesUntil, previousValidUntil);
      assert.deepEqual([(await send(before)).status, (await send(after)).status], [200, 200]);
      endOverlap(sender);
      assert.deepEqual([(await send(before)).status, (await send(after)).status], [401, 200]);
    });

    test('without an overlap the older secret ends at once, though the edge has just used it', async () => {
      const sender = await make();
      await sender.deliver(build(newPerson()), options);
      const { before, after } = await rotate(sender, { overlapSeconds: 0 });
      const send = (secret) => sender.send(build(newPerson()), { ...options, secret });
      assert.deepEqual([(await send(before)).status, (await send(after)).status], [401, 200]);
    });
  });
}

test('deliveries that are under way while a secret is rotated are all taken', async () => {
  const sender = await connect(staff, 'STRIPE');
  const people = Array.from({ length: 120 }, () => newPerson());
  let secret = sender.secret;
  let rotation;
  const statuses = await inBatches(people, async (person, at) => {
    if (at === 40) rotation = rotate(sender).then(({ after }) => (secret = after));
    return (await sender.send(stripe.customer(person), { secret })).status; // the platform switches when it hears of it
  });
  await rotation;
  assert.notEqual(secret, sender.secret);
  assert.deepEqual([...new Set(statuses)], [200]);
  assert.equal((await staff.deliveries({ connection: sender.id })).length, people.length);
});

test('a second rotation waits for the first, unless the old secrets are to end at once', async () => {
  const sender = await connect(staff, 'STRIPE');
  const { after: second } = await rotate(sender);
  await staff.mustNot('rotateConnectionSecret', { connection: sender.id });
  const send = (secret) => sender.send(stripe.customer(newPerson()), { secret });
  assert.deepEqual([(await send(sender.secret)).status, (await send(second)).status], [200, 200], 'nothing has changed');
  const { after: third } = await rotate(sender, { overlapSeconds: 0 });
  const statuses = [];
  for (const secret of [sender.secret, second, third]) statuses.push((await send(secret)).status);
  assert.deepEqual(statuses, [401, 401, 200]);
});

test('a delivery that was taken under the old secret is a duplicate under the new one', async () => {
  const sender = await connect(staff, 'SHOPIFY');
  const body = shopify.customer(newPerson());
  await sender.process(body, { topic: 'customers/update' });
  const { after } = await rotate(sender);
  assert.equal((await sender.deliver(body, { topic: 'customers/update', secret: after })).status, 'duplicate');
});

test('a secret that the platform gave is taken, and one that is none is refused with a sentence', async () => {
  const sender = await connect(staff, 'STRIPE');
  const { after } = await rotate(sender, { secret: 'whsec_from_the_platform' });
  assert.equal(after, 'whsec_from_the_platform');
  await sender.process(stripe.customer(newPerson()), { secret: after });
  for (const secret of ['', ' ', 'two words', 's'.repeat(513)])
    await staff.mustNot('rotateConnectionSecret', { connection: sender.id, secret, overlapSeconds: 0 });
});

test('a rotation is journalled, and no secret is in the journal or readable in the database', async () => {
  const sender = await connect(staff, 'STRIPE');
  const { before, after } = await rotate(sender);
  const actions = (await staff.journal({ object: sender.id })).map(({ action }) => action);
  assert.deepEqual(actions.sort(), ['connection.created', 'connection.secret_rotated']);
  for (const secret of [before, after]) assert.deepEqual(database.filesWith(secret), []);
  assert.deepEqual(database.filesWith(new URL(sender.url).pathname.split('/').pop()), [], 'nor the address');
});
