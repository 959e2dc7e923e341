// `tags.json` and the configuration of a visit: what a page gets of a site's published tags, and what it does not.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { problem } from '../support/api.mjs';
import { sharedInstance } from '../support/instance.mjs';
import { script } from '../support/script.mjs';
import { addSite } from '../support/sites.mjs';
import { newOwner } from '../support/staff.mjs';

const instance = await sharedInstance();
const site = `tags-document-${process.pid}`;
const owner = newOwner(instance);
addSite(instance, { key: site, controller: owner.controller, origins: ['https://shop.example'] });

const whole = {
  schema: 1,
  variables: { currency: 'EUR' },
  google_consent_mode: { wait_for_update: 800, ads_data_redaction: true, types: { ad_storage: ['marketing', 'analytics'] } },
  vendors: [
    { id: 'ga', template: 'google-tag', purposes: ['analytics'], settings: { id: 'G-ABC123' }, events: ['*'] },
    { id: 'pixel', template: 'meta-pixel', purposes: ['marketing'], settings: { id: '1234567890' }, events: ['purchase'] },
  ],
  destinations: [
    { id: 'warehouse', kind: 'webhook', purposes: ['analytics'], settings: { url: 'https://hooks.example/hidden-place' }, events: ['*'] },
    { id: 'ga-server', kind: 'ga4', purposes: ['marketing'], settings: { measurement_id: 'G-ABC1234567' }, events: ['purchase'] },
  ],
  rules: [
    { id: 'signup', name: 'For people only', when: [{ on: 'submit', selector: '#signup' }], then: [{ do: 'track', event: 'sign_up' }, { do: 'load', vendor: 'pixel' }] },
  ],
};
const publish = async (document) => (await owner.must('publishTags', { site, document }, 'version { version }')).version.version;
const version = await publish(whole);
const get = (query = '', options) => fetch(instance.at(`/${site}/tags.json${query}`), options);

describe('tags.json', () => {
  test('has rules without names, vendors as their templates make them, and what destinations want hashed', async () => {
    const page = await (await get(`?v=${version}`)).json();
    assert.deepEqual(Object.keys(page).sort(), ['exports', 'rules', 'variables', 'vendors', 'version']);
    assert.equal(page.version, version);
    assert.deepEqual(page.variables, whole.variables);
    const [{ name, ...rule }] = whole.rules;
    assert.deepEqual(page.rules, [rule]);
    assert.deepEqual(page.vendors.map(({ id, purposes, events, waits }) => [id, purposes, events, waits]), [
      ['ga', ['analytics'], ['*'], false],
      ['pixel', ['marketing'], ['purchase'], true],
    ]);
    assert.match(page.vendors[0].script.src, /^https:\/\/.*G-ABC123/);
  });

  test('says nothing of destinations', async () => {
    const text = await (await get()).text();
    for (const hidden of ['warehouse', 'hidden-place', 'ga-server', 'G-ABC1234567', 'For people only']) assert.ok(!text.includes(hidden), hidden);
  });

  test('may be read by pages of any origin, and is compared before it is sent again', async () => {
    const response = await get(`?v=${version}`, { headers: { Origin: 'https://elsewhere.example' } });
    assert.equal(response.headers.get('access-control-allow-origin'), '*');
    assert.equal(response.headers.get('cross-origin-resource-policy'), 'cross-origin');
    assert.match(response.headers.get('content-type'), /^application\/json/);
    assert.equal(response.headers.get('set-cookie'), null);
    const again = await get(`?v=${version}`, { headers: { 'If-None-Match': response.headers.get('etag') } });
    assert.equal(again.status, 304);
  });

  test('of a version that is none is not there', async () => {
    for (const query of ['?v=99', '?v=0', '?v=-1', '?v=1.0', '?v=', '?v=x', '?v=99999999999']) await problem(await get(query), 404);
    await problem(await fetch(instance.at('/nobodys-site/tags.json?v=1')), 404);
    await problem(await get('', { method: 'POST' }), 405);
  });

  test('does not need the copies that are near', async () => {
    // Nobody has asked for this site before: the version can only come from the database.
    const key = `${site}-late`;
    addSite(instance, { key, controller: owner.controller });
    const [{ document, fingerprint }] = instance.database.rows('SELECT document, fingerprint FROM tag_versions WHERE site = ? AND version = ?', site, version);
    instance.database.change(
      'INSERT INTO tag_versions (controller, site, version, document, fingerprint, published_at, publication) VALUES (?, ?, 3, ?, ?, 0, ?)',
      ...[owner.controller, key, document, fingerprint, key],
    );
    instance.database.change('UPDATE sites SET tags = 3 WHERE key = ?', key);
    assert.equal((await script(instance, {}, { site: key })).config.tags, 3);
    assert.equal((await (await fetch(instance.at(`/${key}/tags.json?v=3`))).json()).rules.length, 1);
  });
});

describe('the configuration of a visit', () => {
  test('names the version, and what Google’s tags are told of which purposes', async () => {
    const { config } = await script(instance, { region: 'DE' }, { site });
    assert.equal(config.tags, version);
    const bits = (...names) => names.reduce((sum, name) => sum | (1 << config.purposes.indexOf(name)), 0);
    const { types, ...rest } = config.consentMode;
    assert.deepEqual(rest, { wait: 800, passthrough: false, redact: true });
    assert.equal(types.analytics_storage, bits('analytics'));
    assert.equal(types.ad_storage, bits('marketing', 'analytics'));
    assert.equal(types.ad_user_data, bits('marketing'));
    assert.equal(types.security_storage, bits('necessary'));
    assert.equal(Object.keys(types).length, 7);
  });

  test('has no consent mode where the tags have none', async () => {
    const { google_consent_mode: off, ...without } = whole;
    const next = await publish(without);
    const { config } = await script(instance, {}, { site });
    assert.deepEqual([config.tags, config.consentMode], [next, undefined]);
  });
});
