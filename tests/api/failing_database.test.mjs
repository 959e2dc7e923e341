// D1 failing: the answer is 503 with Retry-After, nothing is half-written, and all is well once the database is.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ask, current, newVisitor, post, problem, record, submission } from '../support/api.mjs';
import { startInstance } from '../support/instance.mjs';

const { instance, stop } = await startInstance();
after(stop);
const { database } = instance;
const count = (table) => database.counts()[table];

async function unavailable(request) {
  const response = await request;
  const wait = response.headers.get('retry-after');
  await problem(response, 503);
  assert.match(wait ?? '', /^[1-9]\d*$/, `Retry-After is a number of seconds: ${wait}`);
}

test('an entry of the journal that fails takes its record with it, and the same delivery succeeds later', async () => {
  await record(instance);
  const [records, entries] = [count('consent_records'), count('journal')];
  database.change("CREATE TRIGGER broken BEFORE INSERT ON journal BEGIN SELECT RAISE(ABORT, 'disk full'); END");
  const choice = await submission(instance);
  await unavailable(post(instance, choice));
  assert.deepEqual([count('consent_records'), count('journal')], [records, entries], 'nothing is half-written');
  assert.equal(await current(instance, choice.visitor), null);
  database.change('DROP TRIGGER broken');
  assert.equal((await post(instance, choice)).status, 201);
  assert.deepEqual([count('consent_records'), count('journal')], [records + 1, entries + 1]);
});

test('a record that fails leaves no entry in the journal', async () => {
  const entries = count('journal');
  database.change("CREATE TRIGGER broken BEFORE INSERT ON consent_records BEGIN SELECT RAISE(ABORT, 'disk full'); END");
  await unavailable(post(instance, await submission(instance)));
  database.change('DROP TRIGGER broken');
  assert.equal(count('journal'), entries);
});

test('without its journal nothing is recorded', async () => {
  const records = count('consent_records');
  database.change('ALTER TABLE journal RENAME TO journal_away');
  await unavailable(post(instance, await submission(instance)));
  assert.equal(count('consent_records'), records);
  database.change('ALTER TABLE journal_away RENAME TO journal');
  await record(instance);
  assert.equal(count('consent_records'), records + 1);
});

test('without any table every question is answered with 503, none with "unknown"', async () => {
  const choice = await submission(instance);
  for (const table of ['journal', 'consent_records', 'notices', 'sites', 'controllers']) database.change(`DROP TABLE ${table}`);
  await unavailable(post(instance, choice));
  await unavailable(ask(instance, newVisitor()));
  await unavailable(fetch(instance.at('/a-shop-never-asked-for/nod.js')));
  await unavailable(fetch(instance.at('/a-shop-never-asked-for-either/notice.json')));
});
