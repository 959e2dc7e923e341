// Events that a page may tell are counted by the hour, and those that it may not leave nothing but a number.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newVisitor, problem, record } from '../support/api.mjs';
import { counts, events, newSite, send, settled, taken, visitorWith } from '../support/events.mjs';
import { sharedInstance } from '../support/instance.mjs';
import { publish } from '../support/tags.mjs';
import { until } from '../support/until.mjs';

const instance = await sharedInstance();
const { database } = instance;

test('what the visitor allowed is counted, what was refused is counted as blocked', async () => {
  const site = newSite(instance);
  const visitor = await visitorWith(instance, site, { analytics: true });
  const body = { site, visitor, events: [...events(3), ...events(2, { name: 'ad_click', purpose: 'marketing' }), ...events(1, { name: 'login', purpose: 'necessary' })] };
  assert.deepEqual(await taken(instance, body), { accepted: 4, blocked: 2 });
  await counts(instance, site, { add_to_cart: [3, 0], ad_click: [0, 2], login: [1, 0] });
});

test('what is counted is counted by its purpose, too, once', async () => {
  const site = newSite(instance);
  const visitor = await visitorWith(instance, site, { analytics: true });
  const body = { site, visitor, events: [...events(3), ...events(2, { purpose: 'marketing' }), ...events(1, { purpose: 'no-such' })] };
  for (let time = 0; time < 2; time += 1) await taken(instance, { ...body, events: body.events.slice(0, time ? 3 : 6) });
  await settled(instance, site);
  const purposes = database.rows('SELECT day, purpose, accepted, blocked FROM event_purposes WHERE site = ? ORDER BY purpose', site);
  const day = Math.floor(Date.now() / 86_400_000) * 86_400_000;
  const row = (purpose, accepted, blocked) => ({ day, purpose, accepted, blocked });
  assert.deepEqual(purposes, [row('(unknown)', 0, 1), row('analytics', 3, 0), row('marketing', 0, 2), row('necessary', 1, 0)]);
});

test('of what is refused nothing is kept but a number, which the journal has', async () => {
  const site = newSite(instance);
  const visitor = await visitorWith(instance, site, {});
  const refused = events(2, { name: 'refused_event', props: { secret: 'trace-of-a-refused-property' } });
  await taken(instance, { site, visitor, events: [...refused, ...events(1, { purpose: 'marketing' }), ...events(1, { purpose: 'no-such' })] });
  await counts(instance, site, { refused_event: [0, 2], add_to_cart: [0, 2] });
  assert.deepEqual(database.filesWith('trace-of-a-refused-property'), []);
  const entries = database.rows("SELECT entry FROM journal WHERE action = 'events.blocked' AND object = ?", site);
  assert.deepEqual(entries.map(({ entry }) => JSON.parse(entry).detail), [{ site, counts: { analytics: 2, marketing: 1, '(unknown)': 1 } }]);
});

test('without a visitor the law of the place decides, and a signal is heeded', async () => {
  const site = newSite(instance);
  const asked = (options) => taken(instance, { site, events: events(1) }, options);
  assert.deepEqual(await asked({ region: 'DE' }), { accepted: 0, blocked: 1 });
  assert.deepEqual(await asked({ region: 'US-CA' }), { accepted: 1, blocked: 0 });
  const marketing = { site, events: events(1, { purpose: 'marketing' }) };
  assert.deepEqual(await taken(instance, marketing, { region: 'US-CA', headers: { 'Sec-GPC': '1' } }), { accepted: 0, blocked: 1 });
});

test('events are counted in the hour in which they happened', async () => {
  const site = newSite(instance);
  const visitor = await visitorWith(instance, site, { analytics: true });
  const HOUR = 3_600_000;
  const now = Date.now();
  const at = [now, now - 3 * HOUR, now - 3 * HOUR, now - 8 * 24 * HOUR];
  await taken(instance, { site, visitor, sent: now, dropped: 5, events: at.map((time) => ({ name: 'x', at: time })) });
  await counts(instance, site, { x: [3, 0] });
  const hours = database.rows('SELECT hour, accepted FROM event_counts WHERE site = ? ORDER BY hour', site);
  assert.deepEqual(hours, [
    { hour: at[1] - (at[1] % HOUR), accepted: 2 },
    { hour: now - (now % HOUR), accepted: 1 },
  ]);
  const drops = database.rows('SELECT dropped FROM event_drops WHERE site = ?', site);
  assert.deepEqual(drops, [{ dropped: 6 }], 'what the page dropped, and what is too old');
});

test('values of the properties that the site chose are counted, fifty a day, and none that may be a person', async () => {
  const site = newSite(instance);
  await publish(instance, site, { breakdowns: { buy: ['sku', 'note'] } });
  const visitor = await visitorWith(instance, site, { analytics: true });
  const buy = (props) => ({ name: 'buy', props });
  await taken(instance, { site, visitor, events: [buy({ sku: 'A1', other: 'trace-of-another' }), buy({ sku: 'A1' }), buy({ sku: 2 }), buy({ note: 'bob@biller.com' })] });
  await counts(instance, site, { buy: [4, 0] });
  const values = () => database.rows('SELECT property, value, accepted FROM event_breakdowns WHERE site = ? ORDER BY property, value', site);
  assert.deepEqual(values(), [
    { property: 'note', value: '(other)', accepted: 1 },
    { property: 'sku', value: '2', accepted: 1 },
    { property: 'sku', value: 'A1', accepted: 2 },
  ]);
  for (const trace of ['bob@biller.com', 'trace-of-another']) assert.deepEqual(database.filesWith(trace), [], trace);
  await taken(instance, { site, visitor, events: Array.from({ length: 60 }, (_, number) => buy({ sku: `B${number}` })) });
  await counts(instance, site, { buy: [64, 0] });
  const skus = values().filter(({ property }) => property === 'sku');
  assert.equal(skus.length, 51);
  assert.equal(skus.find(({ value }) => value === '(other)').accepted, 12);
});

test('names of events are told apart up to a bound', async () => {
  const site = newSite(instance);
  for (let batch = 0; batch < 6; batch += 1) {
    await taken(instance, { site, events: Array.from({ length: 100 }, (_, number) => ({ name: `n${batch}.${number}`, purpose: 'necessary' })) });
  }
  const sum = () => database.rows('SELECT SUM(accepted) AS sum FROM event_counts WHERE site = ?', site)[0].sum;
  await until('all of them to be counted', () => sum() === 600);
  const names = database.rows('SELECT DISTINCT name FROM event_counts WHERE site = ?', site).map(({ name }) => name);
  assert.equal(names.length, 501);
  assert.ok(names.includes('(other)'));
});

test('an owner who publishes a new notice does not lose the events of those who have chosen on it', async () => {
  const site = newSite(instance);
  await taken(instance, { site, events: [] }); // the edge has a copy of the site from here on
  const { document, fingerprint: old } = database.rows('SELECT document, fingerprint FROM notices WHERE site = ?', site)[0];
  const before = await visitorWith(instance, site, { analytics: true });
  const { canonical } = await import('../support/sites.mjs');
  const text = canonical({ ...JSON.parse(document), version: 2 });
  const { createHash } = await import('node:crypto');
  const fingerprint = createHash('sha256').update(text).digest('hex');
  database.change(
    "INSERT INTO notices SELECT controller, site, ?, 2, ?, published_at + 1 FROM notices WHERE fingerprint = ?",
    fingerprint, text, old,
  );
  database.change('UPDATE sites SET notice = ? WHERE key = ?', fingerprint, site);
  const { record: chosen } = await record(instance, { site, notice: fingerprint });
  assert.deepEqual(await taken(instance, { site, visitor: chosen.visitor, events: events(1) }), { accepted: 1, blocked: 0 });
  await until('the copy to be the new one', async () => (await taken(instance, { site, visitor: before, events: events(1) })).blocked === 1);
});

test('a call that says nothing is taken and leaves nothing', async () => {
  const site = newSite(instance);
  assert.deepEqual(await taken(instance, { site, events: [] }), { accepted: 0, blocked: 0 });
  await settled(instance, site);
  await counts(instance, site, {});
});

test('a page may send without asking first, and may ask', async () => {
  const own = new URL(instance.url).origin;
  for (const type of ['text/plain', 'application/json']) {
    const response = await send(instance, { events: [] }, { headers: { 'Content-Type': type, Origin: own } });
    assert.equal(response.status, 202);
    assert.equal(response.headers.get('access-control-allow-origin'), own);
    assert.match(response.headers.get('cache-control'), /no-store/);
  }
  const preflight = await fetch(instance.at('/v1/events'), { method: 'OPTIONS', headers: { Origin: own } });
  assert.equal(preflight.status, 204);
  assert.match(preflight.headers.get('access-control-allow-methods'), /POST/);
});

test('what is no list of events is refused with a sentence that says why, and nothing of it is counted', async () => {
  const site = newSite(instance);
  const good = events(1, { purpose: 'necessary' });
  const deep = { a: { b: { c: { d: {} } } } };
  for (const [body, status, says] of [
    ['{', 400, /JSON/],
    [{ site: 'A b', events: good }, 422, /site/],
    [{ site, visitor: 'short', events: good }, 422, /visitor/],
    [{ site }, 422, /events/],
    [{ site, events: [...good, { name: 'A b' }] }, 422, /event 2: name/],
    [{ site, events: [...good, ...good, { name: 'x', id: 'a.b' }] }, 422, /event 3: id/],
    [{ site, events: [...good, { name: 'x', props: deep }] }, 422, /event 2: props.*deep/],
    [{ site, events: [...good, { name: 'x', props: { text: 'x'.repeat(4096) } }] }, 422, /event 2: props.*4 KB/],
    [{ site, events: events(101, { purpose: 'necessary' }) }, 422, /100/],
    [{ site, events: good, identity: { email: 'bob@biller.com' } }, 422, /identity\.email/],
    [{ site: 'a-shop-that-nobody-has', events: good }, 404, /site/],
    [{ site, events: good, more: 'x'.repeat(65_536) }, 413, /65536/],
  ]) {
    const { detail } = await problem(await send(instance, body), status);
    assert.match(detail, says);
    assert.doesNotMatch(detail, /bob@/, 'a raw value is not repeated');
  }
  await problem(await send(instance, { site, events: good }, { headers: { 'Content-Type': 'text/html' } }), 415);
  const got = await fetch(instance.at('/v1/events'));
  assert.match(got.headers.get('allow'), /POST/);
  await problem(got, 405);
  await settled(instance, site);
  await counts(instance, site, {});
});

test('a visitor whom nobody knows has allowed the essential only', async () => {
  const site = newSite(instance);
  const body = { site, visitor: newVisitor(), events: [...events(1), ...events(1, { name: 'login', purpose: 'necessary' })] };
  assert.deepEqual(await taken(instance, body, { region: 'US-CA' }), { accepted: 1, blocked: 1 });
});
