// Ten thousand events before, during and after a choice: each destination gets what its purpose was granted for, once and in
// order; of what had to wait, the oldest thousand; and what had no room is counted.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KINDS, holds, numberedShop, numbers, track } from '../support/numbered.mjs';
import { until } from '../support/until.mjs';
import { openShop } from '../support/visitor.mjs';

const shop = await openShop();
const [BEFORE, DURING, AFTER] = [3000, 4000, 3000];
const MAX_WAITING = 1000;
/** One of each kind: what comes behind all others. When it has arrived, nothing else is under way. */
const LAST = KINDS.length;

/** The numbers that had to wait for a choice at this number, those of them that there was room for, and the rest. */
function waited(choice) {
  const all = Array.from({ length: choice }, (_, number) => number).filter((number) => !isNecessary(number));
  return { kept: all.slice(0, MAX_WAITING), dropped: all.slice(MAX_WAITING) };
}

const isNecessary = (number) => KINDS[number % KINDS.length].purpose === 'necessary';
const of = (sink) => (number) => KINDS[number % KINDS.length].sink === sink;

/** Tracks before, during and after a choice that `choose(visitor)` makes; resolves to the number that was next then. */
async function trackAround(visitor, choose) {
  await track(visitor, BEFORE);
  const during = track(visitor, DURING);
  await until('some more to be tracked', () => visitor.page.evaluate((count) => next > count, BEFORE + DURING / 4));
  await choose(visitor);
  const choice = await visitor.page.evaluate(() => window.chosenAt ?? window.clickedAt);
  assert.ok(choice > BEFORE && choice < BEFORE + DURING, `chosen in the middle: ${choice}`);
  await during;
  await track(visitor, AFTER);
  return choice;
}

/** What the edge has counted for the site, by the events' names. */
function counted(site) {
  const rows = shop.instance.database.rows('SELECT name, sum(accepted) AS accepted FROM event_counts WHERE site = ? GROUP BY name', site);
  return Object.fromEntries(rows.map(({ name, accepted }) => [name, accepted]));
}

const droppedAt = (site) =>
  shop.instance.database.rows('SELECT coalesce(sum(dropped), 0) AS dropped FROM event_drops WHERE site = ?', site)[0].dropped;

const ways = {
  'Accept all': { choose: (visitor) => visitor.choose('accept'), granted: ['operations', 'warehouse', 'advertising'] },
  'Reject all': { choose: (visitor) => visitor.choose('reject'), granted: ['operations'] },
  'analytics without marketing': {
    choose: (visitor) =>
      visitor.choosing(() =>
        visitor.page.evaluate(() => {
          window.chosenAt = next;
          return void window.nod('consent', { analytics: true, marketing: false });
        }),
      ),
    granted: ['operations', 'warehouse'],
  },
};

for (const [way, { choose, granted }] of Object.entries(ways)) {
  test(`10 000 events around ${way}: the sinks hold exactly what they should`, async (t) => {
    const { site, sinks, open } = await numberedShop(t, shop);
    const visitor = await open();
    const choice = await trackAround(visitor, choose);
    const { kept, dropped } = waited(choice);
    const all = BEFORE + DURING + AFTER;
    const expected = (sink, end) => {
      if (!granted.includes(sink)) return [];
      const early = sink === 'operations' ? numbers(sink, choice) : kept.filter(of(sink));
      return [...early, ...numbers(sink, end, choice)];
    };
    for (const sink of granted) await holds(sinks[sink], expected(sink, all), `${sink}, around ${way}`);

    await track(visitor, LAST);
    for (const { sink } of KINDS) await holds(sinks[sink], expected(sink, all + LAST), `${sink} in the end`);
    const accepted = KINDS.filter(({ sink }) => granted.includes(sink)).map(({ name, sink }) => [name, expected(sink, all + LAST).length]);
    await until('the edge to have counted them', () => JSON.stringify(sorted(counted(site.key))) === JSON.stringify(sorted(accepted)) || null).catch(
      () => assert.deepEqual(counted(site.key), Object.fromEntries(accepted)),
    );
    await until('the edge to know what was dropped', () => droppedAt(site.key) >= dropped.length);
    assert.equal(droppedAt(site.key), dropped.length);

    const refused = KINDS.map(({ sink }) => sink).filter((sink) => !granted.includes(sink));
    const blocked = refused.flatMap((sink) => [...kept.filter(of(sink)), ...numbers(sink, all + LAST, choice)]);
    assert.deepEqual(
      (await visitor.page.evaluate(() => window.blocked)).sort((one, other) => one - other),
      blocked.sort((one, other) => one - other),
      'the page was told of each that was refused',
    );
  });
}

const sorted = (counts) => (Array.isArray(counts) ? counts : Object.entries(counts)).sort(([one], [other]) => (one < other ? -1 : 1));
