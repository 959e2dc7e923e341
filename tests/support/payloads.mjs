// What the platforms send about people: bodies in the vendors' own shapes, with the paths that hold personal data filled.
import { randomBytes, randomInt } from 'node:crypto';
import { at } from './people.mjs';

const json = (value) => JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? JSON.rawJSON(String(inner)) : inner));
const gid = (kind, id) => `gid://shopify/${kind}/${id}`;
const address = (person) => ({
  first_name: person.first,
  last_name: person.last,
  name: `${person.first} ${person.last}`,
  company: null,
  address1: person.street,
  address2: null,
  city: 'Ottawa',
  zip: 'K2P 2L8',
  province: 'ON',
  country: 'Canada',
  country_code: 'CA',
  phone: '555-555-BILL',
});
const emailConsent = (state, when) => ({ state, opt_in_level: 'single_opt_in', consent_updated_at: when });

export const shopify = {
  /** customers/create, customers/update */
  customer: (person, { when = at(0), consent, sms, ...changes } = {}) =>
    json({
      id: person.customer,
      created_at: at(0),
      updated_at: when,
      first_name: person.first,
      last_name: person.last,
      state: 'disabled',
      note: person.note,
      verified_email: true,
      tax_exempt: false,
      email: person.email,
      phone: person.phone,
      currency: 'USD',
      addresses: [],
      tax_exemptions: [],
      ...(consent && { email_marketing_consent: emailConsent(consent, when) }),
      ...(sms && { sms_marketing_consent: { ...emailConsent(sms, when), consent_collected_from: 'SHOPIFY' } }),
      admin_graphql_api_id: gid('Customer', person.customer),
      default_address: { id: 12321, customer_id: person.customer, ...address(person) },
      ...changes,
    }),

  /** orders/create: `recipient` has another address than the customer's, as a gift's order has. */
  order: (person, { id = BigInt(randomInt(2 ** 40)) + 820_000_000_000_000_000n, when = at(0), recipient = person, ...changes } = {}) =>
    json({
      id,
      email: recipient.email,
      contact_email: recipient.email,
      phone: null,
      number: 234,
      order_number: 1234,
      name: '#9999',
      token: person.key,
      created_at: when,
      updated_at: when,
      buyer_accepts_marketing: true,
      customer_locale: 'en',
      browser_ip: person.ip,
      landing_site: `/?trace=${person.key}`,
      referring_site: null,
      note: person.note,
      note_attributes: [{ name: 'wish', value: person.note }],
      order_status_url: `https://jsmith.myshopify.com/548380009/orders/x/authenticate?key=${person.key}`,
      billing_address: address(person),
      shipping_address: address(recipient),
      customer: {
        id: person.customer,
        email: person.email,
        first_name: person.first,
        last_name: person.last,
        phone: person.phone,
        updated_at: when,
        sms_marketing_consent: null,
        default_address: address(person),
      },
      line_items: [{ properties: [{ name: 'engraving', value: person.note }] }],
      shipping_lines: [{ phone: null }],
      admin_graphql_api_id: gid('Order', id),
      ...changes,
    }),

  /** customers_email_marketing_consent/update */
  emailConsent: (person, state, when = at(0)) =>
    json({ customer_id: person.customer, email_address: person.email, email_marketing_consent: emailConsent(state, when) }),

  dataRequest: (shop, person, request = randomInt(2 ** 40)) =>
    json({
      shop_id: 954889,
      shop_domain: shop,
      orders_requested: [299938, 280263],
      customer: { id: person.customer, email: person.email, phone: person.phone },
      data_request: { id: request },
    }),

  redact: (shop, person) =>
    json({
      shop_id: 954889,
      shop_domain: shop,
      customer: { id: person.customer, email: person.email, phone: person.phone },
      orders_to_redact: [299938, 280263],
    }),

  shopRedact: (shop) => json({ shop_id: 954889, shop_domain: shop }),
};

const stripeAddress = (person) => ({ city: 'Ottawa', country: 'CA', line1: person.street, line2: null, postal_code: 'K2P 2L8', state: 'ON' });
const token = (prefix) => `${prefix}_${randomBytes(12).toString('hex')}`;

/** The id that Stripe gives a person's customer. */
export const stripeId = (person) => `cus_${person.customer.toString(36)}`;

export const stripe = {
  /** A snapshot event around any object. */
  event: (type, object, { id = token('evt'), when = at(0), previous } = {}) =>
    json({
      id,
      object: 'event',
      api_version: '2026-10-28.basil',
      created: Date.parse(when) / 1000,
      type,
      data: { object, ...(previous && { previous_attributes: previous }) },
      livemode: false,
      pending_webhooks: 1,
      request: { id: token('req'), idempotency_key: token('idem') },
    }),

  customer: (person, { type = 'customer.created', ...options } = {}) =>
    stripe.event(
      type,
      {
        id: stripeId(person),
        object: 'customer',
        created: Date.parse(at(0)) / 1000,
        livemode: false,
        email: person.email,
        name: `${person.first} ${person.last}`,
        phone: person.phone,
        description: person.note,
        address: stripeAddress(person),
        shipping: null,
        currency: 'usd',
        balance: 0,
        metadata: { note: person.note },
        preferred_locales: [],
        tax_exempt: 'none',
      },
      options,
    ),

  checkout: (person, options) =>
    stripe.event(
      'checkout.session.completed',
      {
        id: token('cs_test'),
        object: 'checkout.session',
        mode: 'payment',
        status: 'complete',
        payment_status: 'paid',
        customer: stripeId(person),
        customer_email: null,
        customer_details: {
          email: person.email,
          name: `${person.first} ${person.last}`,
          phone: person.phone,
          tax_exempt: 'none',
          tax_ids: null,
          business_name: null,
          individual_name: null,
          address: stripeAddress(person),
        },
        client_secret: `cs_secret_${person.key}`,
        url: `https://checkout.stripe.example/c/pay/${person.key}`,
        consent: { promotions: null, terms_of_service: null },
        client_reference_id: null,
        payment_intent: token('pi'),
        metadata: {},
      },
      options,
    ),

  thin: (id = `evt_test_65${randomBytes(8).toString('hex')}`) =>
    json({
      id,
      object: 'v2.core.event',
      type: 'v1.billing.meter.error_report_triggered',
      livemode: false,
      created: at(0),
      context: null,
      reason: null,
      related_object: { id: 'mtr_123', type: 'billing.meter', url: '/v1/billing/meters/mtr_123' },
    }),
};

const form = (fields) => new URLSearchParams(Object.entries(fields).filter(([, value]) => value !== undefined)).toString();
const firedAt = (when) => when.slice(0, 19).replace('T', ' ');
const LIST = 'a6b5da1054';
const merges = (person) => ({
  'data[merges][EMAIL]': person.email,
  'data[merges][FNAME]': person.first,
  'data[merges][LNAME]': person.last,
  'data[merges][ADDRESS][addr1]': person.street,
  'data[merges][INTERESTS]': 'Group1,Group2',
});

/** The id that Mailchimp gives a person's membership. */
export const mailchimpId = (person) => person.customer.toString(16).slice(-10);

const member = (type, person, when, more) =>
  form({
    type,
    fired_at: firedAt(when),
    'data[id]': mailchimpId(person),
    'data[list_id]': LIST,
    'data[email]': person.email,
    'data[email_type]': 'html',
    ...merges(person),
    'data[ip_opt]': person.ip,
    ...more,
  });

export const mailchimp = {
  subscribe: (person, when = at(0)) => member('subscribe', person, when, { 'data[ip_signup]': person.ip }),
  unsubscribe: (person, when = at(0)) =>
    member('unsubscribe', person, when, { 'data[action]': 'unsub', 'data[reason]': 'manual', 'data[campaign_id]': 'cb398d21d2' }),
  profile: (person, when = at(0)) => member('profile', person, when),
  upemail: (before, after, when = at(0)) =>
    form({
      type: 'upemail',
      fired_at: firedAt(when),
      'data[list_id]': LIST,
      'data[new_id]': mailchimpId(after),
      'data[new_email]': after.email,
      'data[old_email]': before.email,
    }),
  cleaned: (person, when = at(0)) =>
    form({
      type: 'cleaned',
      fired_at: firedAt(when),
      'data[list_id]': LIST,
      'data[campaign_id]': '4fjk2ma9xd',
      'data[reason]': 'hard',
      'data[email]': person.email,
    }),
  campaign: (when = at(0)) =>
    form({
      type: 'campaign',
      fired_at: firedAt(when),
      'data[id]': '5aa2102003',
      'data[subject]': 'News',
      'data[status]': 'sent',
      'data[reason]': '',
      'data[list_id]': LIST,
    }),
};

/** Mandrill: one form field with a list of events. */
export const mandrill = (person, { event = 'unsub', when = at(0), id = randomBytes(16).toString('hex') } = {}) =>
  form({
    mandrill_events: json([
      {
        event,
        _id: id,
        ts: Date.parse(when) / 1000,
        ip: person.ip,
        msg: { _id: id, email: person.email, sender: 'shop@example.com', subject: person.note, ts: Date.parse(when) / 1000, metadata: {} },
      },
    ]),
  });

/** The id that a custom application gives a person. */
export const userId = (person) => `user-${person.customer}`;

/** What the standard field mapping reads, in the shape that Standard Webhooks recommends. */
export const custom = (person, { type = 'user.created', when = at(0), ...data } = {}) =>
  json({
    type,
    timestamp: when,
    data: { user_id: userId(person), email: person.email, phone: person.phone, name: `${person.first} ${person.last}`, ...data },
  });
