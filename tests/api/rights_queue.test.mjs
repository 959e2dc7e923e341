// The queue of requests: each filter, both orders page by page, the search and the summary.
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
const DAY = 86_400_000;
const OPEN = ['received', 'in_progress', 'on_hold'];
const KINDS = ['access', 'deletion', 'rectification', 'other', 'opt_out_of_sale'];
const STATUSES = ['awaiting_verification', 'received', 'in_progress', 'on_hold', 'fulfilled', 'denied'];
const LAWS = ['gdpr', 'us-va'];

/** 60 requests of a new controller, of which several are of one moment; with what they are. */
function queue() {
  const owner = newOwner(instance);
  const assigned = newToken(instance, { controller: owner.controller }).id;
  const now = Date.now();
  const requests = Array.from({ length: 60 }, (_, number) => ({
    id: randomBytes(16).toString('base64url'),
    kind: KINDS[number % 5],
    status: STATUSES[number % 6],
    law: LAWS[Math.floor(number / 3) % 2],
    received: now - Math.floor(number / 4) * DAY,
    due: now + (((number * 7) % 30) - 10) * DAY + 3_600_000,
    assigned: number % 4 ? null : assigned,
    verified: number % 6 ? now : null,
  }));
  for (const one of requests)
    database.change(
      `INSERT INTO rights_requests (controller, id, kind, status, orders, received_at, due_at, law, assigned, verified_at) VALUES (?, ?, ?, ?, '[]', ?, ?, ?, ?, ?)`,
      ...[owner.controller, one.id, one.kind, one.status, one.received, one.due, one.law, one.assigned, one.verified],
    );
  return { owner, assigned, now, requests };
}

/** Ids, page by page of seven. */
async function listed(staff, filter, order = 'NEWEST') {
  const ids = [];
  for (let after = null; ; ) {
    const query = `query($filter: RightsRequestFilter, $order: RightsRequestOrder!, $after: String) {
      rightsRequests(filter: $filter, order: $order, first: 7, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }`;
    const { rightsRequests } = await staff.ask(query, { filter, order, after });
    ids.push(...rightsRequests.nodes.map(({ id }) => id));
    if (!rightsRequests.pageInfo.hasNextPage) return ids;
    after = rightsRequests.pageInfo.endCursor;
  }
}

const byText = (one, other) => (one < other ? -1 : 1);
const ORDERS = {
  NEWEST: (one, other) => other.received - one.received || byText(other.id, one.id),
  DUE: (one, other) => one.due - other.due || byText(one.id, other.id),
};

test('every filter with every other, in both orders, is what a look at each request finds', async () => {
  const { owner, assigned, now, requests } = queue();
  queue();
  const isOpen = ({ status }) => OPEN.includes(status);
  const parts = [
    [{ open: true }, isOpen],
    [{ overdue: true }, (one) => isOpen(one) && one.due < now],
    [{ dueBefore: new Date(now + 3 * DAY).toISOString() }, (one) => isOpen(one) && one.due < now + 3 * DAY],
    [{ assignedTo: assigned }, (one) => one.assigned === assigned],
    [{ unassigned: true }, (one) => one.assigned === null],
    [{ kind: 'ACCESS' }, ({ kind }) => kind === 'access'],
    [{ status: 'FULFILLED' }, ({ status }) => status === 'fulfilled'],
    [{ status: 'RECEIVED' }, ({ status }) => status === 'received'],
    [{ law: 'us-va' }, ({ law }) => law === 'us-va'],
    [{ includeUnverified: true }, () => true],
    [{}, () => true],
  ];
  for (const [order, compare] of Object.entries(ORDERS))
    for (const [place, [one, isOne]] of parts.entries())
      for (const [other, isOther] of parts.slice(place)) {
        const filter = { ...one, ...other };
        const isStatus = !filter.status || (({ status }) => status === filter.status.toLowerCase());
        const isSeen = (row) => filter.includeUnverified || row.verified || row.kind === 'opt_out_of_sale';
        const expected = requests.filter((row) => isSeen(row) && (isOne(row) || (one.status && other.status)) && isOther(row) && (isStatus === true || isStatus(row)));
        assert.deepEqual(await listed(owner, filter, order), expected.sort(compare).map(({ id }) => id), `${order} ${JSON.stringify(filter)}`);
      }
});

test('a cursor of one order is none of the other', async () => {
  const { owner } = queue();
  const page = (order, after) => `{ rightsRequests(order: ${order}, first: 3${after ? `, after: "${after}"` : ''}) { pageInfo { endCursor } } }`;
  const cursor = async (order) => (await owner.ask(page(order))).rightsRequests.pageInfo.endCursor;
  assert.equal(await owner.refusal(page('DUE', await cursor('NEWEST'))), 'BAD_CURSOR');
  assert.equal(await owner.refusal(page('NEWEST', await cursor('DUE'))), 'BAD_CURSOR');
});

test('the summary counts what is open, for each kind, and what nobody proved beside it', async () => {
  const { owner, now, requests } = queue();
  queue();
  const open = requests.filter((one) => OPEN.includes(one.status));
  const { rightsSummary } = await owner.ask('{ rightsSummary { open dueSoon overdue unverified onHold unassigned byKind { kind open } } }');
  const { byKind, ...counts } = rightsSummary;
  assert.deepEqual(counts, {
    open: open.length,
    dueSoon: open.filter(({ due }) => due >= now && due < now + 7 * DAY).length,
    overdue: open.filter(({ due }) => due < now).length,
    unverified: requests.filter(({ status }) => status === 'awaiting_verification').length,
    onHold: open.filter(({ status }) => status === 'on_hold').length,
    unassigned: open.filter(({ assigned }) => !assigned).length,
  });
  assert.deepEqual(
    Object.fromEntries(byKind.map((one) => [one.kind, one.open])),
    Object.fromEntries(KINDS.map((kind) => [kind.toUpperCase(), open.filter((one) => one.kind === kind).length]).filter(([, count]) => count)),
  );
});

test('a member’s own requests are “me”', async () => {
  const member = await newMember(instance);
  const { controller } = member.owner;
  const [mine, other] = [0, 1].map(() => randomBytes(16).toString('base64url'));
  for (const id of [mine, other])
    database.change(
      `INSERT INTO rights_requests (controller, id, kind, status, orders, received_at, due_at, verified_at) VALUES (?, ?, 'access', 'received', '[]', 1, 1, 1)`,
      ...[controller, id],
    );
  await member.must('assignRightsRequest', { id: mine, token: member.id }, 'rightsRequest { assigned }');
  for (const name of ['assignedTo', 'assigned']) assert.deepEqual(await listed(member, { [name]: 'me' }), [mine]);
  assert.deepEqual(await listed(member, { unassigned: true }), [other]);
});

test('a search finds a request by its number and its person, and nobody finds another controller’s', async () => {
  const controller = newController(instance);
  const { key: site } = addSite(instance, { key: `queue-${process.pid}`, controller });
  const staff = staffOf(instance, { controller });
  const foreign = newOwner(instance);
  const person = new Person(instance, { site });
  const request = await person.file('OTHER');
  const others = new Person(instance, { site });
  await others.file('OTHER');
  for (const search of [request.number, `#${request.number}`, request.id, person.email, ` ${person.email.toUpperCase()} `]) {
    assert.deepEqual(await listed(staff, { search }), [request.id], search);
    assert.deepEqual(await listed(staff, { search, open: true }, 'DUE'), [request.id], search);
    assert.deepEqual(await listed(staff, { search, status: 'DENIED' }), [], search);
    assert.deepEqual(await listed(foreign, { search, includeUnverified: true }), [], search);
  }
  for (const search of ['nobody@people.example', '+49 30 901820', 'no customer', 'AAAAAAAA', '%']) assert.deepEqual(await listed(staff, { search }), [], search);
  assert.equal(await staff.refusal(`{ rightsRequests(filter: {search: "${'a'.repeat(201)}"}) { nodes { id } } }`), 'BAD_INPUT');
});

test('an address that nobody proved is found only by who asks for what is not proven', async () => {
  const controller = newController(instance);
  const { key: site } = addSite(instance, { key: `queue-unproven-${process.pid}`, controller });
  const staff = staffOf(instance, { controller });
  const person = new Person(instance, { site });
  await person.submit('ACCESS');
  assert.deepEqual(await listed(staff, { search: person.email }), []);
  assert.equal((await listed(staff, { search: person.email, includeUnverified: true })).length, 1);
});
