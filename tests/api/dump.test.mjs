// Whoever steals the database learns who nobody is: a program that tries a million addresses and numbers on a dump finds none
// of the people in it, and on the same dump with plain SHA-256 in place of pseudonyms finds them all.
import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { inBatches } from '../support/flips.mjs';
import { Staff } from '../support/graphql.mjs';
import { startInstance } from '../support/instance.mjs';
import { custom, mailchimp, mailchimpId, mandrill, shopify, stripe, stripeId, userId } from '../support/payloads.mjs';
import { at, newPerson, traces } from '../support/people.mjs';
import { connect } from '../support/senders.mjs';

const { instance, stop } = await startInstance();
after(stop);
const { database } = instance;
const staff = new Staff(instance);
const PEOPLE = 100;
const CANDIDATES = 1_000_000;
const people = Array.from({ length: PEOPLE }, () => newPerson());

/** Everything that platforms tell of the people: taken, put aside, ignored, refused, looked up. */
before(async () => {
  const [shop, payments, audience, mails, app] = await Promise.all([
    connect(staff, 'SHOPIFY'),
    connect(staff, 'STRIPE'),
    connect(staff, 'MAILCHIMP'),
    connect(staff, 'MAILCHIMP', { scheme: 'MANDRILL' }),
    connect(staff, 'CUSTOM'),
  ]);
  await inBatches(people, async (person, number) => {
    await shop.process(shopify.order(person, { when: at(number) }), { topic: 'orders/create' });
    await shop.process(shopify.customer(person, { when: at(number), consent: 'subscribed' }), { topic: 'customers/update' });
    await payments.process(stripe.checkout(person, { when: at(number) }));
    await audience.process(mailchimp.subscribe(person, at(number)));
    await mails.process(mandrill(person));
    await app.process(custom(person));
    const aside = JSON.stringify({ type: 'crm.changed', elsewhere: [person.email, person.phone, person.first, person.note] });
    assert.equal((await app.deliver(aside)).status, 'dead_lettered');
    assert.equal((await payments.send(stripe.customer(person), { secret: 'whsec_guessed' })).status, 401);
    if (number % 10 === 0) await shop.process(shopify.dataRequest(shop.shop, person), { topic: 'customers/data_request' });
  }, 16);
});

const DIGESTS = ['hex', 'base64', 'base64url'];
/** What a value could be recognised by: itself, and its SHA-256 in every spelling. */
const spellings = (value) => [value, ...DIGESTS.map((encoding) => hash('sha256', value, encoding).replace(/=+$/, ''))];

/**
 * The thief's program: which candidates occur in a text, by value or by hash. The text's pieces of eight characters are
 * marked in a table of bits first, so that a million candidates are looked up and not searched for.
 */
function found(text, candidates) {
  const haystack = Buffer.from(text);
  const marks = new Uint8Array(2 ** 24); // 2 ** 27 bits
  const slot = (bytes, from) => {
    let mixed = 0x811c9dc5;
    for (let place = from; place < from + 8; place++) mixed = Math.imul(mixed ^ bytes[place], 0x01000193);
    return (mixed ^ (mixed >>> 15)) & 0x7ffffff;
  };
  for (let place = 0; place + 8 <= haystack.length; place++) {
    const bit = slot(haystack, place);
    marks[bit >> 3] |= 1 << (bit & 7);
  }
  const isMarked = (bytes, from) => {
    const bit = slot(bytes, from);
    return marks[bit >> 3] & (1 << (bit & 7));
  };
  const occurs = (spelling) => {
    const bytes = Buffer.from(spelling);
    if (!isMarked(bytes, 0) || !isMarked(bytes, bytes.length - 8) || !isMarked(bytes, (bytes.length - 8) >> 1)) return false;
    return haystack.includes(bytes);
  };
  return candidates.filter((candidate) => spellings(candidate).some(occurs));
}

/** A million addresses and numbers, all real ones among them. */
function candidates() {
  const real = people.flatMap(({ email, phone }) => [email, phone]);
  const guesses = Array.from({ length: CANDIDATES - real.length }, (_, number) =>
    number % 2 ? `pat.${number.toString(16).padStart(10, '0')}.${number % 100}@people.example` : `+1${2_000_000_000 + number * 7919}`,
  );
  return [...guesses.slice(0, CANDIDATES / 2), ...real, ...guesses.slice(CANDIDATES / 2)];
}

describe('a dump of the database', () => {
  test('gives nobody away to a million guesses; with plain SHA-256 the same program finds everybody', async () => {
    const dump = database.dump();
    const real = people.flatMap(({ email, phone }) => [email, phone]);
    const pseudonyms = new Map();
    for (const person of people) {
      const { identities } = await staff.byEmail(person.email);
      for (const { kind, pseudonym } of identities) {
        if (kind === 'EMAIL') pseudonyms.set(pseudonym, person.email);
        if (kind === 'PHONE') pseudonyms.set(pseudonym, person.phone);
      }
    }
    assert.equal(pseudonyms.size, real.length, 'everybody is in the database');
    let plain = dump;
    for (const [number, [pseudonym, value]] of [...pseudonyms].entries()) {
      assert.ok(dump.includes(pseudonym), 'the dump holds the pseudonym that staff are shown');
      plain = plain.replaceAll(pseudonym, hash('sha256', value, DIGESTS[number % DIGESTS.length]));
    }

    const guesses = candidates();
    assert.equal(guesses.length, CANDIDATES);
    assert.deepEqual(found(dump, guesses), []);
    assert.deepEqual([...new Set(found(plain, guesses))].sort(), real.sort()); // a guess may hit on a real one by itself
  });

  test('says the same in every table: no column holds what was hashed without a key', () => {
    const dump = database.dump();
    const customers = people.flatMap((person) => [`${person.customer}`, stripeId(person), userId(person), mailchimpId(person)]);
    assert.deepEqual(found(dump, customers.filter((id) => id.length >= 8)), []);
    assert.deepEqual(found(dump, people.map(({ ip }) => ip)), [], 'addresses of networks that evidence holds');
  });
});

test('nothing that a payload said is in any file of the instance: databases, logs, stores', () => {
  const files = readdirSync(instance.state, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  assert.ok(files.some((file) => file.endsWith('-wal')), 'the write-ahead log is among them');
  const contents = files.map((file) => [file, readFileSync(file)]);
  const values = people.flatMap((person) => [person.email, person.phone, person.phone.slice(1), `${person.customer}`, ...traces(person)]);
  const leaks = contents.flatMap(([file, content]) => values.filter((value) => content.includes(value)).map((value) => `${value} in ${file}`));
  assert.deepEqual(leaks, []);
  const [{ pseudonym }] = database.rows('SELECT pseudonym FROM identities LIMIT 1');
  assert.ok(contents.some(([, content]) => content.includes(pseudonym)), 'the search finds what is there');
});
