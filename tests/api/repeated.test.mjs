// A choice delivered twice is one choice; two choices are a history.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { current, newVisitor, post, record, submission } from '../support/api.mjs';
import { sharedInstance } from '../support/instance.mjs';

const instance = await sharedInstance();
const { database } = instance;
const historyOf = (visitor) =>
  database.rows('SELECT * FROM consent_records WHERE visitor = ? ORDER BY recorded_at, rowid', visitor);
const entriesOf = (visitor) =>
  database.rows('SELECT seq FROM journal WHERE object IN (SELECT id FROM consent_records WHERE visitor = ?)', visitor);

test('the same choice delivered again gets the same record and receipt, and is stored once', async () => {
  const choice = await submission(instance);
  const [first, second] = [await post(instance, choice), await post(instance, choice)];
  assert.deepEqual([first.status, second.status], [201, 201]);
  assert.deepEqual(await second.json(), await first.json());
  assert.equal(historyOf(choice.visitor).length, 1);
  assert.equal(entriesOf(choice.visitor).length, 1);
});

test('fifty deliveries of one choice at once leave one record and one entry', async () => {
  const choice = await submission(instance);
  const answers = await Promise.all(Array.from({ length: 50 }, () => post(instance, choice)));
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [201]);
  const records = await Promise.all(answers.map((answer) => answer.json()));
  assert.equal(new Set(records.map((answer) => JSON.stringify(answer))).size, 1, 'every delivery gets the same answer');
  assert.equal(historyOf(choice.visitor).length, 1);
  assert.equal(entriesOf(choice.visitor).length, 1);
});

test('fifty visitors at once each get a record, and the journal stays without a gap', async () => {
  const choices = await Promise.all(Array.from({ length: 50 }, () => submission(instance)));
  const answers = await Promise.all(choices.map((choice) => post(instance, choice)));
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [201]);
  for (const { visitor } of choices) {
    assert.equal(historyOf(visitor).length, 1);
    assert.equal(entriesOf(visitor).length, 1);
  }
  const entries = database.rows("SELECT seq FROM journal WHERE controller = 'demo' ORDER BY seq");
  assert.deepEqual(
    entries.map(({ seq }) => seq),
    entries.map((_, at) => at + 1),
  );
});

test('a changed mind is a new record that names the one before', async () => {
  const visitor = newVisitor();
  const chain = [];
  for (const [action, purposes] of [
    ['accept-all', { functional: true, analytics: true, marketing: true }],
    ['custom', { analytics: true }],
    ['withdraw', {}],
  ])
    chain.push((await record(instance, { visitor, action, purposes })).record);
  assert.deepEqual(
    chain.map(({ previous }) => previous),
    [null, chain[0].id, chain[1].id],
  );
  assert.deepEqual(
    historyOf(visitor).map(({ id }) => id),
    chain.map(({ id }) => id),
    'the whole history is kept',
  );
  assert.deepEqual(await current(instance, visitor), chain[2], 'the newest is the one in force');
});

test('a late repetition of an older choice does not become the newest', async () => {
  const visitor = newVisitor();
  const older = await submission(instance, {
    visitor,
    action: 'accept-all',
    purposes: { functional: true, analytics: true, marketing: true },
  });
  await post(instance, older);
  const { record: newer } = await record(instance, { visitor, action: 'withdraw', purposes: {} });
  assert.equal((await post(instance, older)).status, 201);
  assert.deepEqual(await current(instance, visitor), newer);
  assert.equal(historyOf(visitor).length, 2);
});
