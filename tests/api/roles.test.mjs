// Operations × roles. The table is read from the schema: what each question and change says of who may, in its last sentence, is held
// against what it does. An operation that is added is in here by being in the schema.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { Staff } from '../support/graphql.mjs';
import { sharedInstance } from '../support/instance.mjs';
import { newMember } from '../support/members.mjs';
import { operations } from '../support/operations.mjs';
import { Person } from '../support/rights.mjs';
import { newController, staffOf } from '../support/staff.mjs';

const instance = await sharedInstance();
const { database } = instance;
const controller = newController(instance);
const ROLES = ['viewer', 'reviewer', 'owner'];
const staff = Object.fromEntries(ROLES.map((role) => [role, staffOf(instance, { controller, role })]));
const nobody = new Staff(instance, null);
const OPERATIONS = await operations(staff.owner);
const codes = ({ errors = [] }) => errors.map(({ extensions }) => extensions?.code);
const refusal = (answer) => codes(answer).find((code) => code === 'UNAUTHENTICATED' || code === 'FORBIDDEN') ?? null;
const ask = (who, { query, variables }) => who.answer(query, variables);

describe('roles', () => {
  const people = {};
  before(async () => {
    people.subject = new Person(instance);
    await people.subject.file('ACCESS');
    const owner = Object.assign(staff.owner, { controller });
    for (const role of ROLES) people[role] = await newMember(instance, { owner, role });
  });

  test('the schema says of every question and change who may', () => {
    assert.ok(OPERATIONS.length > 50, `${OPERATIONS.length} operations`);
    for (const { name, least, about } of OPERATIONS) assert.ok(least, `${name} does not say who may: ${about}`);
  });

  for (const operation of OPERATIONS.filter(({ least }) => ROLES.includes(least))) {
    const { name, least, isForSubject } = operation;
    test(`${name}: for ${least === 'viewer' ? 'all staff' : `${least}s`}${isForSubject ? ' and the data subject' : ''}, and nobody else`, async () => {
      const before = database.countsButRefusals();
      assert.equal(refusal(await ask(nobody, operation)), 'UNAUTHENTICATED');
      if (!isForSubject) assert.equal(refusal(await ask(people.subject, operation)), 'UNAUTHENTICATED', 'a data subject');
      for (const role of ROLES.slice(0, ROLES.indexOf(least)))
        for (const who of [staff[role], people[role]]) assert.equal(refusal(await ask(who, operation)), 'FORBIDDEN', role);
      assert.deepEqual(database.countsButRefusals(), before, 'nothing is done that is not allowed, but that it was refused is noted');
      if (isForSubject) assert.equal(refusal(await ask(people.subject, operation)), null, 'the data subject');
      for (const role of ROLES.slice(ROLES.indexOf(least)))
        for (const who of [staff[role], people[role]]) assert.equal(refusal(await ask(who, operation)), null, role);
    });
  }

  for (const operation of OPERATIONS.filter(({ least }) => least === 'anyone')) {
    // Whoever signs out is not there for the next.
    if (operation.name === 'signOut') continue;
    test(`${operation.name}: for anyone`, async () => {
      for (const who of [nobody, people.subject, ...Object.values(staff)]) assert.equal(refusal(await ask(who, operation)), null);
    });
  }

  test('the address of a connection is shown to owners alone', async () => {
    await staff.owner.must('createConnection', { source: 'STRIPE', label: 'Made by a test' }, 'url');
    const query = '{ connections(first: 1) { nodes { url } } }';
    for (const role of ['viewer', 'reviewer']) assert.equal(refusal(await staff[role].answer(query)), 'FORBIDDEN', role);
    assert.deepEqual(codes(await staff.owner.answer(query)), []);
  });

  test('me says who asks, and nothing to nobody', async () => {
    const query = '{ me { controller { id name } role token } }';
    assert.deepEqual(await nobody.ask(query), { me: null });
    for (const role of ROLES) {
      const { me } = await staff[role].ask(query);
      assert.deepEqual([me.controller.id, me.role.toLowerCase()], [controller, role]);
      assert.ok(!staff[role].token.endsWith(me.token), 'the token’s id, and not its secret');
    }
  });
});
