// What staff are refused is in the journal, once in an hour for the same; what was nobody's here is in nobody's.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { Staff } from '../support/graphql.mjs';
import { sharedInstance } from '../support/instance.mjs';
import { nextMail } from '../support/mail.mjs';
import { Member, newMember } from '../support/members.mjs';
import { newOwner, newToken } from '../support/staff.mjs';
import { until } from '../support/until.mjs';

const instance = await sharedInstance();
const { database } = instance;
const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/** [who, what, why] of each refusal in a controller's journal, the first first. */
async function refusals(owner) {
  const { journal } = await owner.ask('{ journal(filter: {action: "staff.refused"}, first: 100) { nodes { object actor detail } } }');
  return journal.nodes.reverse().map(({ object, actor, detail }) => {
    assert.deepEqual([actor, detail.by], ['staff', object]);
    return [object, detail.what, detail.why];
  });
}

describe('an operation that is refused', () => {
  test('for the role is told once, however often it is tried, with who tried it', async () => {
    const owner = newOwner(instance);
    const member = await newMember(instance, { owner, role: 'viewer' });
    const query = 'mutation { createConnection(input: {source: STRIPE, label: "x"}) { userErrors { code } } a: createConnection(input: {source: STRIPE, label: "x"}) { userErrors { code } } }';
    for (let count = 0; count < 3; count++) assert.equal(await member.refusal(query), 'FORBIDDEN');
    assert.equal(await member.refusal('{ staffTokens { id } }'), 'FORBIDDEN');
    assert.deepEqual(await refusals(owner), [
      [member.id, 'createConnection', 'role'],
      [member.id, 'staffTokens', 'role'],
    ]);
    const { journal } = await owner.ask(`{ journal(filter: {actor: "${member.id}"}) { nodes { action } } }`);
    assert.deepEqual(journal.nodes.map(({ action }) => action).slice(0, 2), ['staff.refused', 'staff.refused'], 'found by who it was');
    assert.deepEqual(database.rows("SELECT times FROM staff_refusals WHERE who = ? AND what = 'createConnection'", member.id), [{ times: 3 }]);
  });

  test('is told again an hour later', async () => {
    const owner = newOwner(instance);
    const member = await newMember(instance, { owner, role: 'viewer' });
    await member.refusal('{ staffTokens { id } }');
    database.change('UPDATE staff_refusals SET hour = hour - 1 WHERE who = ?', member.id);
    await member.refusal('{ staffTokens { id } }');
    assert.equal((await refusals(owner)).length, 2);
  });

  test('for the token’s scopes is told as its token’s, of files, too', async () => {
    const owner = newOwner(instance);
    const { secret, staffToken } = await owner.must('createStaffToken', { label: 'Reports', role: 'VIEWER', scopes: ['EVENTS'] }, 'secret staffToken { id }');
    const program = new Staff(instance, secret);
    assert.equal(await program.refusal('{ connections { nodes { id } } }'), 'FORBIDDEN');
    for (const path of ['/v1/export/journal.csv', '/v1/export/requests.csv', `/v1/rights/files/${'A'.repeat(22)}`]) {
      const response = await fetch(instance.at(path), { headers: { Authorization: `Bearer ${secret}` } });
      assert.equal(response.status, 403, path);
    }
    assert.deepEqual(await refusals(owner), [
      [staffToken.id, 'connections', 'scope'],
      [staffToken.id, 'journal.csv', 'scope'],
      [staffToken.id, 'requests.csv', 'scope'],
      [staffToken.id, 'rights_file', 'scope'],
    ]);
  });

  test('to nobody is nobody’s', async () => {
    const counts = database.counts();
    const nobody = new Staff(instance, null);
    assert.equal(await nobody.refusal('{ staffTokens { id } }'), 'UNAUTHENTICATED');
    for (const token of [`nod_staff_${'A'.repeat(22)}_${'C'.repeat(43)}`, 'x']) await new Staff(instance, token).answer('{ me { role } }');
    assert.equal((await new Member(instance).mustNot('staffSignIn', { token: randomBytes(32).toString('base64url') })).code, 'UNKNOWN_LINK');
    const stranger = new Member(instance);
    stranger.cookie = randomBytes(32).toString('base64url');
    assert.equal((await stranger.ask('{ me { role } }')).me, null);
    assert.deepEqual(database.counts(), counts);
  });
});

describe('what holds no more', () => {
  test('is told of a token that was revoked or has ended', async () => {
    const owner = newOwner(instance);
    const { controller } = owner;
    const ended = newToken(instance, { controller, expiresAt: Date.now() - 1 });
    const revoked = newToken(instance, { controller, revokedAt: Date.now() - 1 });
    for (const { text } of [ended, revoked, revoked]) assert.ok((await new Staff(instance, text).answer('{ me { role } }')).errors);
    assert.deepEqual(await refusals(owner), [
      [ended.id, 'token', 'expired'],
      [revoked.id, 'token', 'revoked'],
    ]);
  });

  test('is told of a session that somebody ended, and not of one that came to its end', async () => {
    const owner = newOwner(instance);
    const [one, other] = [await newMember(instance, { owner }), await newMember(instance, { owner })];
    database.change('UPDATE staff_sessions SET expires_at = ? WHERE hash = ?', Date.now() - 1, sha256(other.cookie));
    assert.equal((await other.ask('{ me { role } }')).me, null);
    const { cookie } = one;
    await one.ask('mutation { signOut { signedOut } }');
    one.cookie = cookie;
    for (let count = 0; count < 2; count++) assert.equal((await one.ask('{ me { role } }')).me, null);
    assert.deepEqual(await refusals(owner), [[one.id, 'session', 'revoked']]);
  });

  test('is told of links that were used, have ended, or are of somebody who was removed', async () => {
    const owner = newOwner(instance);
    const member = await newMember(instance, { owner, role: 'viewer' });
    const other = new Member(instance);
    const used = (await member.link()).token;
    await member.must('staffSignIn', { token: used }, 'me { role }');
    await other.mustNot('staffSignIn', { token: used });
    const late = (await member.link()).token;
    database.change('UPDATE staff_links SET expires_at = ? WHERE hash = ?', Date.now() - 1, sha256(late));
    await other.mustNot('staffSignIn', { token: late });
    const last = (await member.link()).token;
    await owner.must('removeStaff', { id: member.id });
    await other.mustNot('staffSignIn', { token: last });
    assert.deepEqual(await refusals(owner), [
      [member.id, 'sign_in', 'used'],
      [member.id, 'sign_in', 'expired'],
      [member.id, 'sign_in', 'revoked'],
    ]);
  });

  test('is told of links that were asked for too often', async () => {
    const owner = newOwner(instance);
    const member = await newMember(instance, { owner });
    for (let count = 0; count < 3; count++) await member.link();
    await member.must('requestStaffSignInLink', { email: member.email }, 'accepted');
    await until('the refusal', async () => (await refusals(owner)).length === 1);
    assert.deepEqual(await refusals(owner), [[member.id, 'sign_in', 'too_many']]);
  });
});

test('a link leads to the page that was asked for, and to no other place', async () => {
  const member = await newMember(instance);
  const page = async (page) => {
    database.change('UPDATE staff_links SET created_at = created_at - 7200000 WHERE staff = ?', member.id);
    await member.must('requestStaffSignInLink', { email: member.email, page }, 'accepted');
    const { link } = await nextMail(instance, { to: member.email, kind: 'staff_sign_in' });
    const { origin, pathname, search } = new URL(link);
    assert.equal(origin, new URL(instance.url).origin);
    return pathname + search;
  };
  assert.equal(await page('/dashboard/requests/abc?status=OPEN'), '/dashboard/requests/abc?status=OPEN');
  for (const elsewhere of ['//evil.example', 'https://evil.example', '/dashboard#x', '/demo/', '/dashboard/"><b>']) assert.equal(await page(elsewhere), '/dashboard', elsewhere);
});
