// The transparency centre's page as the edge serves it: its policy, its language, and what is there without a script.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problem } from '../support/api.mjs';
import { sharedInstance } from '../support/instance.mjs';
import { addSite } from '../support/sites.mjs';

const instance = await sharedInstance();
const get = (path, headers) => fetch(instance.at(path), { headers });
const policyOf = (response) => response.headers.get('content-security-policy');

test('the page lets nothing in but what Nod serves, and nobody frames it', async () => {
  const response = await get(`/privacy/${instance.site}`);
  assert.equal(response.status, 200);
  assert.equal(
    policyOf(response),
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src data:; " +
      "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  assert.equal(response.headers.get('referrer-policy'), 'same-origin');
  assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
  const html = await response.text();
  assert.doesNotMatch(html, /<script(?![^>]* src=)|<style|style=|\son\w+=/, 'nothing inline');
  for (const [, address] of html.matchAll(/(?:src|href)="(\/nod\/[^"]+)"/g)) {
    const asset = await get(address);
    assert.equal(asset.status, 200, address);
    assert.match(asset.headers.get('cache-control'), /immutable/);
  }
});

test('only the pages of the site frame the form', async () => {
  const { key } = addSite(instance, { key: `framed-${process.pid}`, origins: ['https://shop.example', 'https://*.shop.example'] });
  assert.match(policyOf(await get(`/privacy/${key}?embed`)), /; frame-ancestors 'self' https:\/\/shop\.example https:\/\/\*\.shop\.example$/);
  assert.match(policyOf(await get(`/privacy/${key}`)), /frame-ancestors 'none'$/);
});

test('the language is the one that was asked for, or that the browser speaks, or the site’s own', async () => {
  for (const [path, accepted, lang, words] of [
    ['?lang=de', 'fr', 'de', 'Diese Seite braucht JavaScript.'],
    ['', 'fr-CA,en;q=0.5', 'fr', 'Cette page nécessite JavaScript.'],
    ['?lang=ja', 'es', 'es', 'Esta página necesita JavaScript.'],
    ['', 'ja', 'en', 'This page needs JavaScript.'],
  ]) {
    const response = await get(`/privacy/${instance.site}${path}`, { 'Accept-Language': accepted });
    const html = await response.text();
    assert.match(html, new RegExp(`<html lang="${lang}" dir="ltr" data-theme="auto">`), path + accepted);
    assert.ok(html.includes(words) && html.includes('privacy@marl.example'), 'without a script it says whom to write to');
    assert.match(response.headers.get('vary'), /Accept-Language/);
  }
});

test('what a controller calls itself is text, whatever it is', async () => {
  const change = (notice) => Object.assign(notice.controller, { name: '"><script>x</script>', contact: "' onload='x" });
  const { key } = addSite(instance, { key: `hostile-${process.pid}`, change });
  const html = await (await get(`/privacy/${key}`)).text();
  assert.ok(html.includes('&quot;&gt;&lt;script&gt;x&lt;/script&gt;') && !html.includes('<script>x'));
  assert.ok(html.includes('&#39; onload=&#39;x'));
});

test('a site that there is not has no page', async () => {
  await problem(await get('/privacy/nobody-here'), 404);
  await problem(await fetch(instance.at(`/privacy/${instance.site}`), { method: 'POST' }), 405);
});
