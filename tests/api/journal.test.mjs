// The journal by who did something, and by what it is about.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sharedInstance } from '../support/instance.mjs';
import { newMember } from '../support/members.mjs';
import { newOwner } from '../support/staff.mjs';

const instance = await sharedInstance();
const { database } = instance;
const ACTIONS = ['rights_request.viewed', 'rights_request.started', 'rights_requests.dropped', 'delivery.processed', 'subject.viewed'];
const ACTORS = [['staff', 'one'], ['staff', 'other'], ['system'], ['platform'], ['visitor'], ['subject']];

test('every filter with every other is what a look at each entry finds', async () => {
  const owner = newOwner(instance);
  const entries = Array.from({ length: 60 }, (_, number) => {
    const [actor, by] = ACTORS[number % 6];
    return { seq: number + 1, at: 1000 + number, action: ACTIONS[number % 5], object: `thing-${number % 4}`, actor, by };
  });
  for (const { controller } of [owner, newOwner(instance)])
    for (const { seq, at, action, object, actor, by } of entries)
      database.change(
        'INSERT INTO journal (controller, seq, at, action, object, entry, leaf) VALUES (?, ?, ?, ?, ?, ?, ?)',
        ...[controller, seq, at, action, object, JSON.stringify({ actor, detail: by ? { by } : {} }), '0'.repeat(64)],
      );
  const moment = (at) => new Date(at).toISOString();
  for (const action of [undefined, 'rights_request.', 'rights_request.started', 'rights_requests.', 'rights', 'delivery.', '.'])
    for (const actor of [undefined, 'one', 'staff', 'system', 'subject', 'nobody'])
      for (const object of [undefined, 'thing-2'])
        for (const from of [undefined, moment(1030)]) {
          const isIt = (entry) =>
            (!action || (action.endsWith('.') && action !== '.' ? entry.action.startsWith(action) : entry.action === action)) &&
            (!actor || entry.actor === actor || entry.by === actor) &&
            (!object || entry.object === object) &&
            (!from || entry.at >= 1030);
          const filter = { action, actor, object, from };
          assert.deepEqual((await owner.journal(filter)).map(({ seq }) => seq), entries.filter(isIt).reverse().map(({ seq }) => seq), JSON.stringify(filter));
        }
});

test('what a member did is theirs, by “me” and by their id', async () => {
  const member = await newMember(instance);
  const signedIn = [{ action: 'staff.signed_in' }];
  const actions = async (staff, actor) => (await staff.journal({ actor })).map(({ action }) => ({ action }));
  assert.deepEqual(await actions(member, 'me'), signedIn);
  assert.deepEqual(await actions(member.owner, member.id), signedIn);
  assert.deepEqual(await actions(member.owner, 'me'), [{ action: 'staff.added' }]);
  assert.deepEqual(await actions(newOwner(instance), member.id), []);
});

test('that somebody was looked up says who looked, and how', async () => {
  const owner = newOwner(instance);
  const id = 'AAAAAAAAAAAAAAAAAAAAAA';
  database.change(
    `INSERT INTO identities (controller, id, kind, pseudonym, key_version, form, created_at) VALUES (?, ?, 'email', ?, 1, 1, 1)`,
    ...[owner.controller, id, `email.1.${'A'.repeat(43)}`],
  );
  await owner.subject(id);
  const [{ entry }] = database.rows(`SELECT entry FROM journal WHERE controller = ? AND action = 'subject.viewed'`, owner.controller);
  assert.deepEqual(Object.keys(JSON.parse(entry).detail), ['by', 'found_by']);
  assert.equal((await owner.journal({ actor: 'me' })).length, 1);
});
