// Bad input: each kind is refused with a problem document of the right status, and nothing is stored.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { ask, newVisitor, notice, post, postUnfinished, problem, submission } from '../support/api.mjs';
import { sharedInstance } from '../support/instance.mjs';

const instance = await sharedInstance();
const MAX_BYTES = 16 * 1024;

/** Runs a request that must be refused, and proves that no table has gained or lost a row. */
async function refused(status, request) {
  const counts = instance.database.counts();
  const document = await problem(await request(), status);
  assert.deepEqual(instance.database.counts(), counts, 'nothing is stored');
  return document;
}

describe('a submission that does not fit', () => {
  let counts;
  before(async () => {
    await submission(instance); // asks for the notice, so that everything the edge remembers is there
    counts = instance.database.counts();
    assert.ok('consent_records' in counts && 'journal' in counts, JSON.stringify(counts));
  });

  const cases = [
    ['an unknown site', 404, { site: 'no-such-shop' }],
    ['a stale notice', 409, { notice: '0'.repeat(64) }],
    ['an unknown purpose', 422, { purposes: { astrology: true } }],
    ['an unknown vendor', 422, { vendors: { nobody: true } }],
    ['a language that the notice does not have', 422, { locale: 'tlh' }],
    ['"accept all" that refuses something', 422, { action: 'accept-all', purposes: { analytics: false } }],
    ['"reject all" that grants something', 422, { action: 'reject-all', purposes: { analytics: true } }],
    ['a withdrawal that grants something', 422, { action: 'withdraw', purposes: { marketing: true } }],
    ['an unknown action', 422, { action: 'shrug' }],
    ['an unknown surface', 422, { surface: 'billboard' }],
    ['a visitor that is too short', 422, { visitor: 'abc' }],
    ['a visitor with foreign characters', 422, { visitor: `${'a'.repeat(20)}';` }],
    ['a site key with foreign characters', 422, { site: "demo-shop' OR 1=1 --" }],
    ['a notice that is no fingerprint', 422, { notice: 'latest' }],
    ['purposes that are not yes or no', 422, { purposes: { analytics: 'yes' } }],
    ['purposes that are a list', 422, { purposes: ['analytics'] }],
    ['a time before 1970', 422, { at: -1 }],
    ['a time that is text', 422, { at: 'now' }],
    ['no visitor', 422, { visitor: undefined }],
    ['no purposes', 422, { purposes: undefined }],
    ['no action', 422, { action: undefined }],
  ];
  for (const [what, status, changes] of cases) {
    test(`${what}: ${status}`, async () => {
      const body = await submission(instance, changes);
      for (const [key, value] of Object.entries(changes)) if (value === undefined) delete body[key];
      await refused(status, () => post(instance, body));
    });
  }

  test('a stale notice is told to load the current one, and the same choice on the current one is taken', async () => {
    const stale = await submission(instance, { notice: 'f'.repeat(64) });
    await refused(409, () => post(instance, stale));
    const { fingerprint } = await notice(instance);
    assert.equal((await post(instance, { ...stale, notice: fingerprint })).status, 201);
  });
});

describe('a body that is no submission', () => {
  const cases = [
    ['nothing at all', 400, ''],
    ['no JSON', 400, 'accept all, please'],
    ['half of an object', 400, '{"site":"demo-shop",'],
    ['bytes that are no text', 400, Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
    ['brackets within brackets within brackets', 400, '['.repeat(5_000)],
    ['a list', 422, '[]'],
    ['null', 422, 'null'],
    ['a number', 422, '42'],
  ];
  for (const [what, status, body] of cases) {
    test(`${what}: ${status}`, () => refused(status, () => post(instance, body)));
  }

  for (const type of [
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/html',
    'application/octet-stream',
  ]) {
    test(`${type}: 415`, async () => {
      const body = JSON.stringify(await submission(instance));
      await refused(415, () => post(instance, body, { headers: { 'Content-Type': type } }));
    });
  }
});

describe('a body that is too large', () => {
  /** A right submission of exactly this many bytes. */
  const sized = async (bytes) => {
    const text = JSON.stringify(await submission(instance));
    return text + ' '.repeat(bytes - text.length);
  };

  test('16 KB are read', async () => {
    const response = await post(instance, await sized(MAX_BYTES));
    assert.equal(response.status, 201, await response.text());
  });

  for (const bytes of [MAX_BYTES + 1, 4 * MAX_BYTES, 1_000_000]) {
    test(`${bytes} bytes with their length declared: 413`, async () => {
      const body = await sized(bytes);
      await refused(413, () => post(instance, body));
    });
  }

  test('a body in chunks, without a length: 413 as soon as it is too large, not at its end', async () => {
    const text = await sized(2 * MAX_BYTES);
    await refused(413, () => postUnfinished(instance, text.slice(0, MAX_BYTES + 1)));
  });

  test('a body in chunks that is not too large is read to its end', async () => {
    const chunks = (await sized(MAX_BYTES)).match(/[^]{1,1000}/g);
    const body = new ReadableStream({
      pull(stream) {
        const chunk = chunks.shift();
        if (chunk === undefined) stream.close();
        else stream.enqueue(new TextEncoder().encode(chunk));
      },
    });
    assert.equal((await post(instance, body, { duplex: 'half' })).status, 201);
  });
});

describe('a question about a visitor that cannot be asked', () => {
  const query = (parameters) => () => fetch(instance.at(`/v1/consent?${new URLSearchParams(parameters)}`));
  test('an unknown site: 404', () => refused(404, () => ask(instance, newVisitor(), { site: 'no-such-shop' })));
  test('no visitor: 422', () => refused(422, query({ site: instance.site })));
  test('no site: 422', () => refused(422, query({ visitor: newVisitor() })));
  test('a visitor that is none: 422', () => refused(422, query({ site: instance.site, visitor: '*' })));
});

describe('a wrong method: 405, and Allow says what is right', () => {
  const cases = [
    ['/v1/consent', ['PUT', 'PATCH', 'DELETE'], ['GET', 'POST']],
    [`/${instance.site}/nod.js`, ['POST', 'PUT', 'DELETE'], ['GET']],
    [`/${instance.site}/notice.json`, ['POST'], ['GET']],
    ['/healthz', ['POST'], ['GET']],
    ['/.well-known/gpc.json', ['POST'], ['GET']],
    ['/.well-known/jwks.json', ['POST'], ['GET']],
  ];
  for (const [path, methods, right] of cases) {
    for (const method of methods) {
      test(`${method} ${path}`, async () => {
        let allowed;
        await refused(405, async () => {
          const response = await fetch(instance.at(path), { method });
          allowed = (response.headers.get('allow') ?? '').split(',').map((name) => name.trim());
          return response;
        });
        for (const name of right) assert.ok(allowed.includes(name), `Allow: ${allowed} names ${name}`);
        assert.ok(!allowed.includes(method), `Allow: ${allowed} does not name ${method}`);
      });
    }
  }
});

describe('a script or notice of a site that is not there: 404', () => {
  for (const path of ['/no-such-shop/nod.js', '/no-such-shop/notice.json', '/No%20Shop/nod.js', "/'%20OR%201=1--/nod.js"]) {
    test(path, () => refused(404, () => fetch(instance.at(path))));
  }
});
