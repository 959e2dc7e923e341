// The GraphQL API: what a call must look like, how much it may ask for, and the audits of graphql-http.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { serverAudits } from 'graphql-http';
import { Staff, post } from '../support/graphql.mjs';
import { sharedInstance } from '../support/instance.mjs';
import { newController, newToken, staffOf } from '../support/staff.mjs';

const instance = await sharedInstance();
const { database } = instance;
const controller = newController(instance);
const ROLES = ['viewer', 'reviewer', 'owner'];
const staff = Object.fromEntries(ROLES.map((role) => [role, staffOf(instance, { controller, role })]));
const nobody = new Staff(instance, null);

const codes = ({ errors = [] }) => errors.map(({ extensions }) => extensions?.code);

test('what fails within a field says where, and everything else is answered', async () => {
  const { data, errors } = await nobody.answer('{ me { role } mine: connections { nodes { id } } }');
  assert.deepEqual(errors.map(({ path }) => path), [['mine']]);
  assert.equal(data.me, null);
  await staff.owner.must('createConnection', { source: 'STRIPE', label: 'Made by a test' }, 'url');
  const { data: seen, errors: within } = await staff.viewer.answer('{ connections(first: 1) { nodes { id url } } }');
  assert.deepEqual(within.map(({ path }) => path), [['connections', 'nodes', 0, 'url']]);
  assert.ok(seen.connections.nodes[0].id);
  const headers = { Accept: 'application/graphql-response+json' };
  assert.equal((await post(instance, { query: '{ connections { nodes { id } } }' }, { headers })).status, 200, 'it was executed');
});

test('variables have the types that the schema gives them, within inputs too', async () => {
  const query = 'query($filter: DeliveryFilter, $first: Int) { deliveries(filter: $filter, first: $first) { nodes { id } } }';
  for (const variables of [{ filter: 'PROCESSED' }, { filter: { status: 'LOST' } }, { filter: { more: 1 } }, { first: 'ten' }, { first: 2 ** 31 }])
    assert.ok((await staff.viewer.answer(query, variables)).errors?.length, JSON.stringify(variables));
  for (const variables of [{}, { filter: null, first: null }, { filter: { status: 'IGNORED', connection: null }, first: 1 }])
    assert.ok((await staff.viewer.ask(query, variables)).deliveries, JSON.stringify(variables));
});

describe('tokens', () => {
  const hour = 60 * 60 * 1000;
  const answer = async (token) => {
    const response = await post(instance, { query: '{ me { role } }' }, { token });
    return { status: response.status, challenge: response.headers.get('www-authenticate'), body: await response.text() };
  };

  test('an expired, a revoked, an unknown and a malformed one get the same 401', async () => {
    const right = newToken(instance);
    assert.equal((await answer(right.text)).status, 200);
    const expected = await answer(newToken(instance, { expiresAt: Date.now() - 1 }).text);
    assert.equal(expected.status, 401);
    assert.match(expected.challenge, /^Bearer/);
    assert.deepEqual(codes(JSON.parse(expected.body)), ['UNAUTHENTICATED']);
    const last = right.text.at(-1) === 'A' ? 'E' : 'A';
    for (const token of [newToken(instance, { revokedAt: Date.now() - 1 }).text, `${right.text.slice(0, -1)}${last}`, 'nod_staff_', 'x'.repeat(5000)])
      assert.deepEqual(await answer(token), expected, token.slice(0, 80));
  });

  test('one that ends later holds, and ends when it is revoked', async () => {
    const { id, text } = newToken(instance, { expiresAt: Date.now() + hour });
    assert.equal((await answer(text)).status, 200);
    database.change('UPDATE staff_tokens SET revoked_at = ? WHERE id = ?', Date.now(), id);
    assert.equal((await answer(text)).status, 401);
  });

  test('no token is in the database, only its hash', () => {
    assert.deepEqual(database.filesWith(instance.staffToken), []);
    assert.deepEqual(database.filesWith(staff.owner.token), []);
  });

  test('another scheme than Bearer is none', async () => {
    const { text } = newToken(instance);
    const headers = { Authorization: `Basic ${Buffer.from(`nod:${text}`).toString('base64')}` };
    const response = await post(instance, { query: '{ connections { nodes { id } } }' }, { headers });
    assert.ok(response.status === 401 || codes(await response.json())[0] === 'UNAUTHENTICATED');
  });
});

describe('a call', () => {
  const body = JSON.stringify({ query: '{ me { role } }' });
  const { token } = staff.owner;

  test('is a POST', async () => {
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE']) {
      const address = instance.at(`/graphql?query=${encodeURIComponent('{ me { role } }')}`);
      const response = await fetch(address, { method, headers: { Authorization: `Bearer ${token}` } });
      assert.equal(response.status, 405, method);
      assert.match(response.headers.get('allow'), /POST/);
    }
  });

  test('is JSON by its type: what a page of another site can send without being asked is refused', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/graphql', ''])
      assert.equal((await post(instance, Buffer.from(body), { token, headers: { 'Content-Type': type } })).status, 415, type);
    for (const type of ['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"'])
      assert.equal((await post(instance, body, { token, headers: { 'Content-Type': type } })).status, 200, type);
  });

  test('of another site’s page is refused', async () => {
    const response = await post(instance, body, { token, headers: { 'Sec-Fetch-Site': 'cross-site' } });
    assert.equal(response.status, 403);
    assert.equal(response.headers.get('access-control-allow-origin'), null);
  });

  test('is one request, and no batch', async () => {
    assert.equal((await post(instance, [{ query: '{ me { role } }' }], { token })).status, 400);
  });

  test('has a body of at most 192 KiB, or of 1.5 MiB for staff, who may send a file', async () => {
    const long = (kibibytes) => JSON.stringify({ query: '{ me { role } }', variables: { x: 'x'.repeat(kibibytes * 1024) } });
    assert.equal((await post(instance, long(192))).status, 413);
    assert.equal((await post(instance, long(192), { token })).status, 200);
    assert.equal((await post(instance, long(1536), { token })).status, 413);
  });

  test('is answered without being kept', async () => {
    const response = await post(instance, body, { token });
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.equal(response.headers.get('set-cookie'), null);
  });
});

describe('limits', () => {
  const nested = (levels) => `{ __type(name: "Query") { ${'ofType { '.repeat(levels)} name ${'} '.repeat(levels)} } }`;
  const aliases = (count) => `{ ${Array.from({ length: count }, (_, number) => `a${number}: me { role }`).join(' ')} }`;
  const subject = 'dataSubject(identifier: {kind: EMAIL, value: "pat@people.example"}) { id }';
  const cases = {
    'fields within fields': nested(60),
    'one field under many names': aliases(200),
    'one look-up many times': `{ ${Array.from({ length: 29 }, (_, number) => `a${number}: ${subject} b${number}: ${subject}`).join(' ')} }`,
    'a longer page than is given': '{ deliveries(first: 1000) { nodes { id } } }',
    'many pages at once': `{ ${Array.from({ length: 25 }, (_, number) => `a${number}: deliveries(first: 100) { nodes { id event status reason } }`).join(' ')} }`,
    'a negative page': '{ journal(first: -1) { nodes { seq } } }',
    'brackets within brackets': `{ me ${'{ '.repeat(5_000)}`,
    'fragments in a circle': '{ me { ...a } } fragment a on Me { ...b } fragment b on Me { ...a }',
    'fragments of fragments': `{ me { ...f0 } } ${Array.from({ length: 60 }, (_, number) => `fragment f${number} on Me { ${`...f${number + 1} `.repeat(8)} }`).join(' ')} fragment f60 on Me { role }`,
    'the schema in circles': `{ __schema { types { ${'fields { type { '.repeat(8)} name ${'} } '.repeat(8)} } } }`,
  };
  for (const [name, query] of Object.entries(cases))
    test(`${name}: refused with a sentence, and the next call is answered`, async () => {
      const { data, errors } = await staff.owner.answer(query);
      assert.ok(errors?.length, 'it was answered');
      assert.match(errors[0].message, /\S+ \S+/);
      assert.ok(!data || Object.values(data).every((value) => value === null), JSON.stringify(data));
      assert.ok((await staff.owner.ask('{ me { role } }')).me);
    });

  test('what staff usually ask is within them', async () => {
    await staff.owner.ask(aliases(20));
    await staff.owner.ask('{ deliveries(first: 100) { nodes { id event status connection { id label } } pageInfo { hasNextPage endCursor } } }');
    assert.ok(await staff.owner.connections());
  });

  test('a cursor that is none is refused', async () => {
    for (const field of ['connections', 'deliveries', 'journal', 'rightsRequests'])
      assert.ok((await staff.owner.answer(`{ ${field}(after: "not a cursor") { nodes { __typename } } }`)).errors?.length, field);
  });
});

test('pages follow one another without a gap or a repetition', async () => {
  const owner = staffOf(instance, { controller: newController(instance), role: 'owner' });
  const made = [];
  for (let number = 0; number < 7; number++)
    made.push((await owner.must('createConnection', { source: 'CUSTOM', label: `Number ${number}` }, 'connection { id }')).connection.id);
  for (const field of ['connections', 'journal']) {
    const seen = [];
    let after = null;
    do {
      const { it } = await owner.ask(`query($after: String) { it: ${field}(first: 2, after: $after) { edges { cursor node { ${field === 'journal' ? 'id: object' : 'id'} } } pageInfo { hasNextPage endCursor } } }`, { after });
      assert.ok(it.edges.length && it.edges.length <= 2);
      assert.equal(it.pageInfo.endCursor, it.edges.at(-1).cursor);
      seen.push(...it.edges.map(({ node }) => node.id));
      after = it.pageInfo.hasNextPage ? it.pageInfo.endCursor : null;
    } while (after);
    assert.deepEqual(seen.sort(), [...made].sort(), field);
  }
});

describe('the audits of graphql-http', () => {
  // GET is refused, so that no link and no cache ever carries a question about a person. The audits allow that.
  const BY_GET = ['5A70', 'D6D5', '6A70'];
  const fetchFn = (url, options = {}) => fetch(url, { ...options, headers: { ...options.headers, authorization: `Bearer ${staff.viewer.token}` } });

  const audits = serverAudits({ url: instance.at('/graphql'), fetchFn });

  for (const { id, name, fn } of audits)
    test(`${id} ${name}`, async () => {
      const { status, reason } = await fn();
      assert.equal(status, BY_GET.includes(id) ? 'notice' : 'ok', reason);
    });

  test('all of them are there', () => assert.equal(audits.length, 61));
});
