// Platforms that send: connections made through the API, and deliveries to them signed as each platform signs, by Node's
// own cryptography. What the vendors' libraries make of the same is in tests/vendors.
import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto';

const hmac = (algorithm, key, parts, encoding) => parts.reduce((mac, part) => mac.update(part), createHmac(algorithm, key)).digest(encoding);
export const seconds = (offset = 0) => Math.floor(Date.now() / 1000) + offset;

const timestamped = (secret, body, time) => `t=${time},v1=${hmac('sha256', secret, [`${time}.`, body], 'hex')}`;

/** The decoded form's fields by name, each name and value with nothing between: what Mandrill signs behind the address. */
function mandrillFields(body) {
  const fields = [...new URLSearchParams(body.toString())].sort(([one], [other]) => (one < other ? -1 : 1));
  return fields.map((field) => field.join('')).join('');
}

const standardWebhooks = (id, time, signature) => ({ 'webhook-id': id, 'webhook-timestamp': `${time}`, 'webhook-signature': signature });

/** How each scheme proves a body: ({secret, url, shop}, body, options) to headers. */
const SCHEMES = {
  SHOPIFY({ secret, shop }, body, { topic, labels = {}, family = 'X-Shopify-', webhookId = randomUUID(), at = new Date().toISOString() }) {
    const all = { Topic: topic, 'Shop-Domain': shop, 'API-Version': '2026-07', 'Webhook-Id': webhookId, 'Event-Id': randomUUID(), 'Triggered-At': at };
    const entries = Object.entries({ ...all, ...labels }).filter(([, value]) => value !== undefined);
    const code = hmac('sha256', secret, [body], 'base64');
    return Object.fromEntries([['Hmac-Sha256', code], ...entries].map(([name, value]) => [`${family}${name}`, value]));
  },
  STRIPE: ({ secret }, body, { time = seconds() }) => ({ 'Stripe-Signature': timestamped(secret, body, time) }),
  MAILCHIMP: ({ secret }, body, { time = seconds() }) => ({ 'X-Mailchimp-Signature': timestamped(secret, body, time) }),
  MAILCHIMP_UNSIGNED: () => ({}),
  MANDRILL: ({ secret, url }, body) => ({ 'X-Mandrill-Signature': hmac('sha1', secret, [url, mandrillFields(body)], 'base64') }),
  SHARED_SECRET({ secret }, body, { id = `msg_${randomUUID()}`, time = seconds(), bearer = false }) {
    if (bearer) return { Authorization: `Bearer ${secret}`, 'Idempotency-Key': id };
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
    return standardWebhooks(id, time, `v1,${hmac('sha256', key, [`${id}.${time}.`, body], 'base64')}`);
  },
  ED25519({ privateKey }, body, { id = `msg_${randomUUID()}`, time = seconds() }) {
    const signature = sign(null, Buffer.concat([Buffer.from(`${id}.${time}.`), Buffer.from(body)]), privateKey);
    return standardWebhooks(id, time, `v1a,${signature.toString('base64')}`);
  },
  API_KEY: ({ secret }, _, { id = `key-${randomUUID()}` }) => ({ Authorization: `Bearer ${secret}`, 'Idempotency-Key': id }),
};

const FORM = 'application/x-www-form-urlencoded';
const TYPES = { MAILCHIMP: FORM, MAILCHIMP_UNSIGNED: FORM, MANDRILL: FORM };

/** A connection, seen from the platform's side. */
export class Sender {
  constructor(instance, given) {
    Object.assign(this, given, { instance });
    this.shop = `shop-${randomBytes(6).toString('hex')}.myshopify.com`;
  }

  /** Where it sends to: the path that the API gave out, at the instance's address. */
  get address() {
    return this.instance.at(new URL(this.url).pathname);
  }

  /** What it would send: the same headers and body can be sent again. `secret` signs with another than its own. */
  request(body, { headers = {}, secret = this.secret, ...options } = {}) {
    const proof = SCHEMES[this.scheme]({ secret, url: this.url, shop: this.shop, privateKey: this.privateKey }, body, options);
    return { method: 'POST', headers: { 'Content-Type': TYPES[this.scheme] ?? 'application/json', ...proof, ...headers }, body };
  }

  /** Sends; resolves to the response. */
  send(body, options) {
    return fetch(this.address, this.request(body, options));
  }

  /** Sends what must be taken; resolves to the answer: {status, delivery, reason}. */
  async deliver(body, options) {
    return taken(await this.send(body, options));
  }

  /** Sends what must be processed. */
  async process(body, options) {
    const answer = await this.deliver(body, options);
    assert.equal(answer.status, 'processed', JSON.stringify(answer));
    return answer;
  }
}

/** The answer to a delivery that was taken. */
export async function taken(response) {
  const text = await response.text();
  assert.equal(response.status, 200, `the delivery was not taken: ${response.status} ${text}`);
  return JSON.parse(text);
}

/** Makes a connection through the API. `source` as the API names it; Mandrill is a scheme of Mailchimp's. */
export async function connect(staff, source, { scheme, secret, label = `${source} of the tests` } = {}) {
  const input = { source, label, ...(scheme && { scheme }), ...(secret && { secret }) };
  const made = await staff.must('createConnection', input, 'connection { id source scheme } url secret');
  return new Sender(staff.instance, { ...made.connection, url: made.url, secret: made.secret });
}

/** A custom application that signs with a key of its own, of which Nod gets the public half. */
export async function connectEd25519(staff) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x, 'base64url').toString('base64');
  return Object.assign(await connect(staff, 'CUSTOM', { scheme: 'ED25519', secret: `whpk_${raw}` }), { privateKey, publicKey: raw });
}
