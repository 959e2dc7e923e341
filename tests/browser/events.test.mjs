// Ten thousand events before, during and after a choice: each destination gets what its purpose was granted for, once and in
// order; of what had to wait, the oldest thousand; what had no room is counted, and what was refused is told to the page.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KINDS, arrives, holds, numberedShop, numbers, track } from '../support/numbered.mjs';
import { until } from '../support/until.mjs';
import { openShop } from '../support/visitor.mjs';

const shop = await openShop();
const [BEFORE, DURING, AFTER] = [3000, 4000, 3000];
const ALL = BEFORE + DURING + AFTER;
const MAX_WAITING = 1000;
/** The page tracks some in a task. What it tracked right before the choice has not been looked at then, and is judged by it. */
const [TASK, SOON] = [25, 500];
/** One of each kind comes behind all others: when it has arrived, nothing else is under way. */
const END = ALL + KINDS.length;

const kindOf = (number) => KINDS[number % KINDS.length];
const inOrder = (list) => list.sort((one, other) => one - other);

/** Tracks before, during and after a choice that `choose(visitor)` makes; resolves to the number that came next then. */
async function trackAround(visitor, choose) {
  await track(visitor, BEFORE, TASK);
  const during = track(visitor, DURING, TASK);
  await until('some more to be tracked', () => visitor.page.evaluate((count) => next > count, BEFORE + DURING / 4));
  await choose(visitor);
  await during;
  const choice = await visitor.page.evaluate(() => window.chosenAt);
  assert.ok(choice > BEFORE && choice < BEFORE + DURING, `chosen in the middle: ${choice}`);
  await track(visitor, AFTER, TASK);
  await track(visitor, KINDS.length);
  return choice;
}

/** What the edge has counted for a site. */
function counted({ key }) {
  const { rows } = shop.instance.database;
  const find = (...query) => rows.call(shop.instance.database, ...query, key);
  const sums = 'sum(accepted) AS accepted, sum(blocked) AS blocked';
  const names = find(`SELECT name, ${sums} FROM event_counts WHERE site = ? GROUP BY name`);
  const [{ dropped }] = find('SELECT coalesce(sum(dropped), 0) AS dropped FROM event_drops WHERE site = ?');
  return { dropped, names: Object.fromEntries(names.map(({ name, accepted, blocked }) => [name, [accepted, blocked]])) };
}

const ways = {
  'Accept all': { choose: (visitor) => visitor.choose('accept'), granted: ['operations', 'warehouse', 'advertising'] },
  'Reject all': { choose: (visitor) => visitor.choose('reject'), granted: ['operations'] },
  'a choice for analytics and against marketing': {
    choose: (visitor) =>
      visitor.choosing(() => visitor.page.evaluate(() => void window.nod('consent', { analytics: true, marketing: false }))),
    granted: ['operations', 'warehouse'],
  },
};

for (const [way, { choose, granted }] of Object.entries(ways)) {
  test(`10 000 events around ${way}: the sinks hold exactly what they should`, async (t) => {
    const { site, sinks, open } = await numberedShop(t, shop);
    const visitor = await open();
    const choice = await trackAround(visitor, choose);
    const isGranted = (number) => granted.includes(kindOf(number).sink);
    for (const sink of granted) await arrives(sinks[sink], numbers(sink, END).at(-1), sink);

    // All that had to wait: the oldest have a place, the others are dropped, but for those that nobody had looked at yet.
    const early = Array.from({ length: choice }, (_, number) => number).filter((number) => kindOf(number).purpose !== 'necessary');
    const [kept, late] = [early.slice(0, MAX_WAITING), early.slice(MAX_WAITING)];
    const blocked = await visitor.page.evaluate(() => window.blocked);
    const arrived = granted.flatMap((sink) => sinks[sink].events.map(({ props }) => props.number));
    const spared = new Set([...blocked, ...arrived].filter((number) => late.includes(number)));
    assert.ok(spared.size <= SOON, `${spared.size} were not looked at`);
    assert.deepEqual(inOrder([...spared]), spared.size ? late.slice(-spared.size) : [], 'they are the last before the choice');
    const since = Array.from({ length: END - choice }, (_, index) => choice + index);
    const judged = [...numbers('operations', choice), ...kept, ...spared, ...since];

    for (const { sink } of KINDS) {
      const expected = judged.filter((number) => isGranted(number) && kindOf(number).sink === sink);
      await holds(sinks[sink], inOrder(expected), `${sink}, around ${way}`);
    }
    const refused = inOrder(judged.filter((number) => !isGranted(number)));
    assert.deepEqual(inOrder(blocked), refused, 'the page was told of each that was refused');

    const isOpen = ({ sink }) => granted.includes(sink);
    const accepted = KINDS.filter(isOpen).map(({ name, sink }) => [name, [sinks[sink].events.length, 0]]);
    const expected = { dropped: late.length - spared.size, names: Object.fromEntries(accepted) };
    const isCounted = () => accepted.every(([name, counts]) => String(counted(site).names[name]) === String(counts));
    await until('the edge to have counted', isCounted).catch(() => {}); // the comparison tells
    assert.deepEqual(counted(site), expected);
  });
}
