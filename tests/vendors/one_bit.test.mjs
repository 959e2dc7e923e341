// One bit of a proof, of the time that it covers, of the body or of the key: whatever is turned, the delivery is refused.
//
// Every bit of what proves and of the key; of bodies a sample, the same in each run. Some turned bits make a header that no
// client sends, so these go over bare connections, where the server may say 400 before the Worker is asked.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Staff } from '../support/graphql.mjs';
import { everyBit, flipped, inBatches, someBits, statusOf } from '../support/flips.mjs';
import { sharedInstance } from '../support/instance.mjs';
import { custom, mailchimp, mandrill, shopify, stripe } from '../support/payloads.mjs';
import { newPerson } from '../support/people.mjs';
import { connect, connectEd25519, taken } from '../support/senders.mjs';

const instance = await sharedInstance();
const staff = new Staff(instance);
const BODY_BITS = 160;
const WITHOUT_TIME = { topic: 'customers/update' };

const text = (bytes) => bytes.toString('latin1');
const flipText = (value, bit) => text(flipped(Buffer.from(value, 'latin1'), bit));

/** `whsec_` and base64: the key is the bytes, and the last digit of the text has bits that mean nothing. */
const flipDecoded = (secret, bit) => `whsec_${flipped(Buffer.from(secret.slice(6), 'base64'), bit).toString('base64')}`;

const WAYS = [
  {
    name: 'Shopify',
    make: () => connect(staff, 'SHOPIFY'),
    body: (person) => shopify.customer(person),
    options: WITHOUT_TIME,
    proves: ['X-Shopify-Hmac-Sha256'],
  },
  {
    name: 'Shopify under its newer names',
    make: () => connect(staff, 'SHOPIFY'),
    body: (person) => shopify.order(person),
    options: { topic: 'orders/create', family: 'Shopify-' },
    proves: ['Shopify-Hmac-Sha256'],
  },
  { name: 'Stripe', make: () => connect(staff, 'STRIPE'), body: (person) => stripe.customer(person), proves: ['Stripe-Signature'] },
  {
    name: 'Mailchimp',
    make: () => connect(staff, 'MAILCHIMP'),
    body: (person) => mailchimp.subscribe(person),
    proves: ['X-Mailchimp-Signature'],
  },
  {
    name: 'Mandrill',
    make: () => connect(staff, 'MAILCHIMP', { scheme: 'MANDRILL' }),
    body: (person) => mandrill(person),
    proves: ['X-Mandrill-Signature'],
    // What is signed is the decoded form, so another spelling of the same form says the same: %5b for %5B.
    same: (one, other) => String(new URLSearchParams(text(one))) === String(new URLSearchParams(text(other))),
  },
  {
    name: 'Standard Webhooks',
    make: () => connect(staff, 'CUSTOM'),
    body: (person) => custom(person),
    proves: ['webhook-signature', 'webhook-timestamp', 'webhook-id'],
    key: { bits: (secret) => everyBit(Buffer.from(secret.slice(6), 'base64')), flip: flipDecoded },
  },
  {
    name: 'Standard Webhooks with a key pair',
    make: () => connectEd25519(staff),
    body: (person) => custom(person),
    proves: ['webhook-signature', 'webhook-timestamp', 'webhook-id'],
    key: null, // the private one never comes near Nod
  },
  {
    name: 'an API key',
    make: () => connect(staff, 'CUSTOM', { scheme: 'API_KEY' }),
    body: (person) => custom(person),
    proves: [],
    bodyIsSigned: false, // TLS carries it; the token is all there is
    key: { header: 'Authorization' },
  },
  {
    name: 'a shared secret as a bearer token',
    make: () => connect(staff, 'CUSTOM'),
    body: (person) => custom(person),
    options: { bearer: true },
    proves: [],
    bodyIsSigned: false,
    key: { header: 'Authorization' },
  },
];

for (const { name, make, body: build, options, proves, bodyIsSigned = true, same = () => false, key = {} } of WAYS) {
  test(`${name}: every bit that is turned is noticed`, async () => {
    const sender = await make();
    const body = Buffer.from(build(newPerson()));
    const right = sender.request(body, { ...options, id: 'msg_that_stays' });

    const turned = [];
    for (const header of proves) {
      const value = right.headers[header];
      const variants = everyBit(value).map((bit) => ({ ...right, headers: { ...right.headers, [header]: flipText(value, bit) } }));
      turned.push(...variants.map((request, bit) => ({ what: `${header}, bit ${bit}`, request })));
    }
    if (bodyIsSigned)
      for (const bit of someBits(body, BODY_BITS, 20261123)) {
        const spoiled = flipped(body, bit);
        if (!same(body, spoiled)) turned.push({ what: `body, bit ${bit}`, request: { ...right, body: spoiled } });
      }
    if (key?.header) {
      // The scheme's name is written in any case; the token is not.
      const value = right.headers[key.header];
      const variants = everyBit(value).filter((bit) => bit >= 'Bearer '.length * 8);
      for (const bit of variants)
        turned.push({ what: `token, bit ${bit}`, request: { ...right, headers: { ...right.headers, [key.header]: flipText(value, bit) } } });
    } else if (key) {
      const { bits = everyBit, flip = flipText } = key;
      for (const bit of bits(sender.secret)) {
        const secret = Buffer.from(flip(sender.secret, bit), key.flip ? 'utf8' : 'latin1');
        const other = key.flip ? secret.toString() : secret;
        turned.push({ what: `key, bit ${bit}`, request: sender.request(body, { ...options, id: 'msg_that_stays', secret: other }) });
      }
    }

    assert.ok(turned.length > 200, `${turned.length} variants`);
    const counts = instance.database.counts();
    const statuses = await inBatches(turned, ({ request }) => statusOf(sender.address, request));
    const taken200 = turned.filter((_, at) => ![401, 400, 0].includes(statuses[at]));
    assert.deepEqual(
      taken200.map(({ what }) => what),
      [],
    );
    // 400 and a closed connection are the server's, for what is no HTTP any more.
    const unspeakable = turned.filter(({ request }, at) => statuses[at] !== 401 && !/[^\x20-\x7e]/.test(Object.values(request.headers).join('')));
    assert.deepEqual(
      unspeakable.map(({ what }) => what),
      [],
      'a request that is HTTP gets the uniform 401',
    );
    assert.deepEqual(instance.database.counts(), counts, 'nothing is stored');
    assert.equal((await taken(await fetch(sender.address, right))).status, 'processed', 'the delivery as it was is accepted');
  });
}
