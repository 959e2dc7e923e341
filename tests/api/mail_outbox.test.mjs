// The outbox against a provider that fails in every way it can: what waits, what goes, what is given up, and what is kept.
import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { startInstance } from '../support/instance.mjs';
import { Provider, askForMail, makeDue, newAddress, outbox, whenRow } from '../support/mail.mjs';
import { runSchedule } from '../support/schedule.mjs';
import { until } from '../support/until.mjs';

const provider = await new Provider().start();
after(() => provider.stop());
const { instance, stop } = await startInstance({ mail: provider.url });
after(stop);
afterEach(() => provider.recover());

/** A mail in the outbox, and its row. */
async function ask(to = newAddress()) {
  const known = new Set(outbox(instance).map(({ id }) => id));
  await askForMail(instance, { to });
  const row = await until('a mail in the outbox', () => outbox(instance).find(({ id }) => !known.has(id)));
  return { to, id: row.id };
}
const to = (address) => provider.mails.filter((mail) => mail.to === address);
const entries = (id) => instance.database.rows("SELECT entry FROM journal WHERE action = 'mail.bounced' AND object = ?", id).map(({ entry }) => JSON.parse(entry));
/** Lets the mail's time come, and has the clock tick. */
async function tryNow(id) {
  makeDue(instance, id);
  await runSchedule(instance);
}

test('a mail leaves behind the answer, and leaves nothing of itself in the database', async () => {
  const { to: address, id } = await ask();
  const row = await whenRow(instance, id, ({ state }) => state === 'sent');
  const [mail] = to(address);
  assert.deepEqual([row.sealed, row.next_at, row.failure, row.attempts, row.provider_id], [null, null, null, 1, mail.id]);
  assert.ok(row.sent_at >= row.created_at);
  assert.equal(mail.authorization, `Bearer ${instance.secret('NOD_MAIL_KEY')}`);
  assert.equal(mail.idempotency, `${mail.controller}/${id}`);
  assert.match(mail.from, /^"[^"]+" <privacy@nod\.example>$/);
  assert.equal(mail.headers['Auto-Submitted'], 'auto-generated');
  assert.ok(mail.link.startsWith(instance.url), mail.link);
});

test('a mail that waits cannot be read from any store', async () => {
  provider.fail(503);
  const { to: address, id } = await ask();
  const row = await whenRow(instance, id, ({ failure }) => failure === 'http_503');
  assert.ok(row.sealed.startsWith('1.own.'), row.sealed);
  assert.deepEqual(instance.database.filesWith(address), []);
  provider.recover();
  await tryNow(id);
  assert.equal(to(address).length, 1);
});

test('a provider that is down is tried again with the same bytes under the same key', async () => {
  const cases = [
    ['http_500', () => provider.fail(500)],
    ['http_429', () => provider.fail(429, { headers: { 'Retry-After': '3600' } })],
    ['http_409', () => provider.fail(409)],
    ['unauthorised', () => provider.fail(401)],
    ['unauthorised', () => provider.fail(403)],
    ['redirected', () => provider.fail(302, { headers: { Location: 'http://127.0.0.1:9/' } })],
    ['unreachable', () => provider.hangUp()],
  ];
  for (const [failure, break_] of cases) {
    break_();
    const { to: address, id } = await ask();
    const row = await whenRow(instance, id, (row) => row.failure === failure);
    assert.deepEqual([row.state, row.attempts], ['queued', 1], failure);
    const wait = row.next_at - row.created_at;
    if (failure === 'http_429') assert.ok(wait >= 3_600_000, `the provider asked for an hour, and got ${wait} ms`);
    assert.ok(wait >= 15_000, `${failure}: tried again after ${wait} ms`);
    provider.recover();
    await tryNow(id);
    await whenRow(instance, id, ({ state }) => state === 'sent');
    const calls = provider.calls.filter(({ idempotency }) => idempotency?.endsWith(`/${id}`));
    assert.equal(calls.length, 2, failure);
    assert.equal(calls[0].body, calls[1].body, failure);
    assert.equal(to(address).length, 1, failure);
  }
});

test('a mail whose answer was lost arrives once', async () => {
  provider.hangUpAfterTaking();
  const { to: address, id } = await ask();
  await whenRow(instance, id, ({ failure }) => failure === 'unreachable');
  provider.recover();
  await tryNow(id);
  const row = await whenRow(instance, id, ({ state }) => state === 'sent');
  assert.equal(to(address).length, 1);
  assert.equal(row.provider_id, provider.mails.find((mail) => mail.to === address).id);
});

test('what the provider refuses for good is given up at once, and the journal says so', async () => {
  provider.fail(422, { body: JSON.stringify({ name: 'validation_error', message: 'somebody@example.com is wrong' }) });
  const { to: address, id } = await ask();
  const row = await whenRow(instance, id, ({ state }) => state === 'dead');
  assert.deepEqual([row.failure, row.sealed, row.next_at, row.attempts], ['http_422', null, null, 1]);
  const [entry, ...more] = entries(id);
  assert.deepEqual([entry.actor, entry.detail, more.length], ['system', { because: 'http_422' }, 0]);
  assert.ok(!JSON.stringify(entry).includes('example.com'));
  provider.recover();
  await runSchedule(instance);
  assert.equal(to(address).length, 0);
});

test('after twelve attempts a mail is dead', async () => {
  provider.fail(500);
  const { id } = await ask();
  const waits = [];
  for (let attempt = 1; attempt < 12; attempt += 1) {
    const row = await whenRow(instance, id, (row) => row.attempts === attempt && row.failure);
    assert.equal(row.state, 'queued', `attempt ${attempt}`);
    waits.push(row.next_at - Date.now());
    await tryNow(id);
  }
  const row = await whenRow(instance, id, ({ state }) => state === 'dead');
  assert.deepEqual([row.attempts, row.failure, row.sealed], [12, 'http_500', null]);
  for (let at = 1; at < waits.length; at += 1) assert.ok(waits[at] > waits[at - 1], `the waits grow: ${waits}`);
  assert.equal(entries(id).length, 1);
});

test('of many workers at once one sends', async () => {
  provider.fail(500);
  const { to: address, id } = await ask();
  await whenRow(instance, id, ({ failure }) => failure);
  provider.recover();
  provider.hold();
  makeDue(instance, id);
  const workers = Array.from({ length: 6 }, () => runSchedule(instance));
  await until('the provider to be asked', () => provider.calls.filter(({ idempotency }) => idempotency?.endsWith(`/${id}`)).length >= 2);
  await Promise.race(workers); // whoever found nothing to do is done
  provider.recover();
  await Promise.all(workers);
  await whenRow(instance, id, ({ state }) => state === 'sent');
  assert.equal(provider.calls.filter(({ idempotency }) => idempotency?.endsWith(`/${id}`)).length, 2, 'one that failed, one that went');
  assert.equal(to(address).length, 1);
});

test('a letter whose key is gone, whose time is over, or that was moved is not sent', async () => {
  provider.fail(500);
  const [forgotten, late, moved, other] = [await ask(), await ask(), await ask(), await ask()];
  for (const { id } of [forgotten, late, moved, other]) await whenRow(instance, id, ({ failure }) => failure);
  provider.recover();
  const change = (sql, ...values) => instance.database.change(`UPDATE mail_outbox SET ${sql} WHERE id = ?`, ...values);
  change("key_name = 'mail/gone'", forgotten.id);
  change('not_after = 1', late.id);
  const [{ sealed, key_name }] = instance.database.rows('SELECT sealed, key_name FROM mail_outbox WHERE id = ?', other.id);
  change('sealed = ?, key_name = ?', sealed, key_name, moved.id);
  for (const { id } of [forgotten, late, moved]) await tryNow(id);
  for (const [mail, because] of [[forgotten, 'forgotten'], [late, 'too_late'], [moved, 'unreadable']]) {
    const row = await whenRow(instance, mail.id, ({ state }) => state === 'dead');
    assert.deepEqual([row.failure, row.sealed], [because, null]);
    assert.equal(to(mail.to).length, 0, because);
  }
  await tryNow(other.id);
  assert.equal(to(other.to).length, 1);
});

test('a provider that was never configured leaves mail waiting', async () => {
  const { instance: bare, stop } = await startInstance({ mail: 'none' });
  try {
    await askForMail(bare, { to: newAddress() });
    const row = await until('the mail to be tried', () => outbox(bare).find(({ failure }) => failure));
    assert.deepEqual([row.state, row.failure], ['queued', 'not_configured']);
  } finally {
    await stop();
  }
});
