// The straight path of a rights request: submitted, proven by mail, worked on, answered, seen by its person.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Staff } from '../support/graphql.mjs';
import { sharedInstance } from '../support/instance.mjs';
import { mailsTo, newAddress, nextMail } from '../support/mail.mjs';
import { Person, kinds, reviewed } from '../support/rights.mjs';

const instance = await sharedInstance();
const { database } = instance;
const staff = new Staff(instance);

test('a request is submitted, proven, started and met, and its person hears of each step', async () => {
  const person = new Person(instance);
  assert.deepEqual(await person.submit('OTHER', { name: 'Jane Roe', message: 'Where do you have me from?', locale: 'de' }), { accepted: true });
  assert.equal(person.cookie, null, 'nobody is signed in by a form');
  const link = await nextMail(instance, { to: person.email, kind: 'verify' });
  assert.match(link.link, new RegExp(`^${instance.url}/privacy/${instance.site}#verify=[\\w-]{43}$`.replaceAll('//p', '/p')));
  const byToken = 'query($token: String!) { it: rightsRequestByToken(token: $token) { kind status isUsed law { id } } }';
  assert.deepEqual((await person.ask(byToken, { token: link.token })).it, {
    kind: 'OTHER',
    status: 'AWAITING_VERIFICATION',
    isUsed: false,
    law: { id: 'gdpr' },
  });

  const request = await person.verify(link.token);
  assert.equal(request.status, 'RECEIVED');
  assert.match(person.setCookie, /^__Host-nod-subject=[\w-]{43}; Path=\/; Max-Age=86400; Secure; HttpOnly; SameSite=Lax$/);
  assert.deepEqual(kinds(request), ['SUBMITTED', 'VERIFIED']);
  assert.deepEqual([request.canWithdraw, request.canAppeal, request.canMessage], [true, false, true]);
  await nextMail(instance, { to: person.email, kind: 'confirmed' });

  const seen = await reviewed(staff, request.id);
  assert.deepEqual([seen.email, seen.name, seen.message, seen.locale], [person.email, 'Jane Roe', 'Where do you have me from?', 'de']);
  assert.deepEqual([seen.origin, seen.region, seen.site], ['FORM', 'DE', instance.site]);
  assert.ok(seen.daysLeft >= 27 && seen.daysLeft <= 34, `${seen.daysLeft} days`);

  await staff.must('startRightsRequest', { id: request.id }, 'rightsRequest { status }');
  await staff.must('messageRightsRequest', { id: request.id, text: 'From your order.' }, 'rightsRequest { status }');
  await nextMail(instance, { to: person.email, kind: 'message' });
  await person.must('messageRightsRequest', { id: request.id, text: 'Thank you.' }, 'request { status }');
  await staff.must('fulfilRightsRequest', { id: request.id, message: 'That is all.' }, 'rightsRequest { status }');
  const answer = await nextMail(instance, { to: person.email, kind: 'fulfilled' });
  assert.ok(answer.text.includes('That is all.') && answer.link.includes(`/privacy/${instance.site}`));

  const [mine] = await person.requests();
  assert.equal(mine.status, 'FULFILLED');
  assert.deepEqual(
    mine.messages.map(({ author, text }) => [author, text]),
    [
      ['STAFF', 'From your order.'],
      ['SUBJECT', 'Thank you.'],
      ['STAFF', 'That is all.'],
    ],
  );
  assert.deepEqual(kinds(mine), ['SUBMITTED', 'VERIFIED', 'STARTED', 'MESSAGE_SENT', 'MESSAGE_SENT', 'FULFILLED'], 'and nothing of who looked');
  assert.equal((await person.ask(byToken, { token: link.token })).it.status, 'FULFILLED', 'a used link still shows where it stands');
});
