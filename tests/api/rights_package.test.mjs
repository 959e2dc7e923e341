// What a person gets who asks for it: everything that is held, in three forms, for a limited time, and harmless to open.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { events, hashed, taken, visitorWith } from '../support/events.mjs';
import { sharedInstance } from '../support/instance.mjs';
import { nextMail } from '../support/mail.mjs';
import { shopify, stripe } from '../support/payloads.mjs';
import { at, newPerson } from '../support/people.mjs';
import { Subject, completeTasks, newDesk, seen, whenSeen } from '../support/requests.mjs';
import { runSchedule } from '../support/schedule.mjs';
import { connect } from '../support/senders.mjs';
import { until } from '../support/until.mjs';

const instance = await sharedInstance();
const { database } = instance;

/** Everything at once that hurts somewhere: markup, a formula, a turn of the reading direction, new lines, a NUL. */
const HOSTILE = '=HYPERLINK("http://evil.example","x")<script>alert(1)</script>\u202egnp.exe\r\nSet-Cookie: x=1;+1\u0000';

/** A person of whom much is known, and who asks for it. */
async function begin({ kind = 'ACCESS', name = HOSTILE, message = HOSTILE, locale = 'de' } = {}) {
  const { staff, site } = newDesk(instance);
  const person = newPerson();
  const [shop, payments] = [await connect(staff, 'SHOPIFY'), await connect(staff, 'STRIPE')];
  await shop.process(shopify.customer(person, { when: at(1), consent: 'subscribed' }), { topic: 'customers/create' });
  await payments.process(stripe.customer(person, { when: at(2) }));
  const visitor = await visitorWith(instance, site, { analytics: true });
  await taken(instance, { site, visitor, identity: { email: hashed(person.email) }, events: events(1) });
  await until('the browser to be known', () => database.rows('SELECT * FROM visitor_identities WHERE visitor = ?', visitor).length);
  const subject = new Subject(instance, person.email);
  const request = await subject.request(kind, { site, name, message, locale });
  await whenSeen(staff, request.id, 'the tasks to be listed', ({ tasks }) => tasks.length === 2);
  const fulfil = async (changes = {}) => {
    await completeTasks(staff, request.id);
    await staff.must('startRightsRequest', { id: request.id });
    await staff.must('fulfilRightsRequest', { id: request.id, message: 'Here it is.', ...changes });
    return subject.see(request.id);
  };
  return { staff, site, person, shop, payments, visitor, subject, request, fulfil };
}

const fileOf = (request, kind) => request.files.find((file) => file.kind === kind);

/** Cells as RFC 4180 has them. */
function cells(text) {
  const rows = [[]];
  for (const [, quoted, end] of text.matchAll(/"((?:[^"]|"")*)"(,|\r\n)/g)) {
    rows.at(-1).push(quoted.replaceAll('""', '"'));
    if (end !== ',') rows.push([]);
  }
  assert.deepEqual(rows.pop(), []);
  return rows;
}

describe('the answer to a request for access', () => {
  test('holds all that is known of the person, in three forms that can be read', async () => {
    const { subject, request, fulfil, person, visitor, site } = await begin();
    const answered = await fulfil();
    assert.equal(answered.status, 'FULFILLED');
    await nextMail(instance, { to: person.email, kind: 'fulfilled' });
    const json = await subject.download(fileOf(answered, 'PACKAGE_JSON'));
    assert.equal(json.status, 200);
    const held = await json.json();
    assert.equal(held.schema, 'nod/rights-package/1');
    assert.deepEqual([held.request[0].number, held.request[0].email], [request.id, person.email]);
    assert.deepEqual(new Set(held.identities.map(({ kind }) => kind)), new Set(['email', 'phone', 'customer_id']));
    assert.deepEqual(new Set(held.observations.map(({ source }) => source)), new Set(['SHOPIFY of the tests', 'STRIPE of the tests']));
    assert.ok(held.observations.every(({ classes }) => classes.includes('email')), 'the categories of data');
    assert.ok(held.permissions.some(({ channel, granted }) => channel === 'email' && granted === true));
    assert.deepEqual(held.browsers.map(({ visitor }) => visitor), [visitor]);
    assert.deepEqual(held.choices.map(({ site, purposes }) => [site, purposes.analytics, purposes.marketing]), [[site, true, false]]);
    assert.ok(held.uses.some(({ legal_basis: basis, retention_days: days }) => basis === 'consent' && days > 0), 'what data is used for, on what basis and for how long');
    assert.deepEqual(held.incomplete, []);
    const csv = await (await subject.download(fileOf(answered, 'PACKAGE_CSV'))).text();
    const rows = cells(csv);
    assert.deepEqual(rows[0], ['section', 'record', 'field', 'value']);
    for (const [section, records] of Object.entries(held).filter(([, records]) => Array.isArray(records))) {
      const lines = new Set(rows.filter(([of]) => of === section).map(([, record]) => record));
      assert.equal(section === 'incomplete' ? 0 : lines.size, section === 'incomplete' ? 0 : records.length, section);
    }
    const page = await (await subject.download(fileOf(answered, 'PACKAGE_HTML'))).text();
    assert.match(page, /<html lang="de">/);
    for (const text of [person.email, visitor, 'SHOPIFY of the tests', 'Ihre Datenschutz-Entscheidungen']) assert.ok(page.includes(text), text);
  });

  test('is harmless, whatever was written into it', async () => {
    const { subject, staff, request, fulfil } = await begin();
    const content = Buffer.from('<script>alert(1)</script>').toString('base64');
    await staff.must('addRightsFile', { id: request.id, name: 'a"\u202efdp.html', mediaType: 'text/html', content });
    const answered = await fulfil({ message: HOSTILE });
    for (const kind of ['PACKAGE_HTML', 'PACKAGE_CSV', 'PACKAGE_JSON', 'ATTACHMENT']) {
      const response = await subject.download(fileOf(answered, kind));
      assert.equal(response.status, 200, kind);
      const header = (name) => response.headers.get(name);
      assert.match(header('content-disposition'), /^attachment; filename="[\w. ()-]+"; filename\*=UTF-8''[\w.%-]+$/);
      assert.match(header('content-security-policy'), /default-src 'none'.*sandbox/);
      assert.deepEqual([header('x-content-type-options'), header('cache-control'), header('set-cookie')], ['nosniff', 'no-store', null]);
      const text = await response.text();
      if (kind === 'ATTACHMENT') continue;
      assert.doesNotMatch(text, /[\u202a-\u202e\u2066-\u2069\u0000]/, `${kind} turns nothing about`);
      if (kind !== 'PACKAGE_CSV') assert.doesNotMatch(text, /<script/i, kind);
      if (kind === 'PACKAGE_HTML') assert.match(text, /default-src 'none'[^"]*style-src 'sha256-/);
      if (kind === 'PACKAGE_CSV') {
        for (const cell of [...cells(text).flat(), ...text.split(/[;\t\r\n]/)]) assert.doesNotMatch(cell, /^[\s"]*[=+@-]/, 'no cell is a formula');
      }
    }
  });

  test('is fetched with the session or by staff, ten times, for thirty days, and each time is in the journal', async () => {
    const { subject, staff, request, fulfil } = await begin();
    const answered = await fulfil();
    const file = fileOf(answered, 'PACKAGE_JSON');
    assert.equal(file.downloadsLeft, 10);
    const days = (Date.parse(file.expiresAt) - Date.parse(answered.closedAt)) / 86_400_000;
    assert.ok(days > 29.9 && days < 30.1, `${days} days`);
    const journalled = async () => (await staff.journal({ action: 'rights_request.downloaded', object: request.id })).length;

    // Nobody else gets it, nor learns that it is there.
    const other = await begin();
    const noSession = new Subject(instance, 'nobody@people.example');
    for (const [who, status] of [[other.subject, 404], [noSession, 401]]) assert.equal((await who.download(file)).status, status);
    const path = instance.at(file.url);
    const byStaff = (token, options) => fetch(path, { ...options, headers: { Authorization: `Bearer ${token}` } });
    assert.equal((await byStaff(other.staff.token)).status, 404);
    assert.equal((await subject.download({ url: `${file.url}x` })).status, 404);
    assert.equal((await subject.download(file, { headers: { 'Sec-Fetch-Site': 'cross-site' } })).status, 403, 'a link from elsewhere uses nothing up');
    assert.equal((await subject.download(file, { method: 'HEAD' })).status, 200);
    assert.equal(await journalled(), 0);

    // Twelve at once: ten have it.
    const statuses = await Promise.all(Array.from({ length: 12 }, async () => (await subject.download(file)).status));
    assert.deepEqual(statuses.sort(), [...Array(10).fill(200), 410, 410]);
    assert.equal(await journalled(), 10);
    assert.equal((await subject.see(request.id)).files.find(({ id }) => id === file.id).downloadsLeft, 0);
    assert.equal((await byStaff(staff.token)).status, 200, 'staff still have it');
    assert.equal(await journalled(), 11);

    // And when its time is over, it is gone.
    const page = fileOf(answered, 'PACKAGE_HTML');
    database.change('UPDATE rights_files SET expires_at = ? WHERE id = ?', Date.now() - 1, page.id);
    assert.equal((await subject.download(page)).status, 410);
    await runSchedule(instance);
    assert.deepEqual(database.rows('SELECT * FROM rights_files WHERE id = ?', page.id), []);
    assert.deepEqual(database.rows('SELECT * FROM rights_file_parts WHERE file = ?', page.id), []);
  });

  test('is sealed where it is stored, and holds what nobody else said', async () => {
    const { person, fulfil, subject, request } = await begin({ message: 'Tell me everything, says Trace-of-the-message.' });
    const answered = await fulfil();
    assert.ok(answered.files.length >= 3);
    for (const text of [person.email, hashed(person.email), 'Trace-of-the-message', 'nod/rights-package']) assert.deepEqual(database.filesWith(text), [], text);
    const held = await (await subject.download(fileOf(answered, 'PACKAGE_JSON'))).json();
    assert.ok(held.messages.every(({ author }) => ['subject', 'staff', 'agent', 'system'].includes(author)));
    assert.equal(held.request[0].number, request.id);
  });

  test('is not given while something is left to do, and a file that is too old to be one is none', async () => {
    const { staff, request } = await begin();
    await staff.must('startRightsRequest', { id: request.id });
    const refusal = await staff.mustNot('fulfilRightsRequest', { id: request.id });
    assert.equal(refusal.code, 'OPEN_TASKS');
    assert.equal((await seen(staff, request.id)).status, 'IN_PROGRESS');
    assert.deepEqual((await seen(staff, request.id)).files, []);
  });
});

test('what is asked for to take along holds the data and not the notice', async () => {
  const { subject, fulfil } = await begin({ kind: 'PORTABILITY' });
  const held = await (await subject.download(fileOf(await fulfil(), 'PACKAGE_JSON'))).json();
  assert.equal(held.uses, undefined);
  assert.ok(held.observations.length >= 2);
});

test('who is not known gets an answer that says so', async () => {
  const { staff, site } = newDesk(instance);
  const subject = new Subject(instance, newPerson().email);
  const request = await subject.request('ACCESS', { site });
  await staff.must('startRightsRequest', { id: request.id });
  await staff.must('fulfilRightsRequest', { id: request.id });
  const answered = await subject.see(request.id);
  const held = await (await subject.download(fileOf(answered, 'PACKAGE_JSON'))).json();
  assert.deepEqual([held.observations, held.choices, held.browsers], [[], [], []]);
});
