// Lists of a period: what was done, and what was delivered, from one moment and before another.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sharedInstance } from '../support/instance.mjs';
import { newOwner } from '../support/staff.mjs';

const instance = await sharedInstance();
const { database } = instance;
const BEGIN = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;
const at = (hours) => new Date(BEGIN + hours * HOUR).toISOString();

/** A controller with an entry for each of 48 hours, of two actions in turn, about six things in turn. */
function controller() {
  const owner = newOwner(instance);
  for (let hour = 0; hour < 48; hour += 1) {
    const action = ['subject.viewed', 'delivery.processed'][hour % 2];
    const entry = JSON.stringify({ actor: 'system', detail: {} });
    database.change(
      'INSERT INTO journal (controller, seq, at, action, object, entry, leaf) VALUES (?, ?, ?, ?, ?, ?, ?)',
      ...[owner.controller, hour + 1, BEGIN + hour * HOUR, action, `thing-${hour % 6}`, entry, '0'.repeat(64)],
    );
  }
  return owner;
}

test('the journal of a period is what lies in it, with every other filter and page by page', async () => {
  const owner = controller();
  controller();
  const model = (is) => Array.from({ length: 48 }, (_, hour) => hour).filter(is).reverse().map((hour) => hour + 1);
  for (const [from, to] of [[0, 48], [10, 20], [10.5, 10.6], [47, 47], [47, 90], [48, 90], [-50, 3], [-9, -5], [20, 10]])
    for (const action of [undefined, 'subject.viewed', 'delivery.processed', 'nothing'])
      for (const object of [undefined, 'thing-3']) {
        const filter = { from: at(from), to: at(to), action, object };
        const is = (hour) =>
          hour >= from && hour < to && (!object || hour % 6 === 3) && (!action || action === ['subject.viewed', 'delivery.processed'][hour % 2]);
        assert.deepEqual((await owner.journal(filter)).map(({ seq }) => seq), model(is), JSON.stringify(filter));
      }
  assert.deepEqual((await owner.journal({ from: at(46) })).map(({ seq }) => seq), [48, 47]);
  assert.deepEqual((await owner.journal({ to: at(2) })).map(({ seq }) => seq), [2, 1]);
});

test('the deliveries of a period are what arrived in it', async () => {
  const owner = newOwner(instance);
  const { connection } = await owner.must('createConnection', { source: 'CUSTOM', label: 'Ours' }, 'connection { id }');
  for (let hour = 0; hour < 6; hour += 1) {
    const id = `${hour}${'A'.repeat(21)}`;
    database.change(
      `INSERT INTO deliveries (controller, connection, id, effect, received_at, event, status, proof, classes, unreadable, bytes, dedupe)
       VALUES (?, ?, ?, ?, ?, 'a', 'processed', 'signature', '[]', '{}', 1, ?)`,
      ...[owner.controller, connection.id, id, id, BEGIN + hour * HOUR, `${hour}`],
    );
  }
  const hours = async (filter) => (await owner.deliveries(filter)).map(({ receivedAt }) => (Date.parse(receivedAt) - BEGIN) / HOUR);
  assert.deepEqual(await hours({ from: at(2), to: at(4) }), [3, 2]);
  assert.deepEqual(await hours({ from: at(4) }), [5, 4]);
  assert.deepEqual(await hours({ to: at(1), connection: connection.id }), [0]);
  assert.equal(await owner.refusal('{ deliveries(filter: {from: "yesterday"}) { nodes { id } } }'), 'BAD_INPUT');
});
