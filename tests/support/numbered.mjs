// Numbered events: what a page tracks by the thousand, so that whoever gets them can be asked which are missing, which came
// twice, and in what order they came.
import assert from 'node:assert/strict';
import { host } from './host.mjs';
import { connect, startSink } from './sinks.mjs';
import { publish } from './tags.mjs';
import { until } from './until.mjs';

/** Thousands take their time on a small machine. */
export const LONG = 90_000;

/** Each number's event and purpose, by turns. */
export const KINDS = [
  { name: 'served', purpose: 'necessary', sink: 'operations' },
  { name: 'viewed', purpose: 'analytics', sink: 'warehouse' },
  { name: 'promoted', purpose: 'marketing', sink: 'advertising' },
];

const PAGE = `<!doctype html><html lang="en"><title>A shop</title><script src="NOD?region=DE"></script><p>Text.
<script>
  const kinds = ${JSON.stringify(KINDS)};
  let next = 0;
  window.blocked = [];
  window.chosenAt = null; // the first number that was tracked with a choice made
  addEventListener('nod:blocked', ({ detail }) => window.blocked.push(detail.props.number));
  // So many events, some in a task, with the browser's other work in between.
  window.trackNumbered = async (count, atOnce = 25) => {
    for (let done = 0; done < count; done++) {
      if (window.chosenAt === null && document.cookie.includes('nod=')) window.chosenAt = next;
      const { name, purpose } = kinds[next % kinds.length];
      window.nod('track', name, { number: next++ }, { purpose });
      if (done % atOnce === atOnce - 1) await new Promise((resume) => setTimeout(resume));
    }
    return next;
  };
</script></html>`;

/**
 * A shop of its own with three destinations, one for each purpose, each a sink of its own. Resolves to {origin, site, sinks,
 * open()}; `open` brings a new visitor to it, whose engine runs.
 */
export async function numberedShop(t, shop) {
  const { origin, site } = await host(shop.instance, { '/': PAGE });
  const sinks = {};
  for (const { sink } of KINDS) sinks[sink] = await startSink(t, 'webhook');
  const destinations = KINDS.map(({ name, purpose, sink }) => ({
    id: sink,
    kind: 'webhook',
    purposes: [purpose],
    settings: { url: sinks[sink].url },
    events: [name],
  }));
  await publish(shop.instance, site.key, { destinations });
  for (const { sink } of KINDS) await connect(shop.instance, site.key, sink, sinks[sink]);
  const open = async () => {
    const visitor = await shop.visitor(t);
    await visitor.page.goto(origin);
    await engineRuns(visitor);
    return visitor;
  };
  return { origin, site, sinks, open };
}

/** Only the engine can answer this. */
export const engineRuns = (visitor) => visitor.page.evaluate(() => window.nod('hash', 'email', 'a@b.example'));

/** Tracks so many; resolves to how many there were by then. */
export const track = (visitor, count, atOnce) =>
  visitor.page.evaluate(([all, some]) => window.trackNumbered(all, some), [count, atOnce]);

/** The numbers below `end` of a kind, by its sink's name. */
export const numbers = (sink, end, from = 0) =>
  Array.from({ length: end - from }, (_, index) => from + index).filter((number) => KINDS[number % KINDS.length].sink === sink);

/**
 * Waits until a sink holds as many events as these, and asserts that it holds these: each once, in this order, unless
 * they went in several requests at once, whose order nobody promises.
 */
export async function holds(sink, expected, what, { atOnce = false } = {}) {
  // If they do not come, the comparison says which.
  await until(what, () => sink.events.length >= expected.length, LONG).catch(() => {});
  const { isInOrder, ...rest } = compare(sink.events, expected);
  assert.deepEqual(rest, { missing: [], unexpected: [], twice: [] }, what);
  assert.ok(isInOrder || atOnce, `${what}: in order`);
  assert.deepEqual([sink.repeated.length, sink.complaints], [0, []], what);
}

/** Waits until a sink holds this number. */
export const arrives = (sink, number, what) =>
  until(`${number} at ${what}`, () => sink.events.some(({ props }) => props.number === number), LONG);

function compare(events, expected) {
  const got = events.map(({ props }) => props.number);
  const [have, want] = [new Set(got), new Set(expected)];
  const some = (list) => (list.length > 20 ? [...list.slice(0, 20), `and ${list.length - 20} more`] : list);
  return {
    missing: some(expected.filter((number) => !have.has(number))),
    unexpected: some([...have].filter((number) => !want.has(number))),
    twice: some(got.filter((number, index) => got.indexOf(number) !== index)),
    isInOrder: got.every((number, index) => index === 0 || number > got[index - 1]),
  };
}
