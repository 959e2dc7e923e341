// What is stored cannot be changed, and says nothing about a person that consent needs not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { post, record, submission } from '../support/api.mjs';
import { sharedInstance } from '../support/instance.mjs';

const instance = await sharedInstance();
const { database } = instance;

test('records, journal and notices refuse every UPDATE and DELETE', async () => {
  await record(instance);
  const before = database.dump();
  for (const [table, column] of [
    ['consent_records', 'purposes'],
    ['journal', 'entry'],
    ['notices', 'document'],
  ]) {
    assert.match(database.refusal(`UPDATE ${table} SET ${column} = '{}'`), /append-only/, `UPDATE ${table}`);
    assert.match(database.refusal(`DELETE FROM ${table}`), /append-only/, `DELETE FROM ${table}`);
  }
  assert.equal(database.dump(), before);
});

test('neither the IP address nor the browser of a visitor reaches any store', async () => {
  const traces = {
    'User-Agent': 'Mozilla/5.0 (Trace-of-a-browser 4711)',
    'X-Forwarded-For': '203.0.113.77',
    'X-Real-IP': '203.0.113.78',
    'True-Client-IP': '203.0.113.79',
    'CF-Connecting-IP': '203.0.113.80',
    'Accept-Language': 'de-AT-trace-of-a-language',
    Cookie: 'session=trace-of-a-session',
    Referer: 'http://trace-of-a-page.example/',
  };
  const choice = await submission(instance);
  const response = await post(instance, choice, { headers: traces });
  assert.equal(response.status, 201, await response.text());
  await fetch(instance.at(`/${instance.site}/nod.js?region=DE`), { headers: traces });
  assert.ok(database.filesWith(choice.visitor).length, 'the search finds what is stored: the visitor');
  for (const [header, value] of Object.entries(traces)) {
    assert.ok(!database.dump().includes(value), `${header} is in the database`);
    assert.deepEqual(database.filesWith(value), [], `${header} is in a store's file`);
  }
  for (const table of ['consent_records', 'journal']) {
    const columns = database.rows(`SELECT name FROM pragma_table_info('${table}')`).map(({ name }) => name);
    assert.deepEqual(
      columns.filter((name) => /(^|_)ip(_|$)|address|agent|browser/i.test(name)),
      [],
      `columns of ${table}`,
    );
  }
});

test('fields that a choice does not have are not kept', async () => {
  const choice = await submission(instance, { email: 'trace@person.example', ip: '203.0.113.81', page: '/trace-of-a-path' });
  assert.equal((await post(instance, choice)).status, 201);
  for (const value of ['trace@person.example', '203.0.113.81', '/trace-of-a-path']) {
    assert.deepEqual(database.filesWith(value), [], value);
  }
});
