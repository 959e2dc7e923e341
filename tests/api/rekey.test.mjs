// A new master key: every pseudonym is put under it by the scheduled work, without any traffic and without the values; and
// until that is done, whoever was known before is still known.
import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { counts, events, hashed, newSite, taken, visitorWith } from '../support/events.mjs';
import { Staff } from '../support/graphql.mjs';
import { startKillable } from '../support/instance.mjs';
import { shopify, stripe } from '../support/payloads.mjs';
import { at, newPerson } from '../support/people.mjs';
import { Person } from '../support/rights.mjs';
import { runSchedule } from '../support/schedule.mjs';
import { connect } from '../support/senders.mjs';
import { until } from '../support/until.mjs';

const { instance, stop, kill, restart } = await startKillable();
after(stop);
const staff = new Staff(instance);
const [shop, payments] = await Promise.all(['SHOPIFY', 'STRIPE'].map((source) => connect(staff, source)));
const people = Array.from({ length: 20 }, () => newPerson());
const versions = () =>
  instance.database.rows('SELECT key_version AS version, count(*) AS rows FROM identities GROUP BY key_version').map(({ version, rows }) => [version, rows]);

test('after a new master key everybody is re-keyed without traffic, and is found before, meanwhile and afterwards', async () => {
  for (const person of people) await shop.process(shopify.customer(person, { when: at(1) }), { topic: 'customers/create' });
  // A visitor is one of them, too.
  const site = newSite(instance);
  const visitor = await visitorWith(instance, site, { analytics: true });
  const identified = { site, visitor, identity: { email: hashed(people[0].email) } };
  await taken(instance, { ...identified, events: events(1) });
  await counts(instance, site, { add_to_cart: [1, 0] });
  // One of them has asked for something.
  const { id: asked } = await new Person(instance, { email: people[1].email }).file('OTHER');
  const before = await Promise.all(people.map(({ email }) => staff.byEmail(email)));
  const rows = people.length * 3;
  assert.deepEqual(versions(), [[1, rows]]);

  await kill();
  appendFileSync(join(instance.state, 'secrets.env'), `NOD_MASTER_KEY_2=${randomBytes(32).toString('base64url')}\n`);
  await restart();

  // Nothing is re-keyed yet: known people are found, and stay who they are when more is heard of them.
  const [known] = people;
  assert.equal((await staff.byPhone(known.phone)).id, before[0].id);
  await payments.process(stripe.customer(known, { when: at(2) }));
  assert.deepEqual(versions(), [[1, rows], [2, 1]], 'only the new customer id is under the new key');
  assert.equal((await staff.byEmail(known.email)).platforms.length, 2);

  await taken(instance, { ...identified, events: events(1) });
  await counts(instance, site, { add_to_cart: [2, 0] });
  assert.deepEqual(versions(), [[1, rows], [2, 1]], 'who is known under the older key stays one');

  await until('every pseudonym to be re-keyed', async () => {
    await runSchedule(instance);
    return versions().every(([version]) => version === 2);
  });
  assert.deepEqual(versions(), [[2, rows + 1]]);
  const dump = instance.database.rows('SELECT pseudonym FROM identities').map(({ pseudonym }) => pseudonym);
  for (const [number, { email, phone, customer }] of people.entries()) {
    const subject = await staff.byEmail(email);
    assert.equal(subject.id, before[number].id, 'the same person under the same id');
    assert.equal((await staff.byPhone(phone)).id, subject.id);
    assert.equal((await staff.byCustomer(shop.id, customer)).id, subject.id);
    for (const { pseudonym } of before[number].identities) assert.ok(!dump.includes(pseudonym), 'the old pseudonym is gone');
  }
  const entries = instance.database.rows("SELECT entry FROM journal WHERE action = 'identities.rekeyed'");
  assert.ok(entries.length, 'it is journalled');

  assert.deepEqual((await staff.byEmail(people[0].email)).visitors.map(({ id }) => id), [visitor], 'the visitor is still linked');

  // Whoever has asked for something finds it again.
  const { requests } = await new Person(instance, { email: people[1].email }).signIn();
  assert.deepEqual(requests.map(({ id }) => id), [asked]);

  // What is heard afterwards joins the same people.
  await shop.process(shopify.customer(known, { when: at(3) }), { topic: 'customers/update' });
  assert.deepEqual(versions(), [[2, rows + 1]]);
});
