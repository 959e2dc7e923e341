// The rule language in a page: published rules judge and write in Chromium what the vectors say, as core's own tests do natively.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { named, tracked, visit } from '../support/tags.mjs';
import { conditions, contexts, isMalformed, values } from '../support/vectors.mjs';
import { openShop } from '../support/visitor.mjs';

const shop = await openShop();

/** A rule that answers the event of this number. */
const rule = (kind, number, props, more) => ({
  id: `${kind}-${number}`,
  when: [{ on: 'event', name: `${kind}_${number}` }],
  then: [{ do: 'track', event: `${kind}_holds`, props: { number, ...props } }],
  ...more,
});

/** Tracks an event for each, with its context, then a last one; resolves to what was sent by then. */
async function answers(visitor, kind, list) {
  const events = list.map(({ context }, number) => [`${kind}_${number}`, contexts[context]]);
  await visitor.page.evaluate((all) => {
    for (const [name, props] of all) window.nod('track', name, props);
    window.nod('track', 'last');
  }, events);
  await tracked(visitor, 'last');
  return named(visitor, `${kind}_holds`);
}

test('conditions hold in a page where their vectors say so, and nowhere else', async (t) => {
  const list = conditions.filter((condition) => !isMalformed(condition));
  assert.ok(list.length >= 80, `${list.length} vectors`);
  const rules = list.map(({ condition }, number) => rule('condition', number, {}, { if: [condition] }));
  const visitor = await visit(t, shop, { rules });
  const held = new Set((await answers(visitor, 'condition', list)).map(({ props }) => props.number));
  const wrong = list.filter(({ holds }, number) => held.has(number) !== holds);
  assert.deepEqual(wrong, []);
});

test('exceptions keep a rule from running where their vectors say that they hold', async (t) => {
  const list = conditions.filter((condition) => !isMalformed(condition));
  const rules = list.map(({ condition }, number) => rule('condition', number, {}, { unless: [condition] }));
  const visitor = await visit(t, shop, { rules });
  const held = new Set((await answers(visitor, 'condition', list)).map(({ props }) => props.number));
  const wrong = list.filter(({ holds }, number) => held.has(number) === holds);
  assert.deepEqual(wrong, []);
});

test('values are written in a page as their vectors say', async (t) => {
  const rules = values.map(({ value }, number) => rule('value', number, { written: value }));
  const visitor = await visit(t, shop, { rules });
  const written = new Map((await answers(visitor, 'value', values)).map(({ props }) => [props.number, props.written ?? null]));
  assert.deepEqual(
    values.map((_, number) => written.get(number)),
    values.map(({ gives }) => gives),
  );
});
