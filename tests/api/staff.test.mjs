// Staff: who gets in, who stays in, and who says so.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { Staff, post } from '../support/graphql.mjs';
import { sharedInstance } from '../support/instance.mjs';
import { mailsTo, newAddress, nextMail } from '../support/mail.mjs';
import { Member, newMember } from '../support/members.mjs';
import { newOwner } from '../support/staff.mjs';
import { until } from '../support/until.mjs';

const instance = await sharedInstance();
const { database } = instance;
const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const ME = '{ me { kind role token staff { email role } } }';
const SESSIONS = '{ staffSessions { id how isCurrent staff { id } } }';
const actions = async (owner) => (await owner.journal()).map(({ action }) => action).filter((action) => action.startsWith('staff.'));

describe('a link', () => {
  test('brings a member in, whose name the journal knows and whose address nobody reads in the database', async () => {
    const member = await newMember(instance, { role: 'reviewer' });
    assert.deepEqual((await member.ask(ME)).me, { kind: 'STAFF', role: 'REVIEWER', token: member.id, staff: { email: member.email, role: 'REVIEWER' } });
    assert.deepEqual(await actions(member.owner), ['staff.signed_in', 'staff.added']);
    assert.deepEqual(database.filesWith(member.email), []);
    assert.deepEqual(database.filesWith(member.cookie), []);
    const link = await member.link();
    assert.deepEqual(database.filesWith(link.token), []);
    assert.equal(new URL(link.link).pathname, '/dashboard');
  });

  test('works once, however many use it at once', async () => {
    const member = await newMember(instance);
    const { token } = await member.link();
    const others = Array.from({ length: 12 }, () => new Member(instance, member.email));
    const answers = await Promise.all(others.map((other) => other.change('staffSignIn', { token })));
    assert.equal(answers.filter(({ userErrors }) => !userErrors.length).length, 1);
    assert.equal(others.filter(({ cookie }) => cookie).length, 1);
    assert.deepEqual([...new Set(answers.flatMap(({ userErrors }) => userErrors.map(({ code }) => code)))], ['USED_LINK']);
    assert.equal((await member.ask(SESSIONS)).staffSessions.length, 2);
  });

  test('is of no use when its time is over, when it is guessed, or when its member is gone', async () => {
    const owner = newOwner(instance);
    await newMember(instance, { owner });
    const member = await newMember(instance, { owner, role: 'viewer' });
    const late = (await member.link()).token;
    database.change('UPDATE staff_links SET expires_at = ? WHERE hash = ?', Date.now() - 1, sha256(late));
    const other = new Member(instance);
    for (const token of [late, randomBytes(32).toString('base64url'), '', sha256(late)]) {
      assert.equal((await other.mustNot('staffSignIn', { token })).code, 'UNKNOWN_LINK');
    }
    const { token } = await member.link();
    await owner.must('removeStaff', { id: member.id });
    assert.equal((await other.mustNot('staffSignIn', { token })).code, 'UNKNOWN_LINK');
    assert.equal(other.cookie, null);
  });

  test('is answered the same whoever asks, and sent to staff alone, a few in an hour', async () => {
    const member = await newMember(instance);
    const stranger = new Member(instance);
    const ask = (who) => who.answer('mutation($input: RequestStaffSignInLinkInput!) { requestStaffSignInLink(input: $input) { accepted userErrors { code } } }', { input: { email: who.email } });
    assert.deepEqual(await ask(stranger), await ask(member));
    await nextMail(instance, { to: member.email, kind: 'staff_sign_in' });
    for (let count = 0; count < 6; count++) await ask(member);
    // Another's mail, asked for later, has come: so would have theirs.
    await (await newMember(instance)).link();
    assert.equal(mailsTo(instance, stranger.email).length, 0);
    assert.equal(mailsTo(instance, member.email, 'staff_sign_in').length, 3);
    assert.equal((await stranger.mustNot('requestStaffSignInLink', { email: 'nobody' })).code, 'INVALID_EMAIL');
  });

  test('goes to each controller that somebody works for, and opens that one only', async () => {
    const first = await newMember(instance);
    const second = newOwner(instance);
    await second.must('addStaff', { email: first.email, name: 'The same', role: 'VIEWER' });
    const { token } = await nextMail(instance, { to: first.email, kind: 'staff_invited' });
    const there = new Member(instance, first.email);
    assert.equal((await there.signIn(token)).controller.id, second.controller);
    await first.must('requestStaffSignInLink', { email: first.email });
    const mails = [await nextMail(instance, { to: first.email, kind: 'staff_sign_in' }), await nextMail(instance, { to: first.email, kind: 'staff_sign_in' })];
    assert.deepEqual(mails.map(({ controller }) => controller).sort(), [first.owner.controller, second.controller].sort());
  });
});

describe('a session', () => {
  test('counts for our own pages only, and for nobody once it is signed out', async () => {
    const member = await newMember(instance);
    for (const site of ['same-site', 'cross-site']) {
      const response = await post(instance, { query: ME }, { headers: { ...member.headers, 'Sec-Fetch-Site': site } });
      const answer = await response.json();
      assert.ok(response.status === 403 || answer.data.me === null, `${site}: ${JSON.stringify(answer)}`);
    }
    const { cookie } = member;
    assert.equal((await member.ask('mutation { signOut { signedOut } }')).signOut.signedOut, true);
    assert.equal(member.cookie, null);
    member.cookie = cookie;
    assert.equal((await member.ask(ME)).me, null);
    assert.equal(await member.refusal('{ connections { nodes { id } } }'), 'UNAUTHENTICATED');
    assert.ok((await actions(member.owner)).includes('staff.session_ended'));
  });

  test('ends when nobody used it for half a day, and after a week however much it was used', async () => {
    const member = await newMember(instance);
    const hash = sha256(member.cookie);
    const set = (column, hours) => database.change(`UPDATE staff_sessions SET ${column} = ? WHERE hash = ?`, Date.now() + hours * 3_600_000, hash);
    set('last_seen_at', -11);
    assert.ok((await member.ask(ME)).me, 'half a day is not over');
    const [{ last_seen_at: seen }] = database.rows('SELECT last_seen_at FROM staff_sessions WHERE hash = ?', hash);
    assert.ok(seen > Date.now() - 3_600_000, 'that it was used is kept');
    set('last_seen_at', -12.1);
    assert.equal((await member.ask(ME)).me, null);
    set('last_seen_at', 0);
    set('expires_at', -0.1);
    assert.equal((await member.ask(ME)).me, null);
  });

  test('is seen and ended by its member, and by owners; by nobody else', async () => {
    const owner = await newMember(instance);
    const [one, two] = [await newMember(instance, { owner, role: 'viewer' }), await newMember(instance, { owner, role: 'reviewer' })];
    const of = async (who) => (await who.ask(SESSIONS)).staffSessions;
    assert.deepEqual((await of(one)).map(({ staff, isCurrent, how }) => [staff.id, isCurrent, how]), [[one.id, true, 'LINK']]);
    assert.deepEqual(new Set((await of(owner)).map(({ staff }) => staff.id)), new Set([owner.id, one.id, two.id]));
    const [{ id }] = await of(two);
    assert.equal((await one.must('revokeStaffSession', { id }, 'revoked')).revoked, false);
    assert.ok((await two.ask(ME)).me);
    assert.equal((await (await newMember(instance)).must('revokeStaffSession', { id }, 'revoked')).revoked, false, 'nor by another controller’s owner');
    assert.equal((await owner.must('revokeStaffSession', { id }, 'revoked')).revoked, true);
    assert.equal((await two.ask(ME)).me, null);
  });
});

describe('a member', () => {
  test('has another role at once, and none once removed', async () => {
    const owner = await newMember(instance);
    const member = await newMember(instance, { owner, role: 'viewer' });
    const make = (who) => who.answer('mutation { createConnection(input: {source: STRIPE, label: "x"}) { userErrors { code } } }');
    assert.equal((await make(member)).errors[0].extensions.code, 'FORBIDDEN');
    await owner.must('changeStaffRole', { id: member.id, role: 'OWNER' }, 'staffMember { role }');
    assert.equal((await make(member)).errors, undefined);
    await owner.must('removeStaff', { id: member.id }, 'staffMember { removedAt }');
    assert.equal((await make(member)).errors[0].extensions.code, 'UNAUTHENTICATED');
    assert.equal((await owner.mustNot('removeStaff', { id: member.id })).code, 'UNKNOWN_STAFF');
    assert.deepEqual((await actions(owner)).filter((action) => /removed|role_changed/.test(action)), ['staff.removed', 'staff.role_changed']);
    const { staff } = await owner.ask('{ staff { id role removedAt } }');
    assert.ok(staff.find(({ id }) => id === member.id).removedAt);
  });

  test('who is the only owner stays it, however it is tried', async () => {
    const owner = await newMember(instance);
    const other = await newMember(instance, { owner });
    for (const [name, input] of [['removeStaff', {}], ['changeStaffRole', { role: 'VIEWER' }]]) {
      const both = [owner, other].map((one) => owner.owner.change(name, { id: one.id, ...input }));
      const codes = (await Promise.all(both)).flatMap(({ userErrors }) => userErrors.map(({ code }) => code));
      assert.deepEqual(codes, ['LAST_OWNER'], name);
      await (await left(owner, other)).must('addStaff', { email: newAddress('next'), name: 'Next', role: 'VIEWER' });
      if (name === 'removeStaff') {
        const last = await left(owner, other);
        Object.assign(last === owner ? other : owner, await newMember(instance, { owner: last }));
      }
    }
  });

  test('is added once, with a name and an address', async () => {
    const owner = await newMember(instance);
    const email = newAddress('anna');
    const add = (input) => owner.change('addStaff', { email, name: 'Anna', role: 'VIEWER', ...input });
    const answers = await Promise.all([add(), add(), add({ email: email.toUpperCase() })]);
    assert.deepEqual(answers.flatMap(({ userErrors }) => userErrors.map(({ code }) => code)), ['KNOWN_STAFF', 'KNOWN_STAFF']);
    assert.equal((await owner.mustNot('addStaff', { email: 'anna', name: 'A', role: 'VIEWER' })).code, 'INVALID_EMAIL');
    assert.equal((await owner.mustNot('addStaff', { email: newAddress(), name: ' ', role: 'VIEWER' })).code, 'INVALID_LENGTH');
    await until('the invitation', () => mailsTo(instance, email, 'staff_invited').length === 1);
  });
});

test('the first owner comes in by the link that the instance announces, once', async () => {
  const { dashboardLink } = instance;
  const token = new URL(dashboardLink).hash.slice('#sign-in='.length);
  const hash = sha256(token);
  assert.equal(database.rows('SELECT staff FROM staff_links WHERE hash = ?', hash).length, 1);
  const [first, again] = [new Member(instance), new Member(instance)];
  const me = await first.signIn(token);
  assert.deepEqual([me.role, me.staff.email, me.controller.id], ['OWNER', 'owner@marl.example', (await new Staff(instance).ask('{ me { controller { id } } }')).me.controller.id]);
  assert.equal((await again.mustNot('staffSignIn', { token })).code, 'USED_LINK');
});

/** The one of two who is still an owner. */
async function left(...members) {
  for (const member of members) if ((await member.ask(ME)).me?.role === 'OWNER') return member;
  throw new Error('Nobody is an owner any more.');
}
