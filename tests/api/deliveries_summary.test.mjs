// `deliverySummary`: how many deliveries came in a period, by connection and by day, beside the period before; and which connections fail.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { ROOT, sharedInstance } from '../support/instance.mjs';
import { custom } from '../support/payloads.mjs';
import { newPerson } from '../support/people.mjs';
import { connect } from '../support/senders.mjs';
import { newOwner, staffOf } from '../support/staff.mjs';
import { until } from '../support/until.mjs';

const instance = await sharedInstance();
const { database } = instance;

const DAY = 86_400_000;
const today = Math.floor(Date.now() / DAY) * DAY;
const moment = (at) => new Date(at).toISOString();
const COUNTS = 'processed ignored deadLettered duplicates refused';
const SUMMARY = `${COUNTS} before { ${COUNTS} } connections { id label source ${COUNTS} before { ${COUNTS} } } days { day processed ignored failed }`;
const counts = (processed = 0, ignored = 0, deadLettered = 0, duplicates = 0, refused = 0) => ({ processed, ignored, deadLettered, duplicates, refused });

const query = (fields) => `query($from: DateTime!, $to: DateTime!) { it: deliverySummary(from: $from, to: $to) { ${fields} } }`;
const summary = async (owner, from = today, to = today + DAY, fields = SUMMARY) =>
  (await owner.ask(query(fields), { from: moment(from), to: moment(to) })).it;

/** A connection as the API makes it, and rows as deliveries leave them. */
async function newConnection(owner, source = 'STRIPE', more = {}) {
  return (await owner.must('createConnection', { source, label: `${source} of ${owner.controller}`, ...more }, 'connection { id label }')).connection;
}
let count = 0;
function deliver({ controller }, { id: connection }, at, { status = 'processed', repeats = 0 } = {}) {
  const id = `${++count}`.padStart(22, 'A');
  database.change(
    `INSERT INTO deliveries (controller, connection, id, effect, received_at, event, status, proof, classes, unreadable, bytes, dedupe, repeats)
     VALUES (?, ?, ?, ?, ?, 'a', ?, 'signature', '[]', '{}', 1, ?, ?)`,
    ...[controller, connection, id, id, at, status, `summary-${process.pid}-${count}`, repeats],
  );
}
const refuse = ({ controller }, { id }, day, refused) =>
  database.change('INSERT INTO refused_deliveries (controller, day, connection, refused) VALUES (?, ?, ?, ?)', controller, day, id, refused);

const guessed = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

describe('a summary', () => {
  test('counts what came by what became of it, repeated deliveries once, and refused calls', async () => {
    const owner = newOwner(instance);
    const sender = await connect(owner, 'CUSTOM');
    const body = custom(newPerson());
    for (const id of ['one', 'one', 'one', 'two']) await sender.deliver(id === 'one' ? body : custom(newPerson()), { id });
    await sender.deliver('{"type":"user.created"}');
    for (let call = 0; call < 2; call += 1) assert.equal((await sender.send(body, { secret: guessed })).status, 401);
    const found = await until('both refusals to be counted', async () => {
      const found = await summary(owner);
      return found.refused === 2 && found;
    });
    const expected = counts(2, 0, 1, 2, 2);
    assert.deepEqual(found, {
      ...expected,
      before: counts(),
      connections: [{ id: sender.id, label: 'CUSTOM of the tests', source: 'CUSTOM', ...expected, before: counts() }],
      days: [{ day: moment(today), processed: 2, ignored: 0, failed: 3 }],
    });
  });

  test('has every day of the period, each connection’s own numbers, and those of as many days before', async () => {
    const owner = newOwner(instance);
    const [stripe, mandrill] = [await newConnection(owner), await newConnection(owner, 'MAILCHIMP', { scheme: 'MANDRILL' })];
    const from = today - 2 * DAY;
    // The first and the last moment of the period, and those beside it.
    for (const at of [from - 1, from, today - 1, today]) deliver(owner, stripe, at, { repeats: 1 });
    deliver(owner, stripe, from + 5, { status: 'ignored' });
    deliver(owner, mandrill, from + DAY, { status: 'dead_lettered' });
    deliver(owner, mandrill, from - 2 * DAY, { status: 'dead_lettered' });
    deliver(owner, mandrill, from - 2 * DAY - 1);
    for (const [connection, day, refused] of [[stripe, from, 3], [stripe, today, 5], [mandrill, from - DAY, 7], [mandrill, from - 3 * DAY, 9]])
      refuse(owner, connection, day, refused);
    assert.deepEqual(await summary(owner, from, today), {
      ...counts(2, 1, 1, 2, 3),
      before: counts(1, 0, 1, 1, 7),
      connections: [
        { id: stripe.id, label: stripe.label, source: 'STRIPE', ...counts(2, 1, 0, 2, 3), before: counts(1, 0, 0, 1, 0) },
        { id: mandrill.id, label: mandrill.label, source: 'MAILCHIMP', ...counts(0, 0, 1), before: counts(0, 0, 1, 0, 7) },
      ],
      days: [
        { day: moment(from), processed: 1, ignored: 1, failed: 3 },
        { day: moment(from + DAY), processed: 1, ignored: 0, failed: 1 },
      ],
    });
  });

  test('has a connection that has ended while something came through it', async () => {
    const owner = newOwner(instance);
    const [live, ended] = [await newConnection(owner), await newConnection(owner)];
    deliver(owner, ended, today - 5 * DAY);
    await owner.must('disableConnection', { connection: ended.id });
    const ids = async (from) => (await summary(owner, from, from + DAY)).connections.map(({ id }) => id);
    assert.deepEqual(await ids(today - 5 * DAY), [live.id, ended.id]);
    assert.deepEqual(await ids(today - 4 * DAY), [live.id, ended.id], 'in the period before');
    assert.deepEqual(await ids(today - 3 * DAY), [live.id]);
  });

  test('counts a dead letter that was replayed as what became of it', async () => {
    const owner = newOwner(instance);
    const sender = await connect(owner, 'CUSTOM');
    const letter = { what: 'member.changed', mail: newPerson().email };
    await sender.deliver(JSON.stringify(letter));
    assert.deepEqual((await summary(owner, undefined, undefined, COUNTS)), counts(0, 0, 1));
    const mapping = { event: ['what'], records: [{ part: 'member', email: ['mail'] }] };
    await owner.must('saveFieldMapping', { connection: sender.id, mapping, sample: letter });
    const [{ id }] = await owner.deliveries();
    await owner.must('replayDelivery', { delivery: id });
    assert.deepEqual((await summary(owner, undefined, undefined, COUNTS)), counts(1));
  });

  test('is for viewers, of their own controller', async () => {
    const [mine, theirs] = [newOwner(instance), newOwner(instance)];
    const connection = await newConnection(theirs);
    deliver(theirs, connection, today);
    refuse(theirs, connection, today, 4);
    const viewer = staffOf(instance, { controller: theirs.controller, role: 'viewer' });
    assert.deepEqual(await summary(viewer, undefined, undefined, COUNTS), counts(1, 0, 0, 0, 4));
    const nothing = { ...counts(), before: counts(), connections: [], days: [{ day: moment(today), processed: 0, ignored: 0, failed: 0 }] };
    assert.deepEqual(await summary(mine), nothing);
  });

  test('is of at most 400 days', async () => {
    const owner = newOwner(instance);
    for (const [from, to] of [[moment(today), moment(today)], [moment(today), moment(today - DAY)], [moment(today - 400 * DAY), moment(today + 1)], ['yesterday', moment(today)]])
      assert.equal(await owner.refusal(query('processed'), { from, to }), 'BAD_INPUT', `${from} ${to}`);
    assert.equal((await summary(owner, today - 399 * DAY)).days.length, 400);
  });

  test('takes its numbers from an index, and reads no delivery', () => {
    const [, sql] = /const BY_CONNECTION: &str =\s+"([^"]+)"/.exec(readFileSync(join(ROOT, 'edge/src/webhooks/summary.rs'), 'utf8'));
    const plan = database.rows(`EXPLAIN QUERY PLAN ${sql}`).map(({ detail }) => detail);
    assert.match(plan[0], /^SEARCH deliveries USING COVERING INDEX deliveries_newest \(controller=\? AND received_at>\? AND received_at<\?\)$/);
  });
});

describe('a connection', () => {
  const failing = async (owner, id) => (await owner.ask('{ connections { nodes { id isFailing } } }')).connections.nodes.find((it) => it.id === id).isFailing;
  const refusedAt = (id, at) => database.change('UPDATE connections SET refused = 1, refused_at = ? WHERE id = ?', at, id);

  test('fails while the last call was refused, until a delivery is taken again', async () => {
    const owner = newOwner(instance);
    const sender = await connect(owner, 'CUSTOM');
    assert.equal(await failing(owner, sender.id), false, 'nothing came yet');
    assert.equal((await sender.send(custom(newPerson()), { secret: guessed })).status, 401);
    await until('the refusal to be noted', () => failing(owner, sender.id));
    await sender.process(custom(newPerson()));
    assert.equal(await failing(owner, sender.id), false);
  });

  test('does not fail by a refusal that is older than 30 days, nor once it has ended', async () => {
    const owner = newOwner(instance);
    const { id } = await newConnection(owner);
    refusedAt(id, Date.now() - 31 * DAY);
    assert.equal(await failing(owner, id), false);
    refusedAt(id, Date.now() - 29 * DAY);
    assert.equal(await failing(owner, id), true);
    await owner.must('disableConnection', { connection: id });
    assert.equal(await failing(owner, id), false);
  });
});
