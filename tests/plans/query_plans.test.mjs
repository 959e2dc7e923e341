// What SQLite does for each statement that a run's tests had the Worker give its database: nothing walks a table that grows.
// tests/run.mjs runs this at its end, with the statements that it has heard.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { sharedInstance } from '../support/instance.mjs';

const { database } = await sharedInstance();
const { files, statements } = JSON.parse(readFileSync(process.env.NOD_STATEMENTS, 'utf8'));
/** A run of the whole API hears at least so many. */
const [WHOLE, HEARD] = [60, 150];

/** Tables whose rows are few by a rule, so that all of a controller's, or all there are, may be read. */
const FEW = new Map([
  ['connections', 'an owner makes each by hand; a dozen is much'],
  ['erasures', 'its rows live as long as one batch'],
  ['staff', 'people whom an owner has added'],
  ['staff_sessions', 'of those people, and forgotten a month after their end'],
  ['staff_tokens', 'at most a hundred hold at once'],
]);

/** Statements that walk for a reason. The key is a part of the statement. */
const REASONS = new Map([
  ['INDEXED BY rights_requests_open_due', 'the index has the open requests alone, and all of them are counted'],
]);

const EXCUSES = [...REASONS.keys()];
const flat = (sql) => sql.replace(/\s+/g, ' ').trim();

/** The table that each name in a statement stands for. */
function names(sql) {
  const found = new Map(database.tables().map((table) => [table, table]));
  for (const [, table, alias] of flat(sql).matchAll(/\b(?:FROM|JOIN|INTO|UPDATE)\s+(\w+)\s+(?:AS\s+)?(\w+)/gi)) if (found.has(table)) found.set(alias, table);
  return found;
}

/** The steps of a plan that read more than they need. */
function walks(sql) {
  const tables = names(sql);
  const plan = database.rows(`EXPLAIN QUERY PLAN ${sql}`).map(({ detail }) => detail);
  const isOrdered = /\bLIMIT\b/i.test(sql) && !plan.some((step) => /TEMP B-TREE FOR (ORDER|GROUP)/.test(step));
  return plan.filter((step) => {
    const [, how, name] = /^(SCAN|SEARCH) (\S+)/.exec(step) ?? [];
    const table = tables.get(name);
    if (!table || FEW.has(table)) return false;
    if (how === 'SCAN') return !isOrdered || !/USING/.test(step);
    // The greatest number is the last row of the primary key: one step, though the plan does not say so.
    if (table === 'journal' && /COVERING INDEX sqlite_autoindex_journal_1/.test(step) && /\(SELECT (COALESCE\()?MAX\(seq\)/.test(flat(sql))) return false;
    // By the controller alone is by nothing, unless the index gives the order and a limit ends the walk.
    return /\(controller=\?\)$/.test(step) && !isOrdered;
  });
}

test('no statement walks a table that grows', (context) => {
  const explained = statements.filter((sql) => /^\s*(SELECT|UPDATE|DELETE|INSERT|WITH)\b/i.test(sql));
  context.diagnostic(`${explained.length} statements heard`);
  const found = explained.map((sql) => ({ sql: flat(sql), steps: walks(sql) })).filter(({ steps }) => steps.length);
  const excused = new Set();
  const wrong = found.filter(({ sql }) => {
    const reason = EXCUSES.find((part) => sql.includes(part));
    if (reason) excused.add(reason);
    return !reason;
  });
  assert.deepEqual(wrong, []);
  if (files < WHOLE) return;
  assert.ok(explained.length >= HEARD, `only ${explained.length} statements were heard`);
  assert.deepEqual(EXCUSES.filter((part) => !excused.has(part)), [], 'an excuse that nothing needs any more');
});
