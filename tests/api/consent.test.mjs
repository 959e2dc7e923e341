// A choice that is posted becomes a record that says both ways, an entry of the journal, and a receipt that anybody can
// verify.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { current, fingerprint, newVisitor, nextMoment, post, record, submission } from '../support/api.mjs';
import { sharedInstance } from '../support/instance.mjs';
import { forge, inspect, keySet } from '../support/receipt.mjs';

const instance = await sharedInstance();
const { database } = instance;
const recordsOf = (visitor) => database.rows('SELECT * FROM consent_records WHERE visitor = ? ORDER BY recorded_at', visitor);

test('a visitor who has not chosen has no consent', async () => {
  assert.equal(await current(instance, newVisitor()), null);
});

test('a choice is answered with a record that names every purpose, granted or refused', async () => {
  const before = Date.now();
  const choice = await submission(instance, { purposes: { analytics: true } });
  const response = await post(instance, choice);
  assert.equal(response.status, 201);
  assert.match(response.headers.get('content-type'), /^application\/json/);
  assert.match(response.headers.get('cache-control') ?? '', /no-store/, 'a personal answer is kept by no cache');
  assert.equal(response.headers.get('set-cookie'), null);
  const { record: proof } = await response.json();
  assert.deepEqual(proof, {
    schema: 'nod/consent/1',
    id: proof.id,
    controller: 'demo',
    site: instance.site,
    visitor: choice.visitor,
    notice: await fingerprint(instance),
    notice_version: 1,
    action: 'custom',
    purposes: { necessary: true, functional: false, analytics: true, marketing: false },
    vendors: {},
    locale: 'en',
    surface: 'preferences',
    regime: proof.regime,
    region: proof.region,
    gpc: false,
    recorded_at: proof.recorded_at,
    claimed_at: new Date(choice.at).toISOString(),
    previous: null,
  });
  assert.match(proof.id, /^[\w-]{22}$/);
  const recorded = Date.parse(proof.recorded_at);
  assert.ok(recorded >= before && recorded <= Date.now(), `recorded_at is the server's clock, now: ${proof.recorded_at}`);
  assert.deepEqual(await current(instance, choice.visitor), proof, 'GET gives back the same record');
});

test('the record is in D1, both ways, field by field', async () => {
  const { record: proof } = await record(instance, { action: 'reject-all', purposes: {}, surface: 'banner', locale: 'de' });
  const rows = recordsOf(proof.visitor);
  assert.equal(rows.length, 1);
  const [row] = rows;
  assert.deepEqual(JSON.parse(row.purposes), { necessary: true, functional: false, analytics: false, marketing: false });
  assert.deepEqual(JSON.parse(row.vendors), {});
  for (const field of [
    'id',
    'controller',
    'site',
    'notice',
    'notice_version',
    'action',
    'locale',
    'surface',
    'regime',
    'region',
    'previous',
  ]) {
    assert.equal(row[field], proof[field], field);
  }
  assert.equal(row.action, 'reject-all');
  assert.equal(row.gpc, 0);
  assert.equal(row.recorded_at, Date.parse(proof.recorded_at));
  assert.equal(row.claimed_at, Date.parse(proof.claimed_at));
});

test('each way to choose is taken: accept all, reject all, custom, withdraw, from each surface', async () => {
  const all = { functional: true, analytics: true, marketing: true };
  for (const [action, purposes, surface] of [
    ['accept-all', all, 'banner'],
    ['reject-all', {}, 'preferences'],
    ['custom', { marketing: true }, 'placeholder'],
    ['withdraw', {}, 'api'],
  ]) {
    const { record: proof } = await record(instance, { action, purposes, surface });
    assert.equal(proof.action, action);
    assert.equal(proof.surface, surface);
    assert.deepEqual(proof.purposes, { necessary: true, functional: false, analytics: false, marketing: false, ...purposes });
  }
});

test('single vendors are kept where the visitor decided on them', async () => {
  const { record: proof } = await record(instance, { vendors: { tally: true, clip: false } });
  assert.deepEqual(proof.vendors, { tally: true, clip: false });
  assert.deepEqual(JSON.parse(recordsOf(proof.visitor)[0].vendors), { tally: true, clip: false });
});

test('JSON is taken by its own name too, not only as the plain text that pages send', async () => {
  const response = await post(instance, await submission(instance), { headers: { 'Content-Type': 'application/json' } });
  assert.equal(response.status, 201, await response.text());
});

test('Global Privacy Control is recorded from the header, not from what the page claims', async () => {
  const claimed = await post(instance, await submission(instance, { gpc: true, regime: 'ccpa' }));
  assert.equal((await claimed.json()).record.gpc, false);
  const choice = await submission(instance);
  const sent = await post(instance, choice, { headers: { 'Sec-GPC': '1' } });
  assert.equal((await sent.json()).record.gpc, true);
  assert.equal(recordsOf(choice.visitor)[0].gpc, 1);
});

test('each record has its entry in the journal, hashed as RFC 6962 does, numbered without a gap', async () => {
  const { record: proof } = await record(instance);
  const entries = database.rows('SELECT * FROM journal WHERE controller = ? ORDER BY seq', 'demo');
  assert.deepEqual(
    entries.map(({ seq }) => seq),
    entries.map((_, at) => at + 1),
    'seq counts from 1 without a gap',
  );
  const own = entries.filter(({ entry }) => entry.includes(proof.id));
  assert.equal(own.length, 1, 'one entry per record');
  const [row] = own;
  const entry = JSON.parse(row.entry);
  assert.equal(row.leaf, createHash('sha256').update('\0').update(row.entry).digest('hex'));
  assert.equal(row.action, 'consent.recorded');
  assert.equal(row.object, proof.id);
  assert.equal(row.at, Date.parse(proof.recorded_at));
  assert.deepEqual(
    { controller: entry.controller, actor: entry.actor, action: entry.action, object: entry.object, at: entry.at },
    { controller: 'demo', actor: 'visitor', action: 'consent.recorded', object: proof.id, at: proof.recorded_at },
  );
  const records = database
    .rows('SELECT id FROM consent_records WHERE controller = ?', 'demo')
    .map(({ id }) => id)
    .sort();
  const recorded = entries.filter(({ action }) => action === 'consent.recorded');
  assert.deepEqual(recorded.map(({ object }) => object).sort(), records, 'records and entries stand one to one');
});

test('the receipt is the record, signed by the published key', async () => {
  const keys = await keySet(instance);
  const { record: proof, receipt } = await record(instance);
  const { header, payload, signed } = inspect(receipt, keys);
  assert.equal(signed, true);
  assert.deepEqual(payload, proof);
  assert.equal(header.alg, 'EdDSA');
});

test('a receipt that was changed is not signed', async () => {
  const keys = await keySet(instance);
  const { receipt } = await record(instance);
  const changes = {
    'another answer': (proof) => (proof.purposes.marketing = true),
    'another visitor': (proof) => (proof.visitor = newVisitor()),
    'another time': (proof) => (proof.recorded_at = new Date(nextMoment()).toISOString()),
  };
  for (const [what, change] of Object.entries(changes)) {
    assert.equal(inspect(forge(receipt, change), keys).signed, false, what);
  }
});
