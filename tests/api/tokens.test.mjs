// Tokens of the API: made by owners, bound to parts of it, for a time, and ended.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { Staff, post } from '../support/graphql.mjs';
import { sharedInstance } from '../support/instance.mjs';
import { newMember } from '../support/members.mjs';
import { newOwner, newToken } from '../support/staff.mjs';

const instance = await sharedInstance();
const { database } = instance;
const DAY = 24 * 60 * 60 * 1000;
const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const inDays = (days) => new Date(Date.now() + days * DAY).toISOString();
const TOKEN = 'id label role scopes createdAt createdBy expiresAt lastUsedAt revokedAt';
const tokens = async (who) => (await who.ask(`{ staffTokens { ${TOKEN} } }`)).staffTokens;
const REACH = { CONNECTIONS: '{ connections { nodes { id } } }', JOURNAL: '{ journal { nodes { id: seq } } }', SITES: '{ sites { key } }', STAFF: '{ staff { id } }', REQUESTS: '{ rightsRequests { nodes { id } } }' };

/** A token made by the API, and the API as its bearer sees it. */
async function make(owner, input = {}) {
  const made = await owner.must('createStaffToken', { label: 'Reports', role: 'VIEWER', ...input }, `secret staffToken { ${TOKEN} }`);
  return { ...made.staffToken, secret: made.secret, bearer: new Staff(instance, made.secret) };
}

describe('a token', () => {
  test('is shown once, kept as its hash, and named by who made it', async () => {
    const owner = await newMember(instance);
    const token = await make(owner);
    assert.match(token.secret, /^nod_staff_[\w-]{22}_[\w-]{43}$/);
    assert.deepEqual([token.label, token.role, token.scopes, token.createdBy, token.lastUsedAt, token.revokedAt], ['Reports', 'VIEWER', null, owner.id, null, null]);
    const near = Date.parse(token.expiresAt) - Date.parse(token.createdAt);
    assert.equal(near, 90 * DAY);
    assert.deepEqual(database.rows('SELECT hash FROM staff_tokens WHERE id = ?', token.id), [{ hash: sha256(token.secret) }]);
    assert.deepEqual(database.filesWith(token.secret), []);
    assert.deepEqual(database.filesWith(token.secret.slice(-43)), []);
    assert.ok(!JSON.stringify(await tokens(owner)).includes(token.secret.slice(-43)));
    const [entry] = (await owner.ask('{ journal(first: 1) { nodes { action object detail } } }')).journal.nodes;
    assert.deepEqual([entry.action, entry.object, entry.detail.by, entry.detail.role], ['staff.token_created', token.id, owner.id, 'viewer']);
  });

  test('is noted when it is used, and not each time', async () => {
    const owner = await newMember(instance);
    const token = await make(owner);
    await token.bearer.ask('{ me { kind } }');
    const [{ lastUsedAt }] = await tokens(owner);
    assert.ok(lastUsedAt);
    await token.bearer.ask('{ me { kind } }');
    assert.equal((await tokens(owner))[0].lastUsedAt, lastUsedAt);
    database.change('UPDATE staff_tokens SET last_used_at = ? WHERE id = ?', Date.now() - 6 * 60 * 1000, token.id);
    await token.bearer.ask('{ me { kind } }');
    assert.ok((await tokens(owner))[0].lastUsedAt >= lastUsedAt);
  });

  test('reaches the scopes that it has, and is told which one is wanting elsewhere', async () => {
    const owner = await newMember(instance);
    const { bearer, scopes } = await make(owner, { role: 'OWNER', scopes: ['SITES', 'JOURNAL', 'SITES'] });
    assert.deepEqual(scopes, ['JOURNAL', 'SITES']);
    for (const [scope, query] of Object.entries(REACH)) {
      const { errors } = await bearer.answer(query);
      if (scopes.includes(scope)) assert.equal(errors, undefined, scope);
      else {
        assert.equal(errors[0].extensions.code, 'FORBIDDEN', scope);
        assert.equal(errors[0].message, `This needs the scope ${scope}, and the token has JOURNAL, SITES. Ask an owner for a token that has it.`);
      }
    }
    assert.equal(await bearer.refusal('mutation { createConnection(input: {source: STRIPE, label: "x"}) { userErrors { code } } }'), 'FORBIDDEN');
  });

  test('does not fetch files of requests where it does not reach requests', async () => {
    const owner = await newMember(instance);
    const [without, within] = [await make(owner, { scopes: ['SITES'] }), await make(owner, { scopes: ['REQUESTS'] })];
    const status = async ({ secret }) => (await fetch(instance.at('/v1/rights/files/AAAAAAAAAAAAAAAAAAAAAA'), { headers: { Authorization: `Bearer ${secret}` } })).status;
    assert.deepEqual([await status(without), await status(within)], [403, 404]);
  });

  test('ends when its time is over and when it is revoked, at once', async () => {
    const owner = await newMember(instance);
    const [late, gone, stays] = [await make(owner), await make(owner), await make(owner)];
    database.change('UPDATE staff_tokens SET expires_at = ? WHERE id = ?', Date.now() - 1, late.id);
    const { staffToken } = await owner.must('revokeStaffToken', { id: gone.id }, `staffToken { ${TOKEN} }`);
    assert.ok(staffToken.revokedAt);
    const status = async ({ secret }) => (await post(instance, { query: '{ me { kind } }' }, { token: secret })).status;
    assert.deepEqual([await status(late), await status(gone), await status(stays)], [401, 401, 200]);
    // Once more changes nothing, and is not in the journal again.
    assert.equal((await owner.must('revokeStaffToken', { id: gone.id }, 'staffToken { revokedAt }')).staffToken.revokedAt, staffToken.revokedAt);
    const ends = (await owner.journal()).filter(({ action }) => action === 'staff.token_revoked');
    assert.deepEqual(ends.map(({ object }) => object), [gone.id]);
  });

  test('is made with a label, an end that is ahead and near, and some scope or none said', async () => {
    const owner = newOwner(instance);
    const code = async (input) => (await owner.mustNot('createStaffToken', { label: 'x', role: 'VIEWER', ...input })).code;
    assert.equal(await code({ label: ' ' }), 'INVALID_LENGTH');
    assert.equal(await code({ label: 'x'.repeat(101) }), 'INVALID_LENGTH');
    assert.equal(await code({ scopes: [] }), 'NO_SCOPE');
    for (const expiresAt of [inDays(-1), inDays(401), '1970-01-01T00:00:00Z']) assert.equal(await code({ expiresAt }), 'INVALID_EXPIRY', expiresAt);
    assert.equal((await make(owner, { expiresAt: inDays(399) })).revokedAt, null);
    assert.equal(await owner.refusal('mutation { createStaffToken(input: {label: "x", role: VIEWER, expiresAt: "soon"}) { secret } }'), 'BAD_INPUT');
  });
});

describe('nobody gets more by a token', () => {
  test('than it has: no greater role, no other scope, no member', async () => {
    const owner = await newMember(instance);
    const { bearer } = await make(owner, { role: 'OWNER', scopes: ['STAFF', 'SITES'] });
    const code = async (input) => (await bearer.mustNot('createStaffToken', { label: 'x', role: 'OWNER', ...input })).code;
    assert.equal(await code({}), 'SCOPE_TOO_WIDE');
    assert.equal(await code({ scopes: ['STAFF', 'PEOPLE'] }), 'SCOPE_TOO_WIDE');
    assert.equal((await bearer.mustNot('addStaff', { email: 'more@marl.example', name: 'More', role: 'OWNER' })).code, 'SCOPE_TOO_WIDE');
    assert.equal((await bearer.mustNot('changeStaffRole', { id: owner.id, role: 'OWNER' })).code, 'SCOPE_TOO_WIDE');
    const child = await make({ must: bearer.must.bind(bearer) }, { role: 'OWNER', scopes: ['SITES'] });
    assert.equal(await child.bearer.refusal('{ staffTokens { id } }'), 'FORBIDDEN');
    assert.equal((await tokens(bearer)).find(({ id }) => id === child.id).createdBy, (await bearer.ask('{ me { token } }')).me.token);
  });

  test('who is no owner', async () => {
    const owner = await newMember(instance);
    for (const role of ['viewer', 'reviewer']) {
      const member = await newMember(instance, { owner, role });
      assert.equal(await member.refusal('mutation { createStaffToken(input: {label: "x", role: VIEWER}) { secret } }'), 'FORBIDDEN');
      assert.equal(await member.refusal('{ staffTokens { id } }'), 'FORBIDDEN');
    }
  });

  test('of another controller', async () => {
    const [one, two] = [await newMember(instance), await newMember(instance)];
    const token = await make(one);
    assert.equal((await two.mustNot('revokeStaffToken', { id: token.id })).code, 'UNKNOWN_TOKEN');
    assert.ok(!(await tokens(two)).some(({ id }) => id === token.id));
    assert.ok((await token.bearer.ask('{ me { kind } }')).me);
  });

  test('with a scope that this version does not know', async () => {
    const owner = newOwner(instance);
    const { id, text } = newToken(instance, { controller: owner.controller });
    database.change("UPDATE staff_tokens SET scopes = 'everything' WHERE id = ?", id);
    for (const query of Object.values(REACH)) assert.equal(await new Staff(instance, text).refusal(query), 'FORBIDDEN');
  });
});

test('no more than a hundred hold at once', async () => {
  const owner = newOwner(instance);
  for (let count = 1; count < 100; count++) newToken(instance, { controller: owner.controller });
  const { code } = await owner.mustNot('createStaffToken', { label: 'x', role: 'VIEWER' });
  assert.equal(code, 'TOO_MANY');
  assert.ok(!(await owner.journal()).some(({ action }) => action === 'staff.token_created'), 'what was not made is not in the journal');
});
