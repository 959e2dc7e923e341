// How much may be asked for: of one address, from one network, for one site. What is too much is harmless.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { Staff } from '../support/graphql.mjs';
import { startInstance } from '../support/instance.mjs';
import { mailsTo, newAddress, nextMail } from '../support/mail.mjs';
import { Person, newNetwork } from '../support/rights.mjs';
import { runSchedule } from '../support/schedule.mjs';

const { instance, stop } = await startInstance();
after(stop);
const { database } = instance;
const staff = new Staff(instance);
const DAY = 24 * 60 * 60 * 1000;
const requestsTo = (kind) => database.rows('SELECT count(*) AS n FROM rights_requests WHERE kind = ?', kind)[0].n;
const drops = (reason) => database.rows('SELECT COALESCE(SUM(dropped), 0) AS n FROM rights_drops WHERE reason = ?', reason)[0].n;

test('an address gets three mails an hour because of one network and ten a day because of all, and every form hears the same', async () => {
  const email = newAddress();
  const heard = new Set();
  const submit = async (network) => heard.add(JSON.stringify(await new Person(instance, { email, network }).submit('OTHER')));
  const one = newNetwork();
  for (let count = 0; count < 5; count++) await submit(one);
  assert.equal(requestsTo('other'), 3);
  for (let count = 0; count < 9; count++) await submit(newNetwork());
  assert.equal(requestsTo('other'), 10);
  assert.deepEqual([...heard], ['{"accepted":true}']);
  assert.equal(drops('address'), 4);
  for (let count = 0; count < 10; count++) await nextMail(instance, { to: email, kind: 'verify' });
  // Somebody else's address is not concerned, and neither is who signs in with this one.
  await new Person(instance, { network: one }).file('OTHER');
  const person = new Person(instance, { email });
  await person.signIn();
  await person.submit('OTHER');
  assert.deepEqual((await person.requests()).map(({ status }) => status), ['RECEIVED']);
});

test('what was dropped is in the journal by count', async () => {
  database.change('UPDATE rights_drops SET hour = hour - ?', 2 * 60 * 60 * 1000);
  await runSchedule(instance);
  const [entry] = await staff.journal({ action: 'rights_requests.dropped' });
  assert.equal(entry.object, instance.site);
  assert.deepEqual(database.rows('SELECT * FROM rights_drops'), []);
});

test('a thousand requests of one network in a minute leave as many as it may make', async () => {
  const network = newNetwork();
  const before = requestsTo('rectification');
  const codes = new Map();
  for (let round = 0; round < 50; round++) {
    const batch = Array.from({ length: 20 }, () => {
      const input = { site: instance.site, kind: 'RECTIFICATION', email: newAddress(), region: 'DE' };
      return new Person(instance, { network }).change('submitRightsRequest', input, 'accepted');
    });
    for (const { userErrors } of await Promise.all(batch)) {
      const code = userErrors[0]?.code ?? 'TAKEN';
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
  }
  const made = requestsTo('rectification') - before;
  assert.deepEqual([...codes.keys()].sort(), ['TAKEN', 'TOO_MANY']);
  // The window may have turned once or twice while a thousand calls were answered.
  assert.ok(made >= 20 && made <= 60, `${made} were made`);
  assert.equal(codes.get('TAKEN'), made);
  const other = new Person(instance);
  assert.equal((await other.file('RECTIFICATION')).status, 'RECEIVED', 'another network is not concerned');
});

describe('time', () => {
  test('a request that nobody proves is reminded of once, ends after a week, and is forgotten with what it said', async () => {
    const person = new Person(instance);
    await person.submit('ACCESS', { name: 'Jane Roe' });
    const first = await nextMail(instance, { to: person.email, kind: 'verify' });
    await runSchedule(instance);
    assert.deepEqual(mailsTo(instance, person.email, 'reminder'), []);
    const [{ id }] = database.rows("SELECT id FROM rights_requests WHERE kind = 'access' AND status = 'awaiting_verification'");
    const age = (days) => {
      database.change('UPDATE rights_requests SET received_at = received_at - ?, expires_at = expires_at - ? WHERE id = ?', days * DAY, days * DAY, id);
      database.change('UPDATE links SET created_at = created_at - ?, expires_at = expires_at - ? WHERE request = ?', days * DAY, days * DAY, id);
    };
    age(2);
    await runSchedule(instance);
    await runSchedule(instance);
    const reminder = await nextMail(instance, { to: person.email, kind: 'reminder' });
    assert.notEqual(reminder.token, first.token);
    assert.equal(mailsTo(instance, person.email, 'reminder').length, 1);
    age(6);
    assert.equal(await person.mustNot('verifyRightsRequest', { token: reminder.token }), 'UNKNOWN_LINK');
    await runSchedule(instance);
    await runSchedule(instance);
    const [row] = database.rows('SELECT status, sealed, contact_mark, contact FROM rights_requests WHERE id = ?', id);
    assert.deepEqual(row, { status: 'expired', sealed: null, contact_mark: null, contact: null });
  });

  test('what was said in a request is forgotten two years after its end, and that there was one is not', async () => {
    const person = new Person(instance);
    const { id } = await person.file('RESTRICTION', { name: 'Jane Roe', message: 'Words that go.' });
    await person.must('messageRightsRequest', { id, text: 'More words that go.' });
    await person.must('withdrawRightsRequest', { id });
    const close = (days) => database.change('UPDATE rights_requests SET closed_at = closed_at - ? WHERE id = ?', days * DAY, id);
    const row = () => database.rows('SELECT kind, status, sealed IS NULL AS isForgotten, erased_at IS NOT NULL AS isErased FROM rights_requests WHERE id = ?', id)[0];
    close(729);
    await runSchedule(instance);
    assert.deepEqual(row(), { kind: 'restriction', status: 'withdrawn', isForgotten: 0, isErased: 0 });
    close(3);
    await runSchedule(instance);
    assert.deepEqual(row(), { kind: 'restriction', status: 'withdrawn', isForgotten: 1, isErased: 1 });
    assert.deepEqual(database.rows('SELECT id FROM rights_messages WHERE request = ?', id), []);
  });

  test('the link of a reminder proves as well as the first', async () => {
    const person = new Person(instance);
    await person.submit('PORTABILITY');
    await nextMail(instance, { to: person.email, kind: 'verify' });
    database.change("UPDATE links SET created_at = created_at - ? WHERE request IN (SELECT id FROM rights_requests WHERE kind = 'portability')", 2 * DAY);
    await runSchedule(instance);
    const { token } = await nextMail(instance, { to: person.email, kind: 'reminder' });
    assert.equal((await person.verify(token)).status, 'RECEIVED');
  });
});

test('what a form says is bounded and read', async () => {
  const person = new Person(instance);
  const input = { site: person.site, kind: 'ACCESS', email: person.email, region: 'DE' };
  for (const [change, code] of [
    [{ site: 'nobody' }, 'UNKNOWN_SITE'],
    [{ email: 'jane' }, 'INVALID_EMAIL'],
    [{ email: 'jane@example.com\nBcc: joe@example.com' }, 'INVALID_EMAIL'],
    [{ name: 'x'.repeat(201) }, 'INVALID_LENGTH'],
    [{ message: 'x'.repeat(4001) }, 'INVALID_LENGTH'],
    [{ agent: { name: 'A', email: 'none' } }, 'INVALID_EMAIL'],
    [{ kind: 'OPT_OUT_OF_SALE' }, 'KIND_NOT_OFFERED'],
  ])
    assert.equal(await person.mustNot('submitRightsRequest', { ...input, ...change }, 'accepted'), code, JSON.stringify(change));
});
