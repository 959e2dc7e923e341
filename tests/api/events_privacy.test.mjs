// What is stored of events says nothing about who they are from: visits are counted with a salt that is gone after its day.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { counts, events, hashed, newSite, settled, taken, visitorWith } from '../support/events.mjs';
import { startInstance } from '../support/instance.mjs';
import { runSchedule } from '../support/schedule.mjs';

const { instance, stop } = await startInstance();
after(stop);
const { database } = instance;
const marks = (site) => database.rows('SELECT day, mark FROM visit_marks WHERE site = ?', site);
const keys = () => readdirSync(join(instance.state, 'stores/v3/kv/KEYS/blobs')).length;

test('neither an address nor a browser nor a hash of an identifier reaches any store', async () => {
  const site = newSite(instance);
  const visitor = await visitorWith(instance, site, { analytics: true });
  const headers = {
    'User-Agent': 'Mozilla/5.0 (Trace-of-a-browser 4711)',
    'CF-Connecting-IP': '203.0.113.80',
    'X-Forwarded-For': '203.0.113.77',
    'X-Real-IP': '203.0.113.78',
    Referer: 'http://trace-of-a-page.example/',
    Cookie: 'session=trace-of-a-session',
  };
  const identity = { email: hashed('trace@person.example'), google: { email: hashed('google-trace') }, meta: { phone: hashed('meta-trace') } };
  const page = { host: 'trace-of-a-host.example', path: '/trace-of-a-path', title: 'Trace of a title', referrer: 'trace-of-a-referrer.example' };
  await taken(instance, { site, visitor, identity, page, events: events(2, { props: { who: 'trace-of-a-property' } }) }, { headers });
  await counts(instance, site, { add_to_cart: [2, 0] });
  assert.ok(database.filesWith(site).length, 'the search finds what is stored');
  const traces = [...Object.values(headers), ...Object.values(page), 'trace-of-a-property', identity.email, identity.google.email, identity.meta.phone];
  for (const trace of traces) assert.deepEqual(database.filesWith(trace), [], trace);
  assert.equal(marks(site).length, 1);
});

test('a browser at an address is one visit a day, whatever it does; another is another', async () => {
  const site = newSite(instance);
  const visit = (agent) => taken(instance, { site, events: events(1) }, { region: 'US-CA', headers: { 'User-Agent': agent } });
  for (const agent of ['one', 'two', 'one', 'two', 'one']) await visit(agent);
  await counts(instance, site, { add_to_cart: [5, 0] });
  assert.equal(marks(site).length, 2);
});

test('without anything that was allowed there is no visit, and the essential makes none', async () => {
  const site = newSite(instance);
  await taken(instance, { site, events: [...events(1), ...events(1, { purpose: 'necessary' })] });
  await settled(instance, site);
  assert.deepEqual(marks(site), []);
});

test('after its day the salt is gone from every store, and the marks have become a number', async () => {
  const site = newSite(instance);
  for (const agent of ['one', 'two', 'three']) await taken(instance, { site, events: events(1) }, { region: 'US-CA', headers: { 'User-Agent': agent } });
  await counts(instance, site, { add_to_cart: [3, 0] });
  const [{ day }] = marks(site);
  assert.equal(day % 86_400_000, 0);
  assert.equal(database.rows('SELECT * FROM daily_salts').length, 1, 'one salt for all of the controller’s sites');
  const before = keys();
  await runSchedule(instance);
  assert.equal(marks(site).length, 3, 'today is not over');
  assert.equal(keys(), before);
  for (const table of ['daily_salts', 'visit_marks']) database.change(`UPDATE ${table} SET day = day - 2 * 86400000`);
  await runSchedule(instance);
  assert.deepEqual(marks(site), []);
  assert.deepEqual(database.rows('SELECT day, visits FROM visit_counts WHERE site = ?', site), [{ day: day - 2 * 86_400_000, visits: 3 }]);
  assert.deepEqual(database.rows('SELECT * FROM daily_salts'), []);
  assert.equal(keys(), before - 1, 'the key itself is deleted');
});
