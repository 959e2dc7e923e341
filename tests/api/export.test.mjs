// Lists as files: what is in them, what a spreadsheet would make of them, who may have them, and what the journal says of it.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { sharedInstance } from '../support/instance.mjs';
import { newMember } from '../support/members.mjs';
import { Person } from '../support/rights.mjs';
import { addSite } from '../support/sites.mjs';
import { newController, newOwner, newToken, staffOf } from '../support/staff.mjs';

const instance = await sharedInstance();
const { database } = instance;
const FORMULAS = ['=HYPERLINK("https://evil.example")', '+1+1', '-2+3', '@SUM(A1)', '\t=1', '＝1', ' =1', '"=1', 'a;=1', 'a\n=1'];

const fetched = (name, headers, filter = {}) => fetch(instance.at(`/v1/export/${name}.csv?${new URLSearchParams(filter)}`), { headers });
const bearer = ({ token }) => ({ Authorization: `Bearer ${token}` });

/** RFC 4180, as a list of objects. */
function read(text) {
  const rows = [[]];
  assert.ok(text.endsWith('\r\n'));
  for (const [, cell, end] of text.matchAll(/"((?:[^"]|"")*)"(,|\r\n)/g)) {
    rows.at(-1).push(cell.replaceAll('""', '"'));
    if (end !== ',') rows.push([]);
  }
  const [header, ...lines] = rows.slice(0, -1);
  return lines.map((line) => Object.fromEntries(header.map((name, place) => [name, line[place]])));
}

async function file(staff, name, filter) {
  const response = await fetched(name, bearer(staff), filter);
  const text = await response.text();
  assert.equal(response.status, 200, text);
  return read(text);
}

function request(controller, { kind = 'access', status = 'received', reference = null, received = Date.now() } = {}) {
  const id = randomBytes(16).toString('base64url');
  database.change(
    `INSERT INTO rights_requests (controller, id, kind, status, orders, received_at, due_at, verified_at, external_reference) VALUES (?, ?, ?, ?, '[]', ?, ?, ?, ?)`,
    ...[controller, id, kind, status, received, received + 1, received, reference],
  );
  return id;
}

const exported = (controller) =>
  database.rows(`SELECT action, entry FROM journal WHERE controller = ? AND action LIKE '%.exported' ORDER BY seq`, controller).map(({ action, entry }) => ({ action, ...JSON.parse(entry) }));

test('requests come with the filters of their list, page behind page, and without anybody’s address or name', async () => {
  const controller = newController(instance);
  const { key: site } = addSite(instance, { key: `export-${process.pid}`, controller });
  const owner = staffOf(instance, { controller });
  const person = new Person(instance, { site });
  const filed = await person.file('OTHER', { name: 'Jane Roe', message: 'What do you hold?' });
  const others = [request(controller, { received: 1000 }), request(controller, { kind: 'deletion', status: 'denied', received: 500 })];
  request(newController(instance));
  const response = await fetched('requests', bearer(owner));
  const text = await response.text();
  assert.deepEqual(read(text).map(({ id }) => id), [filed.id, ...others]);
  for (const secret of [person.email, 'Jane Roe', 'What do you hold?']) assert.ok(!text.includes(secret), secret);
  assert.equal(read(text)[0].number, filed.number);
  assert.deepEqual(['content-type', 'content-disposition', 'cache-control', 'nod-rows', 'nod-more'].map((name) => response.headers.get(name)), [
    'text/csv; charset=utf-8; header=present',
    'attachment; filename="requests.csv"',
    'no-store',
    '3',
    null,
  ]);
  const ids = async (filter) => (await file(owner, 'requests', filter)).map(({ id }) => id);
  assert.deepEqual(await ids({ kind: 'DELETION' }), [others[1]]);
  assert.deepEqual(await ids({ open: 'true', order: 'DUE' }), [others[0], filed.id]);
  assert.deepEqual(await ids({ search: person.email }), [filed.id]);
  assert.deepEqual(await ids({ overdue: 'true' }), [others[0]]);
  assert.deepEqual(await ids({ assignedTo: 'me' }), []);
  for (const filter of [{ kind: 'NOTHING' }, { open: 'perhaps' }, { dueBefore: 'soon' }, { order: 'up' }])
    assert.equal((await fetched('requests', bearer(owner), filter)).status, 422, JSON.stringify(filter));
});

test('a list longer than what is read at once is whole, and each row is there once', async () => {
  const controller = newController(instance);
  const owner = staffOf(instance, { controller });
  database.change(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6001)
    INSERT INTO journal (controller, seq, at, action, object, entry, leaf)
    SELECT '${controller}', i, i, 'delivery.processed', 'thing', '{"actor":"platform","detail":{}}', '${'0'.repeat(64)}' FROM n`);
  const rows = await file(owner, 'journal');
  assert.deepEqual(rows.map(({ seq }) => Number(seq)), Array.from({ length: 6001 }, (_, place) => 6001 - place));
});

test('no cell begins a formula', async () => {
  const owner = newOwner(instance);
  for (const reference of FORMULAS) request(owner.controller, { reference });
  FORMULAS.forEach((object, place) =>
    database.change(
      'INSERT INTO journal (controller, seq, at, action, object, entry, leaf) VALUES (?, ?, ?, ?, ?, ?, ?)',
      ...[owner.controller, place + 1, 1, 'subject.viewed', object, JSON.stringify({ actor: object, detail: { by: object } }), '0'.repeat(64)],
    ),
  );
  const isFormula = (cell) => cell.split(/[;\t\n\r]/).some((part) => /^["\s]*[=+\-@＝]/u.test(part));
  for (const name of ['requests', 'journal']) {
    const rows = await file(owner, name);
    assert.ok(rows.length >= FORMULAS.length);
    // A number of days may be below zero, and is written as text then, too.
    for (const row of rows) for (const [column, cell] of Object.entries(row)) assert.ok(!isFormula(cell), `${name} ${column}: ${cell}`);
  }
});

test('each export is in the journal, with its filters and how much it was, and without what was searched for', async () => {
  const owner = newOwner(instance);
  request(owner.controller);
  await file(owner, 'requests', { status: 'RECEIVED', search: 'ada@example.com', law: 'gdpr' });
  await file(owner, 'journal', { action: 'rights.', object: 'ada@example.com' });
  const [first, second] = exported(owner.controller);
  assert.deepEqual(
    [first.action, first.actor, first.object, first.detail.filter, first.detail.rows, first.detail.is_whole],
    ['rights.exported', 'staff', 'requests.csv', { law: 'gdpr', search: true, status: 'RECEIVED' }, 0, true],
  );
  assert.deepEqual([second.action, second.object, second.detail.filter], ['journal.exported', 'journal.csv', { action: 'rights.', object: true }]);
  assert.match(first.detail.by, /^[\w-]{22}$/);
  assert.deepEqual((await file(owner, 'journal', { action: 'rights.' })).map(({ action, by }) => [action, by]), [['rights.exported', first.detail.by]]);
});

test('who is no staff, or only a page of somebody else’s, gets nothing, and nothing is in the journal', async () => {
  const viewer = await newMember(instance, { role: 'viewer' });
  const { controller } = viewer.owner;
  request(controller);
  for (const name of ['requests', 'journal']) {
    assert.equal((await fetched(name, {})).status, 401);
    assert.equal((await fetched(name, { Authorization: 'Bearer nod_staff_no' })).status, 401);
    for (const from of ['cross-site', 'same-site']) assert.equal((await fetched(name, { ...viewer.headers, 'Sec-Fetch-Site': from })).status, 403);
    const post = await fetch(instance.at(`/v1/export/${name}.csv`), { method: 'POST', headers: viewer.headers });
    assert.equal(post.status, 405);
  }
  const revoked = newToken(instance, { controller, revokedAt: Date.now() });
  assert.equal((await fetched('requests', { Authorization: `Bearer ${revoked.text}` })).status, 401);
  const head = await fetch(instance.at('/v1/export/requests.csv'), { method: 'HEAD', headers: viewer.headers });
  assert.equal(head.status, 200);
  assert.deepEqual(exported(controller), []);
  const own = await fetched('requests', viewer.headers);
  assert.equal(read(await own.text()).length, 1, 'a viewer’s session');
  assert.equal(exported(controller)[0].detail.by, viewer.id);
  assert.equal((await fetched('people', viewer.headers)).status, 404);
});

test('another controller’s staff get their own rows alone', async () => {
  const [owner, other] = [newOwner(instance), newOwner(instance)];
  const id = request(owner.controller);
  assert.deepEqual(await file(other, 'requests', {}), []);
  assert.deepEqual(await file(other, 'requests', { search: id }), []);
  assert.ok((await file(other, 'journal')).every(({ action }) => action === 'rights.exported'));
});
