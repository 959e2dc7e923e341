// A site whose events go to sinks, and the page's side of it: batches as a page sends them.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { fingerprint, newVisitor, record } from './api.mjs';
import { Staff } from './graphql.mjs';
import { connect, startSink } from './sinks.mjs';
import { addSite } from './sites.mjs';
import { publish } from './tags.mjs';
import { until } from './until.mjs';

let count = 0;
const PAGE = { host: 'shop.example', path: '/cart', title: 'Cart', language: 'de' };
/** Breakers pause for seconds, and a machine may be busy. */
const LONG = 60_000;

/**
 * A new site with these destinations: {id: {kind, purposes?, events?, …}}, each with a sink of its own that knows its secret.
 * `settings` are put over the sink's.
 */
export async function wire(t, instance, wanted) {
  const site = addSite(instance, { key: `wired-${process.pid}-${++count}` }).key;
  const wired = new Wired(instance, site);
  for (const [id, { kind, settings, isConnected = true, ...more }] of Object.entries(wanted)) {
    const sink = kind === 'analytics_engine' ? null : await startSink(t, kind);
    wired.sinks[id] = sink;
    const document = { id, kind, purposes: ['analytics'], events: ['*'], settings: { ...sink?.settings, ...settings }, ...more };
    wired.destinations.push(document);
    if (sink && isConnected) wired.connected.push(id);
  }
  await wired.publish();
  for (const id of wired.connected) await connect(instance, site, id, wired.sinks[id]);
  t.after(() => {
    for (const [id, sink] of Object.entries(wired.sinks)) assert.deepEqual(sink?.complaints ?? [], [], `${id} was sent what its vendor would not take`);
  });
  return wired;
}

class Wired {
  sinks = {};
  destinations = [];
  connected = [];

  constructor(instance, site) {
    this.instance = instance;
    this.site = site;
    this.staff = new Staff(instance);
  }

  /** Publishes the destinations as they are now, with whatever else. */
  publish(more = {}) {
    return publish(this.instance, this.site, { destinations: this.destinations, ...more });
  }

  /** A visitor that has chosen. */
  async visitor(purposes = { functional: true, analytics: true, marketing: true }) {
    const visitor = newVisitor();
    await this.choose(visitor, purposes);
    return visitor;
  }

  /** The visitor chooses, or chooses anew. */
  async choose(visitor, purposes) {
    await record(this.instance, { site: this.site, visitor, purposes, notice: await fingerprint(this.instance, this.site) });
  }

  /** Sends events as a page does; they must be taken. Resolves to what the edge answers. */
  async send(visitor, events, { page = PAGE, ...more } = {}) {
    const body = JSON.stringify({ site: this.site, ...(visitor && { visitor }), page, events, ...more });
    const headers = { 'Content-Type': 'text/plain', 'User-Agent': 'Browser/1.0 (test)' };
    const response = await fetch(this.instance.at('/v1/events'), { method: 'POST', headers, body });
    const text = await response.text();
    assert.equal(response.status, 202, text);
    return JSON.parse(text);
  }

  /** How a destination fares. */
  async destination(id) {
    const query = `query($site: ID!) { tags(site: $site) { destinations {
      id kind state hasSecret deliveredCount withheldCount lostCount openUntil lastError } } }`;
    const { tags } = await this.staff.ask(query, { site: this.site });
    return tags.destinations.find((one) => one.id === id);
  }

  /** Waits until a destination's events have come to this: {deliveredCount, withheldCount, lostCount}, or some of them. */
  async comesTo(id, wanted) {
    let seen;
    const isThere = async () => Object.entries(wanted).every(([name, value]) => seen[name] === value);
    await until(`${id} to come to ${JSON.stringify(wanted)}`, async () => ((seen = await this.destination(id)), isThere()), LONG).catch(
      ({ message }) => assert.fail(`${message}\nIt came to: ${JSON.stringify(seen)}`),
    );
    return seen;
  }

  /** Waits until a sink holds as many events as these, and asserts that it holds these, each once and in this order. */
  async holds(id, ids) {
    const sink = this.sinks[id];
    await until(`${id} to get ${ids.length} events`, () => sink.events.length >= ids.length, LONG).catch(() => {});
    assert.deepEqual(sink.ids, ids, `${id} got other events`);
  }

  /** The reasons for which a destination's events were lost. */
  losses(id) {
    const query = "SELECT reason, sum(events) AS events FROM destination_counts WHERE site = ? AND destination = ? AND outcome = 'lost' GROUP BY reason";
    return Object.fromEntries(this.instance.database.rows(query, this.site, id).map(({ reason, events }) => [reason, events]));
  }
}

/** So many events of one page, one after another: their ids are `source.0`, `source.1`, … */
export function events(amount, { name = 'viewed', purpose = 'analytics', props = {}, source = randomBytes(12).toString('base64url'), from = 0 } = {}) {
  const start = Date.now() - amount - 1000;
  return Array.from({ length: amount }, (_, at) => ({ id: `${source}.${from + at}`, name, at: start + at, purpose, props: { number: from + at, ...props } }));
}

/** The ids of events. */
export const ids = (list) => list.map(({ id }) => id);
