// Twice sent is once counted: by one page and by several, in whatever pieces, and through a database that fails.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { counted, counts, events, newSite, newSource, settled, taken, visitorWith } from '../support/events.mjs';
import { startInstance } from '../support/instance.mjs';
import { runSchedule } from '../support/schedule.mjs';
import { until } from '../support/until.mjs';

const { instance, stop } = await startInstance();
after(stop);
const { database } = instance;
const site = newSite(instance);
const neighbour = newSite(instance, { controller: 'neighbour' });
const visitor = await visitorWith(instance, site, { analytics: true });
const say = (events, options) => taken(instance, { site, visitor, events }, options);

test('the same call, again and again', async () => {
  const name = 'again';
  const list = events(10, { name });
  await say(list);
  await until('the first to be counted', () => counted(instance, site)[name]);
  await Promise.all(Array.from({ length: 5 }, () => say(list)));
  await settled(instance, site);
  assert.deepEqual(counted(instance, site)[name], [10, 0]);
});

test('the same calls all at once', async () => {
  const name = 'at_once';
  const list = events(100, { name });
  await Promise.all(Array.from({ length: 20 }, () => say(list)));
  await settled(instance, site);
  assert.deepEqual(counted(instance, site)[name], [100, 0]);
});

test('pieces that overlap, in any order', async () => {
  const name = 'pieces';
  const source = newSource();
  const piece = (from, count) => say(events(count, { name, source, from }));
  await Promise.all([piece(50, 50), piece(0, 60), piece(40, 20), piece(99, 1), piece(0, 100), piece(100, 1)]);
  await settled(instance, site);
  assert.deepEqual(counted(instance, site)[name], [101, 0]);
});

test('one event twice in a call; numbers of two pages are two events; without an id each is one', async () => {
  const name = 'ids';
  const [one] = events(1, { name });
  const [other] = events(1, { name });
  assert.deepEqual(await say([one, one, other, { name }, { name }]), { accepted: 4, blocked: 0 });
  await settled(instance, site);
  assert.deepEqual(counted(instance, site)[name], [4, 0]);
});

test("another site's events of the same ids are its own", async () => {
  const name = 'two_sites';
  const list = events(3, { name });
  const sibling = newSite(instance);
  await say(list);
  await taken(instance, { site: sibling, visitor: await visitorWith(instance, sibling, { analytics: true }), events: list });
  await counts(instance, sibling, { [name]: [3, 0] });
  await settled(instance, site);
  assert.deepEqual(counted(instance, site)[name], [3, 0]);
});

for (const table of ['event_claims', 'event_counts', 'event_messages', 'journal']) {
  test(`a database that fails at ${table} loses nothing and counts nothing twice`, async () => {
    const name = `failing_${table}`;
    const list = events(7, { name });
    const blocked = () => database.rows("SELECT entry FROM journal WHERE action = 'events.blocked'").length;
    const before = blocked();
    database.change(`CREATE TRIGGER broken BEFORE INSERT ON ${table} WHEN NEW.controller = 'demo' BEGIN SELECT RAISE(ABORT, 'disk full'); END`);
    await say([...list, ...events(2, { name, purpose: 'marketing' })]);
    await say(list);
    await say(events(1, { name: `${name}_other` }));
    // Another controller's, for whom the database does not fail, are counted after them: theirs were tried by then.
    await settled(instance, neighbour);
    assert.equal(counted(instance, site)[name], undefined);
    database.change('DROP TRIGGER broken');
    await until('all of it to be counted', () => counted(instance, site)[name] && counted(instance, site)[`${name}_other`], 60_000);
    await settled(instance, site);
    assert.deepEqual(counted(instance, site)[name], [7, 2]);
    assert.deepEqual(counted(instance, site)[`${name}_other`], [1, 0]);
    assert.equal(blocked() - before, 1, 'journalled once');
  });
}

test('claims are forgotten once nothing that they are about can come again', async () => {
  await say(events(1));
  await settled(instance, site);
  const left = () => database.rows('SELECT (SELECT count(*) FROM event_claims) + (SELECT count(*) FROM event_messages) AS rows')[0].rows;
  const before = left();
  await runSchedule(instance);
  assert.equal(left(), before, 'young ones stay');
  for (const table of ['event_claims', 'event_messages']) database.change(`UPDATE ${table} SET at = at - 23 * 86400000`);
  await runSchedule(instance);
  assert.equal(left(), 0);
});
