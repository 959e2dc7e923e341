// Shopify's own library makes the signatures that Nod accepts, and accepts what the rest of these tests sign.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import '@shopify/shopify-api/adapters/web-api';
import { ApiVersion, LogSeverity, shopifyApi } from '@shopify/shopify-api';
import { HashFormat, createSHA256HMAC } from '@shopify/shopify-api/runtime';
import { Staff } from '../support/graphql.mjs';
import { sharedInstance } from '../support/instance.mjs';
import { shopify } from '../support/payloads.mjs';
import { newPerson } from '../support/people.mjs';
import { connect, taken } from '../support/senders.mjs';

const staff = new Staff(await sharedInstance());
const sender = await connect(staff, 'SHOPIFY');
const FAMILIES = ['X-Shopify-', 'Shopify-'];

const library = (apiSecretKey) =>
  shopifyApi({
    apiKey: 'app',
    apiSecretKey,
    hostName: 'app.example',
    apiVersion: ApiVersion.July26,
    isEmbeddedApp: true,
    logger: { level: LogSeverity.Error },
  });

/** What the library says of a request to an app. */
const validate = (request, secret) =>
  library(secret).webhooks.validate({ rawBody: request.body, rawRequest: new Request(sender.address, request) });

/** Sends a body that the library signed. */
async function sendSigned(body, { family, secret = sender.secret, ...options }) {
  const code = await createSHA256HMAC(secret, body, HashFormat.Base64);
  return sender.send(body, { family, ...options, headers: { [`${family}Hmac-Sha256`]: code } });
}

const TOPICS = {
  'customers/create': (person) => shopify.customer(person),
  'orders/create': (person) => shopify.order(person),
  'customers_email_marketing_consent/update': (person) => shopify.emailConsent(person, 'subscribed'),
  'customers/data_request': (person) => shopify.dataRequest(sender.shop, person),
  'customers/redact': (person) => shopify.redact(sender.shop, person),
};

for (const family of FAMILIES) {
  test(`what the library signs is accepted under the names ${family}…`, async () => {
    for (const [topic, build] of Object.entries(TOPICS)) {
      const person = newPerson();
      const answer = await taken(await sendSigned(build(person), { family, topic }));
      assert.equal(answer.status, 'processed', `${topic}: ${JSON.stringify(answer)}`);
      assert.ok(await staff.byEmail(person.email), topic);
    }
  });

  test(`what these tests send under the names ${family}…, the library accepts`, async () => {
    for (const [topic, build] of Object.entries(TOPICS)) {
      const verdict = await validate(sender.request(build(newPerson()), { family, topic }), sender.secret);
      assert.ok(verdict.valid, JSON.stringify(verdict));
      assert.equal(verdict.domain, sender.shop);
    }
  });

  test(`what the library refuses is refused under the names ${family}…`, async () => {
    const body = shopify.customer(newPerson());
    const topic = 'customers/create';
    const right = sender.request(body, { family, topic });
    const name = `${family}Hmac-Sha256`;
    const cases = {
      'another secret': { ...right, headers: { ...right.headers, [name]: await createSHA256HMAC('shpss_other', body, HashFormat.Base64) } },
      'hex in place of base64': { ...right, headers: { ...right.headers, [name]: await createSHA256HMAC(sender.secret, body, HashFormat.Hex) } },
      'another body': { ...right, body: body.replace('disabled', 'enabled') },
      'half a signature': { ...right, headers: { ...right.headers, [name]: right.headers[name].slice(0, 22) } },
      'an empty signature': { ...right, headers: { ...right.headers, [name]: '' } },
    };
    for (const [what, request] of Object.entries(cases)) {
      assert.equal((await validate(request, sender.secret)).valid, false, what);
      assert.equal((await fetch(sender.address, request)).status, 401, what);
    }
  });
}

test('the published vector is accepted', async () => {
  const own = await connect(staff, 'SHOPIFY', { secret: 'shpss_test_client_secret' });
  const body = '{"id":706405506930370084,"email":"bob@biller.com"}';
  const headers = { 'X-Shopify-Hmac-Sha256': 'cMgOToFQFqBLXkX+LTopS4zQ79S28qxqRbBDfYjOxI0=' };
  const answer = await taken(await own.send(body, { topic: 'customers/update', headers }));
  assert.equal(answer.status, 'processed', JSON.stringify(answer));
  assert.ok(await staff.byCustomer(own.id, '706405506930370084'), 'a customer id beyond what a float holds is exact');
  assert.equal(await staff.byCustomer(own.id, '706405506930370085'), null);
});
