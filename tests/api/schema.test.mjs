// The API's promise: what was released keeps working. edge/schema.released.graphql is the schema of the last release; it is
// replaced by edge/schema.graphql when a version is released, and earlier only for a break that CHANGELOG.md explains.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { buildSchema, findBreakingChanges, validateSchema } from 'graphql';
import { ROOT } from '../support/instance.mjs';

const text = (name) => readFileSync(join(ROOT, 'edge', name), 'utf8');
const broken = (released, current) => findBreakingChanges(buildSchema(released), buildSchema(current)).map(({ description }) => description);

test('nothing that was released is taken away or asks for more', () => {
  assert.deepEqual(validateSchema(buildSchema(text('schema.graphql'))), []);
  assert.deepEqual(broken(text('schema.released.graphql'), text('schema.graphql')), []);
});

test('a break is noticed, an addition is none', () => {
  const current = text('schema.graphql');
  const taken = current.replace('\tisPartial: Boolean!', '\tisWhole: Boolean!');
  const demanding = current.replace('input RightsRequestFilter {', 'input RightsRequestFilter {\n\tmore: ID!');
  for (const changed of [taken, demanding]) {
    assert.notEqual(changed, current);
    assert.equal(broken(current, changed).length, 1);
  }
  assert.deepEqual(broken(current, current.replace('input RightsRequestFilter {', 'input RightsRequestFilter {\n\tmore: ID')), []);
});
