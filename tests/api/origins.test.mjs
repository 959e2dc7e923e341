// Who may speak for a site: pages of its own origins, by CORS, and nobody else's.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, newVisitor, post, problem, record, submission } from '../support/api.mjs';
import { sharedInstance } from '../support/instance.mjs';
import { addSite } from '../support/sites.mjs';

const instance = await sharedInstance();
const own = new URL(instance.url).origin;
const FOREIGN = ['https://evil.example', `${own}.evil.example`, 'http://localhost:1', 'null'];
// (The same host by another scheme cannot be tried here: wrangler's own proxy makes it the instance's. See the star below.)

const preflight = (origin) =>
  fetch(instance.at('/v1/consent'), {
    method: 'OPTIONS',
    headers: { Origin: origin, 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'content-type' },
  });

test('a page of the site may post and ask, and may read the answers', async () => {
  const choice = await submission(instance);
  const posted = await post(instance, choice, { headers: { Origin: own } });
  assert.equal(posted.status, 201, await posted.clone().text());
  const asked = await ask(instance, choice.visitor, { headers: { Origin: own } });
  assert.equal(asked.status, 200);
  for (const response of [posted, asked]) {
    assert.equal(response.headers.get('access-control-allow-origin'), own, 'the origin itself is echoed, no *');
    assert.equal(response.headers.get('access-control-allow-credentials'), null, 'no cookies are asked for');
    assert.match(response.headers.get('vary') ?? '', /origin/i, 'a cache may not give it to another origin');
  }
});

for (const origin of FOREIGN) {
  test(`a page of ${origin} is refused, stores nothing and may not read why`, async () => {
    const { record: known } = await record(instance);
    const counts = instance.database.counts();
    const posted = await post(instance, await submission(instance), { headers: { Origin: origin } });
    const asked = await ask(instance, known.visitor, { headers: { Origin: origin } });
    for (const response of [posted, asked]) {
      assert.equal(response.headers.get('access-control-allow-origin'), null);
      const document = await problem(response, 403);
      assert.ok(!JSON.stringify(document).includes(known.visitor));
    }
    assert.deepEqual(instance.database.counts(), counts);
  });
}

test('a client that is no browser names no origin and is let through', async () => {
  const choice = await submission(instance);
  assert.equal((await post(instance, choice)).status, 201);
  assert.equal((await ask(instance, choice.visitor)).status, 200);
});

test('a preflight says what is allowed, and needs no body and no database', async () => {
  const response = await preflight(own);
  assert.equal(response.status, 204, await response.text());
  assert.equal(response.headers.get('access-control-allow-origin'), own);
  assert.match(response.headers.get('access-control-allow-methods') ?? '', /POST/);
  assert.match(response.headers.get('access-control-allow-headers') ?? '', /content-type/i);
});

test('all subdomains of an origin with a star are admitted, and nothing that only looks like one', async () => {
  const { key, fingerprint } = addSite(instance, { key: 'starred-shop', origins: ['https://*.shop.example'] });
  const answer = async (origin) => {
    const choice = await submission(instance, { site: key, notice: fingerprint, visitor: newVisitor() });
    return (await post(instance, choice, { headers: { Origin: origin } })).status;
  };
  assert.equal(await answer('https://www.shop.example'), 201);
  assert.equal(await answer('https://a.b.shop.example'), 201);
  assert.equal(await answer('https://shop.example'), 403);
  assert.equal(await answer('https://evilshop.example'), 403);
  assert.equal(await answer('http://www.shop.example'), 403);
});
