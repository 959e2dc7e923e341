// Who brings too much is asked to wait, and nobody else is.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problem } from '../support/api.mjs';
import { counts, events, newSite, newSource, send, taken, visitorWith } from '../support/events.mjs';
import { sharedInstance } from '../support/instance.mjs';

const instance = await sharedInstance();

test('ten thousand events of one address in a minute are within the limit, and all are counted', async () => {
  const site = newSite(instance);
  const visitor = await visitorWith(instance, site, { analytics: true });
  const source = newSource();
  for (let from = 0; from < 10_000; from += 500) {
    const calls = Array.from({ length: 5 }, (_, call) => taken(instance, { site, visitor, events: events(100, { source, from: from + call * 100 }) }));
    for (const answer of await Promise.all(calls)) assert.deepEqual(answer, { accepted: 100, blocked: 0 });
  }
  await counts(instance, site, { add_to_cart: [10_000, 0] });
});

test('a flood is refused with the time to wait, and another site is not hindered by it', async () => {
  const [site, other] = [newSite(instance), newSite(instance)];
  // Minutes are those of the clock: a flood that began at the end of one is refused in the next.
  let refused;
  for (let calls = 0; calls < 1300 && !refused; calls += 20) {
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(instance, { site, events: [] })));
    refused = answers.find(({ status }) => status === 429);
    for (const { status } of answers) assert.ok([202, 429].includes(status), `${status}`);
  }
  assert.ok(refused, 'the flood was refused');
  assert.match(refused.headers.get('retry-after'), /^[1-9]\d*$/);
  const { type } = await problem(refused, 429);
  assert.match(type, /too-many-calls/);
  assert.equal((await send(instance, { site: other, events: [] })).status, 202);
});

test('a page of another origin may read how long it has to wait', async () => {
  const origin = 'https://shop.example';
  const site = newSite(instance, { origins: [origin] });
  const response = await send(instance, { site, events: [] }, { headers: { Origin: origin } });
  assert.equal(response.headers.get('access-control-allow-origin'), origin);
  assert.match(response.headers.get('access-control-expose-headers'), /\bRetry-After\b/i);
});
