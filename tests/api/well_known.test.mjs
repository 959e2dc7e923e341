// The addresses that machines know: health, Global Privacy Control, the receipt key; and the static pages.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sharedInstance } from '../support/instance.mjs';

const instance = await sharedInstance();
const get = (path, options) => fetch(instance.at(path), { redirect: 'manual', ...options });

const STRICT =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; frame-src 'self'; " +
  "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

test('the Worker says that it is well', async () => {
  const response = await get('/healthz');
  assert.equal(response.status, 200);
  assert.match(response.headers.get('cache-control') ?? '', /no-store/);
});

test('it declares support for Global Privacy Control, with the date of the last change', async () => {
  const response = await get('/.well-known/gpc.json');
  assert.equal(response.status, 200);
  assert.match(response.headers.get('content-type'), /^application\/json/);
  const support = await response.json();
  assert.equal(support.gpc, true);
  assert.match(support.lastUpdate, /^\d{4}-\d{2}-\d{2}$/);
});

test('it publishes the key that verifies receipts, and no secret', async () => {
  const response = await get('/.well-known/jwks.json');
  assert.equal(response.status, 200);
  assert.match(response.headers.get('content-type'), /^application\/(jwk-set\+)?json/);
  const { keys } = await response.json();
  assert.equal(keys.length, 1);
  const [{ kid, x, ...key }] = keys;
  assert.deepEqual(key, { kty: 'OKP', crv: 'Ed25519', use: 'sig', alg: 'EdDSA' }, 'no member d');
  assert.equal(Buffer.from(x, 'base64url').length, 32);
  assert.ok(kid);
});

test('the front door leads to the demo shop', async () => {
  const response = await get('/');
  assert.equal(response.status, 302);
  assert.equal(new URL(response.headers.get('location'), instance.url).pathname, '/demo/');
});

for (const page of [
  '',
  'product.html',
  'cart.html',
  'checkout.html',
  'privacy.html',
  'california.html',
  'german.html',
  'vendors/clip.html',
]) {
  test(`/demo/${page} comes with the strict policy`, async () => {
    // Cloudflare's assets may leave out `.html` by a redirect.
    const response = await get(`/demo/${page}`, { redirect: 'follow' });
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-type'), /^text\/html/);
    assert.equal(response.headers.get('content-security-policy'), STRICT);
    const html = await response.text();
    assert.doesNotMatch(html, /\sstyle=|<style|\son\w+=|javascript:/i, 'no inline style or handler');
    assert.doesNotMatch(html, /<script(?![^>]*\ssrc=)[^>]*>\s*\S/i, 'no inline script');
  });
}

test('the stand-ins’ sink takes everything and keeps nothing', async () => {
  const before = instance.database.counts();
  for (const purpose of ['analytics', 'marketing', 'video']) {
    assert.equal((await get(`/demo/collect/${purpose}`, { method: 'POST', body: '{"event":"page_view"}' })).status, 204, purpose);
    assert.equal((await get(`/demo/collect/${purpose}?event=page_view`)).status, 204, purpose);
  }
  assert.deepEqual(instance.database.counts(), before);
});

test('what can be read can be asked for by HEAD, and comes without a body', async () => {
  for (const path of [
    '/healthz',
    '/.well-known/gpc.json',
    '/.well-known/jwks.json',
    `/${instance.site}/nod.js`,
    `/${instance.site}/notice.json`,
    '/demo/',
  ]) {
    const response = await get(path, { method: 'HEAD' });
    assert.equal(response.status, 200, path);
    assert.equal(await response.text(), '', path);
  }
});

test('a page that is not there: 404', async () => {
  assert.equal((await get('/demo/no-such-page.html')).status, 404);
});
