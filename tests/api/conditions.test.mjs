// The rule language at the edge: destinations take and name events as the vectors say, as core's own tests do natively.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Staff } from '../support/graphql.mjs';
import { sharedInstance } from '../support/instance.mjs';
import { connect, startSink } from '../support/sinks.mjs';
import { addSite } from '../support/sites.mjs';
import { publish, tags } from '../support/tags.mjs';
import { until } from '../support/until.mjs';
import { conditions, contexts, isMalformed, values } from '../support/vectors.mjs';

const instance = await sharedInstance();
let count = 0;

/** A site of its own whose destinations are sinks: {id: what the destination adds}. Resolves to {track, sinks}. */
async function site(t, wanted) {
  const key = `vectors-${process.pid}-${++count}`;
  addSite(instance, { key });
  const sinks = {};
  const destinations = [];
  for (const [id, more] of Object.entries(wanted)) {
    sinks[id] = await startSink(t, 'webhook');
    destinations.push({ id, kind: 'webhook', purposes: ['necessary'], settings: { url: sinks[id].url }, events: ['*'], ...more });
  }
  await publish(instance, key, { destinations });
  for (const id of Object.keys(wanted)) await connect(instance, key, id, sinks[id]);
  const track = async (name, props) => {
    const body = JSON.stringify({ site: key, events: [{ name, purpose: 'necessary', props }] });
    const response = await fetch(instance.at('/v1/events'), { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body });
    assert.equal(response.status, 202, await response.text());
  };
  return { track, sinks };
}

test('a destination takes events where its conditions hold and no exception does, by the vectors', async (t) => {
  const list = conditions.filter((condition) => !isMalformed(condition));
  assert.ok(list.length >= 80, `${list.length} vectors`);
  // Some vectors a destination: all that hold are its conditions, all that do not are its exceptions.
  const parts = Array.from({ length: 9 }, () => []);
  list.filter(({ context }) => context === 'shop').forEach((vector, index) => parts[index % parts.length].push(vector));
  const of = (vectors, holds) => vectors.filter((vector) => vector.holds === holds).map(({ condition }) => condition);
  const wanted = { nothing: { events: ['nothing'], if: of(list.filter(({ context }) => context === 'nothing'), true) } };
  parts.forEach((part, index) => {
    const [holding, failing] = [of(part, true), of(part, false)];
    const events = ['shop'];
    wanted[`all-${index}`] = { events, if: holding, unless: failing };
    wanted[`never-${index}`] = index % 2 ? { events, if: [...holding, failing[0]] } : { events, unless: [...failing, holding[0]] };
  });
  const { track, sinks } = await site(t, { ...wanted, end: { events: ['end'] } });
  for (const [name, props] of Object.entries(contexts)) await track(name, props);
  const got = () => Object.keys(sinks).filter((id) => sinks[id].events.length > 0);
  await until('the events', () => got().length >= parts.length + 1).catch(() => {});
  await track('end', {});
  await until('the last', () => sinks.end.events.length);
  assert.deepEqual(got().sort(), ['end', 'nothing', ...parts.map((_, index) => `all-${index}`)].sort());
});

test('a destination’s mapping writes values by the vectors', async (t) => {
  const list = values.filter(({ context }) => context === 'shop');
  const props = Object.fromEntries(list.map(({ value }, number) => [`value_${number}`, value]));
  const { track, sinks } = await site(t, { mapped: { mapping: { props } } });
  await track('shop', contexts.shop);
  const [event] = await until('the event', () => sinks.mapped.events.length && sinks.mapped.events);
  assert.deepEqual(
    list.map((_, number) => event.props[`value_${number}`] ?? null),
    list.map(({ gives }) => gives),
  );
});

test('a condition that nobody could mean is not published', async () => {
  const key = `vectors-${process.pid}-${++count}`;
  addSite(instance, { key });
  for (const { condition } of conditions.filter(isMalformed)) {
    const rules = [{ id: 'it', when: [{ on: 'page' }], if: [condition], then: [{ do: 'track', event: 'it' }] }];
    const { userErrors } = await new Staff(instance).change('publishTags', { site: key, document: tags({ rules }) });
    assert.notDeepEqual(userErrors, [], JSON.stringify(condition));
  }
});
