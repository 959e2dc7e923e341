// `eventSummary`: sums of what was counted, in periods of whole hours and, for visits and breakdowns, of whole days.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sharedInstance } from '../support/instance.mjs';
import { addSite } from '../support/sites.mjs';
import { newOwner, staffOf } from '../support/staff.mjs';

const instance = await sharedInstance();
const { database } = instance;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MONDAY = Date.UTC(2026, 10, 16);
const FIELDS = `accepted blocked dropped visits events { name accepted blocked hours { at accepted blocked } }
  breakdowns { event property values { value accepted } } destinations { id delivered withheld lost losses { reason events } }`;

const owner = newOwner(instance);
const site = `summary-${process.pid}`;
addSite(instance, { key: site, controller: owner.controller });
// A neighbour with the same names, which must never be counted along.
const neighbour = newOwner(instance);
addSite(instance, { key: `${site}-two`, controller: owner.controller });
addSite(instance, { key: `${site}-three`, controller: neighbour.controller });

/** Rows as the queue's consumers write them. */
function furnish(controller, key, times = 1) {
  const add = (table, columns, rows) => {
    for (const row of rows)
      database.change(`INSERT INTO ${table} (controller, site, ${columns}) VALUES (?, ?${', ?'.repeat(row.length)})`, controller, key, ...row);
  };
  add('event_counts', 'hour, name, accepted, blocked', [
    [MONDAY, 'view', 5 * times, 1],
    [MONDAY + HOUR, 'view', 7 * times, 0],
    [MONDAY + HOUR, 'buy', 2 * times, 3],
    [MONDAY + DAY, 'view', 100 * times, 10],
  ]);
  add('event_purposes', 'day, purpose, accepted, blocked', [
    [MONDAY, 'analytics', 12 * times, 1],
    [MONDAY, 'marketing', 2 * times, 3],
    [MONDAY + DAY, 'marketing', 100 * times, 10],
  ]);
  add('event_drops', 'hour, dropped', [[MONDAY, 4], [MONDAY + DAY, 40]]);
  add('visit_counts', 'day, visits', [[MONDAY, 3 * times]]);
  add('visit_marks', 'day, mark', [[MONDAY + DAY, 'a'], [MONDAY + DAY, 'b']]);
  add('event_breakdowns', 'day, name, property, value, accepted', [
    [MONDAY, 'buy', 'sku', 'A1', times],
    [MONDAY, 'buy', 'sku', 'B2', 2 * times],
    [MONDAY + DAY, 'buy', 'sku', 'A1', 5 * times],
    [MONDAY, 'view', 'list', '(other)', times],
  ]);
  add('destination_counts', 'destination, hour, outcome, reason, events', [
    ['warehouse', MONDAY, 'delivered', '', 9 * times],
    ['warehouse', MONDAY, 'lost', 'http_400', 2],
    ['warehouse', MONDAY + HOUR, 'lost', 'expired', 1],
    ['gone', MONDAY, 'withheld', '', 6],
    ['gone', MONDAY + DAY, 'delivered', '', 60],
  ]);
}
furnish(owner.controller, site);
furnish(owner.controller, `${site}-two`, 1000);
furnish(neighbour.controller, `${site}-three`, 1000);

const query = (fields) => `query($site: ID!, $from: DateTime!, $to: DateTime!) { it: eventSummary(site: $site, from: $from, to: $to) { ${fields} } }`;
const moment = (at) => new Date(at).toISOString();
const summary = async (from, to, fields = FIELDS) => (await owner.ask(query(fields), { site, from: moment(from), to: moment(to) })).it;

describe('a summary', () => {
  test('adds up one site’s hours, and the days that they touch', async () => {
    assert.deepEqual(await summary(MONDAY, MONDAY + DAY), {
      accepted: 14,
      blocked: 4,
      dropped: 4,
      visits: 3,
      events: [
        {
          name: 'view',
          accepted: 12,
          blocked: 1,
          hours: [
            { at: moment(MONDAY), accepted: 5, blocked: 1 },
            { at: moment(MONDAY + HOUR), accepted: 7, blocked: 0 },
          ],
        },
        { name: 'buy', accepted: 2, blocked: 3, hours: [{ at: moment(MONDAY + HOUR), accepted: 2, blocked: 3 }] },
      ],
      breakdowns: [
        { event: 'buy', property: 'sku', values: [{ value: 'B2', accepted: 2 }, { value: 'A1', accepted: 1 }] },
        { event: 'view', property: 'list', values: [{ value: '(other)', accepted: 1 }] },
      ],
      destinations: [
        { id: 'gone', delivered: 0, withheld: 6, lost: 0, losses: [] },
        { id: 'warehouse', delivered: 9, withheld: 0, lost: 3, losses: [{ reason: 'expired', events: 1 }, { reason: 'http_400', events: 2 }] },
      ],
    });
  });

  test('has whole hours', async () => {
    const { accepted, visits } = await summary(MONDAY + HOUR + 1, MONDAY + HOUR + 2);
    assert.deepEqual([accepted, visits], [9, 3]);
    assert.equal((await summary(MONDAY, MONDAY + HOUR)).accepted, 5);
    assert.equal((await summary(MONDAY, MONDAY + HOUR + 1)).accepted, 14);
  });

  test('counts the visits of days that are not over', async () => {
    const { visits, breakdowns } = await summary(MONDAY, MONDAY + 2 * DAY);
    assert.equal(visits, 5);
    assert.deepEqual(breakdowns[0].values, [{ value: 'A1', accepted: 6 }, { value: 'B2', accepted: 2 }]);
  });

  test('of a period without events is empty', async () => {
    assert.deepEqual(await summary(MONDAY - DAY, MONDAY), { accepted: 0, blocked: 0, dropped: 0, visits: 0, events: [], breakdowns: [], destinations: [] });
  });

  test('has every day that it touches, with the hours of the period alone', async () => {
    const days = async (from, to) => (await summary(from, to, 'days { day accepted blocked }')).days;
    assert.deepEqual(await days(MONDAY - DAY, MONDAY + 2 * DAY), [
      { day: moment(MONDAY - DAY), accepted: 0, blocked: 0 },
      { day: moment(MONDAY), accepted: 14, blocked: 4 },
      { day: moment(MONDAY + DAY), accepted: 100, blocked: 10 },
    ]);
    assert.deepEqual(await days(MONDAY + HOUR, MONDAY + DAY + HOUR), [
      { day: moment(MONDAY), accepted: 9, blocked: 3 },
      { day: moment(MONDAY + DAY), accepted: 100, blocked: 10 },
    ]);
  });

  test('has the purposes of the days that it touches, the most frequent first', async () => {
    const purposes = async (from, to) => (await summary(from, to, 'purposes { purpose accepted blocked }')).purposes;
    const [analytics, marketing] = [{ purpose: 'analytics', accepted: 12, blocked: 1 }, { purpose: 'marketing', accepted: 2, blocked: 3 }];
    assert.deepEqual(await purposes(MONDAY + HOUR, MONDAY + 2 * HOUR), [analytics, marketing]);
    assert.deepEqual(await purposes(MONDAY, MONDAY + 2 * DAY), [{ purpose: 'marketing', accepted: 102, blocked: 13 }, analytics]);
  });

  test('has the sums of as many hours before', async () => {
    const before = async (from, to) => (await summary(from, to, 'before { accepted blocked dropped visits }')).before;
    assert.deepEqual(await before(MONDAY + DAY, MONDAY + 2 * DAY), { accepted: 14, blocked: 4, dropped: 4, visits: 3 });
    assert.deepEqual(await before(MONDAY + HOUR, MONDAY + 2 * HOUR), { accepted: 5, blocked: 1, dropped: 4, visits: 3 });
    assert.deepEqual(await before(MONDAY, MONDAY + DAY), { accepted: 0, blocked: 0, dropped: 0, visits: 0 });
  });

  test('is not made of a period that is none, or too long', async () => {
    for (const [from, to] of [
      [moment(MONDAY), moment(MONDAY)],
      [moment(MONDAY + DAY), moment(MONDAY)],
      [moment(MONDAY), moment(MONDAY + 94 * DAY)],
      ['yesterday', moment(MONDAY)],
      ['', ''],
    ])
      assert.equal(await owner.refusal(query('accepted'), { site, from, to }), 'BAD_INPUT', `${from} ${to}`);
  });

  test('is for viewers, of their own controller’s sites', async () => {
    const viewer = staffOf(instance, { controller: owner.controller, role: 'viewer' });
    const hours = { from: moment(MONDAY), to: moment(MONDAY + DAY) };
    assert.equal((await viewer.ask(query('accepted'), { site, ...hours })).it.accepted, 14);
    assert.equal((await neighbour.ask(query('accepted'), { site, ...hours })).it, null);
  });
});
