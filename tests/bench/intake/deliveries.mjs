// Shopify deliveries as the platform sends them: a customer's record, really signed. They are made before the clock runs.
import { createHmac, randomInt } from 'node:crypto';

export const SHOP = 'bench.myshopify.com';
/** Beyond 2^53: as text, because no JavaScript number holds it. */
let customer = 706_405_500_000_000_000n + BigInt(randomInt(2 ** 40)) * 1000n;
const LAST_KNOWN = 50;
let known = [];
let version = 0;

function body(id) {
  const updated = new Date(Date.UTC(2026, 0, 1) + ++version * 1000).toISOString();
  const record = {
    created_at: '2021-12-31T19:00:00-05:00',
    updated_at: updated,
    first_name: 'Bob',
    last_name: 'Biller',
    state: 'enabled',
    note: 'This customer loves ice cream',
    verified_email: true,
    tax_exempt: false,
    email: `bob.${id}@biller.example`,
    phone: `+49 30 ${String(id).slice(-7)}`,
    currency: 'EUR',
    addresses: [],
    tax_exemptions: [],
    email_marketing_consent: { state: 'not_subscribed', opt_in_level: null, consent_updated_at: null },
    admin_graphql_api_id: `gid://shopify/Customer/${id}`,
    default_address: { address1: "151 O'Connor Street", city: 'Ottawa', zip: 'K2P 2L8', country_code: 'CA', default: true },
  };
  return `{"id":${id},${JSON.stringify(record).slice(1)}`;
}

function delivery(secret, text, topic) {
  return {
    body: text,
    headers: {
      'Content-Type': 'application/json',
      'X-Shopify-Topic': topic,
      'X-Shopify-Shop-Domain': SHOP,
      'X-Shopify-Hmac-Sha256': createHmac('sha256', secret).update(text).digest('base64'),
      'X-Shopify-Webhook-Id': crypto.randomUUID(),
      'X-Shopify-API-Version': '2026-07',
    },
  };
}

/** What makes `count` deliveries of one kind. */
export function deliveries(secret, kind) {
  const made = [];
  return (count) =>
    Array.from({ length: count }, (_, index) => {
      if (kind === 'known customers') {
        return delivery(secret, body(known[index % known.length]), 'customers/update');
      }
      if (kind === 'duplicates') {
        made[index % LAST_KNOWN] ??= delivery(secret, body(customer++), 'customers/create');
        return made[index % LAST_KNOWN];
      }
      known = [...known.slice(-LAST_KNOWN + 1), customer];
      return delivery(secret, body(customer++), 'customers/create');
    });
}
