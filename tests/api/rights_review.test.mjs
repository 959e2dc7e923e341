// Staff and the person on a request: what each may do, what the other hears, and that nobody else sees any of it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Staff } from '../support/graphql.mjs';
import { sharedInstance } from '../support/instance.mjs';
import { mailsTo, newAddress, nextMail } from '../support/mail.mjs';
import { Person, SEEN, kinds, reviewed } from '../support/rights.mjs';
import { addSite } from '../support/sites.mjs';
import { newController, newToken, staffOf } from '../support/staff.mjs';

const instance = await sharedInstance();
const staff = new Staff(instance);
const begun = async (kind = 'OTHER', more) => {
  const person = new Person(instance);
  return [person, await person.file(kind, more)];
};

test('staff extend, hold and resume, and the person hears why', async () => {
  const [person, request] = await begun('RECTIFICATION');
  const { rightsRequest: longer } = await staff.must('extendRightsRequest', { id: request.id, reason: 'COMPLEXITY' }, 'rightsRequest { dueAt extension { reason until } }');
  assert.equal(longer.extension.reason, 'COMPLEXITY');
  assert.ok(Date.parse(longer.dueAt) - Date.parse(request.dueAt) > 50 * 86_400_000, 'two months more');
  await nextMail(instance, { to: person.email, kind: 'extended' });
  assert.equal((await staff.mustNot('extendRightsRequest', { id: request.id, reason: 'COMPLEXITY' })).code, 'ALREADY_EXTENDED');
  await staff.must('holdRightsRequest', { id: request.id, reason: 'CLARIFICATION', message: 'Which address is wrong?' }, 'rightsRequest { status }');
  const asked = await nextMail(instance, { to: person.email, kind: 'message' });
  assert.ok(asked.text.includes('Which address is wrong?'));
  assert.equal((await person.request(request.id)).hold.reason, 'CLARIFICATION');
  // The answer that it waited for lets it go on.
  const answered = await person.must('messageRightsRequest', { id: request.id, text: 'The one of my flat.' }, `request { ${SEEN} }`);
  assert.deepEqual([answered.request.status, answered.request.hold], ['IN_PROGRESS', null]);
  await staff.must('holdRightsRequest', { id: request.id, reason: 'FEE' }, 'rightsRequest { status }');
  const { rightsRequest } = await staff.must('resumeRightsRequest', { id: request.id }, 'rightsRequest { status }');
  assert.equal(rightsRequest.status, 'IN_PROGRESS');
});

test('a refusal says why as staff saw it before, and is appealed where the law has it', async () => {
  const [person, request] = await begun('DELETION', { region: 'US-VA', name: 'Jane Roe' });
  assert.deepEqual([request.law.id, request.law.hasAppeal], ['us-va', true]);
  const { mail } = await staff.must('previewRightsMail', { id: request.id, kind: 'DENIED', denial: 'NO_MATCH', message: 'We looked everywhere.' }, 'mail { subject text html }');
  assert.equal((await reviewed(staff, request.id)).status, 'RECEIVED', 'nothing was done');
  await staff.must('denyRightsRequest', { id: request.id, reason: 'NO_MATCH', note: 'We looked everywhere.' }, 'rightsRequest { status }');
  const sent = await nextMail(instance, { to: person.email, kind: 'denied' });
  assert.deepEqual([sent.subject, sent.text, sent.html], [mail.subject, mail.text, mail.html]);
  const denied = await person.request(request.id);
  assert.deepEqual([denied.status, denied.denial.reason, denied.denial.note, denied.canAppeal], ['DENIED', 'NO_MATCH', 'We looked everywhere.', true]);
  const { request: appealed } = await person.must('appealRightsRequest', { id: request.id, message: 'Look again.' }, `request { ${SEEN} }`);
  assert.equal(appealed.status, 'IN_PROGRESS');
  assert.equal(await person.mustNot('appealRightsRequest', { id: request.id, message: 'Again.' }), 'NOT_POSSIBLE_NOW');
  const [other, european] = await begun('DELETION');
  await staff.must('denyRightsRequest', { id: european.id, reason: 'LEGAL_OBLIGATION' }, 'rightsRequest { status }');
  assert.equal((await other.request(european.id)).canAppeal, false);
  assert.equal(await other.mustNot('appealRightsRequest', { id: european.id, message: 'But!' }), 'NO_APPEAL');
});

test('a person withdraws, and that is the end of it', async () => {
  const [person, request] = await begun('ACCESS');
  const { request: withdrawn } = await person.must('withdrawRightsRequest', { id: request.id }, `request { ${SEEN} }`);
  assert.deepEqual([withdrawn.status, withdrawn.canWithdraw], ['WITHDRAWN', false]);
  await nextMail(instance, { to: person.email, kind: 'withdrawn' });
  assert.equal((await staff.mustNot('startRightsRequest', { id: request.id })).code, 'NOT_POSSIBLE_NOW');
  await person.submit('ACCESS');
  assert.deepEqual((await person.requests()).map(({ status }) => status), ['RECEIVED', 'WITHDRAWN'], 'and the next one is none’s duplicate');
});

test('an opt-out needs no proof and counts at once', async () => {
  const person = new Person(instance);
  await person.submit('OPT_OUT_OF_SALE', { region: 'US-CA', visitor: 'AAAAAAAAAAAAAAAAAAAAAA' });
  const { token } = await nextMail(instance, { to: person.email, kind: 'received' });
  const { it } = await person.ask('query($token: String!) { it: rightsRequestByToken(token: $token) { kind status } }', { token });
  assert.deepEqual(it, { kind: 'OPT_OUT_OF_SALE', status: 'RECEIVED' });
  const { requests } = await person.signIn();
  assert.deepEqual(requests.map(({ kind, law }) => [kind, law.respondWithin]), [['OPT_OUT_OF_SALE', 'P15D']]);
  const [row] = instance.database.rows('SELECT kind, visitor FROM opt_outs WHERE request = ?', requests[0].id);
  assert.deepEqual(row, { kind: 'opt_out_of_sale', visitor: 'AAAAAAAAAAAAAAAAAAAAAA' });
});

test('an agent files in a person’s name, and the person confirms', async () => {
  const agent = { name: 'Agents Ltd', email: newAddress('agent') };
  const [, request] = await begun('ACCESS', { agent });
  const seen = await reviewed(staff, request.id);
  assert.deepEqual([seen.origin, seen.agent], ['AGENT', agent]);
});

test('what came by telephone is entered by staff', async () => {
  const email = newAddress();
  const arrived = new Date(Date.now() - 20 * 86_400_000).toISOString();
  const input = { site: instance.site, kind: 'OTHER', email, name: 'Jane Roe', message: 'She rang.', region: 'DE', receivedAt: arrived };
  const { rightsRequest } = await staff.must('enterRightsRequest', { ...input, isVerified: true }, 'rightsRequest { id status origin receivedAt }');
  assert.deepEqual([rightsRequest.status, rightsRequest.origin, rightsRequest.receivedAt], ['RECEIVED', 'STAFF', arrived]);
  await nextMail(instance, { to: email, kind: 'received' });
  assert.deepEqual((await new Person(instance, { email }).signIn()).requests.map(({ id }) => id), [rightsRequest.id]);
  const other = newAddress();
  assert.equal((await staff.mustNot('enterRightsRequest', { ...input, email: other })).code, 'INVALID_MOMENT', 'its link would have ended');
  await staff.must('enterRightsRequest', { ...input, email: other, receivedAt: null }, 'rightsRequest { id status }');
  const { token } = await nextMail(instance, { to: other, kind: 'verify' });
  assert.equal((await new Person(instance, { email: other }).verify(token)).status, 'RECEIVED');
});

test('a request is somebody’s, of the controller’s own staff', async () => {
  const [, request] = await begun();
  const { id: token } = newToken(instance, { role: 'reviewer' });
  const { rightsRequest } = await staff.must('assignRightsRequest', { id: request.id, token }, 'rightsRequest { assigned }');
  assert.equal(rightsRequest.assigned, token);
  const foreign = newToken(instance, { controller: newController(instance) });
  assert.equal((await staff.mustNot('assignRightsRequest', { id: request.id, token: foreign.id })).code, 'UNKNOWN_REQUEST');
  const mine = await staff.all('rightsRequests', 'id', { assigned: token }, 'RightsRequestFilter');
  assert.deepEqual(mine, [{ id: request.id }]);
});

describe('nobody else', () => {
  test('another person sees and changes nothing of it', async () => {
    const [, request] = await begun();
    const [other] = await begun();
    assert.equal((await other.requests()).some(({ id }) => id === request.id), false);
    for (const [name, more] of [
      ['withdrawRightsRequest', {}],
      ['appealRightsRequest', { message: 'x' }],
      ['messageRightsRequest', { text: 'x' }],
    ])
      assert.equal(await other.mustNot(name, { id: request.id, ...more }), 'UNKNOWN_REQUEST', name);
    assert.deepEqual(kinds(await reviewed(staff, request.id, 'events { kind }')).filter((kind) => kind !== 'VIEWED'), ['SUBMITTED', 'VERIFIED']);
  });

  test('another controller’s staff and subjects see and change nothing of it', async () => {
    const [person, request] = await begun();
    const controller = newController(instance);
    const { key } = addSite(instance, { key: `other-${process.pid}`, controller });
    const foreign = staffOf(instance, { controller });
    assert.equal(await reviewed(foreign, request.id), null);
    assert.deepEqual(await foreign.all('rightsRequests', 'id', { includeUnverified: true }, 'RightsRequestFilter'), []);
    for (const [name, more] of [
      ['startRightsRequest', {}],
      ['denyRightsRequest', { reason: 'NO_MATCH' }],
      ['extendRightsRequest', { reason: 'COMPLEXITY' }],
      ['holdRightsRequest', { reason: 'FEE', legal: true }],
      ['resumeRightsRequest', {}],
      ['fulfilRightsRequest', {}],
      ['assignRightsRequest', {}],
      ['previewRightsMail', { kind: 'MESSAGE', message: 'x' }],
      ['withdrawRightsRequest', {}],
      ['messageRightsRequest', { text: 'x' }],
    ])
      assert.equal((await foreign.mustNot(name, { id: request.id, ...more })).code, 'UNKNOWN_REQUEST', name);
    // The same person at another controller is nobody there.
    const there = new Person(instance, { email: person.email, site: key });
    assert.deepEqual((await there.signIn()).requests, []);
    assert.equal(await there.mustNot('withdrawRightsRequest', { id: request.id }), 'UNKNOWN_REQUEST');
    assert.equal((await foreign.mustNot('enterRightsRequest', { site: instance.site, kind: 'OTHER', email: newAddress() })).code, 'UNKNOWN_SITE');
    assert.equal(mailsTo(instance, person.email, 'message').length, 0);
  });
});
