// A person asks to be forgotten, and is: in every table, in KV, in an export, and in a copy of the database from before.
import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { ask } from '../support/api.mjs';
import { events, hashed, taken, visitorWith } from '../support/events.mjs';
import { startKillable } from '../support/instance.mjs';
import { mailsTo, nextMail } from '../support/mail.mjs';
import { shopify, stripe } from '../support/payloads.mjs';
import { at, newPerson } from '../support/people.mjs';
import { Subject, completeTasks, newDesk, seen, settledWork, whenSeen } from '../support/requests.mjs';
import { connect } from '../support/senders.mjs';
import { until } from '../support/until.mjs';

const { instance, stop, kill, restart } = await startKillable();
after(stop);
const { database } = instance;

const NAME = 'Aurelia Trace-of-a-name';
const WORDS = 'Trace-of-a-message: forget me.';

/** A person whom a shop, a payment account and a browser know, beside another one; the person is signed in. */
async function begin() {
  const { staff, site } = newDesk(instance);
  const [person, other] = [newPerson(), newPerson()];
  const [shop, payments] = [await connect(staff, 'SHOPIFY'), await connect(staff, 'STRIPE')];
  for (const one of [person, other]) {
    await shop.process(shopify.customer(one, { when: at(1), consent: 'subscribed' }), { topic: 'customers/create' });
    await payments.process(stripe.customer(one, { when: at(2) }));
  }
  const [own, shared, foreign] = await Promise.all([1, 2, 3].map(() => visitorWith(instance, site, { analytics: true })));
  const identify = (visitor, { email }) => taken(instance, { site, visitor, identity: { email: hashed(email) }, events: events(1) });
  for (const [visitor, of] of [[own, person], [shared, person], [shared, other], [foreign, other]]) await identify(visitor, of);
  await until('the browsers to be known', () => links(staff).length === 4);
  const subject = new Subject(instance, person.email);
  return { staff, site, person, other, shop, payments, own, shared, foreign, subject };
}

const links = ({ controller }) => database.rows('SELECT * FROM visitor_identities WHERE controller = ?', controller);

/** By what a person could be recognised. */
const tracesOf = ({ email, phone, customer }) =>
  [email, phone, `${customer}`].flatMap((value) => [value, ...['hex', 'base64', 'base64url'].map((encoding) => hash('sha256', value, encoding).replace(/=+$/, ''))]);

async function fulfil(staff, id) {
  await completeTasks(staff, id);
  await staff.must('startRightsRequest', { id });
  return staff.must('fulfilRightsRequest', { id }, 'rightsRequest { status email erasedAt }');
}

describe('a deletion', () => {
  test('leaves nothing of the person but that it was done, and all of others', async () => {
    const { staff, site, person, other, subject, own, shared, foreign } = await begin();
    const before = { subject: await staff.byEmail(person.email), other: await staff.byEmail(other.email) };
    const pseudonyms = before.subject.identities.map(({ pseudonym }) => pseudonym);
    assert.ok(pseudonyms.length >= 3 && pseudonyms.every((pseudonym) => database.dump().includes(pseudonym)));
    const request = await subject.request('DELETION', { site, name: NAME, message: WORDS });
    await subject.must('messageRightsRequest', { id: request.id, text: WORDS });
    await whenSeen(staff, request.id, 'the tasks to be listed', ({ tasks }) => tasks.length === 2);
    const { rightsRequest } = await fulfil(staff, request.id);
    assert.equal(rightsRequest.status, 'FULFILLED');
    assert.equal(rightsRequest.email, null);
    assert.ok(rightsRequest.erasedAt);
    const told = await nextMail(instance, { to: person.email, kind: 'fulfilled' });
    assert.ok(told.text.length > 20);
    await settledWork(instance, staff.controller);

    // Not in the rows, which is what an export has, nor as itself anywhere in a file.
    const left = database.dump();
    for (const trace of [...tracesOf(person), ...pseudonyms, NAME, WORDS]) assert.ok(!left.includes(trace), `${trace} is left in a row`);
    for (const trace of [...tracesOf(person), NAME, WORDS]) assert.deepEqual(database.filesWith(trace), [], `${trace} is left in a file`);
    for (const by of [staff.byEmail(person.email), staff.byPhone(person.phone), staff.subject(before.subject.id)]) assert.equal(await by, null);
    assert.equal((await subject.ask('{ me { kind } }')).me, null, 'the session is over');

    // The browser that was the person's alone has no record any more; one that others use keeps its own.
    const consentOf = async (visitor) => (await (await ask(instance, visitor, { site })).json()).consent;
    assert.equal(await consentOf(own), null);
    for (const visitor of [shared, foreign]) assert.ok(await consentOf(visitor));
    const ofOther = await staff.byEmail(other.email);
    assert.deepEqual({ ...ofOther, visitors: ofOther.visitors.length }, { ...before.other, visitors: 2 }, 'the other person is as before');

    // The proof that stays.
    const proof = await seen(staff, request.id);
    assert.deepEqual([proof.kind, proof.status, proof.email, proof.name, proof.messages, proof.files, proof.subject], ['DELETION', 'FULFILLED', null, null, [], [], null]);
    const actions = (await staff.journal({ object: request.id })).map(({ action }) => action);
    for (const action of ['rights_request.verified', 'rights_request.fulfilled', 'rights_request.erased']) assert.equal(actions.filter((one) => one === action).length, 1, action);
  });

  test('is refused while a legal hold stands, while something is left to do, and while the person asks for something else', async () => {
    const { staff, site, person, subject } = await begin();
    const access = await subject.request('ACCESS', { site });
    const deletion = await subject.request('DELETION', { site });
    await whenSeen(staff, deletion.id, 'the tasks to be listed', ({ tasks }) => tasks.length === 2);
    const refused = async (code) => {
      const before = database.counts();
      assert.equal((await staff.mustNot('fulfilRightsRequest', { id: deletion.id })).code, code);
      assert.deepEqual(database.counts(), before, `${code}: nothing was done`);
      assert.ok(await staff.byEmail(person.email));
    };
    await staff.must('startRightsRequest', { id: deletion.id });
    await refused('OPEN_TASKS');
    await completeTasks(staff, deletion.id);
    await refused('OTHER_REQUESTS');
    await completeTasks(staff, access.id);
    await staff.must('startRightsRequest', { id: access.id });
    await staff.must('fulfilRightsRequest', { id: access.id });
    await staff.must('holdRightsRequest', { id: deletion.id, reason: 'LEGAL_HOLD', legal: true });
    assert.ok((await staff.change('fulfilRightsRequest', { id: deletion.id })).userErrors.length, 'not under a legal hold');
    assert.ok(await staff.byEmail(person.email));
    await staff.must('resumeRightsRequest', { id: deletion.id });
    await staff.must('fulfilRightsRequest', { id: deletion.id });
    assert.equal(await staff.byEmail(person.email), null);

    // What the person had been given goes too: the package of before cannot be fetched any more.
    await settledWork(instance, staff.controller);
    assert.deepEqual(database.rows('SELECT * FROM rights_files WHERE request = ?', access.id), []);
    const anew = new Subject(instance, person.email);
    await anew.must('requestSignInLink', { site, email: person.email }, 'accepted');
    const { token } = await nextMail(instance, { to: person.email, kind: 'sign_in' });
    await anew.must('signIn', { token });
    assert.deepEqual((await anew.ask('{ me { requests { id } } }')).me.requests, [], 'nobody is known by that address any more');
  });

  test('is done once, however often it is asked for at once', async () => {
    const { staff, site, person, subject } = await begin();
    const request = await subject.request('DELETION', { site });
    await whenSeen(staff, request.id, 'the tasks to be listed', ({ tasks }) => tasks.length === 2);
    await completeTasks(staff, request.id);
    await staff.must('startRightsRequest', { id: request.id });
    const answers = await Promise.all(Array.from({ length: 6 }, () => staff.change('fulfilRightsRequest', { id: request.id })));
    assert.equal(answers.filter(({ userErrors }) => !userErrors.length).length, 1);
    await settledWork(instance, staff.controller);
    await nextMail(instance, { to: person.email, kind: 'fulfilled' });
    assert.equal(mailsTo(instance, person.email, 'fulfilled').length, 1);
    assert.equal((await staff.journal({ action: 'rights_request.erased', object: request.id })).length, 1);
  });

  test('stays done when a platform sends again what it had sent before', async () => {
    const { staff, site, person, shop, subject } = await begin();
    const captured = shop.request(shopify.order(person, { when: at(3) }), { topic: 'orders/create' });
    assert.equal((await fetch(shop.address, captured)).status, 200);
    const request = await subject.request('DELETION', { site });
    await whenSeen(staff, request.id, 'the tasks to be listed', ({ tasks }) => tasks.length === 2);
    await fulfil(staff, request.id);
    await settledWork(instance, staff.controller);
    assert.equal((await (await fetch(shop.address, captured)).json()).status, 'duplicate');
    assert.equal(await staff.byEmail(person.email), null);
  });

  test('does not touch who has the same identities at another controller', async () => {
    const [one, two] = [await begin(), newDesk(instance)];
    const shop = await connect(two.staff, 'SHOPIFY');
    await shop.process(shopify.customer(one.person, { when: at(1) }), { topic: 'customers/create' });
    const request = await one.subject.request('DELETION', { site: one.site });
    await whenSeen(one.staff, request.id, 'the tasks to be listed', ({ tasks }) => tasks.length === 2);
    await fulfil(one.staff, request.id);
    assert.equal(await one.staff.byEmail(one.person.email), null);
    assert.ok(await two.staff.byEmail(one.person.email));
  });

  test('that a platform asks for in the person’s name is done the same way', async () => {
    const { staff, person, other, shop } = await begin();
    await shop.process(shopify.redact(shop.shop, person), { topic: 'customers/redact' });
    const [{ id }] = await staff.all('rightsRequests', 'id kind', { kind: 'DELETION' }, 'RightsRequestFilter');
    await settledWork(instance, staff.controller);
    const { tasks } = await seen(staff, id);
    assert.deepEqual(tasks.map(({ code }) => code), ['stripe.erase'], 'who passed it on is not told of it');
    const { rightsRequest } = await fulfil(staff, id);
    assert.equal(rightsRequest.status, 'FULFILLED');
    assert.equal(await staff.byEmail(person.email), null);
    assert.ok(await staff.byEmail(other.email));
    await settledWork(instance, staff.controller);
  });

  test('takes its time with the key until the mail has left, and then the key is gone', async () => {
    const { staff, site, person, subject } = await begin();
    const request = await subject.request('DELETION', { site, name: NAME, message: WORDS });
    await whenSeen(staff, request.id, 'the tasks to be listed', ({ tasks }) => tasks.length === 2);
    const readable = await seen(staff, request.id);
    assert.deepEqual([readable.email, readable.name, readable.message], [person.email, NAME, WORDS]);
    const earlier = join(instance.state, 'earlier.sqlite');
    database.change(`VACUUM INTO '${earlier}'`);
    await fulfil(staff, request.id);
    await nextMail(instance, { to: person.email, kind: 'fulfilled' });
    await settledWork(instance, staff.controller);
    assert.deepEqual(
      database.rows('SELECT sealed FROM mail_outbox WHERE request = ? AND sealed IS NOT NULL', request.id),
      [],
      'no letter is left',
    );

    // Somebody brings the database of before the erasure back.
    const { file } = database;
    await kill();
    for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true });
    copyFileSync(earlier, file);
    rmSync(earlier);
    await restart();
    const revived = await seen(staff, request.id);
    assert.equal(revived.status, 'RECEIVED', 'the row of before is there');
    assert.deepEqual([revived.email, revived.name, revived.message], [null, null, null], 'and nobody can read whose it is');
    for (const { text } of revived.messages) assert.equal(text, null);
    for (const trace of [...tracesOf(person), NAME, WORDS]) assert.deepEqual(database.filesWith(trace), [], trace);
  });
});
