// Cloudflare Access in front of the dashboard: who passes there and is staff here is signed in. Its keys, its tokens and its address of
// keys are as Cloudflare documents them; only the host is this machine's.
import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { Team } from '../support/access.mjs';
import { startKillable } from '../support/instance.mjs';
import { nextMail } from '../support/mail.mjs';
import { Member } from '../support/members.mjs';
import { Staff } from '../support/graphql.mjs';

const team = await Team.open();
const { instance, stop, kill, restart } = await startKillable();
after(async () => {
  await stop();
  team.close();
});
const set = async (settings) => {
  await kill();
  appendFileSync(join(instance.state, 'secrets.env'), Object.entries(settings).map(([name, value]) => `${name}=${value}\n`).join(''));
  await restart();
};
await set(team.settings);

const { database } = instance;
const owner = new Staff(instance);
const SESSIONS = '{ staffSessions { id how expiresAt staff { id } } }';
const sessionsOf = async ({ id }) => (await owner.ask(SESSIONS)).staffSessions.filter(({ staff }) => staff.id === id);
const journal = async (action) => (await owner.ask(`{ journal(filter: {action: "${action}"}, first: 50) { nodes { object actor detail } } }`)).journal.nodes;

/** Somebody whom an owner has added and who has used no link. */
async function newStaff(role = 'REVIEWER') {
  const member = new Member(instance);
  const { staffMember } = await owner.must('addStaff', { email: member.email, name: 'By Access', role }, 'staffMember { id }');
  return Object.assign(member, staffMember);
}

/** Opens the dashboard as a browser does behind Access. Takes over the cookie, if one is set. */
async function open(member, token, { path = '/dashboard', site = 'none' } = {}) {
  const headers = { ...member.headers, 'Sec-Fetch-Site': site, ...(token && { 'Cf-Access-Jwt-Assertion': token }) };
  const response = await fetch(instance.at(path), { headers });
  assert.equal(response.status, 200, 'the page is shown, whatever is wrong');
  assert.match(await response.text(), /<main|<body/);
  const [cookie] = response.headers.getSetCookie();
  if (cookie) {
    assert.match(cookie, /^__Host-nod-staff=[\w-]+; Path=\/; Max-Age=\d+; Secure; HttpOnly; SameSite=Strict$/);
    member.cookie = /=([^;]*)/.exec(cookie)[1];
  }
  return cookie ?? null;
}

const me = async (member) => (await member.ask('{ me { role staff { email } } }')).me;

describe('who passes at Cloudflare Access', () => {
  test('and is staff is signed in without a link, by a session like any other', async () => {
    const member = await newStaff();
    const token = team.token(member.email.toUpperCase(), { claims: { exp: Math.floor(Date.now() / 1000) + 3600 } });
    const cookie = await open(member, token);
    assert.ok(cookie, 'a session begins');
    assert.ok(Number(/Max-Age=(\d+)/.exec(cookie)[1]) <= 3600, 'it ends with the token');
    assert.deepEqual(await me(member), { role: 'REVIEWER', staff: { email: member.email } });
    const [session, ...more] = await sessionsOf(member);
    assert.deepEqual([session.how, more.length], ['ACCESS', 0]);
    assert.ok(Date.parse(session.expiresAt) <= Date.now() + 3_600_000);
    const [entry] = await journal('staff.signed_in');
    assert.deepEqual([entry.object, entry.detail.how, entry.detail.by, entry.detail.session], [member.id, 'access', member.id, session.id]);
    for (const secret of [token, member.cookie, member.email]) assert.deepEqual(database.filesWith(secret), []);
  });

  test('and is signed in already stays so; a cookie that did not come along is replaced, and sessions do not pile up', async () => {
    const member = await newStaff();
    const token = team.token(member.email);
    await open(member, token);
    assert.equal(await open(member, token), null, 'there is a session');
    const first = member.cookie;
    member.cookie = null; // a strict cookie stays behind on the way from a mail
    assert.ok(await open(member, token, { site: 'cross-site' }));
    assert.notEqual(member.cookie, first);
    assert.equal((await sessionsOf(member)).length, 1);
    assert.ok(await me(member));
    member.cookie = first;
    assert.equal(await me(member), null);
  });

  test('and was signed out goes through Access anew: the token that a session was ended of begins none', async () => {
    const member = await newStaff();
    const token = team.token(member.email);
    await open(member, token);
    const { signOut } = await member.ask('mutation { signOut { signedOut next } }');
    assert.deepEqual(signOut, { signedOut: true, next: '/cdn-cgi/access/logout' });
    assert.equal(await open(member, token), null);
    assert.equal(await me(member), null);
    assert.ok(await open(member, team.token(member.email)), 'a new token does');
    const [{ id }] = await sessionsOf(member);
    await owner.must('revokeStaffSession', { id }, 'revoked');
    const again = new Member(instance, member.email);
    const [{ why }] = (await journal('staff.refused')).filter(({ object }) => object === member.id).map(({ detail }) => detail);
    assert.equal(why, 'revoked');
    assert.equal(await open(again, token), null);
  });

  test('and is no staff is shown where to sign in, and the controller’s journal tells it once without a name', async () => {
    const stranger = new Member(instance, `stranger-${process.pid}@people.example`);
    const staffBefore = database.rows('SELECT COUNT(*) AS count FROM staff')[0].count;
    for (let count = 0; count < 3; count++) assert.equal(await open(stranger, team.token(stranger.email)), null);
    assert.equal(await me(stranger), null);
    assert.equal(database.rows('SELECT COUNT(*) AS count FROM staff')[0].count, staffBefore);
    const told = (await journal('staff.refused')).filter(({ detail }) => detail.why === 'not_staff');
    assert.deepEqual(told.map(({ detail }) => detail.what), ['sign_in']);
    assert.deepEqual(database.filesWith(stranger.email), []);
    assert.deepEqual(database.rows("SELECT times FROM staff_refusals WHERE why = 'not_staff'"), [{ times: 3 }]);
  });

  test('and was removed is no staff', async () => {
    const member = await newStaff();
    await open(member, team.token(member.email));
    await owner.must('removeStaff', { id: member.id });
    assert.equal(await me(member), null);
    assert.equal(await open(member, team.token(member.email)), null);
  });
});

describe('a token', () => {
  test('of a new key is believed as soon as the team has published it, and of a key that it publishes no more never', async () => {
    const member = await newStaff();
    const old = team.keys[0];
    team.rotate();
    assert.ok(await open(member, team.token(member.email)), 'the new key');
    member.cookie = null;
    assert.ok(await open(member, team.token(member.email, { key: old })), 'the old one, which is still published');
    team.rotate();
    member.cookie = null;
    assert.ok(await open(member, team.token(member.email)));
    member.cookie = null;
    assert.equal(await open(member, team.token(member.email, { key: old })), null, 'the old one, which is not');
  });

  test('that is not of this team, for this application, of a person and of now lets nobody in', async () => {
    const member = await newStaff('OWNER');
    const now = Math.floor(Date.now() / 1000);
    const good = team.token(member.email);
    const [header, claims, signature] = good.split('.');
    const another = await Team.open();
    another.close();
    const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const hmac = (secret) => {
      const signed = `${part({ alg: 'HS256', kid: team.keys[0].kid, typ: 'JWT' })}.${claims}`;
      return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
    };
    const tampered = JSON.parse(Buffer.from(claims, 'base64url'));
    tampered.exp += 1;
    const tokens = {
      'another team’s key': another.token(member.email, { claims: { iss: team.url, aud: [team.application] } }),
      'another team’s key under this one’s id': another.token(member.email, { claims: { iss: team.url, aud: [team.application] }, header: { kid: team.keys[0].kid } }),
      'another issuer': team.token(member.email, { claims: { iss: 'https://another.cloudflareaccess.com' } }),
      'another application': team.token(member.email, { claims: { aud: ['0'.repeat(64)] } }),
      'no application': team.token(member.email, { claims: { aud: [] } }),
      'an ended one': team.token(member.email, { claims: { exp: now - 1 } }),
      'one of the future': team.token(member.email, { claims: { nbf: now + 600, iat: now + 600 } }),
      'the team’s own session': team.token(member.email, { claims: { type: 'org' } }),
      'a service token': team.token(undefined, { claims: { common_name: 'abc.access', sub: '' } }),
      'an unsigned one': `${part({ alg: 'none', kid: team.keys[0].kid })}.${claims}.`,
      'one that is signed with the public key as a secret': hmac(team.keys[0].publicKey.export({ type: 'spki', format: 'pem' })),
      'changed claims': `${header}.${part(tampered)}.${signature}`,
      'a changed signature': `${header}.${claims}.${signature.slice(0, -2)}${signature.endsWith('AA') ? 'BB' : 'AA'}`,
      'no token': 'token',
      'too long a one': 'a'.repeat(20_000),
    };
    for (const [what, token] of Object.entries(tokens)) {
      assert.equal(await open(member, token), null, what);
      assert.equal(await me(member), null, what);
    }
    assert.deepEqual(await sessionsOf(member), []);
    assert.ok(await open(member, good), 'and the good one does');
  });

  test('of a key that nobody knows has the team asked once, however many there are', async () => {
    const member = await newStaff();
    const another = await Team.open();
    another.close();
    const before = team.asked;
    for (let count = 0; count < 8; count++) {
      another.rotate();
      await open(member, another.token(member.email, { claims: { iss: team.url, aud: [team.application] } }));
    }
    assert.ok(team.asked - before <= 1, `${team.asked - before} times`);
  });
});

test('a person who works for several controllers comes to the one that is named, or where they were last', async () => {
  const member = await newStaff();
  const other = `other-${process.pid}`;
  database.change('INSERT INTO controllers (id, name, created_at) VALUES (?, ?, ?)', other, 'Other', Date.now());
  const text = `nod_staff_${'A'.repeat(22)}_${'B'.repeat(43)}`;
  const hash = createHash('sha256').update(text).digest('hex');
  database.change("INSERT INTO staff_tokens (controller, id, role, label, hash, created_at) VALUES (?, ?, 'owner', 'x', ?, ?)", other, 'A'.repeat(22), hash, Date.now());
  await new Staff(instance, text).must('addStaff', { email: member.email, name: 'The same', role: 'VIEWER' });
  const at = async (path) => {
    const browser = new Member(instance, member.email);
    assert.ok(await open(browser, team.token(member.email), { path }));
    return (await browser.ask('{ me { controller { id } role } }')).me;
  };
  assert.deepEqual(await at(`/dashboard?controller=${other}`), { controller: { id: other }, role: 'VIEWER' });
  assert.deepEqual(await at('/dashboard/requests'), { controller: { id: other }, role: 'VIEWER' }, 'where they were last');
  assert.equal((await at('/dashboard?controller=demo')).role, 'REVIEWER');
});

test('while the team cannot be asked the dashboard is there, and links go on working', async () => {
  team.isUp = false;
  await kill();
  await restart(); // with no key in mind
  const member = await newStaff();
  assert.equal(await open(member, team.token(member.email)), null);
  assert.ok(await member.signIn());
  team.isUp = true;
});

test('where Access is the only way in, links are of no use, but for the first owner’s', async () => {
  const member = await newStaff();
  const { token } = await nextMail(instance, { to: member.email, kind: 'staff_invited' });
  await set({ NOD_ACCESS_ONLY: 'true' });
  assert.equal((await member.mustNot('staffSignIn', { token })).code, 'ACCESS_ONLY');
  assert.equal((await member.mustNot('requestStaffSignInLink', { email: member.email }, 'accepted')).code, 'ACCESS_ONLY');
  assert.equal(member.cookie, null);
  assert.ok(await open(member, team.token(member.email)));
  const first = new Member(instance);
  await first.must('staffSignIn', { token: new URL(instance.dashboardLink).hash.slice('#sign-in='.length) }, 'me { role }');
});
