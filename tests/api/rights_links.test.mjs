// Links that prove an address: raced, replayed, guessed, ended, and asked for in somebody else's name.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { Staff } from '../support/graphql.mjs';
import { sharedInstance } from '../support/instance.mjs';
import { mailsTo, newAddress, nextMail } from '../support/mail.mjs';
import { Person, reviewed } from '../support/rights.mjs';

const instance = await sharedInstance();
const { database } = instance;
const staff = new Staff(instance);
const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const verifying = async (person) => (await nextMail(instance, { to: person.email, kind: 'verify' })).token;

describe('a link', () => {
  test('is known by the hash of its token only', async () => {
    const person = new Person(instance);
    await person.submit('ACCESS');
    const token = await verifying(person);
    assert.equal(Buffer.from(token, 'base64url').length, 32);
    assert.equal(database.rows('SELECT 1 FROM links WHERE hash = ?', sha256(token)).length, 1);
    assert.deepEqual(database.filesWith(token), []);
    assert.deepEqual(database.filesWith(person.email), [], 'nor is the address anywhere in the clear');
  });

  test('has one effect, however many click it at once', async () => {
    const person = new Person(instance);
    await person.submit('ACCESS');
    const token = await verifying(person);
    const clicks = Array.from({ length: 20 }, () => new Person(instance).change('verifyRightsRequest', { token }, 'request { id status }'));
    const answers = await Promise.all(clicks);
    const done = answers.filter(({ userErrors }) => !userErrors.length);
    assert.equal(done.length, 1);
    assert.deepEqual([...new Set(answers.flatMap(({ userErrors }) => userErrors.map(({ code }) => code)))], ['USED_LINK']);
    const { id } = done[0].request;
    const journal = await staff.journal({ object: id });
    assert.equal(journal.filter(({ action }) => action === 'rights_request.verified').length, 1);
    assert.equal(database.rows('SELECT 1 FROM mail_outbox WHERE request = ? AND kind = ?', id, 'confirmed').length, 1);
  });

  test('is of no use a second time, nor when its time is over, nor when it is guessed', async () => {
    const person = new Person(instance);
    const request = await person.file('ACCESS');
    const used = mailsTo(instance, person.email, 'verify')[0].token;
    const other = new Person(instance);
    assert.equal(await other.mustNot('verifyRightsRequest', { token: used }), 'USED_LINK');
    assert.equal(other.cookie, null);

    await other.submit('ACCESS');
    const late = await verifying(other);
    database.change('UPDATE links SET expires_at = ? WHERE hash = ?', Date.now() - 1, sha256(late));
    assert.equal(await other.mustNot('verifyRightsRequest', { token: late }), 'UNKNOWN_LINK');
    const byToken = 'query($token: String!) { it: rightsRequestByToken(token: $token) { status } }';
    assert.equal((await other.ask(byToken, { token: late })).it, null);

    const before = database.counts();
    const guesses = [...Array.from({ length: 200 }, () => randomBytes(32).toString('base64url')), '', 'x', used.slice(1), `${used} `, sha256(used), "' OR 1=1 --"];
    for (const token of guesses) {
      assert.equal(await other.mustNot('verifyRightsRequest', { token }), 'UNKNOWN_LINK');
      assert.equal((await other.ask(byToken, { token })).it, null);
    }
    for (const token of guesses.slice(0, 20)) assert.equal(await other.mustNot('signIn', { token }), 'UNKNOWN_LINK');
    assert.equal(await other.mustNot('signIn', { token: used }), 'UNKNOWN_LINK', 'a link proves what it was made for');
    assert.deepEqual(database.counts(), before, 'nothing came of it');
    assert.equal((await reviewed(staff, request.id)).status, 'RECEIVED');
  });

  test('of a page elsewhere does nothing: the click is ours', async () => {
    const person = new Person(instance);
    await person.submit('ACCESS');
    const token = await verifying(person);
    const query = 'mutation($input: VerifyRightsRequestInput!) { verifyRightsRequest(input: $input) { userErrors { code } } }';
    const answer = await person.answer(query, { input: { token } }, { 'Sec-Fetch-Site': 'cross-site' });
    assert.equal(answer.status, 403);
    await person.verify(token);
    // A cookie that comes along from another host of the same site speaks for nobody.
    assert.deepEqual(await person.ask('{ me { email } }', {}, { 'Sec-Fetch-Site': 'same-site' }), { me: null });
    assert.deepEqual(await person.ask('{ me { email } }'), { me: { email: person.email } });
  });
});

describe('of one person and kind', () => {
  test('two that are proven at the same moment leave one that counts', async () => {
    for (let round = 0; round < 5; round++) {
      const person = new Person(instance);
      await Promise.all([person.submit('DELETION'), person.submit('DELETION'), person.submit('DELETION')]);
      const tokens = [await verifying(person), await verifying(person), await verifying(person)];
      const clicks = tokens.map((token) => new Person(instance).change('verifyRightsRequest', { token }, 'request { id status duplicateOf }'));
      const requests = (await Promise.all(clicks)).map(({ request, userErrors }) => (assert.deepEqual(userErrors, []), request));
      const [first, ...more] = requests.filter(({ status }) => status === 'RECEIVED');
      assert.equal(more.length, 0, JSON.stringify(requests));
      const others = requests.filter((one) => one !== first);
      assert.deepEqual(others.map(({ status, duplicateOf }) => [status, duplicateOf]), Array(2).fill(['DUPLICATE', first.id]));
    }
  });

  test('what somebody else submitted first, and cannot prove, is as if it were not', async () => {
    const victim = new Person(instance);
    const attacker = new Person(instance, { email: victim.email });
    await attacker.submit('DELETION', { name: 'Not me' });
    await attacker.submit('ACCESS');
    const request = await (async () => {
      const before = mailsTo(instance, victim.email, 'verify').length;
      await victim.submit('DELETION', { name: 'It is me' });
      assert.ok(before <= 2);
      const own = new Set(mailsTo(instance, victim.email, 'verify').map(({ token }) => token));
      // The victim clicks on the link of the request that has the victim's own words: here, on the last that came.
      for (let count = 0; count < 3; count++) own.add((await nextMail(instance, { to: victim.email, kind: 'verify' })).token);
      const hashes = [...own];
      const [{ hash }] = database.rows('SELECT hash FROM links WHERE mark IN (SELECT mark FROM links WHERE hash = ?) ORDER BY created_at DESC LIMIT 1', sha256(hashes[0]));
      return victim.verify(hashes.find((token) => sha256(token) === hash));
    })();
    assert.deepEqual([request.status, request.name, request.duplicateOf], ['RECEIVED', 'It is me', null]);
    assert.deepEqual((await victim.requests()).map(({ id }) => id), [request.id], 'and is not shown as theirs');
    const listed = await staff.all('rightsRequests', 'id status', {}, 'RightsRequestFilter');
    assert.ok(listed.every(({ status }) => status !== 'AWAITING_VERIFICATION'), 'staff are not troubled with it');
    const all = await staff.all('rightsRequests', 'id status', { includeUnverified: true }, 'RightsRequestFilter');
    assert.ok(all.some(({ status }) => status === 'AWAITING_VERIFICATION'));
    await staff.must('startRightsRequest', { id: request.id }, 'rightsRequest { status }');
  });
});

describe('signing in', () => {
  test('is by a link, and shows what the address has asked for', async () => {
    const person = new Person(instance);
    const request = await person.file('ACCESS');
    const elsewhere = new Person(instance, { email: person.email });
    const me = await elsewhere.signIn();
    assert.deepEqual([me.kind, me.email, me.requests.map(({ id }) => id)], ['SUBJECT', person.email, [request.id]]);
    const { token } = mailsTo(instance, person.email, 'sign_in')[0];
    assert.equal(await person.mustNot('signIn', { token }), 'USED_LINK');
  });

  test('ends with signing out, and with its day', async () => {
    const person = new Person(instance);
    await person.file('ACCESS');
    const { cookie } = person;
    assert.equal((await person.requests()).length, 1);
    database.change('UPDATE subject_sessions SET expires_at = ? WHERE hash = ?', Date.now() - 1, sha256(cookie.split('=')[1]));
    assert.equal(await person.requests(), null);
    await person.signIn();
    const { signOut } = await person.ask('mutation { signOut { signedOut userErrors { code } } }');
    assert.deepEqual(signOut, { signedOut: true, userErrors: [] });
    assert.equal(person.cookie, null);
    person.cookie = cookie;
    assert.equal(await person.requests(), null);
  });

  test('an address that is known and one that is not hear the same, and each gets a link', async () => {
    const known = new Person(instance);
    await known.file('ACCESS');
    const unknown = new Person(instance);
    const ask = (person) => person.answer('mutation($input: RequestSignInLinkInput!) { requestSignInLink(input: $input) { accepted userErrors { code } } }', { input: { site: person.site, email: person.email } });
    assert.deepEqual(await ask(known), await ask(unknown));
    assert.deepEqual((await unknown.signIn()).requests, []);
  });

  test('whoever is signed in files without another link, but not in another’s name', async () => {
    const person = new Person(instance);
    const first = await person.file('ACCESS');
    await person.submit('DELETION');
    const deletion = (await person.requests()).find(({ kind }) => kind === 'DELETION');
    assert.equal(deletion.status, 'RECEIVED');
    await person.submit('ACCESS');
    const again = (await person.requests()).find(({ kind, id }) => kind === 'ACCESS' && id !== first.id);
    assert.deepEqual([again.status, again.duplicateOf], ['DUPLICATE', first.id]);
    await person.submit('DELETION', { email: newAddress() });
    assert.equal((await person.requests()).length, 3);
  });
});
