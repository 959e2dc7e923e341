// Mailchimp: signed and unsigned audiences, changes of address, bounces; and Mandrill.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Staff } from '../support/graphql.mjs';
import { sharedInstance } from '../support/instance.mjs';
import { mailchimp, mandrill, shopify } from '../support/payloads.mjs';
import { at, newPerson } from '../support/people.mjs';
import { refused } from '../support/refused.mjs';
import { connect } from '../support/senders.mjs';

const instance = await sharedInstance();
const { database } = instance;
const staff = new Staff(instance);

const standing = async (email) =>
  ((await staff.byEmail(email))?.consents ?? []).filter(({ isStanding }) => isStanding).map(({ granted }) => granted);

describe('a signed audience', () => {
  test('subscribing grants, unsubscribing takes back, with what proves it', async () => {
    const sender = await connect(staff, 'MAILCHIMP');
    const person = newPerson();
    await sender.process(mailchimp.subscribe(person, at(0)));
    const [granted] = (await staff.byEmail(person.email)).consents;
    assert.deepEqual([granted.granted, granted.weak], [true, false]);
    assert.equal(granted.evidence.list_id, 'a6b5da1054');
    const evidence = JSON.stringify(granted.evidence);
    assert.ok(evidence.includes('ip_signup') && !evidence.includes(person.ip), `an address is kept as a keyed hash: ${evidence}`);
    await sender.process(mailchimp.unsubscribe(person, at(60)));
    assert.deepEqual(await standing(person.email), [false]);
  });

  test('a subscription that arrives after the later withdrawal does not come back', async () => {
    const sender = await connect(staff, 'MAILCHIMP');
    const person = newPerson();
    await sender.process(mailchimp.unsubscribe(person, at(60)));
    await sender.process(mailchimp.subscribe(person, at(0)));
    assert.deepEqual(await standing(person.email), [false]);
  });

  test('a bounce and a changed profile decide nothing', async () => {
    const sender = await connect(staff, 'MAILCHIMP');
    const person = newPerson();
    await sender.process(mailchimp.subscribe(person, at(0)));
    await sender.process(mailchimp.cleaned(person, at(60)));
    await sender.process(mailchimp.profile(person, at(120)));
    assert.deepEqual(await standing(person.email), [true]);
  });

  test('a changed address is the same person under both', async () => {
    const sender = await connect(staff, 'MAILCHIMP');
    const before = newPerson();
    const after = { ...newPerson(), customer: before.customer };
    await sender.process(mailchimp.subscribe(before, at(0)));
    await sender.process(mailchimp.upemail(before, after, at(60)));
    const [old, current] = [await staff.byEmail(before.email), await staff.byEmail(after.email)];
    assert.equal(old.id, current.id);
    assert.equal(old.identities.filter(({ kind }) => kind === 'EMAIL').length, 2);
    assert.deepEqual(await standing(after.email), [true]);
  });

  test('a campaign says nothing of people', async () => {
    const sender = await connect(staff, 'MAILCHIMP');
    const answer = await sender.deliver(mailchimp.campaign());
    assert.deepEqual([answer.status, answer.reason], ['ignored', 'no_personal_data']);
  });

  test('a delivery without the header is refused where signing was chosen', async () => {
    const sender = await connect(staff, 'MAILCHIMP');
    const { headers, body } = sender.request(mailchimp.subscribe(newPerson()));
    delete headers['X-Mailchimp-Signature'];
    await refused(instance, 401, () => fetch(sender.address, { method: 'POST', headers, body }));
  });

  test('no form is put aside', async () => {
    const sender = await connect(staff, 'MAILCHIMP');
    for (const [body, reason] of [['type=%zz', 'not_a_form'], ['fired_at=2026-01-01+00%3A00%3A00', 'no_event_type']]) {
      const answer = await sender.deliver(body);
      assert.deepEqual([answer.status, answer.reason], ['dead_lettered', reason], body);
    }
  });
});

describe('an unsigned audience is weak', () => {
  const make = () => connect(staff, 'MAILCHIMP', { scheme: 'MAILCHIMP_UNSIGNED' });

  test('it is shown as weak and has no secret', async () => {
    const sender = await make();
    assert.equal(sender.secret, null);
    assert.equal((await staff.connection(sender.id)).isWeak, true);
    const { delivery } = await sender.process(mailchimp.unsubscribe(newPerson()));
    assert.match((await staff.delivery(delivery)).proof, /address/i);
  });

  test('it takes back, and never grants', async () => {
    const [signed, weak] = [await connect(staff, 'MAILCHIMP'), await make()];
    const person = newPerson();
    await weak.process(mailchimp.subscribe(person, at(0)));
    assert.deepEqual(await standing(person.email), []);
    await signed.process(mailchimp.subscribe(person, at(60)));
    assert.deepEqual(await standing(person.email), [true]);
    await weak.process(mailchimp.unsubscribe(person, at(120)));
    assert.deepEqual(await standing(person.email), [false]);
    await weak.process(mailchimp.subscribe(person, at(180)));
    assert.deepEqual(await standing(person.email), [false], 'a later hint grants nothing');
    assert.ok(!database.rows('SELECT granted, weak FROM subject_consents').some(({ granted, weak: isWeak }) => granted && isWeak));
  });

  test('it joins nobody', async () => {
    const [shop, weak] = [await connect(staff, 'SHOPIFY'), await make()];
    const [one, other] = [newPerson(), newPerson()];
    await shop.process(shopify.customer(one), { topic: 'customers/create' });
    await shop.process(shopify.customer(other), { topic: 'customers/create' });
    await weak.process(mailchimp.upemail(one, other));
    assert.notEqual((await staff.byEmail(one.email)).id, (await staff.byEmail(other.email)).id);
  });

  test('a stranger cannot use up the place of a real delivery of another connection', async () => {
    const [signed, weak] = [await connect(staff, 'MAILCHIMP'), await make()];
    const body = mailchimp.subscribe(newPerson());
    await weak.process(body);
    await signed.process(body);
  });
});

describe('Mandrill', () => {
  const make = () => connect(staff, 'MAILCHIMP', { scheme: 'MANDRILL' });

  test('a message that was sent makes its recipient known, and unsubscribing takes back', async () => {
    const sender = await make();
    const person = newPerson();
    await sender.process(mandrill(person, { event: 'send', when: at(0) }));
    assert.ok(await staff.byEmail(person.email));
    assert.deepEqual(await standing(person.email), []);
    await sender.process(mandrill(person, { event: 'unsub', when: at(60) }));
    assert.deepEqual(await standing(person.email), [false]);
  });

  test('an empty list, as it is sent to try a webhook, is ignored', async () => {
    const sender = await make();
    const answer = await sender.deliver('mandrill_events=%5B%5D');
    assert.deepEqual([answer.status, answer.reason], ['ignored', 'empty']);
  });

  test('a signature for another address is refused', async () => {
    const [one, other] = [await make(), await make()];
    await refused(instance, 401, () => fetch(one.address, other.request(mandrill(newPerson()), { secret: one.secret })));
  });

  test('further fields are refused: the code would cover other borders too', async () => {
    const sender = await make();
    for (const body of [`${mandrill(newPerson())}&more=1`, mandrill(newPerson()).replace('mandrill_events=', 'mandrill_event=s'), ''])
      await refused(instance, 401, () => sender.send(body));
  });
});
