// Events as a page sends them, and what is counted of them.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { record } from './api.mjs';
import { addSite } from './sites.mjs';
import { until } from './until.mjs';

/** Who numbers events: one load of a page. */
export const newSource = () => randomBytes(12).toString('base64url');

/** So many events of a source, from a number on, each changed by `more`. */
export const events = (count, { source = newSource(), from = 0, name = 'add_to_cart', ...more } = {}) =>
  Array.from({ length: count }, (_, number) => ({ id: `${source}.${from + number}`, name, ...more }));

/** POST /v1/events with any body: an object is sent as a page does it. `region` is where the visitor plays to be from. */
export function send(instance, body, { headers = {}, region = 'DE', ...more } = {}) {
  return fetch(instance.at(`/v1/events?region=${region}`), {
    method: 'POST',
    body: typeof body === 'object' && body?.constructor === Object ? JSON.stringify({ site: instance.site, ...body }) : body,
    headers: { 'Content-Type': 'text/plain;charset=UTF-8', ...headers },
    ...more,
  });
}

/** Sends what must be taken; resolves to {accepted, blocked}. */
export async function taken(instance, body, options) {
  const response = await send(instance, body, options);
  const text = await response.text();
  assert.equal(response.status, 202, `${response.status} ${text}`);
  return JSON.parse(text);
}

let sites = 0;
/** A site of its own, so that a test's counts are its own. */
export const newSite = (instance, options) => addSite(instance, { key: `events-${process.pid}-${++sites}-${newSource().toLowerCase()}`, ...options }).key;

/** A visitor of a site who has chosen. */
export async function visitorWith(instance, site, purposes) {
  const choice = { functional: false, analytics: false, marketing: false, ...purposes };
  const notice = instance.database.rows('SELECT notice FROM sites WHERE key = ?', site)[0].notice;
  return (await record(instance, { site, notice, purposes: choice })).record.visitor;
}

/** What is counted of a site: {name: [accepted, blocked]} */
export function counted({ database }, site) {
  const sql = 'SELECT name, SUM(accepted) AS accepted, SUM(blocked) AS blocked FROM event_counts WHERE site = ? GROUP BY name';
  return Object.fromEntries(database.rows(sql, site).map(({ name, accepted, blocked }) => [name, [accepted, blocked]]));
}

/** Waits until so much is counted of a site, and nothing more. */
export async function counts(instance, site, expected) {
  let seen;
  const is = () => JSON.stringify(Object.entries((seen = counted(instance, site))).sort()) === JSON.stringify(Object.entries(expected).sort());
  await until(`${site} to have ${JSON.stringify(expected)}`, is).catch(() => assert.deepEqual(seen, expected));
}

/** Sends one more event by itself, and waits until it is counted: whatever was sent before has been dealt with by then. */
export async function settled(instance, site) {
  const name = `settled.${newSource()}`;
  await taken(instance, { site, events: [{ name, purpose: 'necessary' }] });
  await until('what was sent to be counted', () => counted(instance, site)[name]);
  instance.database.change('DELETE FROM event_counts WHERE name = ?', name);
}

/** The hash of an identifier as the page makes it of its canonical form. */
export const hashed = (canonical) => createHash('sha256').update(canonical).digest('hex');
