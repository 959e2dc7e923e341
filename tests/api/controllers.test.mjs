// Two controllers side by side: neither ever sees, changes or counts what is the other's.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { current, newVisitor, post, problem, record, submission } from '../support/api.mjs';
import { sharedInstance } from '../support/instance.mjs';
import { script } from '../support/script.mjs';
import { addSite } from '../support/sites.mjs';

const instance = await sharedInstance();
const { database } = instance;
const other = addSite(instance, {
  key: 'neighbour-shop',
  controller: 'neighbour',
  origins: ['https://neighbour.example'],
  change: (notice) => {
    notice.controller.name = 'Neighbour Ltd';
  },
});

const onNeighbour = { site: other.key, notice: other.fingerprint };

test('each site gives its own script and notice', async () => {
  const { config } = await script(instance, { region: 'DE' }, { site: other.key });
  assert.equal(config.site, other.key);
  assert.equal(config.notice, other.fingerprint);
  assert.notEqual(config.notice, (await script(instance, { region: 'DE' })).config.notice);
});

test('a visitor of one controller is unknown at the other, even by the same id', async () => {
  const visitor = newVisitor();
  const { record: here } = await record(instance, {
    visitor,
    action: 'accept-all',
    purposes: { functional: true, analytics: true, marketing: true },
  });
  assert.equal(await current(instance, visitor, { site: other.key }), null);
  const { record: there } = await record(instance, { ...onNeighbour, visitor, action: 'reject-all', purposes: {} });
  assert.equal(there.controller, 'neighbour');
  assert.equal(there.previous, null, 'the history of one is no history of the other');
  assert.deepEqual(await current(instance, visitor), here);
  assert.deepEqual(await current(instance, visitor, { site: other.key }), there);
});

test('the same choice at the same moment is two choices at two controllers', async () => {
  const choice = await submission(instance);
  const here = await (await post(instance, choice)).json();
  const there = await (await post(instance, { ...choice, ...onNeighbour })).json();
  assert.notEqual(there.record.id, here.record.id);
  assert.equal(there.record.controller, 'neighbour');
});

test('one controller’s notice cannot be agreed to on the other’s site', async () => {
  const counts = database.counts();
  const { notice } = await submission(instance);
  await problem(await post(instance, await submission(instance, { site: other.key, notice })), 409);
  assert.deepEqual(database.counts(), counts);
});

test('one controller’s pages cannot act on the other’s site', async () => {
  const counts = database.counts();
  const choice = await submission(instance, onNeighbour);
  await problem(await post(instance, choice, { headers: { Origin: new URL(instance.url).origin } }), 403);
  assert.deepEqual(database.counts(), counts);
});

test('each controller has a journal of its own, counted from 1', async () => {
  await record(instance, onNeighbour);
  await record(instance);
  for (const controller of ['demo', 'neighbour']) {
    const entries = database.rows('SELECT seq, entry, object FROM journal WHERE controller = ? ORDER BY seq', controller);
    assert.ok(entries.length);
    assert.deepEqual(
      entries.map(({ seq }) => seq),
      entries.map((_, at) => at + 1),
    );
    assert.deepEqual([...new Set(entries.map(({ entry }) => JSON.parse(entry).controller))], [controller]);
    const records = database.rows('SELECT id FROM consent_records WHERE controller = ?', controller).map(({ id }) => id);
    const recorded = entries.filter(({ entry }) => JSON.parse(entry).action === 'consent.recorded');
    assert.deepEqual(recorded.map(({ object }) => object).sort(), records.sort());
  }
});
