// One data subject across the platforms: who is joined, who is not, and how a wrong merge is taken back.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sharedInstance } from '../support/instance.mjs';
import { custom, mailchimp, shopify, stripe, stripeId, userId } from '../support/payloads.mjs';
import { at, newPerson } from '../support/people.mjs';
import { connect } from '../support/senders.mjs';
import { newOwner } from '../support/staff.mjs';
import { until } from '../support/until.mjs';

const instance = await sharedInstance();
const staff = newOwner(instance);
const [shop, payments, audience, app] = await Promise.all(['SHOPIFY', 'STRIPE', 'MAILCHIMP', 'CUSTOM'].map((source) => connect(staff, source)));
const CREATED = { topic: 'customers/create' };
const UPDATED = { topic: 'customers/update' };
const ORDERED = { topic: 'orders/create' };

const ids = (subject) => subject.identities.map(({ id }) => id).sort();
const reasons = (subject) => subject.withheld.map(({ reason }) => reason.toLowerCase());

/** The subject of an address once what became of it was reckoned. */
const settled = (email) =>
  until('what became of the subject to be reckoned', async () => {
    const subject = await staff.byEmail(email);
    return subject.changes.length && subject;
  });

describe('a profile', () => {
  test('joins what every platform knows of a person', async () => {
    const person = newPerson();
    await shop.process(shopify.customer(person, { when: at(10), consent: 'subscribed' }), CREATED);
    await payments.process(stripe.customer(person, { when: at(20) }));
    await audience.process(mailchimp.subscribe({ ...person }, at(30)));
    await app.process(custom(person, { when: at(40) }));
    const subject = await staff.byEmail(person.email);
    assert.deepEqual(
      subject.platforms.map(({ connection, firstSeenAt }) => [connection.id, Date.parse(firstSeenAt)]).sort(),
      [[shop, 10], [payments, 20], [audience, 30], [app, 40]].map(([{ id }, when]) => [id, Date.parse(at(when))]).sort(),
    );
    const kinds = subject.identities.map(({ kind }) => kind).sort();
    assert.deepEqual(kinds, ['CUSTOMER_ID', 'CUSTOMER_ID', 'CUSTOMER_ID', 'CUSTOMER_ID', 'EMAIL', 'PHONE']);
    const known = Object.fromEntries(subject.platforms.map(({ connection, classes }) => [connection.id, classes.map((name) => name.toLowerCase())]));
    assert.ok(known[shop.id].includes('postal_address') && known[shop.id].includes('free_text'), JSON.stringify(known));
    assert.ok(known[audience.id].includes('online_identifier'));
    assert.equal(subject.consents.filter(({ isStanding }) => isStanding).length, 1, 'the newest decision of all platforms stands');
    assert.equal(subject.isPartial, false);
  });

  test('is found by address, number and customer id, however staff type them', async () => {
    const person = newPerson();
    await shop.process(shopify.customer(person), CREATED);
    await payments.process(stripe.customer(person));
    await app.process(custom(person));
    const { id } = await staff.byEmail(person.email);
    const digits = person.phone.slice(2);
    for (const email of [person.email.toUpperCase(), `  ${person.email}\n`]) assert.equal((await staff.byEmail(email))?.id, id, email);
    for (const phone of [person.phone, `+1 (${digits.slice(0, 3)}) ${digits.slice(3, 6)}-${digits.slice(6)}`, ` +1.${digits} `])
      assert.equal((await staff.byPhone(phone))?.id, id, phone);
    for (const [connection, value] of [[shop, person.customer], [payments, stripeId(person)], [app, userId(person)]])
      assert.equal((await staff.byCustomer(connection.id, value))?.id, id, String(value));
    assert.equal((await staff.byCustomer(shop.id, `gid://shopify/Customer/${person.customer}`))?.id, id, 'as Shopify’s screens show it');
    assert.equal((await staff.subject(id)).id, id);
  });

  test('what names nobody is told so, with a sentence', async () => {
    for (const [kind, value] of [['EMAIL', 'pat'], ['EMAIL', 'pat@shop@people.example'], ['EMAIL', ''], ['PHONE', '12'], ['PHONE', 'call me']])
      assert.equal(await staff.unreadable({ kind, value }), true, value);
  });

  test('is not found by what is nobody’s', async () => {
    const person = newPerson();
    await shop.process(shopify.customer(person), CREATED);
    assert.equal(await staff.byEmail(`x${person.email}`), null);
    assert.equal(await staff.byCustomer(payments.id, person.customer), null, 'an id means something only where it was given out');
    assert.equal(await staff.byCustomer(shop.id, person.customer + 1n), null);
    assert.equal(await staff.subject('0'.repeat(22)), null);
  });

  test('looking somebody up is journalled, without the value', async () => {
    const person = newPerson();
    await shop.process(shopify.customer(person), CREATED);
    const { id } = await staff.byEmail(person.email);
    const views = await until('the view to be journalled', async () => {
      const entries = await staff.journal({ action: 'subject.viewed', object: id });
      return entries.length && entries;
    });
    assert.ok(!JSON.stringify(views).includes(person.email));
  });
});

describe('in doubt nobody is joined', () => {
  test('a gift: an order with the address of somebody else than its customer', async () => {
    const [giver, friend] = [newPerson(), newPerson({ phone: null })];
    await shop.process(shopify.customer(giver), CREATED);
    await audience.process(mailchimp.subscribe(friend));
    await shop.process(shopify.order(giver, { recipient: friend }), ORDERED);
    const [one, other] = [await staff.byEmail(giver.email), await staff.byEmail(friend.email)];
    assert.notEqual(one.id, other.id);
    assert.equal(one.platforms.length, 1);
    assert.ok(other.platforms.some(({ connection }) => connection.id === shop.id), 'the shop knows the friend since');
  });

  test('an order with two addresses of its own', async () => {
    const [one, other] = [newPerson(), newPerson()];
    await shop.process(shopify.order(one, { contact_email: other.email, customer: null }), ORDERED);
    assert.notEqual((await staff.byEmail(one.email)).id, (await staff.byEmail(other.email)).id);
    assert.ok(reasons(await staff.byEmail(one.email)).includes('two_emails'));
  });

  test('a number that two people share', async () => {
    const one = newPerson();
    const other = newPerson({ phone: one.phone });
    await shop.process(shopify.customer(one, { when: at(1) }), CREATED);
    const before = await staff.byPhone(one.phone);
    assert.equal(before.id, (await staff.byEmail(one.email)).id, 'it is the first one’s until somebody else has it');
    await shop.process(shopify.customer(other, { when: at(2) }), CREATED);
    const subjects = [await staff.byEmail(one.email), await staff.byEmail(other.email)];
    assert.notEqual(subjects[0].id, subjects[1].id);
    for (const subject of subjects) {
      assert.ok(reasons(subject).includes('shared_phone'), JSON.stringify(subject.withheld));
      assert.deepEqual(subject.identities.map(({ kind }) => kind).sort(), ['CUSTOMER_ID', 'EMAIL']);
    }
  });

  test('a customer id that was given to somebody else is the newest holder’s, in whatever order they arrive', async () => {
    for (const reverse of [false, true]) {
      const [old, current] = [newPerson({ phone: null }), newPerson({ phone: null })];
      const [first, second] = [custom(old, { when: at(1) }), custom({ ...current, customer: old.customer }, { when: at(5) })];
      for (const body of reverse ? [second, first] : [first, second]) await app.process(body);
      const holder = await staff.byCustomer(app.id, userId(old));
      assert.equal(holder.id, (await staff.byEmail(current.email)).id);
      assert.notEqual(holder.id, (await staff.byEmail(old.email)).id);
      assert.ok(reasons(await staff.byEmail(old.email)).includes('recycled_id'));
    }
  });

  test('numbers of addresses, with letters, and without a country join nobody', async () => {
    const [one, other] = [newPerson({ phone: '555-555-BILL' }), newPerson({ phone: '(555) 625-1199' })];
    for (const person of [one, other]) {
      await shop.process(shopify.customer(person), CREATED);
      assert.deepEqual((await staff.byEmail(person.email)).identities.map(({ kind }) => kind).sort(), ['CUSTOMER_ID', 'EMAIL']);
      assert.equal(await staff.unreadable({ kind: 'PHONE', value: person.phone }), true);
    }
  });
});

describe('a merge', () => {
  /** Two people of whom a third record says that they are one. */
  async function merged() {
    const person = newPerson({ phone: null });
    const alias = newPerson({ phone: null });
    await shop.process(shopify.customer({ ...person, email: null }, { when: at(1) }), CREATED);
    await audience.process(mailchimp.subscribe(alias, at(2)));
    const sides = [await staff.byCustomer(shop.id, person.customer), await staff.byEmail(alias.email)];
    assert.notEqual(sides[0].id, sides[1].id);
    const says = (when) => shopify.customer({ ...person, email: alias.email }, { when: at(when) });
    await shop.process(says(3), UPDATED);
    return { person, alias, sides, says, subject: await settled(alias.email) };
  }

  test('is an event: shown with both sides, and journalled', async () => {
    const { person, sides, subject } = await merged();
    assert.equal((await staff.byCustomer(shop.id, person.customer)).id, subject.id);
    const [merge, ...more] = subject.changes;
    assert.deepEqual(more, []);
    assert.deepEqual([merge.kind, merge.undoneBy], ['MERGED', null]);
    assert.deepEqual(merge.before.map((side) => [...side].sort()).sort(), sides.map(ids).sort());
    assert.deepEqual(merge.after.map((side) => [...side].sort()), [ids(subject)]);
    const entries = (await staff.journal({ action: 'subjects.merged' })).filter(({ object }) => object === merge.id);
    assert.equal(entries.length, 1);
    for (const side of sides) assert.equal((await staff.subject(side.id)).id, subject.id, 'old links lead to the person');
  });

  test('is undone by a split that restores both sides, is journalled, and stays when the same is said again', async () => {
    const { person, alias, sides, says, subject } = await merged();
    const [merge] = subject.changes;
    const { subjects } = await staff.must('splitDataSubject', { merge: merge.id, reason: 'Two people, says the shop.' }, 'subjects { id identities { id } }');
    assert.deepEqual(subjects.map(ids).sort(), sides.map(ids).sort());
    const now = async () => [await staff.byCustomer(shop.id, person.customer), await staff.byEmail(alias.email)];
    assert.deepEqual((await now()).map(ids), sides.map(ids));
    for (const side of sides) assert.equal((await staff.subject(side.id)).id, side.id, 'links lead to their side again');
    const platforms = (await now()).map((side) => side.platforms.map(({ connection }) => connection.id).sort());
    assert.deepEqual(platforms, [[shop.id], [shop.id, audience.id].sort()], 'the shop did name the address, whosever it is');
    const [undone] = (await staff.byEmail(alias.email)).changes.filter(({ id }) => id === merge.id);
    assert.ok(undone.undoneBy);
    assert.equal((await staff.journal({ action: 'subjects.split' })).filter(({ object }) => [undone.undoneBy, merge.id].includes(object)).length, 1);

    await shop.process(says(9), UPDATED);
    await until('the work that is left to be done', () => !instance.database.rows('SELECT * FROM outbox WHERE controller = ?', staff.controller).length);
    assert.deepEqual((await now()).map(ids), sides.map(ids), 'what staff have parted stays apart');
    assert.ok(reasons(await staff.byEmail(alias.email)).includes('kept_apart'));
  });

  test('cannot be undone twice, nor can what is no merge', async () => {
    const { subject } = await merged();
    const [merge] = subject.changes;
    await staff.must('splitDataSubject', { merge: merge.id, reason: 'A mistake.' });
    await staff.mustNot('splitDataSubject', { merge: merge.id, reason: 'Again.' });
    await staff.mustNot('splitDataSubject', { merge: 'no-such-merge', reason: 'A mistake.' });
    await staff.mustNot('splitDataSubject', { merge: merge.id, reason: ' ' });
  });

  test('is the same in whatever order the records arrive', async () => {
    const outcomes = [];
    for (const order of [[0, 1, 2], [2, 1, 0], [1, 2, 0], [2, 0, 1]]) {
      const person = newPerson();
      const bodies = [
        () => shop.process(shopify.customer({ ...person, phone: null }, { when: at(1) }), CREATED),
        () => payments.process(stripe.customer(person, { when: at(2) })),
        () => app.process(custom({ ...person, phone: null }, { when: at(3) })),
      ];
      for (const number of order) await bodies[number]();
      const subject = await staff.byPhone(person.phone);
      outcomes.push(subject.identities.map(({ kind }) => kind).sort().join());
      assert.equal(subject.platforms.length, 3);
    }
    assert.equal(new Set(outcomes).size, 1, outcomes.join('\n'));
  });
});

describe('numbers as they are dialled at home', () => {
  test('are the region’s of the controller', async () => {
    const german = newOwner(instance, { region: 'DE' });
    const sender = await connect(german, 'STRIPE');
    const person = newPerson({ phone: '030 123456' });
    await sender.process(stripe.customer(person));
    const { id } = await german.byEmail(person.email);
    for (const written of ['030 123456', '+49 30 123456', '030/12 34 56']) assert.equal((await german.byPhone(written))?.id, id, written);
    assert.equal(await german.byPhone('+1 301 234 5678'), null);
  });

  test('without a region they are nobody’s', async () => {
    const person = newPerson({ phone: '030 123456' });
    await payments.process(stripe.customer(person));
    assert.equal(await staff.byPhone('+49 30 123456'), null);
    assert.deepEqual((await staff.byEmail(person.email)).identities.map(({ kind }) => kind).sort(), ['CUSTOMER_ID', 'EMAIL']);
  });
});
