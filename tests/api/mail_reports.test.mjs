// What the mail provider reports: bounces, complaints. Signed, once, and shown to staff.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sharedInstance } from '../support/instance.mjs';
import { askForMail, newAddress, nextMail, report, whenRow } from '../support/mail.mjs';

const instance = await sharedInstance();
const entries = (id) => instance.database.rows("SELECT entry FROM journal WHERE action = 'mail.bounced' AND object = ?", id).map(({ entry }) => JSON.parse(entry));

async function sent() {
  const to = newAddress();
  await askForMail(instance, { to });
  const mail = await nextMail(instance, { to });
  await whenRow(instance, mail.id, ({ state }) => state === 'sent');
  return mail;
}
async function status(response) {
  assert.equal(response.status, 200, await response.clone().text());
  return (await response.json()).status;
}

test('a bounce is written to the mail and the journal, once', async () => {
  const mail = await sent();
  const bounce = { data: { bounce: { type: 'Permanent', subType: 'General', message: `550 no such user ${mail.to}` } } };
  for (const answer of await Promise.all(Array.from({ length: 5 }, () => report(instance, mail, 'bounced', bounce)))) {
    assert.equal(await status(answer), 'noted');
  }
  await whenRow(instance, mail.id, ({ state, failure }) => state === 'bounced' && failure === 'bounced');
  const [entry, ...more] = entries(mail.id);
  assert.deepEqual([entry.detail, more.length], [{ because: 'bounced' }, 0]);
  assert.deepEqual(instance.database.filesWith(mail.to), [], 'the provider’s words name the address, and are not kept');
});

test('each report has its reason', async () => {
  for (const [type, data, state, failure] of [
    ['bounced', { bounce: { type: 'Transient' } }, 'bounced', 'bounced_passing'],
    ['complained', {}, 'bounced', 'complained'],
    ['failed', {}, 'bounced', 'failed'],
    ['suppressed', {}, 'suppressed', 'suppressed'],
  ]) {
    const mail = await sent();
    assert.equal(await status(await report(instance, mail, type, { data })), 'noted');
    await whenRow(instance, mail.id, (row) => row.state === state && row.failure === failure);
  }
});

test('what is of no use changes nothing', async () => {
  const mail = await sent();
  for (const type of ['delivered', 'opened', 'clicked', 'delivery_delayed', 'sent']) {
    assert.equal(await status(await report(instance, mail, type)), 'ignored', type);
  }
  // A mail of another program at the same provider; one that never was; one of another controller's.
  assert.equal(await status(await report(instance, mail, 'bounced', { data: { tags: {} } })), 'ignored');
  for (const stranger of [{ ...mail, id: 'A'.repeat(22) }, { ...mail, controller: 'another' }]) {
    await report(instance, stranger, 'bounced');
  }
  const row = await whenRow(instance, mail.id, () => true);
  assert.equal(row.state, 'sent');
  assert.deepEqual(entries(mail.id), []);
});

test('whoever does not sign is refused, and hears the one answer', async () => {
  const mail = await sent();
  const wrong = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  const old = (headers) => ({ ...headers, 'svix-timestamp': String(Number(headers['svix-timestamp']) - 3600) });
  const answers = [
    await report(instance, mail, 'bounced', { secret: wrong }),
    await report(instance, mail, 'bounced', { sign: () => ({}) }),
    await report(instance, mail, 'bounced', { sign: old }),
    await report(instance, mail, 'bounced', { sign: (headers) => ({ ...headers, 'svix-id': 'msg_other' }) }),
  ];
  const said = await Promise.all(answers.map((answer) => answer.text()));
  assert.deepEqual([...new Set(answers.map((answer) => answer.status))], [401]);
  assert.equal(new Set(said).size, 1);
  assert.equal((await whenRow(instance, mail.id, () => true)).state, 'sent');
  assert.equal((await report(instance, mail, '', { body: '{"type": 7}' })).status, 400);
  assert.equal((await report(instance, mail, '', { body: 'x'.repeat(70_000) })).status, 413);
  const get = await fetch(instance.at('/v1/mail/events'));
  assert.deepEqual([get.status, get.headers.get('allow')], [405, 'POST']);
});
